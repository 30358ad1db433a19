"""The page's own answers: what is given, to whom, and under which headers; with the development key and with another."""

from __future__ import annotations

import asyncio
import base64
import re

import httpx
import pytest
from starlette.applications import Starlette

from batchtasks_local import Settings
from batchtasks_local.http.contract.documents import Contracts
from batchtasks_local.page.app import STATIC, page_app
from batchtasks_local.settings import DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY

# Python 3.11 has another name for the type of scripts than later versions.
TYPES = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())
NAMES = [path.relative_to(STATIC).as_posix() for path in FILES]
VERSION = Contracts().versions[-1]
OWN_KEY = base64.b64encode(b"a key that nobody else knows").decode()
MODES = {
    "development key": Settings(port=10100, slots=4),
    "own key": Settings(port=10100, account="mine", key=OWN_KEY, run=False),
}


@pytest.fixture(params=MODES)
def settings(request: pytest.FixtureRequest) -> Settings:
    """A service with the development key, and one with a secret key."""
    return MODES[request.param]


def ask(
    settings: Settings, path: str, method: str = "GET", *, client: str = "127.0.0.1", **headers: str
) -> httpx.Response:
    """One request to the page."""
    return asyncio.run(_send(page_app(settings, VERSION), method, path, client, headers))


async def _send(app: Starlette, method: str, path: str, address: str, headers: dict[str, str]) -> httpx.Response:
    transport = httpx.ASGITransport(app, client=(address, 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:10100") as client:
        return await client.request(method, path, headers={name.replace("_", "-"): headers[name] for name in headers})


def is_guarded(answer: httpx.Response) -> None:
    """The headers that every answer of the page has."""
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_page(settings: Settings) -> None:
    answer = ask(settings, "/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.content == (STATIC / "index.html").read_bytes()
    is_guarded(answer)


@pytest.mark.parametrize("name", NAMES)
def test_its_files(settings: Settings, name: str) -> None:
    answer = ask(settings, f"/_page/{name}")
    assert answer.status_code == 200
    assert answer.content == (STATIC / name).read_bytes()
    assert answer.headers["content-type"].split(";")[0] in TYPES
    is_guarded(answer)


def test_the_development_key_is_handed_out() -> None:
    answer = ask(MODES["development key"], "/_page/account.json")
    assert answer.json() == {"account": DEVELOPMENT_ACCOUNT, "key": DEVELOPMENT_KEY, "apiVersion": VERSION, "slots": 4}
    is_guarded(answer)


def test_another_key_is_not() -> None:
    """Not in the account's answer, nor anywhere else."""
    settings = MODES["own key"]
    answer = ask(settings, "/_page/account.json")
    assert answer.json() == {"account": "mine", "key": None, "apiVersion": VERSION, "slots": 0}
    for path in ("/", "/_page/account.json", *(f"/_page/{name}" for name in NAMES)):
        assert OWN_KEY not in ask(settings, path).text


@pytest.mark.parametrize("path", ["/_page/", "/_page/none.js", "/_page/../settings.py", "/_page/%2e%2e%2fsettings.py"])
def test_other_paths(settings: Settings, path: str) -> None:
    assert ask(settings, path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/_page/icon.svg", "/_page/account.json", "/_page/alive"])
def test_other_methods(settings: Settings, method: str, path: str) -> None:
    answer = ask(settings, path, method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    is_guarded(answer)


def test_a_sign_of_life(settings: Settings) -> None:
    answer = ask(settings, "/_page/alive")
    assert (answer.status_code, answer.content) == (204, b"")
    is_guarded(answer)


def test_head(settings: Settings) -> None:
    answer = ask(settings, "/", "HEAD")
    assert (answer.status_code, answer.headers["content-length"]) == (200, str((STATIC / "index.html").stat().st_size))


FOREIGN = ["evil.example", "evil.example:10100", "127.0.0.1.evil.example", "10.0.0.7:10100", "localhost.", "", "[::2]"]


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/_page/icon.svg", "/_page/account.json", "/_page/alive"])
def test_a_foreign_host_gets_nothing(settings: Settings, host: str, path: str) -> None:
    """A site whose name points at this machine."""
    answer = ask(settings, path, host=host)
    assert (answer.status_code, answer.text) == (403, "Open this page as http://127.0.0.1:10100/.\n")
    is_guarded(answer)


def test_another_machine_gets_nothing() -> None:
    """Also of a service that other machines may reach."""
    settings = Settings(host="0.0.0.0", port=10100, key=OWN_KEY, allow_remote=True)
    assert ask(settings, "/", client="127.0.0.1").status_code == 200
    for path in ("/", "/_page/icon.svg", "/_page/account.json", "/_page/alive"):
        assert ask(settings, path, client="10.0.0.7").status_code == 403


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_the_account_is_for_the_page_alone(settings: Settings, site: str, status: int) -> None:
    """A page of another port on this machine is of the same site, and gets nothing either."""
    assert ask(settings, "/_page/account.json", sec_fetch_site=site).status_code == status
    assert ask(settings, "/", sec_fetch_site=site).status_code == 200


def test_nothing_comes_from_outside_and_nothing_is_inline() -> None:
    """What the policy would stop at run time is not there to begin with."""
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script\b([^>]*)>([^<]*)", html) == [(' type="module" src="/_page/main.js"', "")]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    for link in re.findall(r'\b(?:src|href)="([^"]*)"', html):
        assert link.startswith("#") or link.removeprefix("/_page/") in NAMES
    for path in FILES:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z]+\.", text), path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage", text), (
            path.name
        )


def test_every_id_that_a_script_names_is_in_the_page() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    for path in STATIC.rglob("*.js"):
        for name in re.findall(r'byId\("([^"]+)"\)', path.read_text(encoding="utf-8")):
            assert name in ids, f"{path.name}: {name}"


def test_the_files_are_small() -> None:
    lines = {name: len((STATIC / name).read_text(encoding="utf-8").splitlines()) for name in NAMES}
    assert {name: size for name, size in lines.items() if size > 400} == {}
