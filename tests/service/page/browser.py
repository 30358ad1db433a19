"""A headless Chromium, driven through its own WebDriver server: plain HTTP and JSON, so httpx is all that it takes."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from attrs import frozen

T = TypeVar("T")

PATIENCE = 20.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which WebDriver writes a reference to an element
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP rebound.example 127.0.0.1",
)


def missing() -> str | None:
    """Why no browser can be driven here, or None."""
    if shutil.which("chromedriver") is None or _browser() is None:
        return "no Chromium with chromedriver is installed (Debian: apt-get install chromium chromium-driver)"
    return None


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@frozen
class Browser:
    """One window of one browser."""

    session: httpx.Client

    def _ask(self, verb: str, path: str, **body: Any) -> Any:
        answer = self.session.request(verb, path, json=body if verb == "POST" else None)
        value = answer.json()["value"]
        assert answer.is_success, f"{path}: {value.get('error')}: {value.get('message')}"
        return value

    def open(self, url: str) -> None:
        """Go to a URL."""
        self._ask("POST", "url", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a piece of JavaScript returns; promises are waited for."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {script} }})(...[...arguments].slice(0, -1))"
            ".then((value) => done([true, value]), (error) => done([false, String(error)]));"
        )
        good, value = self._ask("POST", "execute/async", script=wrapped, args=list(arguments))
        assert good, value
        return value

    def text(self, selector: str) -> str:
        """What a reader sees of an element; empty for one that is hidden or not there."""
        script = "const found = document.querySelector(...given); return found?.checkVisibility() ? found.innerText.trim() : ''"
        return str(self.run(script, selector))

    def click(self, selector: str) -> None:
        """Click an element as a reader would."""
        found = self._ask("POST", "element", using="css selector", value=selector)
        self._ask("POST", f"element/{found[ELEMENT]}/click")

    def type(self, selector: str, text: str) -> None:
        """Type into an element; the keys of WebDriver (`\\ue007` is Enter) count as keys."""
        found = self._ask("POST", "element", using="css selector", value=selector)
        self._ask("POST", f"element/{found[ELEMENT]}/value", text=text)

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        moves = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("POST", "actions", actions=[{"type": "key", "id": "keys", "actions": moves}])

    def devtools(self, command: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol, for what WebDriver does not have."""
        return self._ask("POST", "goog/cdp/execute", cmd=command, params=parameters)

    def dress(self, *, width: int, height: int, dark: bool = False, phone: bool = False) -> None:
        """Choose the size of the window and what the reader prefers."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone
        )
        preference = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", features=[preference])

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._ask("GET", "screenshot"))

    def complaints(self) -> list[str]:
        """What the browser's console has had to say since it was last asked: broken scripts, blocked content, errors."""
        return [f"{entry['level']}: {entry['message']}" for entry in self._ask("POST", "se/log", type="browser")]

    def until(self, look: Callable[[], T], wanted: Callable[[T], bool] = bool) -> T:
        """Look again and again until what is seen is wanted."""
        end = time.monotonic() + PATIENCE
        while True:
            seen = look()
            if wanted(seen):
                return seen
            assert time.monotonic() < end, f"after {PATIENCE:g} s there was still {seen!r}"
            time.sleep(0.05)


@contextmanager
def driver(folder: Path) -> Iterator[httpx.Client]:
    """A WebDriver server on a free port; its log is in the folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["chromedriver", f"--port={port}", f"--log-path={folder / 'chromedriver.log'}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            _wait_for(client)
            yield client
    finally:
        process.terminate()
        process.wait()


def _wait_for(client: httpx.Client) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if client.get("/status").json()["value"]["ready"]:
                return
        except httpx.TransportError:
            assert time.monotonic() < end, "chromedriver does not answer"
        time.sleep(0.05)


@contextmanager
def browser(client: httpx.Client, folder: Path) -> Iterator[Browser]:
    """A browser with a fresh profile in the folder."""
    options = {"binary": _browser(), "args": [*_ARGUMENTS, f"--user-data-dir={folder / 'profile'}"]}
    wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    answer = client.post("/session", json={"capabilities": {"alwaysMatch": wanted}})
    assert answer.is_success, answer.text
    value = answer.json()["value"]
    place = f"{str(client.base_url).rstrip('/')}/session/{value['sessionId']}"
    try:
        with httpx.Client(base_url=place, timeout=60, trust_env=False) as session:
            yield Browser(session)
    finally:
        _end(client, place, value["capabilities"].get("goog:processID"))


def _end(client: httpx.Client, place: str, process: int | None) -> None:
    """Close the browser; one whose page is stuck does not close, and is killed."""
    try:
        client.delete(place, timeout=10)
    except httpx.TransportError:
        if process is not None:
            os.kill(process, signal.SIGKILL)
