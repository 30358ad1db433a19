"""Test the tests: change the meaning of the code in one place at a time, and see whether a test near it fails.

    make test-mutants                       a seeded sample; takes about half an hour on two cores
    make test-mutants ONLY=store/queries    only modules with this in their path
    make test-mutants NUMBER=1000 SEED=7

The mutants are made in a copy below build/mutants. What was found is written there as it is found (`results.jsonl`), and a
mutant that has been tried is not tried again, so an interrupted run goes on; AGAIN=1 tries those again that survived.
Mutants that mean the same as the code are listed in equivalent.toml, each with its reason.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant, sample
from tests.mutation.near import LEFT_OUT, NEAR

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "mutants"
TREE = WORK / "tree"
RESULTS = WORK / "results.jsonl"
# The share of mutants, without the equivalent ones, that tests must find.
REQUIRED = 0.85
OPTIONS = (
    *("-x", "--capture=sys", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:schemathesis"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning", "--hypothesis-seed=18"),
    *("-m", "not slow", "-k", LEFT_OUT),
)


class Tests:
    """A process that has collected tests of the copy, and runs them in forks."""

    def __init__(self, paths: list[str]) -> None:
        places = os.pathsep.join(str(TREE / name) for name in ("overlays", "generated", "service"))
        environment = {**os.environ, "PYTHONPATH": places}
        # pytest compiles all tests for each process, unless it may keep what it has compiled.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        given, requests = os.pipe()
        answers, taken = os.pipe()
        python, program = str(ROOT / ".venv" / "bin" / "python"), str(TREE / "tests" / "mutation" / "forked.py")
        self._process = subprocess.Popen(
            [python, program, str(given), str(taken), *OPTIONS, *paths],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=TREE, env=environment, pass_fds=(given, taken),
        )  # fmt: skip
        os.close(given)
        os.close(taken)
        self._requests, self._answers = os.fdopen(requests, "w"), os.fdopen(answers)

    def run(self, before: str = "", after: str = "", limit: float = 600) -> dict[str, Any]:
        """Run the tests until the first failure, with a module as it is or changed in memory.

        Returns:
            Its `outcome` is `survived`, `killed`, `timeout`, or `elsewhere` if the change cannot be made in memory. Nothing
            if the tests could not even be collected.
        """
        request = {"before": before, "after": after, "limit": limit, "log": str(WORK / "pytest.log")}
        with suppress(BrokenPipeError):
            self._requests.write(json.dumps(request) + "\n")
            self._requests.flush()
        answer: dict[str, Any] = json.loads(self._answers.readline() or "{}")
        return answer

    def close(self) -> None:
        with suppress(BrokenPipeError):
            self._requests.close()
        self._process.wait()
        self._answers.close()


def main() -> int:
    """Return 0 if enough mutants were killed."""
    parser = argparse.ArgumentParser(prog="make test-mutants")
    parser.add_argument("--number", type=int, default=420)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true", help="try those once more that survived")
    parser.add_argument("--unchecked", action="store_true", help="do not run the tests without a change first")
    parser.add_argument("--list", action="store_true", help="show the mutants and run nothing")
    options = parser.parse_args()
    _copy()
    mutants = [
        mutant for mutant in sample(TREE, list(NEAR), options.number, options.seed) if options.only in mutant.module
    ]
    if options.list:
        print(*mutants, sep="\n")
        return 0
    if not options.unchecked:
        _pass_without_a_change()
    return _report(mutants, _try(mutants, again=options.again))


def _copy() -> None:
    """Bring the copy up to date with the repository's files."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    wanted = {TREE / name for name in names if name and (ROOT / name).is_file()}
    for path in wanted:
        source = ROOT / path.relative_to(TREE)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != source.read_bytes():
            shutil.copy2(source, path)
    for path in set(TREE.rglob("*.py")) - wanted:
        path.unlink()


def _try(mutants: list[Mutant], *, again: bool) -> dict[str, dict[str, Any]]:
    """Return the result of every mutant by its key."""
    known = (
        {line["key"]: line for line in map(json.loads, RESULTS.read_text().splitlines())} if RESULTS.exists() else {}
    )
    if again:
        known = {key: line for key, line in known.items() if line["outcome"] != "survived"}
    equivalent, warm = _equivalent(), dict[str, Tests]()
    try:
        for number, mutant in enumerate(mutants, 1):
            key = _key(mutant)
            if key in known or (mutant.module, mutant.before, mutant.after) in equivalent:
                continue
            if mutant.module not in warm:
                warm[mutant.module] = Tests(NEAR[mutant.module])
            result = warm[mutant.module].run((TREE / mutant.module).read_text(), mutant.code)
            if result["outcome"] == "elsewhere":
                result = _in_file(mutant)
            known[key] = {"key": key, "mutant": str(mutant), **result}
            with RESULTS.open("a") as file:
                file.write(json.dumps(known[key]) + "\n")
            print(f"{number}/{len(mutants)} {result['outcome']} {result['seconds']:.1f} s {mutant}", flush=True)
    finally:
        for tests in warm.values():
            tests.close()
    return known


def _pass_without_a_change() -> None:
    tests = Tests(sorted({path for paths in NEAR.values() for path in paths}))
    result = tests.run(limit=3600)
    tests.close()
    if result.get("outcome") != "survived":
        sys.exit(f"The tests fail without any change:\n{result.get('output', 'They cannot be collected.')}")


def _in_file(mutant: Mutant) -> dict[str, Any]:
    """Try a mutant that has to be in the file."""
    path = TREE / mutant.module
    code, times = path.read_bytes(), path.stat()
    try:
        path.write_text(mutant.code)
        # A time of change that no stored bytecode has.
        os.utime(path, (time.time() + 10, time.time() + 10))
        tests = Tests(NEAR[mutant.module])
        result = tests.run() or {"outcome": "killed", "seconds": 0.0, "output": "The tests could not be collected."}
        tests.close()
    finally:
        path.write_bytes(code)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return result


def _key(mutant: Mutant) -> str:
    """Return a name of the mutant that changes when its module does."""
    return hashlib.sha256(f"{mutant.module} {mutant.operator} {mutant.code}".encode()).hexdigest()[:16]


def _equivalent() -> dict[tuple[str, str, str], str]:
    rows = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text()).get("mutant", [])
    return {(row["module"], row["before"], row["after"]): row["reason"] for row in rows}


def _report(mutants: list[Mutant], results: dict[str, dict[str, Any]]) -> int:
    equivalent, counts = _equivalent(), Counter[str]()
    by_module: dict[str, Counter[str]] = {}
    for mutant in mutants:
        same = (mutant.module, mutant.before, mutant.after) in equivalent
        outcome = "equivalent" if same else results[_key(mutant)]["outcome"]
        counts[outcome] += 1
        by_module.setdefault(mutant.module, Counter())[outcome] += 1
        if outcome == "survived":
            print(mutant)
    for module, some in by_module.items():
        print(f"{module}: {dict(some)}")
    killed = counts["killed"] + counts["timeout"]
    tried = killed + counts["survived"]
    print(
        f"{len(mutants)} mutants: {killed} of {tried} killed ({killed / max(tried, 1):.1%}), {counts['equivalent']} equivalent"
    )
    return 0 if killed >= REQUIRED * tried else 1


if __name__ == "__main__":
    sys.exit(main())
