"""The tests near each module: those that a mutant of it must fail. The ones that find most stand first."""

from __future__ import annotations

_BULK = "tests/bulk"
_OVERLAY = "tests/overlay"
_DOMAIN = "tests/service/domain"
_STORE = "tests/service/store"
_HTTP = "tests/service/http"
_OPERATIONS = "tests/service/operations"

# Tests that take long or measure, and that a wrong answer of the code fails no sooner than the others.
_SLOW = (
    "memory_grows kill_9 across_processes long_chain any_line 24_bytes learned everything_end ever_longer long_report"
    " every_task_is_refused however_far lanes_are halves_the_window without_end any_text several_processes"
)
LEFT_OUT = " and ".join(f"not {name}" for name in _SLOW.split())


def _bulk(*names: str) -> list[str]:
    return [f"{_BULK}/test_{name}.py" for name in names]


def _store(*names: str) -> list[str]:
    return [f"{_STORE}/test_{name}.py" for name in names]


_B, _S = "overlays/batchtasks", "service/batchtasks_local"
NEAR: dict[str, list[str]] = {
    f"{_B}/_bulk/batch.py": _bulk("seen_ids", "reading", "repeated_ids", "rules", "input"),
    f"{_B}/_bulk/classify.py": _bulk("rules", "stopping"),
    f"{_B}/_bulk/engine.py": _bulk("rules", "input", "repeated_ids", "stopping"),
    f"{_B}/_bulk/limiter.py": _bulk("limiter", "size_limit", "rules"),
    f"{_B}/_bulk/methods.py": [*_bulk("rules", "input"), f"{_OVERLAY}/test_bulk_calls.py"],
    f"{_B}/_bulk/operations.py": [*_bulk("reading", "rules", "verify"), f"{_OVERLAY}/test_bulk_calls.py"],
    f"{_B}/_bulk/recovery.py": _bulk("rules", "stopping"),
    f"{_B}/_bulk/report.py": _bulk("report", "reading", "stopping"),
    f"{_B}/_bulk/runner.py": _bulk("rules", "async_input", "stopping", "input"),
    f"{_B}/_core/executor.py": [
        f"{_OVERLAY}/{name}.py"
        for name in (
            "test_retry",
            "test_combinations",
            "http/test_sending",
            "test_reading",
            "http/test_requests",
            "http/test_answers",
        )
    ],
    f"{_B}/conditions.py": [f"{_OVERLAY}/test_conditions.py"],
    f"{_B}/filters.py": [f"{_OVERLAY}/test_filters.py"],
    f"{_S}/domain/checks.py": [
        f"{_OPERATIONS}/test_tasks.py",
        f"{_OPERATIONS}/test_jobs.py",
        f"{_HTTP}/test_bodies.py",
    ],
    f"{_S}/domain/clock.py": [f"{_DOMAIN}/test_clock.py"],
    f"{_S}/domain/defaults.py": [f"{_OPERATIONS}/test_tasks.py", f"{_OPERATIONS}/test_jobs.py"],
    f"{_S}/domain/exits.py": [f"{_DOMAIN}/test_task_moves.py", f"{_STORE}/test_rules.py"],
    f"{_S}/domain/filters.py": [f"{_DOMAIN}/test_filters.py", f"{_HTTP}/test_lists.py"],
    f"{_S}/domain/job_moves.py": [f"{_DOMAIN}/test_job_moves.py", f"{_STORE}/test_rules.py"],
    f"{_S}/domain/records.py": [f"{_DOMAIN}/test_task_moves.py", f"{_STORE}/test_store.py"],
    f"{_S}/domain/task_moves.py": [
        f"{_DOMAIN}/test_task_moves.py",
        f"{_STORE}/test_rules.py",
        f"{_STORE}/test_order.py",
    ],
    f"{_S}/store/dependencies.py": _store("order", "rules", "model"),
    f"{_S}/store/queries.py": _store("filter_hints", "queries", "store", "plans"),
    f"{_S}/store/ready_tasks.py": _store("order", "plans"),
    f"{_S}/store/rows.py": _store("store", "rules"),
    f"{_S}/store/schema.py": _store("store", "plans", "disk"),
    f"{_S}/store/store.py": _store("store", "rules", "queries", "disk"),
    f"{_S}/store/transactions.py": _store("transactions", "disk"),
    f"{_S}/store/unit_of_work.py": _store("rules", "order", "store"),
}
