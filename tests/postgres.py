"""A PostgreSQL server of the tests' own: started once a session, its database emptied a test.

Debian's server refuses to run as root, so as root it is started as another user. Its socket lies
in a short folder of its own: the path of a socket has at most 107 bytes, and pytest's own folders
are closed to other users.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

_USERS = ("postgres", "nobody")
_PREFIX = "aggr-pg-"


def binaries() -> Path | None:
    """Return the folder of the newest server's programs, None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://test@/{name}?host={self.folder}"

    def create(self, name: str) -> str:
        """Return the URL of a new database."""
        with self._connect("postgres") as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def empty(self, name: str) -> None:
        """Delete all rows but the schema's version, and count from 1 again.

        That takes 1 ms and another copy of a migrated database 300: it has some 100 files.
        """
        with self._connect(name) as db:
            db.execute("SET session_replication_role = replica")  # heeds no foreign key
            db.execute(_EMPTY)

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(f"host={self.folder} user=test dbname={name}", autocommit=True)


_EMPTY = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
                WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    PERFORM setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences;
END $$
"""


@contextlib.contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Start a server that listens on a socket only, and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir="/tmp"))
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        _call(owner, folder, programs / "initdb", *_INITDB, "-D", str(folder / "data"))
        server = _start(owner, folder, programs / "postgres")
        try:
            _await(folder, server)
            yield Server(folder)
        finally:
            server.terminate()
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


#: The server ends with this process, however that ends: one killed stops no server.
_BOUND = ("setpriv", "--pdeathsig", "INT")
_INITDB = ("-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
_SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("no user to run PostgreSQL as")


def _start(
    owner: pwd.struct_passwd | None, folder: Path, *command: Path
) -> subprocess.Popen[bytes]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    where = ["-D", str(folder / "data"), "-k", str(folder)]
    return _popen(owner, folder, [*_BOUND, *map(str, command), *where, *settings])


def _call(owner: pwd.struct_passwd | None, folder: Path, *command: object) -> None:
    process = _popen(owner, folder, [str(part) for part in command])
    if process.wait(60) != 0:
        raise RuntimeError((folder / "log").read_text())


def _popen(
    owner: pwd.struct_passwd | None, folder: Path, command: list[str]
) -> subprocess.Popen[bytes]:
    groups: list[int] | None = [] if owner else None
    user, group = (owner.pw_uid, owner.pw_gid) if owner else (None, None)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            user=user,
            group=group,
            extra_groups=groups,
        )


def _await(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; there is no way to be told."""
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"host={folder} user=test dbname=postgres").close()
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start: " + (folder / "log").read_text())
