"""The command line as a user has it: a process with a home of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Shell:
    """Runs `aggregator` in a directory."""

    home: Path

    def __call__(
        self, *args: object, stdin: str = "", expect: int = 0, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "COLUMNS": "100"}  # noqa: TID251
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "aggregator", *map(str, args)],
            cwd=self.home,
            env={**environment, **variables},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def json(self, *args: object, expect: int = 0, **variables: str) -> Any:
        """Return what a command prints with --json."""
        return json.loads(self(*args, "--json", expect=expect, **variables).stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


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
    return Demo(Shell(Path(report["home"])), report, root / "output" / "demo")
