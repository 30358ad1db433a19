"""Make docs/images/local-service.png: a service with a job under way, as a browser shows it.

    python tests/service/page/take_screenshot.py

It needs Chromium and chromedriver (Debian: apt-get install chromium chromium-driver).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from batchtasks_local import LocalBatch, Settings
from tests.service.page import browser as chromium
from tests.service.page.browser import Browser
from tests.service.page.harness import PageService

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))


TARGET = ROOT / "docs" / "images" / "local-service.png"
WIDTH = 1120
PORT = 10100
FRAMES = 96
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
    service.add("render-harbour", frames)


def take(browser: Browser, service: PageService) -> bytes:
    """Wait until the job is well under way, open a failed task, and look."""
    browser.dress(width=WIDTH, height=800)
    browser.open(f"{service.batch.url}/#job=render-harbour")
    browser.until(lambda: int(browser.text("#failed") or 0), lambda failed: failed >= 5)
    browser.click("#tasks summary")
    browser.until(lambda: browser.text("#tasks"), lambda text: "no such file" in text)
    browser.dress(width=WIDTH, height=browser.run("return document.documentElement.scrollHeight"))
    browser.run("document.activeElement.blur(); await new Promise(requestAnimationFrame)")
    return browser.picture()


def _settings(folder: Path) -> Settings:
    return Settings(slots=6, port=PORT, file_roots=(folder,))


def main() -> int:
    """Write the picture; 1 where there is no browser."""
    reason = chromium.missing()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place, LocalBatch(_settings(Path(place))) as batch:
        folder, service = Path(place), PageService.of(batch)
        play(service, folder)
        with chromium.driver(folder) as client, chromium.browser(client, folder) as browser:
            TARGET.parent.mkdir(parents=True, exist_ok=True)
            TARGET.write_bytes(take(browser, service))
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
