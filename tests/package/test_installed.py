"""The wheel where nothing else of ours is: what it brings along, what it says when an extra is missing, and its tests."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.package.support import PROJECT, ROOT, Environment, command, copy_tests, find_python, lowest

pytestmark = pytest.mark.slow
# What the client needs, and what that needs in turn.
NEEDED = {"httpx", "h11", "sniffio", "attrs", "python-dateutil"}
BROUGHT = {"anyio", "certifi", "httpcore", "idna", "six", "typing_extensions", "tzdata"}
TEST_TOOLS = ("pytest-httpx>=0.36", "pytest-xdist>=3.6", "hypothesis>=6.112", "opentelemetry-sdk")
# As in the Makefile.
SIDE_BY_SIDE = ("--numprocesses", "auto", "--dist", "loadfile")
# These look at the distribution from outside, without files of the checkout.
SUITES = (
    "tests/batchtasks",
    "tests/batchtasks_cli",
    "tests/batchtasks_testing",
    "tests/examples",
    "tests/service/http",
)
# These need the specification, or type checkers.
NEED_MORE = ("tests/batchtasks/compat", "tests/service/http/contract")
EXTRAS = ("testing", "cli", "speed", "otel", "httpx2")


def declared() -> list[str]:
    return [found[1] for one in PROJECT["project"]["classifiers"] if (found := re.search(r":: (3\.\d+)$", one))]


def test_the_bare_package_brings_little_along(bare: Environment) -> None:
    found = bare.packages() - {"pip", "setuptools", "batchtasks"}
    assert found >= NEEDED
    assert found <= NEEDED | BROUGHT, found - NEEDED - BROUGHT


def test_the_bare_client_works(bare: Environment) -> None:
    code = (
        "import batchtasks, batchtasks.models, pathlib\n"
        "assert 'site-packages' in pathlib.Path(batchtasks.__file__).parts\n"
        "for name in batchtasks.__all__: getattr(batchtasks, name)\n"
        "for name in batchtasks.models.__all__: getattr(batchtasks.models, name)\n"
        "print(batchtasks.__version__)\n"
    )
    assert bare.run("-W", "error", "-c", code).strip() == PROJECT["project"]["version"]


def test_without_the_extra_the_command_says_what_to_install(bare: Environment) -> None:
    said = command(bare.path("batchtasks"), "--help", status=1)
    assert "pip install 'batchtasks[cli,local]'" in said
    assert "Traceback" not in said


def test_without_the_extra_the_local_service_says_what_to_install(bare: Environment) -> None:
    code = "from batchtasks.testing import local_batch\nwith local_batch(): pass"
    assert "pip install 'batchtasks[local]'" in bare.run("-c", code, status=1)


def test_without_the_extra_the_fixtures_do_no_harm(built: dict[str, Path], tmp_path: Path) -> None:
    environment = Environment.make(tmp_path / "env")
    environment.install(built["whl"], "pytest")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n")
    (tmp_path / "test_ours.py").write_text("def test_ours(local_batch):\n    pass\n")
    own = environment.run("-m", "pytest", "-W", "error", "test_own.py", cwd=tmp_path)
    ours = environment.run("-m", "pytest", "test_ours.py", cwd=tmp_path, status=1)
    assert "1 passed" in own
    assert "pip install 'batchtasks[local]'" in ours


def test_a_users_program_is_type_checked_against_the_wheel(bare: Environment, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from batchtasks import BatchClient, task\n"
        "from batchtasks.models import CloudTask\n"
        "from batchtasks.testing import local_batch\n\n\n"
        "def use(client: BatchClient) -> list[CloudTask]:\n"
        "    client.task.add('job', task('t', 'true'))\n"
        "    reveal_type(client.task.get('job', 't').execution_info)\n"
        "    return list(client.task.list('job'))\n\n\n"
        "with local_batch() as batch:\n"
        "    reveal_type(batch)\n"
    )
    arguments = (
        "-m",
        "mypy",
        "--strict",
        "--python-executable",
        bare.path("python"),
        "--cache-dir",
        tmp_path / "cache",
    )
    said = command(sys.executable, *arguments, program, cwd=tmp_path)
    assert "TaskExecutionInformation" in said
    assert "RunningBatch" in said
    assert "Success" in said


def test_serve_works_with_the_extra_local_alone(local: Environment, tmp_path: Path) -> None:
    """What the README promises, where there is no checkout: the wheel's own try."""
    script = tmp_path / "try_wheel.py"
    script.write_text((ROOT / "tests/package/try_wheel.py").read_text(encoding="utf-8"))
    assert "ten tasks added, run and listed" in local.run(script, cwd=tmp_path)


def test_a_port_that_is_taken_is_one_sentence(local: Environment) -> None:
    arguments = [str(local.path("batchtasks")), "serve", "--in-memory", "--port"]
    with subprocess.Popen([*arguments, "0"], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        found = re.search(r":(\d+) ", first.stdout.readline())
        assert found is not None
        done = subprocess.run([*arguments, found[1]], capture_output=True, text=True, check=False)
        first.terminate()
    assert done.returncode != 0
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr


def ready(folder: Path, version: str, versions: str, wheel: Path) -> Environment:
    """An environment with the wheel, every extra and the test tools; the lowest versions that are allowed, or the newest."""
    python = find_python(version)
    if python is None:
        pytest.skip(f"this machine has no Python {version}")
    environment = Environment.make(folder / "env", python)
    pins = lowest(*EXTRAS) if versions == "lowest" else []
    environment.install(f"{wheel}[{','.join(EXTRAS)}]", *TEST_TOOLS, *pins)
    return environment


@pytest.mark.parametrize("versions", ["lowest", "newest"])
@pytest.mark.parametrize("version", declared())
def test_the_tests_pass_with_the_wheel(
    version: str, versions: str, built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On every Python that this machine has, with both ends of what the dependencies may be."""
    folder = tmp_path_factory.mktemp(f"python{version}-{versions}")
    environment = ready(folder, version, versions, built["whl"])
    copy_tests(folder / "tree")
    spans = environment.run(Path(__file__).with_name("trace_one.py"), cwd=folder)
    assert "Job_List kind=CLIENT status=200" in spans
    arguments = (
        "-p",
        "no:cacheprovider",
        *SIDE_BY_SIDE,
        *SUITES,
        *(f"--ignore={path}" for path in NEED_MORE),
    )
    said = environment.run("-m", "pytest", *arguments, cwd=folder / "tree")
    assert "[100%]" in said
