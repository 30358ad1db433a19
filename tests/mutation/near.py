"""The tests near each module: those that a mutant of it must fail. The ones that find most in the least time stand first."""

from __future__ import annotations

_CLIENT, _SERVICE = "overlays/batchtasks", "service/batchtasks_local"

# Tests that take long or measure, and that a wrong answer of the code fails no sooner than the others.
_SLOW = (
    "memory_grows kill_9 across_processes long_chain any_line 24_bytes learned everything_end ever_longer long_report"
    " every_task_is_refused however_far lanes_are halves_the_window without_end any_text several_processes"
    " others_do_not_wait many_threads in_the_background"
)
LEFT_OUT = " and ".join(f"not {name}" for name in _SLOW.split())


def _tests(folder: str, names: str) -> list[str]:
    return [f"tests/{folder}/test_{name}.py" for name in names.split()]


def _bulk(first: str) -> list[str]:
    """Return the quick tests of bulk calls that need no socket, these first."""
    rest = "rules stopping reading input report repeated_ids limiter seen_ids bulk_calls async_input size_limit endings"
    return _tests("batchtasks/bulk", " ".join(dict.fromkeys([*first.split(), *rest.split()])))


_EXECUTOR = [
    *_tests("batchtasks/core", "combinations retry observing"),
    *_tests("batchtasks/operations", "reading"),
]
_DOMAIN = _tests("service/domain", "task_moves job_moves special_tasks clock usage")
_TASKS = [*_DOMAIN, *_tests("service/operations", "tasks jobs"), *_tests("service/http/contract", "bodies")]
_MOVES = [*_DOMAIN, *_tests("service/store", "rules order")]
_STORE = [
    *_tests("service/store", "rules order store transactions filter_hints disk model"),
    *_tests("service/operations", "special_tasks pools statistics jobs"),
]

NEAR: dict[str, list[str]] = {
    f"{_CLIENT}/_bulk/batch.py": _bulk("seen_ids reading repeated_ids input rules"),
    f"{_CLIENT}/_bulk/classify.py": _bulk("rules stopping"),
    f"{_CLIENT}/_bulk/engine.py": _bulk("rules input repeated_ids stopping interruption"),
    f"{_CLIENT}/_bulk/limiter.py": _bulk("limiter rules"),
    f"{_CLIENT}/_bulk/methods.py": [*_bulk("bulk_calls input async_input verify"), *_tests("batchtasks", "errors")],
    f"{_CLIENT}/_bulk/operations.py": _bulk("reading rules verify difference"),
    f"{_CLIENT}/_bulk/recovery.py": _bulk("rules stopping interruption"),
    f"{_CLIENT}/_bulk/report.py": _bulk("report reading input"),
    f"{_CLIENT}/_bulk/runner.py": _bulk("input async_input rules stopping interruption"),
    f"{_CLIENT}/_core/backend.py": _tests("batchtasks/core", "backends"),
    f"{_CLIENT}/_core/executor.py": [*_EXECUTOR, *_tests("batchtasks/validation", "arguments")],
    f"{_CLIENT}/_core/hooks.py": [
        *_tests("batchtasks/core", "observing"),
        *_tests("batchtasks/bulk", "async_input bulk_calls input"),
    ],
    f"{_CLIENT}/_core/retry.py": _EXECUTOR,
    f"{_CLIENT}/_errors.py": [
        *_tests("batchtasks", "errors"),
        *_tests("batchtasks/bulk", "reading"),
        *_tests("batchtasks/core", "retry"),
    ],
    f"{_CLIENT}/_waiting/blocked.py": _tests("batchtasks/waiting", "blocked wait"),
    f"{_CLIENT}/conditions.py": _tests("batchtasks", "conditions"),
    f"{_CLIENT}/filters.py": _tests("batchtasks", "filters"),
    f"{_CLIENT}/tasks.py": _tests("batchtasks", "tasks shell_warning"),
    f"{_SERVICE}/domain/checks.py": _TASKS,
    f"{_SERVICE}/domain/clock.py": _tests("service/domain", "clock"),
    f"{_SERVICE}/domain/defaults.py": _TASKS,
    f"{_SERVICE}/domain/exits.py": _MOVES,
    f"{_SERVICE}/domain/filters.py": [*_tests("service/domain", "filters"), *_tests("service/http", "lists")],
    f"{_SERVICE}/domain/job_moves.py": [*_MOVES, *_tests("service/operations", "jobs special_tasks")],
    f"{_SERVICE}/domain/records.py": [
        *_MOVES,
        *_tests("service/store", "store"),
        *_tests("service/operations", "pools statistics"),
    ],
    f"{_SERVICE}/domain/special_tasks.py": [
        *_DOMAIN,
        *_tests("service/operations", "special_tasks pools jobs"),
        *_tests("service/store", "order"),
    ],
    f"{_SERVICE}/domain/task_moves.py": _MOVES,
    f"{_SERVICE}/operations/pools.py": _tests("service/operations", "pools special_tasks"),
    f"{_SERVICE}/store/dependencies.py": _STORE,
    f"{_SERVICE}/store/overview.py": [
        *_tests("service/page", "data"),
        *_tests("service/operations", "statistics"),
    ],
    f"{_SERVICE}/store/pools.py": _tests("service/operations", "pools special_tasks"),
    f"{_SERVICE}/store/queries.py": _tests("service/store", "filter_hints queries store plans"),
    f"{_SERVICE}/store/ready_tasks.py": _tests("service/store", "order model plans rules"),
    f"{_SERVICE}/store/rows.py": _STORE,
    f"{_SERVICE}/store/schema.py": _tests("service/store", "store plans disk"),
    f"{_SERVICE}/store/store.py": _STORE,
    f"{_SERVICE}/store/transactions.py": _tests("service/store", "transactions disk store"),
    f"{_SERVICE}/store/unit_of_work.py": _STORE,
}
