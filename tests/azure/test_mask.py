"""No name, key, id or moment gets into a recording, wherever it stands in an answer."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local import LocalBatch
from tests.azure.contract import recording
from tests.azure.contract.__main__ import local_account
from tests.azure.contract.account import Account
from tests.azure.contract.ask import Asker, Exchange
from tests.azure.contract.mask import LeakError, Mask, check, form
from tests.azure.questions import SCENARIOS

KEY = b"0123456789abcdef0123456789abcdef"
ACCOUNT = Account("https://mybatch.westeurope.batch.azure.com", "mybatch", KEY)
SECRETS = ("mybatch", "westeurope", "mybatch.westeurope.batch.azure.com", "ask-0123456789")
ASKER = Asker(ACCOUNT, "ask-0123456789")

around = st.text(st.characters(codec="ascii", categories=["P", "S", "Zs"]), max_size=5)


@given(st.sampled_from(SECRETS), around, around, st.booleans(), st.booleans())
def test_a_name_is_masked_wherever_it_stands(secret: str, before: str, after: str, upper: bool, encoded: bool) -> None:
    text = f"{before}{secret.upper() if upper else secret}{after}"
    text = quote(f"'{text}'", safe="") if encoded else text
    body = json.dumps({"a": [{text: 1}, text]}, ensure_ascii=encoded).encode()
    masked = json.dumps(ASKER.new_mask().body(body)) + ASKER.new_mask().header("Location", text)
    check(masked, [*SECRETS, *ACCOUNT.secrets])
    assert secret.lower() not in masked.lower()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("RequestId:6f2b7f1e-6f63-4f44-95a0-7c7f0f5b8c12", "RequestId:<guid>"),
        ("Time:2024-01-05T07:16:39.1234567Z", "Time:<time .7>"),
        ("2024-01-05T07:16:39Z", "<time>"),
        ("Fri, 05 Jan 2024 07:16:39 GMT", "<date>"),
        ("10.1.2.3:443 and someone@example.com", "<ip> and <mail>"),
        ("eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiIifQ.bm9uZQ", "<token>"),
        ("signature 'uA3n8eJb6Wq0vQz5Jm2rTt1yX7cKfLh4sDgPoIiUuYe='", "signature '<base64 44>'"),
        ("?$skiptoken=WATV0!ABCdef123&maxresults=2", "?$skiptoken=<form A9!Aa9>&maxresults=2"),
        ("/subscriptions/x and P10675199DT2H48M5.4775807S", "/subscriptions/x and P10675199DT2H48M5.4775807S"),
        ("Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element",) * 2,
    ],
)
def test_moments_and_tokens_are_masked(text: str, masked: str) -> None:
    assert Mask([]).text(text) == masked


def test_etags_are_numbered() -> None:
    mask = Mask([])
    first, second = "0x8DC0DBE42D1E1FE", "0x8DC0DBE42D1E1FF"
    assert [mask.text(one) for one in (first, second, first)] == ["<etag 1>", "<etag 2>", "<etag 1>"]


def test_of_a_header_that_is_not_known_only_the_form_is_kept() -> None:
    assert Mask([]).header("x-ms-node", "Node17.internal") == form("Node17.internal") == "<form Aa9.a>"
    assert Mask([]).header("Authorization", "SharedKey mybatch:abc=") == "SharedKey <signature>"


def test_an_account_with_a_common_name_does_not_change_other_words() -> None:
    mask = Asker(Account("https://job.region1.batch.azure.com", "job", KEY)).new_mask()
    assert mask.text("/jobs/job-1 job") == "/jobs/<name>-1 <name>"


@pytest.fixture(scope="module")
def answers(service: LocalBatch) -> list[Exchange]:
    some = [one for one in SCENARIOS if one.name in ("add", "list", "jobs", "signed", "headers", "many")]
    with Asker(local_account(service), "ask-0123456789", patience=1.0) as asker:
        found = list(asker.ask(some))
        asker.clean_up()
    return found


def test_a_recording_has_no_name_key_or_id(service: LocalBatch, answers: list[Exchange], tmp_path: Path) -> None:
    recording.write(tmp_path / "r.json", answers, [*local_account(service).secrets, "ask-0123456789"])
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    for secret in (
        service.account,
        service.key,
        service.url.removeprefix("http://"),
        "127.0.0.1",
        "ask-0123456789",
        "ask-",
    ):
        assert secret not in text
    assert len(json.loads(text)["exchanges"]) == len(answers) > 100


def test_what_was_missed_is_found_before_it_is_written(answers: list[Exchange], tmp_path: Path) -> None:
    with pytest.raises(LeakError):
        recording.write(tmp_path / "r.json", answers, ["TaskExists"])
    assert list(tmp_path.iterdir()) == []


def test_jobs_of_others_are_not_kept(service: LocalBatch) -> None:
    account = local_account(service)
    foreign = {"id": "secret-project", "poolInfo": {"poolId": "p"}}
    url = f"{account.url}/jobs?api-version=2025-06-01"
    headers = {"Content-Type": "application/json; odata=minimalmetadata"}
    assert httpx.post(url, auth=account.auth("usual"), json=foreign, headers=headers).status_code == 201
    with Asker(account) as asker:
        listed = [one for scenario in SCENARIOS if scenario.name == "jobs" for one in asker.ask([scenario])]
        asker.clean_up()
    assert "secret-project" not in recording.as_text(listed)
