"""The page in a browser where things are not as usual: another key, a foreign site, a service or a job that is gone."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService

pytestmark = pytest.mark.slow

OWN_KEY = base64.b64encode(b"a key that nobody else knows").decode()
ENTER = "\ue007"


def test_a_key_of_ones_own(browser: Browser, make_service: MakeService) -> None:
    """It is asked for, tried, kept for this tab only, and can be forgotten."""
    service = make_service(key=OWN_KEY)
    service.job("secret")
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#ask"), lambda text: "localbatch" in text)
    assert browser.text("#content") == ""
    browser.type("#key", "no base64!" + ENTER)
    browser.until(lambda: browser.text("#wrong"), lambda text: text == "A key is base64 text; this is not.")
    browser.run("document.querySelector('#key').value = ''")
    browser.type("#key", base64.b64encode(b"another").decode() + ENTER)
    browser.until(lambda: browser.text("#wrong"), lambda text: text == "The service does not take this key.")
    assert [line for line in browser.complaints() if "status of 403" not in line] == []
    browser.run("document.querySelector('#key').value = ''")
    browser.type("#key", OWN_KEY + ENTER)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "secret")
    kept = browser.run(
        "return [Object.values(sessionStorage), Object.keys(localStorage), document.cookie, location.href]"
    )
    assert kept == [[OWN_KEY], [], "", f"{service.batch.url}/"]
    assert OWN_KEY not in browser.run("return document.documentElement.outerHTML")
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "secret")
    browser.click("#forget")
    browser.until(lambda: browser.text("#ask"), lambda text: "localbatch" in text)
    assert browser.run("return sessionStorage.length") == 0


def test_a_foreign_name_for_this_machine(browser: Browser, make_service: MakeService) -> None:
    """A site that points its own name at 127.0.0.1 is shown nothing, and can do nothing."""
    service = make_service()
    port = service.batch.url.rpartition(":")[2]
    browser.open(f"http://rebound.example:{port}/")
    assert browser.text("body") == f"Open this page as http://127.0.0.1:{port}/."
    script = "const answer = await fetch('/_page/account.json'); return [answer.status, await answer.text()]"
    assert browser.run(script) == [403, f"Open this page as http://127.0.0.1:{port}/.\n"]
    script = """const headers = { Authorization: 'Bearer any', 'Content-Type': 'application/json' };
        const [jobs, body] = ['/jobs?api-version=2025-06-01', '{"id": "evil", "poolInfo": {"poolId": "p"}}'];
        const read = await fetch(jobs, { headers }), write = await fetch(jobs, { method: 'POST', headers, body });
        return [read.status, write.status, (await write.json()).values[0].value]"""
    assert browser.run(script) == [400, 400, "Host"]
    assert service.client.get("/jobs").json()["value"] == []
    browser.complaints()


def test_a_job_that_goes(browser: Browser, make_service: MakeService) -> None:
    """Deleted while it is looked at; and one that never was."""
    service = make_service()
    service.job("passing")
    browser.open(f"{service.batch.url}/#job=passing")
    browser.until(lambda: browser.text("#job-id"), lambda text: text == "passing")
    assert service.client.delete("/jobs/passing").status_code == 202
    browser.until(lambda: browser.text("#nothing"), lambda text: text == "There is no job passing. Choose another one.")
    assert browser.text("#job") == ""
    assert all("status of 404" in line for line in browser.complaints())
    browser.open("about:blank")


def test_a_service_that_goes_and_comes_back(browser: Browser, make_service: MakeService, tmp_path: Path) -> None:
    service = make_service(run=False, data=tmp_path / "data")
    port = int(service.batch.url.rpartition(":")[2])
    service.job("lasting")
    browser.open(service.batch.url)
    browser.until(lambda: browser.text("#status"), lambda text: text == "Live")
    service.batch.close()
    browser.until(lambda: browser.text("#status"), lambda text: text.startswith("Gone: no answer since "))
    assert browser.text("#job-id") == "lasting"
    make_service(run=False, data=tmp_path / "data", port=port)
    browser.until(lambda: browser.text("#status"), lambda text: text == "Live")
    assert all("net::ERR_" in line for line in browser.complaints())


def test_a_service_that_asks_to_wait(browser: Browser, make_service: MakeService) -> None:
    """503 with Retry-After is said, waited for, and got over."""
    service = make_service(run=False)
    service.job("busy")
    with service.batch.faults("busy", retry_after=1, operations=["Job_GetTaskCounts"]):
        browser.open(service.batch.url)
        browser.until(lambda: browser.text("#status"), lambda text: text == "The service asks to wait")
    browser.until(lambda: browser.text("#status"), lambda text: text == "Live")
    assert all("503" in line for line in browser.complaints())
