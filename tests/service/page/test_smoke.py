"""That the page works at all: one way through its views, and one attack. All other tests in a browser are slow."""

from __future__ import annotations

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService


def test_from_the_overview_to_a_task_and_back(browser: Browser, make_service: MakeService) -> None:
    """Counts, a group of failures, its tasks, the output of one of them, and a change behind a question."""
    service = make_service()
    service.job("film")
    flaky = "echo no licence >&2; test -e ../../again || { touch ../../again; exit 3; }"
    service.tasks("film", {"good-1": "true", "good-2": "true", "flaky": flaky})
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#summary"), lambda text: text.startswith("3 tasks, 100 % completed"))
    assert [browser.text(f"#{name}") for name in ("active", "running", "succeeded", "failed")] == ["0", "0", "2", "1"]
    browser.until(lambda: browser.text("#failures"), lambda text: "no licence" in text)
    browser.click("#failures a")
    browser.until(lambda: browser.text("#tasks"), lambda text: "flaky" in text and "good" not in text)
    browser.click("#tasks td:nth-child(2) a")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "failed")
    browser.until(lambda: browser.text("pre[aria-label='stderr.txt']"), lambda text: text == "no licence")
    browser.click("#task-actions [value=reactivate]")
    browser.until(lambda: browser.text("#dialog-title"), lambda text: text == "Reactivate task flaky?")
    browser.until(lambda: browser.run("return !document.querySelector('#dialog-yes').disabled"))
    assert service.counts("film")["failed"] == 1
    browser.click("#dialog-yes")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "succeeded")
    browser.open(f"{service.batch.url}/#job=film")
    browser.until(lambda: browser.text("#succeeded"), lambda text: text == "3")


def test_a_foreign_name_for_this_machine(browser: Browser, make_service: MakeService) -> None:
    """A site that points its own name at 127.0.0.1 is shown nothing, and can do nothing."""
    service = make_service(run=False)
    service.job("mine")
    base = f"http://rebound.example:{service.batch.url.rpartition(':')[2]}"
    browser.open(f"{base}/")
    assert browser.text("body").startswith("Open this page as http://127.0.0.1:")
    script = """const headers = { Authorization: 'Bearer any' };
        return (await fetch('/jobs/mine?api-version=2025-06-01', { method: 'DELETE', headers })).status"""
    assert browser.run(script) == 400
    assert service.client.get("/jobs/mine").json()["state"] == "active"
    browser.complaints()
