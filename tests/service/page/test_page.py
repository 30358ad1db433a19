"""The page in a browser: what a reader sees and does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService

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
    assert browser.text("#summary").startswith("9 tasks, 88 % done")
    assert browser.text("#status") == "Live"
    folder = service.batch.service.runner.task_dir("numbers", "long") / "wd"
    (folder / "go").touch()
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "7", "2"))
    assert browser.run("return document.title") == "numbers - Local Batch"
    assert (
        browser.run("return document.querySelector('#shares').ariaLabel")
        == "0 active, 0 running, 7 succeeded, 2 failed"
    )


def test_a_failed_task_says_why(browser: Browser, make_service: MakeService) -> None:
    """The failureInfo, and the ends of both files; what a task writes is shown as text and nothing else."""
    service = make_service()
    service.job("bad")
    evil = "<img src=x onerror=alert(1)><script>document.title=1</script>"
    service.tasks("bad", {"broken": f'for n in $(seq 2000); do echo line $n; done; echo "{evil}" >&2; exit 3'})
    service.add("bad", [{"id": "lost", "commandLine": "no-such-program --at all"}])
    browser.open(service.batch.url)
    rows = browser.until(lambda: browser.text("#tasks"), lambda text: "broken" in text and "lost" in text)
    assert "exit code 3" in rows
    assert "CommandProgramNotFound" in rows
    browser.run("for (const row of document.querySelectorAll('#tasks details')) row.open = true")
    shown = browser.until(
        lambda: browser.text("#tasks"), lambda text: "line 2000" in text and "no-such-program" in text
    )
    assert "FailureExitCode (UserError) The task exited with an exit code representing a failure" in shown
    assert "CommandProgramNotFound (UserError) The specified command program is not found" in shown
    assert evil in shown
    assert browser.run("return document.querySelectorAll('main img, main script').length") == 0
    size = sum(len(f"line {n}\n") for n in range(1, 2001))
    tail = browser.run("return document.querySelector('pre[aria-label=\"stdout.txt\"]').textContent")
    assert re.fullmatch(r"(line \d+\n)+", tail)
    assert 4000 < len(tail) <= 4096
    assert f"the end of {size / 1024:.1f} KiB; {size - len(tail):,} bytes before it are not shown" in shown
    assert max(sent for path, sent in requests(browser) if path.startswith("/jobs/bad/tasks/broken/files/")) < 5500


def test_what_is_no_plain_text(browser: Browser, make_service: MakeService) -> None:
    """Colours go, of a progress bar the last form is shown, and bytes that are no text leave the page in one piece."""
    service = make_service()
    service.job("odd")
    out = r'printf "a\r 50 %%\r100 %%\n\033[31mred\033[0m \033]0;title\007\r\nend\r"'
    err = r'head -c 3000000 /dev/urandom >&2; printf "\n\000\001x\377" >&2'
    service.tasks("odd", {"t": f"{out}; {err}; exit 1"})
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#tasks .name"), lambda name: name == "t")
    browser.click("#tasks summary")
    shown = "return document.querySelector('#tasks pre[aria-label=\"{}\"]')?.textContent ?? ''"
    browser.until(lambda: browser.run(shown.format("stdout.txt")), lambda text: text == "100 %\nred \nend")
    assert browser.run(shown.format("stderr.txt")).endswith("\u2400\u2401x\ufffd")
    assert browser.text("#status") == "Live"


def test_what_a_running_task_writes(browser: Browser, make_service: MakeService) -> None:
    """An open row of a task that runs is read again, and stays when the task ends."""
    service = make_service()
    service.job("slow")
    service.tasks("slow", {"s": "echo begun; while test ! -e go; do sleep 0.05; done; echo done"})
    browser.open(service.batch.url)
    browser.until(lambda: counts(browser)[1], lambda running: running == "1")
    browser.click("input[value=running] + span")
    browser.until(lambda: browser.text("#tasks .name"), lambda name: name == "s")
    browser.click("#tasks summary")
    browser.until(lambda: browser.text("#tasks"), lambda text: "begun" in text)
    (service.batch.service.runner.task_dir("slow", "s") / "wd" / "go").touch()
    browser.until(lambda: browser.text("#tasks pre[aria-label='stdout.txt']"), lambda text: text == "begun\ndone")
    assert browser.run("return document.querySelector('#tasks .kind').className") == "kind succeeded"


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
    pixels = browser.run(script)
    assert min(pixels["succeeded"], pixels["failed"]) > 1000
    assert pixels["running"] == 0
    browser.run("document.querySelector('#timeline').focus()")
    browser.press(HOME)
    assert re.fullmatch(r"t[01]: succeeded, 0\.\d\d s, from \d\d:\d\d:\d\d, exit code 0", browser.text("#pointed"))
    for _ in range(5):
        browser.press(RIGHT)
    assert browser.text("#pointed").startswith("t")
    browser.press(ENTER)
    browser.until(lambda: browser.text("#chosen .body"), lambda text: "sleep 0.2" in text)


def test_by_keyboard_alone(browser: Browser, make_service: MakeService) -> None:
    """Past the jobs, to another job, to the rows, into a row."""
    service = make_service()
    for name in ("older", "newer"):
        service.job(name)
        service.tasks(name, {f"{name}-task": "exit 1"})
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "newer")
    focus = "const at = document.activeElement; return at.id || at.name || at.tagName + at.textContent"
    seen = []
    for _ in range(4):
        browser.press(TAB)
        seen.append(browser.run(focus))
    assert seen[:3] == ["skip", "pause", "find"]
    assert seen[3].startswith("Anewer")
    browser.press(TAB, ENTER)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "older")
    assert browser.run("return location.hash") == "#job=older"
    browser.until(lambda: browser.text("#tasks .name"), lambda text: text == "older-task")
    browser.press(TAB, TAB, TAB)
    assert browser.run(focus) == "kind"
    browser.press(TAB, ENTER)
    browser.until(lambda: browser.text("#tasks .body"), lambda text: "FailureExitCode" in text)


def test_many_tasks_are_never_all_read(browser: Browser, make_service: MakeService) -> None:
    """Counts of everything, the newest of the failures, and no second page of any list."""
    service = make_service(run=False)
    service.crowd("crowd", 6_000, failed_every=20, at_once=50)
    browser.open(service.batch.url)
    browser.until(lambda: counts(browser), lambda seen: seen == ("0", "0", "5,700", "300"))
    note = browser.until(lambda: browser.text("#shown"), lambda text: text.startswith("The newest"))
    found = re.fullmatch(r"The newest (\d+) of 300 failed tasks\.", note)
    assert found is not None
    assert 25 <= int(found[1]) <= 50
    names = browser.run("return [...document.querySelectorAll('#tasks .name')].map((one) => one.textContent)")
    assert names == [f"t{6_000 - 20 * n}" for n in range(1, int(found[1]) + 1)]
    drawn = re.match(r"The newest ([\d,]+) tasks on (\d+) slots", browser.text("#drawn"))
    assert drawn is not None
    assert 300 <= int(drawn[1].replace(",", "")) <= 2_000
    assert int(drawn[2]) <= 50
    browser.click("input[value=ended] + span")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "The newest 50 of 6,000 ended tasks.")
    sent = requests(browser)
    assert not [path for path, _ in sent if "skiptoken" in path]
    assert all("$filter" in path for path, _ in sent if "/tasks?" in path)
    assert max(size for _, size in sent) < 400_000
    assert len(sent) < 60


def test_a_search_for_jobs(browser: Browser, make_service: MakeService) -> None:
    service = make_service(run=False)
    for name in ("alpha-1", "beta-1", "Alpha-2"):
        service.job(name)
    browser.open(service.batch.url)
    jobs = "return [...document.querySelectorAll('#jobs .name')].map((one) => one.textContent)"
    browser.until(lambda: browser.run(jobs), lambda names: names == ["Alpha-2", "beta-1", "alpha-1"])
    browser.type("#find", "alph")
    browser.until(lambda: browser.run(jobs), lambda names: names == ["Alpha-2", "alpha-1"])
    browser.type("#find", "'")
    browser.until(lambda: browser.text("#more-jobs"), lambda text: text == "None.")


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


WIDTHS: list[dict[str, Any]] = [{"width": 360, "height": 740, "phone": True}, {"width": 1600, "height": 1000}]


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_any_window(browser: Browser, make_service: MakeService, size: dict[str, Any], dark: bool) -> None:
    """No sideways scrolling, however long the names and lines; text is legible on its background in both colours."""
    service = make_service()
    long = "x" * 64
    service.job(long)
    service.tasks(long, {"y" * 64: f"echo {'z' * 3000}; exit 1"})
    browser.dress(dark=dark, **size)
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#tasks .name"))
    browser.click("#tasks summary")
    browser.until(lambda: browser.text("#tasks .body"), lambda text: "zzz" in text)
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    script = """const brightness = (text) => text.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        const style = getComputedStyle(document.body);
        return [brightness(style.backgroundColor), brightness(style.color)]"""
    harness, text = browser.run(script)
    assert (harness < 150 and text > 600) if dark else (harness > 700 and text < 150)
