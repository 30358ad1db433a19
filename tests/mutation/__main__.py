"""Test the tests: change the meaning of the code in one place at a time, and see whether a test near it fails.

    make test-mutants                       a seeded sample; takes an hour or more on two cores
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


class Tests:
    """The tests of the copy, run in forks of one process."""

    def __init__(self) -> None:
        paths = os.pathsep.join(str(TREE / name) for name in ("overlays", "generated", "service"))
        environment = {**os.environ, "PYTHONPATH": paths}
        self._process = subprocess.Popen(
            [str(ROOT / ".venv" / "bin" / "python"), str(TREE / "tests" / "mutation" / "forked.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TREE, env=environment,
        )  # fmt: skip

    def run(self, paths: list[str], limit: float) -> dict[str, Any]:
        """Run tests until the first failure."""
        options = [
            "-x",
            "-q",
            "--tb=line",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--hypothesis-seed=18",
            "-m",
            "not slow",
            "-k",
            LEFT_OUT,
        ]
        # Plugins are among what the process has loaded before pytest begins.
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        request = {"arguments": [*options, *paths], "limit": limit, "log": str(WORK / "pytest.log")}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> int:
    """Return 0 if enough mutants were killed."""
    parser = argparse.ArgumentParser(prog="make test-mutants")
    parser.add_argument("--number", type=int, default=420)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true", help="try those once more that survived")
    parser.add_argument("--list", action="store_true", help="show the mutants and run nothing")
    options = parser.parse_args()
    _copy()
    mutants = [
        mutant for mutant in sample(TREE, list(NEAR), options.number, options.seed) if options.only in mutant.module
    ]
    if options.list:
        print(*mutants, sep="\n")
        return 0
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
    equivalent, tests, limits = _equivalent(), Tests(), dict[frozenset[str], float]()
    try:
        for number, mutant in enumerate(mutants, 1):
            key = _key(mutant)
            if key in known or (mutant.module, mutant.before, mutant.after) in equivalent:
                continue
            paths = [path for path in NEAR[mutant.module] if (TREE / path).exists()]
            limit = limits.get(frozenset(paths)) or _limit(tests, mutant.module, paths)
            limits[frozenset(paths)] = limit
            known[key] = {"key": key, **_one(tests, mutant, paths, limit)}
            with RESULTS.open("a") as file:
                file.write(json.dumps(known[key]) + "\n")
            print(f"{number}/{len(mutants)} {known[key]['outcome']} {known[key]['seconds']:.1f} s {mutant}", flush=True)
    finally:
        tests.close()
    return known


def _limit(tests: Tests, module: str, paths: list[str]) -> float:
    """Return the seconds after which a mutant counts as found, because it does not end."""
    result = tests.run(paths, 600)
    print(f"{module}: the tests take {result['seconds']:.1f} s", flush=True)
    if result["outcome"] != "survived":
        sys.exit(f"The tests fail without any change:\n{result['output']}")
    return float(3 * result["seconds"] + 20)


def _one(tests: Tests, mutant: Mutant, paths: list[str], limit: float) -> dict[str, Any]:
    """Try one mutant."""
    path = TREE / mutant.module
    code, times = path.read_bytes(), path.stat()
    try:
        path.write_text(mutant.code)
        # A time of change that no stored bytecode has.
        os.utime(path, (time.time() + 10, time.time() + 10))
        result = tests.run(paths, limit)
    finally:
        path.write_bytes(code)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return {"mutant": str(mutant), **result}


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
