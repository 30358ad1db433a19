"""A web hook: others post tasks as JSON lines; it adds them to a job while they arrive, and streams the progress.

    HOOK_TOKEN=... uvicorn --app-dir examples web_hook:app

    POST /jobs/{job}/tasks      {"id": "a", "commandLine": "..."} a line, any number; answers what happened to them
    GET  /jobs/{job}/progress   server-sent events with the counts, until no task is left to run

It needs starlette and uvicorn, which the extra `local` of batchtasks installs.
The body is never in memory as a whole: tasks are sent while later ones still arrive. A caller must send
`Authorization: Bearer <HOOK_TOKEN>`. The account comes from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from batchtasks import AsyncBatchClient, BatchTasksError, ServiceError

LONGEST_LINE = 1_048_576  # the service takes no larger task
POLL = 0.5


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """One client for all requests."""
    async with AsyncBatchClient.from_env() as client:
        app.state.client = client
        yield


def authorize(request: Request) -> None:
    """Refuse who does not know the token."""
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {os.environ['HOOK_TOKEN']}".encode()):
        raise HTTPException(401, "the bearer token is missing or wrong")


async def lines(request: Request) -> AsyncIterator[bytes]:
    """The lines of the body, as they come in."""
    rest = b""
    async for chunk_size in request.stream():
        *whole, rest = (rest + chunk_size).split(b"\n")
        for line in whole:
            yield line
        if len(rest) > LONGEST_LINE:
            raise HTTPException(413, f"a line is longer than {LONGEST_LINE} bytes")
    yield rest


async def tasks(request: Request) -> AsyncIterator[dict[str, Any]]:
    """The tasks of the body; a line that is no JSON object ends it with 400."""
    number = 0
    async for line in lines(request):
        number += 1
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError as error:
            raise HTTPException(400, f"line {number} is not JSON: {error}") from None
        if not isinstance(given, dict):
            raise HTTPException(400, f"line {number} is not a JSON object")
        yield given


async def add(request: Request) -> Response:
    """Add the tasks of the body; 200 if all are in, 207 if some are not."""
    authorize(request)
    client: AsyncBatchClient = request.app.state.client
    report = await client.task.add_collection(request.path_params["job"], tasks(request), raise_on_failure=False)
    if report.stopped is not None:
        raise report.stopped
    not_in = [{"id": one.task_id, "error": str(one.error)} for one in (*report.failed, *report.unknown)]
    answer = {"added": report.added, "existed": report.existed, "failed": not_in}
    return JSONResponse(answer, 207 if not_in else 200)


async def progress(request: Request) -> Response:
    """Stream the job's task counts until no task is left to run."""
    authorize(request)
    client: AsyncBatchClient = request.app.state.client
    job_id = request.path_params["job"]
    await client.job.get(job_id, select=["id"])  # a missing job is refused before the stream begins
    return StreamingResponse(events(client, job_id), media_type="text/event-stream")


async def events(client: AsyncBatchClient, job_id: str) -> AsyncIterator[str]:
    """An event whenever the counts have changed."""
    last = None
    while True:
        counts = (await client.job.get_task_counts(job_id)).task_counts
        assert counts is not None
        now = {name: getattr(counts, name) for name in ("active", "running", "succeeded", "failed")}
        if now != last:
            yield f"event: counts\ndata: {json.dumps(now)}\n\n"
        if not (counts.active or counts.running):
            yield "event: end\ndata: {}\n\n"
            return
        last = now
        await asyncio.sleep(POLL)


async def refused(request: Request, error: Exception) -> Response:
    """Pass the service's refusals on with their own status and code, anything else as a bad gateway."""
    if isinstance(error, ServiceError):
        return JSONResponse({"code": error.code, "message": error.message}, error.status_code)
    return JSONResponse({"code": type(error).__name__, "message": str(error)}, 502)


app = Starlette(
    routes=[
        Route("/jobs/{job}/tasks", add, methods=["POST"]),
        Route("/jobs/{job}/progress", progress, methods=["GET"]),
    ],
    exception_handlers={BatchTasksError: refused},
    lifespan=lifespan,
)
