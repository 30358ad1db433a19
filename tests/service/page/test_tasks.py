"""The table of tasks and the view of one task, in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService
from tests.service.page.harness import PageService

pytestmark = pytest.mark.slow

NAMES = "return [...document.querySelectorAll('#tasks td:nth-child(2) a')].map((one) => one.textContent)"


def shown(browser: Browser, names: list[str]) -> None:
    """Wait until the table has these tasks, in this order."""
    browser.until(lambda: browser.run(NAMES), lambda seen: seen == names)


def choose(browser: Browser, selector: str, value: str) -> None:
    """Choose a value of a select element."""
    script = "const at = document.querySelector(given[0]); at.value = given[1]; at.dispatchEvent(new Event('change'))"
    browser.run(script, selector, value)


def rows(browser: Browser) -> dict[str, str]:
    """The text of each row of the table, by the id of its task."""
    script = """return [...document.querySelectorAll('#tasks tr')]
        .map((row) => [row.querySelector('a').textContent, row.innerText.replace(/\\s+/g, ' ').trim()])"""
    return dict(browser.run(script))


def paths(browser: Browser) -> list[str]:
    """The paths and queries of all requests since the page was opened."""
    script = """return performance.getEntriesByType('resource')
        .map((entry) => decodeURIComponent(entry.name.replace(location.origin, '')))"""
    return [str(path) for path in browser.run(script)]


def test_pages_of_many_tasks(browser: Browser, make_service: MakeService) -> None:
    """By the service's own filters and skip tokens; right from the first page to the last."""
    service = make_service(run=False)
    service.crowd("crowd", 3_000, failed_every=10, at_once=100)
    browser.open(f"{service.batch.url}/#job=crowd&view=tasks")
    names = sorted(f"t{n}" for n in range(3_000))  # the service lists tasks by id
    shown(browser, names[:50])
    assert browser.text("#shown") == "1 to 50 of 3,000"
    browser.click("#next")
    shown(browser, names[50:100])
    browser.click("#next")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "101 to 150 of 3,000")
    browser.click("#previous")
    shown(browser, names[50:100])
    lists = [path for path in paths(browser) if path.startswith("/jobs/crowd/tasks?")]
    assert any("$skiptoken=" in path for path in lists)
    assert all("maxresults=50" in path for path in lists)
    choose(browser, "#show", "failed")
    failed = sorted(f"t{n}" for n in range(0, 3_000, 10))
    shown(browser, failed[:50])
    assert browser.text("#shown") == "1 to 50 of 300"
    for _ in range(5):
        before = browser.text("#shown")
        browser.click("#next")
        browser.until(lambda before=before: browser.text("#shown"), lambda text, before=before: text != before)  # type: ignore[misc]
    assert browser.text("#shown") == "251 to 300 of 300"
    assert browser.run("return document.querySelector('#next').disabled")
    assert browser.run(NAMES) == failed[250:]


def test_search_filter_and_order(browser: Browser, make_service: MakeService) -> None:
    """Each in the address, so that a link shows the same."""
    service = make_service(slots=1)
    service.job("mixed")
    service.add(
        "mixed", [{"id": f"b{n}", "commandLine": f"sh -c 'exit {n}'", "displayName": f"Frame {n}"} for n in (2, 0, 1)]
    )
    service.add("mixed", [{"id": "a", "commandLine": "sleep 60"}])
    browser.until(lambda: service.counts("mixed"), lambda seen: seen["completed"] == 3 and seen["running"] == 1)
    browser.open(f"{service.batch.url}/#job=mixed&view=tasks")
    shown(browser, ["a", "b0", "b1", "b2"])
    for show, names in (("succeeded", ["b0"]), ("failed", ["b1", "b2"]), ("running", ["a"]), ("active", [])):
        choose(browser, "#show", show)
        shown(browser, names)
    choose(browser, "#show", "all")
    shown(browser, ["a", "b0", "b1", "b2"])
    assert browser.run("return document.querySelector('th[data-sort=id]').ariaSort") == "ascending"
    browser.click("th[data-sort=id] button")
    shown(browser, ["b2", "b1", "b0", "a"])
    choose(browser, "#sort", "added")
    shown(browser, ["b2", "b0", "b1", "a"])
    browser.click("th[data-sort=exitCode] button")
    shown(browser, ["b0", "b1", "b2", "a"])
    browser.click("th[data-sort=exitCode] button")
    shown(browser, ["b2", "b1", "b0", "a"])
    browser.type("#search", "FRAME")
    shown(browser, ["b2", "b1", "b0"])
    assert browser.text("#shown") == "1 to 3 of 3"
    link = browser.run("return location.href")
    browser.open("about:blank")
    browser.open(link)
    shown(browser, ["b2", "b1", "b0"])
    browser.type("#search", "%")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "No task matches.")


