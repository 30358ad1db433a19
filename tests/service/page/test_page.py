"""The overview of a job in a browser: what a reader sees and does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService

pytestmark = pytest.mark.slow

ENTER, RIGHT, HOME, TAB = "\ue007", "\ue014", "\ue011", "\ue004"
COUNTS = ("active", "running", "succeeded", "failed")


def counts(browser: Browser) -> tuple[str, ...]:
    """The four numbers, as they are shown."""
    return tuple(browser.text(f"#{name}") for name in COUNTS)


def requests(browser: Browser) -> list[tuple[str, int]]:
    """Every request to the Batch operations since the page was opened: path with query, and bytes of the answer."""
    script = """return performance.getEntriesByType('resource').filter((entry) => /[/]jobs([/?]|$)/.test(entry.name))
        .map((entry) => [decodeURIComponent(entry.name.replace(location.origin, '')), entry.transferSize])"""
    return [(path, size) for path, size in browser.run(script)]


def test_counts_follow_the_tasks(browser: Browser, make_service: MakeService) -> None:
    """Without a reload, from no job to a job that is done."""
    service = make_service()
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#nothing"), lambda text: text.startswith("There are no jobs yet."))
    service.job("numbers")
    service.tasks("numbers", {f"t{n}": f"exit {n % 4 // 3}" for n in range(8)})
    service.tasks("numbers", {"long": "while test ! -e go; do sleep 0.05; done"})
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "1", "6", "2"))
    assert browser.text("#summary").startswith("9 tasks, 88 % completed")
    assert browser.text("#status") == "Live"
    folder = service.batch.service.runner.task_dir("numbers", "long") / "wd"
    (folder / "go").touch()
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "7", "2"))
    assert browser.run("return document.title") == "numbers - Local Batch"
    assert (
        browser.run("return document.querySelector('#shares').ariaLabel")
        == "0 active, 0 running, 7 succeeded, 2 failed"
    )


def test_the_list_of_jobs_is_read_more_often_than_a_calm_job(browser: Browser, make_service: MakeService) -> None:
    """What changes is above all which jobs there are; reading a job may cost much, the list never does."""
    service = make_service(run=False)
    service.job("calm")
    browser.open(service.batch.url)
    script = """const read = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
        return ['/_jobs', '/jobs/calm'].map((path) => read.filter((each) => each === path).length)"""
    browser.until(lambda: browser.run(script), lambda seen: seen[0] >= seen[1] + 2)
    service.job("another")
    browser.until(lambda: browser.text("#jobs"), lambda text: "another" in text)
    assert browser.text("#job-id") == "calm"


def test_little_is_not_shown_as_nothing(browser: Browser, make_service: MakeService) -> None:
    browser.open(make_service(run=False).batch.url)
    script = """const { Chart } = await import('/_page/job/chart.js');
        const figure = document.querySelector('#slots-chart').cloneNode(true), series = [{ kind: 'running', values: given }];
        new Chart(figure).show({ from: 0, step: 1000, series, unit: 'slots in use', shape: 'area' });
        return figure.querySelector('output').textContent"""
    assert browser.run(script, 0.01, 0) == "less than 0.1 slots in use at most"
    assert browser.run(script, 0, 0.06) == "0.1 slots in use at most"
    assert browser.run(script, 0, 0) == "0 slots in use at most"


def test_failures_by_exit_code(browser: Browser, make_service: MakeService) -> None:
    """Groups with the last line of stderr, shown as text and nothing else; each leads to its tasks."""
    service = make_service()
    service.job("bad")
    evil = "<img src=x onerror=alert(1)><script>document.title=1</script>"
    service.tasks("bad", {f"three-{n}": f'echo first >&2; echo "{evil}" >&2; exit 3' for n in range(3)})
    service.tasks("bad", {"silent": "exit 4", "good": "true"})
    service.add("bad", [{"id": "lost", "commandLine": "no-such-program --at all"}])
    browser.open(service.batch.url)
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "1", "5"))
    shown = "return [...document.querySelectorAll('#failures tr')].map((row) => row.innerText.split(/[\\n\\t]+/))"
    rows = browser.until(
        lambda: browser.run(shown), lambda rows: len(rows) == 3 and all(row[4:5] > [""] for row in rows)
    )
    assert [row[:3] for row in rows] == [
        ["3", "FailureExitCode", "3 tasks"],
        ["none", "CommandProgramNotFound", "1 task"],
        ["4", "FailureExitCode", "1 task"],
    ]
    assert evil in rows[0]
    assert "The specified command program is not found" in rows[1]
    assert "It wrote nothing to stderr." in rows[2]
    assert browser.run("return document.querySelectorAll('main img, main script').length") == 0
    browser.click("#failures a")
    names = "return [...document.querySelectorAll('#tasks td:nth-child(2) a')].map((one) => one.textContent)"
    browser.until(lambda: sorted(browser.run(names)), lambda seen: seen == ["three-0", "three-1", "three-2"])
    assert browser.text("#group").startswith("FailureExitCode, exit code 3")
    browser.click("#group")
    browser.until(lambda: len(browser.run(names)), lambda size: size == 5)


def test_the_timeline(browser: Browser, make_service: MakeService) -> None:
    """Bars in the colours of their kind, one row a slot, and every bar within reach of the keyboard."""
    service = make_service(slots=2)
    service.job("bars")
    service.tasks("bars", {f"t{n}": f"sleep 0.2; exit {n // 3}" for n in range(4)})
    browser.open(service.batch.url)
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "3", "1"))
    drawn = browser.until(lambda: browser.text("#drawn"), lambda text: text.startswith("4 tasks"))
    assert drawn.startswith("4 tasks on 2 slots.")
    script = """const canvas = document.querySelector('#timeline');
        const style = getComputedStyle(canvas), pen = canvas.getContext('2d');
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        const tally = { succeeded: 0, failed: 0, running: 0 };
        for (const kind of Object.keys(tally)) {
            const hex = style.getPropertyValue('--' + kind).trim().slice(1);
            const want = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
            for (let at = 0; at < data.length; at += 4) tally[kind] += want.every((part, n) => data[at + n] === part);
        }
        return tally"""
    # The counts are shown before the tasks are read.
    pixels = browser.until(lambda: browser.run(script), lambda found: found["failed"] and not found["running"])
    assert min(pixels["succeeded"], pixels["failed"]) > 1000
    assert pixels["running"] == 0
    browser.run("document.querySelector('#timeline').focus()")
    browser.press(HOME)
    assert re.fullmatch(r"t[01]: succeeded, \d\.\d s, from \d\d:\d\d:\d\dZ, exit code 0", browser.text("#pointed"))
    for _ in range(5):
        browser.press(RIGHT)
    assert browser.text("#pointed").startswith("t")
    browser.press(ENTER)
    browser.until(lambda: browser.text("#command"), lambda text: "sleep 0.2" in text)


def test_by_keyboard_alone(browser: Browser, make_service: MakeService) -> None:
    """Past the jobs, to another job, to its tasks, to one of them."""
    service = make_service()
    for name in ("older", "newer"):
        service.job(name)
        service.tasks(name, {f"{name}-task": "exit 1"})
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "newer")
    focus = "const at = document.activeElement; return at.id || at.value || at.tagName + at.textContent"
    seen = []
    for _ in range(5):
        browser.press(TAB)
        seen.append(browser.run(focus))
    assert seen[:3] == ["skip", "pause", "find"]
    assert seen[4].startswith("Anewer") or seen[3].startswith("Anewer")
    while not browser.run(focus).startswith("Aolder"):
        browser.press(TAB)
    browser.press(ENTER)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "older")
    assert browser.run("return location.hash") == "#job=older"
    for target in ("to-table", "Aolder-task"):
        for _ in range(40):
            if browser.run(focus) == target:
                break
            browser.press(TAB)
        browser.press(ENTER)
        if target == "to-table":
            browser.until(lambda: browser.text("#tasks"), lambda text: "older-task" in text)
    browser.until(lambda: browser.text("#task-why"), lambda text: "FailureExitCode" in text)
    assert browser.run(focus) == "task-id"


def test_many_tasks_are_never_all_read(browser: Browser, make_service: MakeService) -> None:
    """Counts of everything, the newest ends for the timeline, and no second page of any list."""
    service = make_service(run=False)
    service.crowd("crowd", 6_000, failed_every=20, at_once=50)
    browser.open(service.batch.url)
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "5,700", "300"))
    note = browser.until(lambda: browser.text("#drawn"), lambda text: text.startswith("The newest"))
    drawn = re.match(r"The newest ([\d,]+) tasks on (\d+) slots", note)
    assert drawn is not None
    assert 300 <= int(drawn[1].replace(",", "")) <= 2_000
    assert int(drawn[2]) <= 50
    browser.until(lambda: browser.text("#failures"), lambda text: "300 tasks" in text)
    sent = requests(browser)
    assert not [path for path, _ in sent if "skiptoken" in path]
    assert all("$filter" in path for path, _ in sent if "/tasks?" in path)
    assert max(size for _, size in sent) < 400_000
    assert len(sent) < 60
    assert all("status of 409" in line for line in browser.complaints())  # the tasks that are played have no files


def test_what_happened_over_time(browser: Browser, make_service: MakeService) -> None:
    """Slots in use and completed tasks since the first start, though the page was opened later."""
    service = make_service(slots=2)
    service.job("past")
    service.tasks("past", {f"t{n}": f"sleep 0.3; exit {n % 2}" for n in range(4)})
    browser.until(lambda: service.counts("past")["completed"], lambda done: done == 4)
    browser.open(service.batch.url)
    used = browser.until(lambda: browser.text("#slots-chart output"), lambda text: "slots in use" in text)
    assert re.fullmatch(r"(2|1\.9) slots in use at most", used)
    assert "completed a second at most" in browser.text("#ends-chart output")
    drawn = "return [...document.querySelectorAll('#ends-chart path')].map((one) => one.getAttribute('d').length)"
    assert min(browser.run(drawn)) > 0
    assert re.fullmatch(r"\d\d:\d\d:\d\dZ", browser.text("#slots-chart .axis span"))
    assert browser.text("#ending") == "All tasks have completed."


def test_a_search_for_jobs(browser: Browser, make_service: MakeService) -> None:
    """By a part of the id or of the name; jobs with failed tasks are marked."""
    service = make_service()
    for name in ("alpha-1", "beta-1", "Alpha-2"):
        service.job(name, displayName=f"Film {name[-1]}")
    service.tasks("beta-1", {"bad": "exit 1", "good": "true"})
    browser.open(service.batch.url)
    jobs = "return [...document.querySelectorAll('#jobs .name')].map((one) => one.textContent)"
    browser.until(lambda: browser.run(jobs), lambda names: names == ["Alpha-2", "beta-1", "alpha-1"])
    browser.until(lambda: browser.text("#jobs"), lambda text: "1 failed" in text and "2 of 2" in text)
    browser.type("#find", "lph")
    browser.until(lambda: browser.run(jobs), lambda names: names == ["Alpha-2", "alpha-1"])
    browser.run("document.querySelector('#find').value = ''")
    browser.type("#find", "film 1")
    browser.until(lambda: browser.run(jobs), lambda names: names == ["beta-1", "alpha-1"])
    browser.type("#find", "%")
    browser.until(lambda: browser.text("#jobs + p"), lambda text: text == "No job.")


def test_pause(browser: Browser, make_service: MakeService) -> None:
    """Nothing is asked for until the reader wants to go on."""
    service = make_service()
    service.job("still")
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#status"), lambda text: text == "Live")
    browser.click("#pause")
    assert browser.text("#status") == "Paused"
    service.tasks("still", {"t": "true"})
    browser.until(lambda: service.counts("still")["completed"] == 1)
    before = len(requests(browser))
    browser.run("await new Promise((go) => setTimeout(go, 1500))")
    assert len(requests(browser)) == before
    browser.click("#pause")
    browser.until(lambda: counts(browser)[2], lambda text: text == "1")


WIDTHS: list[dict[str, Any]] = [{"width": 420, "height": 900, "phone": True}, {"width": 1400, "height": 900}]
VIEWS = {"overview": "", "table": "&view=tasks", "task": "&task=" + "y" * 64}


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_any_window(
    browser: Browser, make_service: MakeService, axe: str | None, size: dict[str, Any], dark: bool
) -> None:
    """However long the names and lines, nothing is cut; axe-core finds nothing serious, in both colours."""
    service = make_service()
    long = "x" * 64
    service.job(long, displayName="A name " * 20, usesTaskDependencies=True)
    service.tasks(
        long, {"y" * 64: f"mkdir {'d' * 100}; echo {'z' * 3000}; echo bad >&2; exit 1"}, displayName="n" * 200
    )
    service.add(long, [{"id": "child", "commandLine": "true", "dependsOn": {"taskIds": ["y" * 64]}}])
    browser.dress(dark=dark, **size)
    for name, members in VIEWS.items():
        browser.open(f"{service.batch.url}/#job={long}{members}")
        ready = {"overview": "#failures", "table": "#tasks", "task": "#files"}[name]
        browser.until(lambda ready=ready: browser.text(ready))  # type: ignore[misc]
        cut = browser.run(_CUT)
        assert cut == [], f"{name}: {' | '.join(cut)}"
        if axe is not None:
            assert browser.run(axe + _AXE) == [], name
    browser.click("#task-actions button")
    assert browser.text("#dialog-title").startswith("Reactivate task yyy")
    assert browser.run(_CUT) == []
    if axe is not None:
        assert browser.run(axe + _AXE) == []
    script = """const brightness = (text) => text.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        const style = getComputedStyle(document.body);
        return [brightness(style.backgroundColor), brightness(style.color)]"""
    ground, text = browser.run(script)
    assert (ground < 150 and text > 600) if dark else (ground > 700 and text < 150)


# What is wider than the window, or than what it stands in.
_CUT = """
const cut = (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline';
const seen = [...document.querySelectorAll('main *, .top *, dialog[open] *')].filter((one) => one.checkVisibility());
const said = (one) => `${one.tagName} ${one.id} ${one.className}`;
const hidden = (one) => one.closest('svg') || one.closest('thead') || one.tagName === 'SELECT' || one.tagName === 'INPUT';
return [...(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
    ...seen.filter((one) => !hidden(one) && cut(one)).map(said)];
"""
_AXE = """
const found = await axe.run(document, { resultTypes: ['violations'] });
return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 5)}`);
"""
