"""The tests' own PostgreSQL server leaves nothing running."""

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

TOP = Path(__file__).resolve().parents[1]
STARTS = """
from tests import postgres
with postgres.running(postgres.binaries()) as server:
    print(server.folder, flush=True)
    input()
"""


@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server is installed")
def test_the_server_of_a_killed_process_ends() -> None:
    command = [sys.executable, "-c", STARTS]
    starts = subprocess.Popen(
        command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with starts:
        assert starts.stdout
        folder = Path(starts.stdout.readline().strip())
        server = os.pidfd_open(int((folder / "data/postmaster.pid").read_text().split()[0]))
        starts.kill()
        ended, _, _ = select.select([server], [], [], 60)
        os.close(server)
        shutil.rmtree(folder)
    assert ended
