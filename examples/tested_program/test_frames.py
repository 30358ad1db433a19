"""Tests of frames.py on a local Batch service: that it works, and what it does when the service or a frame does not.

Run them with `pytest` in this folder, after `pip install 'batchtasks[testing]'`.
"""

from __future__ import annotations

from datetime import timedelta

import frames
import pytest

from batchtasks import BatchClient, PermissionDeniedError, WaitTimeoutError
from batchtasks.testing import BatchFaults

SOON = timedelta(seconds=30)


def test_every_frame_is_rendered(client: BatchClient) -> None:
    film = [frames.frame_task(number) for number in range(1, 6)]

    assert frames.render(client, "film", film, SOON) == {}

    assert client.file.get_from_task("film", "frame-00003", "stdout.txt") == b"frame 3 rendered\n"


def test_a_frame_that_fails_once_is_rendered_again(client: BatchClient) -> None:
    # The job's shared folder is the same for every run of the task on this node.
    flaky = """/bin/sh -c 'test -e "$AZ_BATCH_NODE_SHARED_DIR/$AZ_BATCH_TASK_ID" || { touch \
"$AZ_BATCH_NODE_SHARED_DIR/$AZ_BATCH_TASK_ID"; echo out of memory >&2; exit 3; }'"""

    assert frames.render(client, "film", [frames.frame_task(1, flaky), frames.frame_task(2)], SOON) == {}


def test_what_fails_twice_is_told_with_its_reason(client: BatchClient) -> None:
    broken = frames.frame_task(2, "/bin/sh -c 'echo no such scene >&2; exit 1'")

    lost = frames.render(client, "film", [frames.frame_task(1), broken], SOON)

    assert lost == {"frame-00002": "no such scene"}


def test_a_busy_service_and_lost_answers_cost_no_frame(client: BatchClient, batch_faults: BatchFaults) -> None:
    busy = batch_faults("throttle", count=2, retry_after=0, operations=["Task_AddCollection"])
    lost = batch_faults("lose", count=1, operations=["Task_AddCollection"])

    frames.submit(client, "film", [frames.frame_task(number) for number in range(250)])

    assert busy.hits == 2
    assert lost.hits == 1
    assert len(list(client.task.list("film", select=["id"]))) == 250


def test_to_submit_again_adds_what_is_missing(client: BatchClient) -> None:
    film = [frames.frame_task(number) for number in range(10)]

    assert frames.submit(client, "film", film[:4]) == 4
    assert frames.submit(client, "film", film) == 10
    assert len(list(client.task.list("film", select=["id"]))) == 10


@pytest.mark.local_batch(run=False)
def test_a_pool_that_never_starts_a_task_is_noticed(client: BatchClient) -> None:
    with pytest.raises(WaitTimeoutError, match="frame-00001"):
        frames.render(client, "film", [frames.frame_task(1)], patience=timedelta(seconds=0.2))


def test_a_service_that_refuses_everything_ends_the_program(client: BatchClient, batch_faults: BatchFaults) -> None:
    client.job.add({"id": "film", "poolInfo": {"poolId": "render"}})
    batch_faults("error", code="InsufficientAccountPermissions", operations=["Task_AddCollection"])

    with pytest.raises(PermissionDeniedError, match="0 of 1 task added"):
        frames.submit(client, "film", [frames.frame_task(1)])


@pytest.mark.usefixtures("local_batch_environment")
def test_the_program_from_its_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert frames.main(["film", "1", "3"]) == 0
    assert capsys.readouterr().out == "3 of 3 frames rendered\n"


def test_wrong_usage_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert frames.main(["film"]) == 2
    assert "usage" in capsys.readouterr().err