def test_why_tasks_wait(browser: Browser, make_service: MakeService) -> None:
    """Dependencies, slots, the limit of the job, and a job that is disabled."""
    service = make_service(slots=2)
    service.job("waits", usesTaskDependencies=True, maxParallelTasks=1)
    specs: list[dict[str, Any]] = [
        {"id": "failing", "commandLine": "sh -c 'exit 1'"},
        {"id": "first", "commandLine": "sleep 60"},
        {"id": "after", "commandLine": "true", "dependsOn": {"taskIds": ["first"]}},
        {"id": "never", "commandLine": "true", "dependsOn": {"taskIds": ["failing", "ghost"]}},
        {"id": "range", "commandLine": "true", "dependsOn": {"taskIdRanges": [{"start": 1, "end": 3}]}},
        {"id": "large", "commandLine": "true", "requiredSlots": 3},
        {"id": "next", "commandLine": "true"},
    ]
    service.add("waits", specs)
    browser.until(lambda: service.counts("waits"), lambda seen: seen["failed"] == 1 and seen["running"] == 1)
    browser.open(f"{service.batch.url}/#job=waits&view=tasks")
    seen = browser.until(lambda: rows(browser), lambda found: len(found) == 7 and "ghost" in found["never"])
    assert "Waits for: first." in seen["after"]
    assert "Depends on tasks that do not exist: ghost. Depends on tasks that failed: failing." in seen["never"]
    assert "Waits for 3 of the tasks 1 to 3." in seen["range"]
    assert "Needs 3 slots; there are 2: it never starts." in seen["large"]
    assert "The job runs 1 task at once at most." in seen["next"]
    assert "exit code 1" in seen["failing"]
    service.client.post("/jobs/waits/disable", json={"disableTasks": "wait"})
    browser.until(lambda: rows(browser)["next"], lambda text: "The job is disabling." in text)


def test_a_preparation_task_that_keeps_tasks_waiting(
    browser: Browser, make_service: MakeService, tmp_path: Path
) -> None:
    service = make_service()
    go_on = tmp_path / "go-on"
    wait = f"sh -c 'until test -e {go_on}; do sleep 0.05; done; exit 3'"
    service.job("prepared", jobPreparationTask={"commandLine": wait})
    service.tasks("prepared", {"t": "true"})
    browser.open(f"{service.batch.url}/#job=prepared&view=tasks")
    what = "The preparation task of the job"
    browser.until(lambda: rows(browser).get("t", ""), lambda text: f"{what} has not completed." in text)
    go_on.touch()
    browser.until(lambda: rows(browser)["t"], lambda text: f"{what} failed (exit code 3): no task starts." in text)


