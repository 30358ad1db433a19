"""Make the pictures of the page in docs/images: a service with a job under way, as a browser shows it.

    python -m tests.service.page.take_screenshot

It needs Chromium and chromedriver (`make browser`). If Pillow is installed too, the pictures have 128 colours, which makes
them a third as large.
"""

from __future__ import annotations

import importlib
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from batchtasks_local import LocalBatch, Settings
from tests.service.page import browser as chromium
from tests.service.page.browser import Browser
from tests.service.page.harness import AT_ONCE, PageService

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "docs" / "images"
WIDE: dict[str, Any] = {"width": 1400, "height": 800}
NARROW: dict[str, Any] = {"width": 420, "height": 900, "phone": True}
PORT = 10100
FRAMES = 240
# Frames take about half a second, and some have no texture.
_RENDER = r"""
printf 'frame %04d: scene harbour.blend, 64 samples\n' $1
printf 'frame %04d: loading textures\n' $1
sleep 0.$((15 + $1 * 37 % 80))
test $(($1 % 17)) != 8 && exit 0
printf 'render: textures/rope_%04d.png: no such file\n' $1 >&2
printf 'render: giving up after 1 of 64 samples\n' >&2
exit 3
"""


def play(service: PageService, folder: Path) -> None:
    """A job that is done, one that has nothing to do, and the one to look at."""
    (folder / "render.sh").write_text(_RENDER, encoding="utf-8")
    script = {"httpUrl": (folder / "render.sh").as_uri(), "filePath": "render.sh"}
    service.job("count-words")
    service.tasks("count-words", {f"part-{n}": "true" for n in range(12)})
    service.job("nightly-check")
    service.job("render-harbour")
    service.add("render-harbour", [{"id": "check-licence", "commandLine": "licence-tool --renew"}])
    frames = [
        {"id": f"frame-{n:04d}", "commandLine": f"sh render.sh {n}", "resourceFiles": [script]}
        for n in range(1, FRAMES + 1)
    ]
    for start in range(0, FRAMES, AT_ONCE):
        service.add("render-harbour", frames[start : start + AT_ONCE])


def take(browser: Browser, service: PageService) -> Iterator[tuple[str, bytes]]:
    """Yield names and pictures: the job under way in both colours, its failed tasks, one of them, and a phone."""
    link = f"{service.batch.url}/#job=render-harbour"
    browser.dress(**WIDE)
    browser.open(link)
    browser.until(lambda: int(browser.text("#failed") or 0), lambda failed: failed >= 5)
    browser.until(lambda: browser.text("#failures"), lambda text: "giving up" in text)
    _await_agreement(browser)
    yield "local-service", _picture(browser, WIDE)
    _await_agreement(browser)
    yield "local-service-dark", _picture(browser, WIDE, dark=True)
    yield "local-service-phone", _picture(browser, NARROW)
    browser.dress(**WIDE)
    browser.open(f"{link}&view=tasks&q=frame")
    browser.until(lambda: browser.text("#tasks"), lambda text: "frame" in text)
    yield "local-service-tasks", browser.picture()
    browser.open(f"{link}&task=frame-0008")
    browser.until(lambda: browser.text("#streams"), lambda text: "no such file" in text)
    yield "local-service-task", _picture(browser, WIDE)


def _await_agreement(browser: Browser) -> None:
    """Until the list of jobs, which is read less often than the job that is looked at, counts the same failures."""
    browser.until(lambda: browser.text("#jobs [aria-current] .failed") == f"{browser.text('#failed')} failed")


def _picture(browser: Browser, size: dict[str, Any], *, dark: bool = False) -> bytes:
    """The whole page, however long it is."""
    browser.dress(**size, dark=dark)
    browser.run("document.activeElement.blur(); await new Promise((passed) => setTimeout(passed, 300))")
    height = browser.run("return document.documentElement.scrollHeight")
    browser.dress(**{**size, "height": height}, dark=dark)
    browser.run("await new Promise((passed) => setTimeout(passed, 300))")
    return browser.picture()


def smaller(picture: bytes) -> bytes:
    """The same picture with fewer colours, if that can be done here."""
    try:
        image = importlib.import_module("PIL.Image")
    except ImportError:
        return picture
    out = io.BytesIO()
    image.open(io.BytesIO(picture)).convert("RGB").quantize(128, dither=0).save(out, "PNG", optimize=True)
    return min(out.getvalue(), picture, key=len)


def _settings(folder: Path) -> Settings:
    return Settings(slots=6, port=PORT, file_roots=(folder,))


def main() -> int:
    """Write the pictures; 1 where there is no browser."""
    reason = chromium.missing()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place, LocalBatch(_settings(Path(place))) as batch:
        folder, service = Path(place), PageService.of(batch)
        play(service, folder)
        with chromium.driver(folder) as client, chromium.browser(client, folder) as browser:
            for name, picture in take(browser, service):
                path = TARGET / f"{name}.png"
                path.write_bytes(smaller(picture))
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
