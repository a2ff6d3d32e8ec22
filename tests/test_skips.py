"""In CI a skip is a failure, in one process and in many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]

SKIPS = {
    "test_a.py": "import pytest\n\ndef test_a():\n    pytest.skip('no server')\n",
    "test_b.py": "import pytest\n\npytest.skip('no module', allow_module_level=True)\n",
    "test_c.py": "def test_c():\n    pass\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["0", "2"])
def test_in_ci_a_skip_is_a_failure(tmp_path: Path, processes: str) -> None:
    for name, text in SKIPS.items():
        (tmp_path / name).write_text(text)
    options = ("-p", "tests.conftest", "--continue-on-collection-errors", "-n", processes)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "."],
        cwd=tmp_path,
        env={**os.environ, "CI": "true", "PYTHONPATH": str(TOP)},  # noqa: TID251
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.returncode == 1
    for why in ("no server", "no module"):
        assert f"a skip is a failure in CI: Skipped: {why}" in ran.stdout
    assert "1 passed" in ran.stdout