def test_one_task(browser: Browser, make_service: MakeService) -> None:
    """Command, environment, times, retries, dependencies both ways, output, and files in folders."""
    service = make_service()
    service.job("one", usesTaskDependencies=True)
    script = "mkdir -p deep/er; echo inside > deep/er/note.txt; echo out; echo bad >&2; exit 3"
    service.tasks("one", {"parent": "true"})
    service.tasks(
        "one",
        {"t": script},
        displayName="The one",
        dependsOn={"taskIds": ["parent"]},
        environmentSettings=[{"name": "COLOUR", "value": "<b>red</b>"}],
        constraints={"maxTaskRetryCount": 1},
    )
    service.add("one", [{"id": "child", "commandLine": "true", "dependsOn": {"taskIds": ["T"]}}])
    browser.until(lambda: service.counts("one"), lambda seen: seen["completed"] == 2)
    browser.open(f"{service.batch.url}/#job=one&task=t")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "failed")
    why = "FailureExitCode (UserError) The task exited with an exit code representing a failure"
    assert why in browser.text("#task-why")
    facts = re.sub(r"\s+", " ", browser.text("#task-facts"))
    assert re.search(
        r"Exit code 3 Added \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ Started .*Z Ended .*Z Duration .* Retries 1 of 1", facts
    )
    assert "/bin/sh -c" in browser.text("#command")
    assert "<b>red</b>" in browser.text("#command")
    browser.until(lambda: browser.text("#graph .parents"), lambda text: text.split() == ["parent", "succeeded"])
    assert browser.text("#graph .children").split() == ["child", "active"]
    browser.until(lambda: browser.text("pre[aria-label='stderr.txt']"), lambda text: text == "bad")
    assert browser.text("pre[aria-label='stdout.txt']") == "out"
    files = "return [...document.querySelectorAll('#files button.plain')].map((one) => one.textContent)"
    browser.until(lambda: "wd/" in browser.run(files))
    for name in ("wd", "deep", "er"):
        browser.until(lambda name=name: browser.text(f"[aria-label='Open {name}/'], [aria-label='Open {name}']"))  # type: ignore[misc]
        browser.click(f"[aria-label='Open {name}']")
    browser.until(lambda: browser.run(files), lambda names: names == ["note.txt", "Download"])
    assert re.sub(r"\s+", " ", browser.text("#folder")) == "files / wd / deep / er"
    browser.click("[aria-label='View note.txt']")
    browser.until(lambda: browser.text("pre[aria-label='wd/deep/er/note.txt']"), lambda text: text == "inside")
    saved = """const made = new Promise((resolve) => { URL.createObjectURL = (blob) => { resolve(blob); return '#'; }; });
        document.querySelector("[aria-label='Download note.txt']").click();
        return (await made).text()"""
    assert browser.run(saved) == "inside\n"
    browser.click("#graph .parents a")
    browser.until(lambda: browser.text("#task-id"), lambda text: text == "parent")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "succeeded")


def started(browser: Browser, service: PageService, job: str, task: str, command: str) -> None:
    service.job(job)
    service.tasks(job, {task: command})
    browser.open(f"{service.batch.url}/#job={job}&task={task}")


def test_output_follows(browser: Browser, make_service: MakeService) -> None:
    """What a task that runs writes is there within a moment, and only what is new is read."""
    service = make_service()
    command = "yes 0123456789abcde | head -n 2000; echo begun; while test ! -e go; do sleep 0.05; done; echo done"
    started(browser, service, "slow", "s", command)
    out = "pre[aria-label='stdout.txt']"
    browser.until(lambda: browser.text(out), lambda text: text.endswith("begun"))
    assert browser.text("#task-state") == "running"
    (service.batch.service.runner.task_dir("slow", "s") / "wd" / "go").touch()
    browser.until(lambda: browser.text(out), lambda text: text.endswith("begun\ndone"))
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "succeeded")
    script = """return performance.getEntriesByType('resource').filter((one) => one.name.includes('/files/stdout.txt'))
        .map((one) => one.encodedBodySize)"""
    sizes = browser.run(script)
    assert max(sizes) >= 32_000
    assert sizes[-1] < 100


def test_large_output_is_cut_at_a_line(browser: Browser, make_service: MakeService) -> None:
    """The end of it is shown, and how much is not."""
    started(browser, make_service(), "large", "t", "seq 100000 | sed s/^/line-/")
    out = "return document.querySelector(\"pre[aria-label='stdout.txt']\")?.textContent ?? ''"
    text = browser.until(lambda: browser.run(out), lambda text: text.endswith("line-100000\n"))
    assert re.fullmatch(r"(line-\d+\n)+", text)
    assert 60_000 < len(text) <= 65_536
    assert "before this are not shown" in browser.text("#streams h4")


def test_what_is_no_plain_text(browser: Browser, make_service: MakeService) -> None:
    """Colours go, of a progress bar the last form is shown, and bytes that are no text leave the page in one piece."""
    out = r'printf "a\r 50 %%\r100 %%\n\033[31mred\033[0m \033]0;title\007\r\nend\r"'
    err = r'head -c 3000000 /dev/urandom >&2; printf "\n\000\001x\377" >&2'
    started(browser, make_service(), "odd", "t", f"{out}; {err}; exit 1")
    text = "return document.querySelector('#streams pre[aria-label=\"{}\"]')?.textContent ?? ''"
    browser.until(lambda: browser.run(text.format("stdout.txt")), lambda seen: seen == "100 %\nred \nend")
    browser.until(lambda: browser.run(text.format("stderr.txt"))[-4:], lambda seen: seen == "\u2400\u2401x\ufffd")
    assert browser.text("#status") == "Live"
