"""batchtasks, awaiting, with a transport of httpx2."""

from __future__ import annotations

import asyncio

import httpx2
from measure import arguments, measure
from ours_async import work


def main() -> None:
    operation, url, count, concurrency = arguments()
    limits = httpx2.Limits(max_connections=None)
    measure(
        lambda count: asyncio.run(
            work(operation, url, count, concurrency, transport=httpx2.AsyncHTTPTransport(limits=limits, verify=False))
        ),
        count,
    )


main()
