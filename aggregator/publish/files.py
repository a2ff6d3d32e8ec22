"""Rendered -> files on disk, each whole or not at all. The only file of this room that writes."""

import fcntl
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aggregator.errors import PublishError
from aggregator.model import Rendered

# Web servers read the files as another user; mkstemp makes them for the owner alone.
_MODE = 0o644
_PREFIX, _SUFFIX = ".new-", ".tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResult:
    """The paths that were written, and those whose file already held the same bytes."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def paths(self) -> frozenset[str]:
        """All paths that are published now; what `prune` should keep."""
        return frozenset(self.written + self.unchanged)


def write(directory: Path, files: Iterable[Rendered]) -> WriteResult:
    """Write the files below *directory* and return which of them changed.

    A reader never sees half a file, and neither does the next run after a kill, a full disk or
    a power cut. Unchanged files keep their modification time, which is what web servers answer
    conditional requests by.

    Raises:
        PublishError: a path leaves the directory, or a file could not be written. The files
            before it are in place, the file itself is as it was.
    """
    written: list[str] = []
    unchanged: list[str] = []
    for file in files:
        target = _inside(directory, file.path)
        try:
            changed = _put(target, file.body)
        except OSError as err:
            msg = f"{file.path} could not be written: {err.strerror or err}"
            raise PublishError(msg) from err
        (written if changed else unchanged).append(file.path)
    return WriteResult(written=tuple(written), unchanged=tuple(unchanged))


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Hold the directory for one writer, from reading what is to be written to the last file.

    A desk that publishes a decision and a run under way would else overwrite newer files with
    older ones. Others wait; a process that dies lets go. No file is made: the lock is on the
    directory itself. https://man7.org/linux/man-pages/man2/flock.2.html

    Raises:
        PublishError: the directory cannot be made or opened.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as err:
        raise PublishError(f"{directory} cannot be used: {err.strerror or err}") from err
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def prune(directory: Path, keep: Collection[str], below: Sequence[str]) -> tuple[str, ...]:
    """Remove the files below the folders *below* that are not in *keep*; return their paths.

    Elsewhere in *directory* nothing is removed but what a killed run left half-written. Run it
    after `write` has succeeded, and never beside another run.

    Raises:
        PublishError: a folder leaves the directory, or a file could not be removed.
    """
    roots = tuple(_inside(directory, folder) for folder in below)
    removed = []
    try:
        for file in sorted(directory.rglob("*")):
            path = file.relative_to(directory).as_posix()
            stale = any(root in file.parents for root in roots) and path not in keep
            if (stale or _half_written(file)) and (file.is_file() or file.is_symlink()):
                file.unlink()
                removed.append(path)
    except OSError as err:
        msg = f"{err.filename} could not be removed: {err.strerror or err}"
        raise PublishError(msg) from err
    return tuple(removed)


def remove(directory: Path, paths: Iterable[str]) -> None:
    """Remove these files below *directory*, where they are there.

    Raises:
        PublishError: a path leaves the directory, or a file could not be removed.
    """
    for path in paths:
        try:
            _inside(directory, path).unlink(missing_ok=True)
        except OSError as err:
            raise PublishError(f"{path} could not be removed: {err.strerror or err}") from err


def _inside(directory: Path, path: str) -> Path:
    """Return the path's place below the directory; links on the way are followed and checked."""
    parts = path.split("/")
    plain = not any(p in ("", ".", "..") or "\\" in p or "\0" in p or ":" in p for p in parts)
    if not plain or PurePosixPath(path).is_absolute():
        msg = f"{path!r} is not a path below the output directory"
        raise PublishError(msg)
    target = directory.joinpath(*parts)
    if not target.parent.resolve().is_relative_to(directory.resolve()):
        msg = f"{path!r} leads out of the output directory"
        raise PublishError(msg)
    return target


def _half_written(file: Path) -> bool:
    return file.name.startswith(_PREFIX) and file.name.endswith(_SUFFIX)


def _put(target: Path, body: bytes) -> bool:
    """Replace the target's bytes; return False when it holds them already."""
    if _holds(target, body):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            # Before the rename: else a power cut may leave the new name with old or no bytes.
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - a Path would only be made for this
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _holds(target: Path, body: bytes) -> bool:
    try:
        return target.stat().st_size == len(body) and target.read_bytes() == body
    except FileNotFoundError:
        return False
