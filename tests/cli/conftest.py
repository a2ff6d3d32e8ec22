"""The command line as a user has it, with a home of its own: in a new process, or in this one."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from aggregator.__main__ import main

Done = subprocess.CompletedProcess[str]

PATH = os.environ["PATH"]  # noqa: TID251
HERE = str(Path(__file__).resolve().parents[2])  #: the code that is tested, whatever is installed


@dataclass(frozen=True)
class Shell:
    """Runs `aggregator` in a directory."""

    home: Path

    def __call__(self, *args: object, stdin: str = "", expect: int = 0, **variables: str) -> Done:
        environment = {"PATH": PATH, "PYTHONPATH": HERE, "HOME": str(self.home), "COLUMNS": "100"}
        done = self.run([*map(str, args)], {**environment, **variables}, stdin)
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def run(self, args: list[str], environment: Mapping[str, str], stdin: str) -> Done:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "aggregator", *args],
            cwd=self.home,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,  # the machine may be busy
            check=False,
        )

    def json(self, *args: object, expect: int = 0, **variables: str) -> Any:
        """Return what a command prints with --json."""
        return json.loads(self(*args, "--json", expect=expect, **variables).stdout)


class InProcess(Shell):
    """Runs `aggregator` in the tests' own process: a start of one takes two seconds."""

    def run(self, args: list[str], environment: Mapping[str, str], stdin: str) -> Done:
        said, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with (
            contextlib.chdir(self.home),
            mock.patch.dict(os.environ, environment, clear=True),  # noqa: TID251
            mock.patch.object(sys, "argv", ["aggregator", *args]),
            mock.patch.object(sys, "stdin", io.StringIO(stdin)),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(told),
        ):
            _forget_commands()
            code = _exit_code()
        return Done(args, code, _text(said), _text(told))


def _forget_commands() -> None:
    """Have them imported anew: what prints takes the terminal's width from the environment."""
    for name in [name for name in sys.modules if name.startswith("aggregator.cli.")]:
        del sys.modules[name]


def _exit_code() -> int:
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def quick_shell(tmp_path: Path) -> Shell:
    return InProcess(tmp_path)


@dataclass(frozen=True)
class Demo:
    """A finished demo: its first report, and a shell in its home."""

    shell: Shell
    report: dict[str, Any]
    output: Path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, run once for all tests that only look at it."""
    root = tmp_path_factory.mktemp("demo")
    report = Shell(root).json("demo")
    return Demo(InProcess(Path(report["home"])), report, root / "output" / "demo")


@pytest.fixture
def own_demo(demo: Demo, tmp_path: Path) -> Demo:
    """A copy of the demo, for tests that change it: the others read in any order."""
    home = shutil.copytree(demo.shell.home, tmp_path / "home")
    return Demo(InProcess(home), demo.report, home / "output")
