"""What the page changes, each behind a question; and that nobody but the reader of the page can do so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService
from tests.service.page.harness import PageService

pytestmark = pytest.mark.slow

ESCAPE = "\ue00c"


def state(service: PageService, path: str) -> str:
    """The state of a job or task, or the code of the refusal."""
    answer = service.client.get(path).json()
    return str(answer.get("state") or answer["code"])


def agree(browser: Browser, title: str) -> None:
    """Answer the question with this title."""
    browser.until(lambda: browser.text("#dialog-title"), lambda text: text == title)
    browser.until(lambda: browser.run("return !document.querySelector('#dialog-yes').disabled"))
    browser.click("#dialog-yes")
    browser.until(lambda: browser.text("#dialog-title"), lambda text: text == "")


def test_a_job_from_disabled_to_deleted(browser: Browser, make_service: MakeService) -> None:
    service = make_service(slots=1)
    service.job("life")
    service.tasks("life", {"t": "sleep 60"})
    browser.open(f"{service.batch.url}/#job=life")
    browser.until(lambda: browser.text("#running"), lambda text: text == "1")
    browser.click("#job-actions [value=disable]")
    assert browser.run("return document.activeElement.id") == "dialog-no"
    browser.press(ESCAPE)
    browser.until(lambda: browser.text("#dialog-title"), lambda text: text == "")
    assert state(service, "/jobs/life") == "active"
    browser.click("#job-actions [value=disable]")
    browser.click("#dialog [value=terminate]")
    agree(browser, "Disable job life?")
    browser.until(lambda: browser.text("#job-state"), lambda text: text == "disabled")
    assert service.counts("life")["failed"] == 1
    browser.click("#job-actions [value=enable]")
    agree(browser, "Enable job life?")
    browser.until(lambda: browser.text("#job-state"), lambda text: text == "active")
    browser.click("#job-actions [value=terminate]")
    agree(browser, "Terminate job life?")
    browser.until(lambda: browser.text("#job-state"), lambda text: text == "completed")
    assert browser.text("#job-actions") == "Delete"
    browser.click("#job-actions [value=delete]")
    agree(browser, "Delete job life?")
    browser.until(lambda: state(service, "/jobs/life"), lambda seen: seen == "JobNotFound")
    browser.until(lambda: browser.text("#nothing"), lambda text: text.startswith("There is no job life."))
    browser.open("about:blank")
    assert all("status of 404" in line for line in browser.complaints())


def test_one_task(browser: Browser, make_service: MakeService) -> None:
    service = make_service(slots=1)
    service.job("one")
    service.tasks("one", {"t": "sleep 60"})
    browser.open(f"{service.batch.url}/#job=one&task=t")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "running")
    browser.click("#task-actions [value=terminate]")
    agree(browser, "Terminate task t?")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "failed")
    browser.click("#task-actions [value=reactivate]")
    agree(browser, "Reactivate task t?")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "running")
    browser.click("#task-actions [value=delete]")
    agree(browser, "Delete task t?")
    browser.until(lambda: browser.run("return location.hash"), lambda text: text == "#job=one&view=tasks")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "The job has no tasks.")
    assert state(service, "/jobs/one/tasks/t") == "TaskNotFound"
    browser.complaints()  # it may be read once more while it goes


def test_a_refusal_is_said(browser: Browser, make_service: MakeService) -> None:
    """What the service answers stays to be read; nothing is lost."""
    service = make_service(slots=1)
    service.job("late")
    service.tasks("late", {"t": "exit 1"})
    browser.until(lambda: service.counts("late")["failed"] == 1)
    browser.open(f"{service.batch.url}/#job=late&task=t")
    browser.until(lambda: browser.text("#task-state"), lambda text: text == "failed")
    browser.click("#task-actions [value=reactivate]")
    service.client.post("/jobs/late/terminate")
    browser.click("#dialog-yes")
    browser.until(lambda: browser.text("#dialog-text"), lambda text: "terminated" in text or "state" in text)
    assert browser.text("#dialog-no") == "Close"
    browser.click("#dialog-no")
    assert all("status of 409" in line for line in browser.complaints())


def test_all_that_is_filtered(browser: Browser, make_service: MakeService) -> None:
    """On all pages, and none besides; the question says how many."""
    service = make_service(run=False)
    service.crowd("crowd", 1_500, failed_every=5, at_once=100)
    service.tasks("crowd", {f"wait-{n}": "true" for n in range(3)})
    browser.open(f"{service.batch.url}/#job=crowd&view=tasks&show=failed")
    browser.until(lambda: browser.text("#many-what"), lambda text: text == "All 300")
    browser.click("#many [value=delete]")
    browser.until(lambda: browser.text("#dialog-text"), lambda text: text.startswith("300 tasks that the table shows"))
    agree(browser, "Delete all of these tasks?")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "No task matches.")
    counts = service.counts("crowd")
    assert (counts["failed"], counts["succeeded"], counts["active"]) == (0, 1_200, 3)
    browser.open(f"{service.batch.url}/#job=crowd&view=tasks&q=wait-")
    browser.until(lambda: browser.text("#shown"), lambda text: text == "1 to 3 of 3")
    browser.click("#many [value=terminate]")
    agree(browser, "Terminate all of these tasks?")
    browser.until(lambda: service.counts("crowd")["active"], lambda active: active == 0)
    browser.until(lambda: browser.text("#tasks"), lambda text: text.count("failed") == 3)
    browser.click("#tasks tr:nth-child(2) input")
    assert browser.text("#many-what") == "1 selected"
    browser.click("#many [value=reactivate]")
    agree(browser, "Reactivate the selected tasks?")
    browser.until(lambda: service.counts("crowd")["active"], lambda active: active == 1)
    assert state(service, "/jobs/crowd/tasks/wait-1") == "active"


# Requests that a foreign page may try; what it gets of each: a status, or that the browser did not let it.
_TRY = """
const [base, credentials] = given;
const requests = [['POST', '/jobs/mine/terminate'], ['DELETE', '/jobs/mine'], ['POST', '/jobs/mine/tasks/t/terminate'],
    ['DELETE', '/jobs/mine/tasks/t'], ['GET', '/_jobs'], ['GET', '/_jobs/mine/tasks'], ['GET', '/_page/account.json']];
