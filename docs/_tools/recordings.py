"""Makes the pictures of the terminal in docs/images: runs commands in a pseudo terminal and draws what was to be seen.

    python -m docs._tools.recordings

The commands really run, against a local service that is started for them. Times and counts in the pictures are those of
that run; nothing is drawn by hand.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path

import pyte
from attrs import frozen
from rich.color import ColorParseError
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

from batchtasks.testing import local_batch

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "images"
COLUMNS, LINES = 96, 40
# rich names a font on another host; a reader's browser shall not ask there.
FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)


@frozen
class Scene:
    """One picture: what is typed, after what is done unseen; taken at the end, or when `until` is to be seen."""

    name: str
    title: str
    commands: tuple[str, ...]
    before: tuple[str, ...] = ()
    slots: int = 4
    until: str | None = None


SCENES = (
    Scene(
        "add-and-look",
        "From a table of parameters to the failures",
        (
            "head -3 points.csv",
            "batchtasks add fits --from points.csv --id 'fit-{n}' --command \"python3 $PWD/fit.py {x} {y}\"",
            "batchtasks wait fits",
            "batchtasks logs fits fit-7 --stderr",
        ),
        before=("batchtasks job add fits --pool any",),
    ),
    Scene(
        "watch",
        "A job while it runs",
        ("batchtasks watch long --interval 0.5s",),
        before=(
            "batchtasks job add long --pool any",
            "seq 60 | batchtasks add long --from - --format lines --id 't-{line}' --command \"sh $PWD/step.sh {line}\"",
        ),
        until=r"\b1 failed[\s\S]*tasks/s[\s\S]*disk is full",
    ),
)


def perform(scene: Scene, folder: Path) -> Text:
    """Run the commands of a scene; what the terminal shows at the end."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    with local_batch(slots=scene.slots) as service:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("BATCH_", "AZ_BATCH_"))},
            **service.environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "TERM": "xterm-256color",
        }
        for command in scene.before:
            shell = ["/bin/sh", "-c", command]
            subprocess.run(shell, cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603 - ours
        for command in scene.commands:
            stream.feed(b"\x1b[1;32m$\x1b[0m " + command.encode() + b"\r\n")
            for chunk_size in terminal(command, folder, environment):
                stream.feed(chunk_size)
                if scene.until is not None and re.search(scene.until, "\n".join(screen.display)):
                    return drawn(screen)
    return drawn(screen)


def terminal(command: str, folder: Path, environment: dict[str, str]) -> Iterator[bytes]:
    """Run a command in a pseudo terminal; what it writes, as it comes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    process = subprocess.Popen(  # noqa: S603 - ours
        ["/bin/sh", "-c", f"exec {command}"], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        while chunk_size := os.read(ours, 65536):
            yield chunk_size
    except OSError:  # the other end is closed
        pass
    finally:
        process.terminate()
        os.close(ours)
        process.wait(60)


def drawn(screen: pyte.Screen) -> Text:
    """The cells of a screen as text with styles, without the empty lines at the end."""
    lines = []
    for row in range(screen.lines):
        cells = [screen.buffer[row][column] for column in range(screen.columns)]
        line = Text.assemble(*[(cell.data, style_of(cell)) for cell in cells], end="")
        line.rstrip()
        lines.append(line)
    while lines and not lines[-1].plain:
        lines.pop()
    return Text("\n").join(lines)


def style_of(cell: pyte.screens.Char) -> Style:
    """The style of a cell."""
    return Style(color=_color(cell.fg), bgcolor=_color(cell.bg), bold=cell.bold, reverse=cell.reverse)


def _color(name: str) -> str | None:
    if name == "default":
        return None
    for one in (name, f"#{name}", name.replace("bright", "bright_"), name.replace("brown", "yellow")):
        try:
            Style(color=one)
        except ColorParseError:
            continue
        return one
    return None


def picture(text: Text, title: str) -> str:
    """Draw text as SVG that loads nothing."""
    with open(os.devnull, "w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(text, overflow="crop", no_wrap=True)
        svg = console.export_svg(title=title, theme=MONOKAI, unique_id="terminal")
    return FONT.sub("", svg).replace("Fira Code, monospace", "monospace") + "\n"


def prepare(folder: Path) -> None:
    """The files that the commands of the scenes use."""
    points = [f"{x},{x * x - 50}" for x in range(1, 25)]
    (folder / "points.csv").write_text("x,y\n" + "\n".join(points) + "\n")
    code = "import math, sys\n\nx, y = map(float, sys.argv[1:])\nprint(math.sqrt(y))\n"
    (folder / "fit.py").write_text(code)
    step = 'sleep 0.2\ntest "$1" -ne 23 || { echo "the disk is full" >&2; exit 28; }\n'
    (folder / "step.sh").write_text(step)


def main() -> int:
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder)
            svg = picture(perform(scene, folder), scene.title)
        (TARGET / f"{scene.name}.svg").write_text(svg, encoding="utf-8")
        print(TARGET / f"{scene.name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
