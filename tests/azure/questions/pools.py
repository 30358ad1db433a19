"""Pools, nodes, images, schedules and applications, as far as they can be asked about where none of them is."""

from __future__ import annotations

from tests.azure.contract.question import Question, Scenario

_P = "/pools/{p}-no-such-pool"
_MINE = "$filter=startswith(id,'{p}')"

SCENARIOS = (
    Scenario(
        "pools",
        (
            Question("get", f"GET {_P}", "404 PoolNotFound"),
            Question("exists", f"HEAD {_P}", "404"),
            Question("list", f"GET /pools?{_MINE}&$select=id", "200", shows={"value": []}),
            Question("list by state", f"GET /pools?{_MINE} and state eq 'active'&$select=id", "200",
                     settles=("Pool_List $filter",)),
            Question("list by scaling", f"GET /pools?{_MINE} and enableAutoScale eq false&$select=id", "",
                     settles=("Pool_List $filter",)),
            Question("list by a member that cannot be filtered by", f"GET /pools?{_MINE} and vmSize eq 'x'&$select=id", "",
                     settles=("Pool_List $filter",)),
            Question("add without a size of machines", "POST /pools", "400 MissingRequiredProperty", {"id": "{p}-p"}),
            Question("add without an id", "POST /pools", "400 MissingRequiredProperty", {}),
            Question("patch", f"PATCH {_P}", "404 PoolNotFound", {"metadata": []}),
            Question("delete", f"DELETE {_P}", "404 PoolNotFound"),
            Question("resize", f"POST {_P}/resize", "404 PoolNotFound", {"targetDedicatedNodes": 0}),
            Question("stop a resize", f"POST {_P}/stopresize", "404 PoolNotFound"),
            Question("nodes", f"GET {_P}/nodes", "404 PoolNotFound"),
            Question("a node", f"GET {_P}/nodes/none", "404 PoolNotFound or 404 NodeNotFound"),
            Question("a job schedule that is not there", "GET /jobschedules/{p}-none", "404"),
            Question("job schedules", f"GET /jobschedules?{_MINE}&$select=id", "200", shows={"value": []}),
            Question("a job schedule without an id", "POST /jobschedules", "400", {}),
            Question("images", "GET /supportedimages?maxresults=2", "200", racing=True),
            Question("applications", "GET /applications?maxresults=2", "200", racing=True),
        ),
    ),
)  # fmt: skip