const attempts = requests.map(async ([method, path]) => {
    const headers = credentials ? { Authorization: 'Bearer any', 'Content-Type': 'application/json' } : {};
    try {
        return (await fetch(`${base}${path}?api-version=2025-06-01`, { method, headers })).status;
    } catch {
        return 'blocked';
    }
});
return Promise.all(attempts);
"""
_FORM = """
const form = document.createElement('form');
Object.assign(form, { method: 'post', action: `${given[0]}/jobs/mine/terminate?api-version=2025-06-01`, enctype: 'text/plain' });
document.body.append(form);
setTimeout(() => form.submit(), 0);
"""


def unharmed(service: PageService) -> None:
    assert state(service, "/jobs/mine") == "active"
    assert state(service, "/jobs/mine/tasks/t") == "active"


@pytest.fixture
def target(make_service: MakeService) -> PageService:
    """A service with a job and a task to attack."""
    service = make_service(run=False)
    service.job("mine")
    service.tasks("mine", {"t": "true"})
    return service


@pytest.mark.parametrize("credentials", [False, True])
def test_another_origin(browser: Browser, make_service: MakeService, target: PageService, credentials: bool) -> None:
    """A page of another port on this machine reads nothing and changes nothing, with or without credentials."""
    browser.open(f"{make_service(run=False).batch.url}/_page/icon.svg")
    seen: list[Any] = browser.run(_TRY, target.batch.url, credentials)
    assert set(seen) == {"blocked"}
    unharmed(target)
    browser.open("about:blank")
    assert set(browser.run(_TRY, target.batch.url, credentials)) == {"blocked"}
    unharmed(target)
    browser.complaints()


def test_a_form_of_another_origin(browser: Browser, target: PageService) -> None:
    """A form needs no leave of the browser; but it carries no signature."""
    browser.open("about:blank")
    browser.run(_FORM, target.batch.url)
    browser.until(lambda: browser.run("return document.body.textContent"), lambda text: "AuthenticationFailed" in text)
    unharmed(target)
    browser.open("about:blank")
    browser.complaints()


@pytest.mark.parametrize("credentials", [False, True])
def test_a_name_that_is_pointed_here(browser: Browser, target: PageService, credentials: bool) -> None:
    """For the browser this is the service's own origin; the service knows better."""
    base = f"http://rebound.example:{target.batch.url.rpartition(':')[2]}"
    browser.open(f"{base}/")
    seen: list[Any] = browser.run(_TRY, base, credentials)
    assert set(seen[:-1]) == ({400} if credentials else {401})
    assert seen[-1] == 403
    unharmed(target)
    browser.complaints()
