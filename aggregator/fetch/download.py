"""Files at the operator's addresses -> files on disk; a broken transfer is taken up again.

Like what is posted, and unlike sources: loopback and private addresses are fine, since the operator
may serve models from a machine of their own; redirects are followed, no secret goes with them.
"""

import json
import re
import shutil
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import httpx2

#: Seconds without a byte before a transfer is given up; it can be taken up again.
SILENCE_S = 30.0

#: Hands on how many bytes are there, and of how many, None if the server does not say.
Tell = Callable[[int, int | None], None]

_RANGE = re.compile(r"bytes (\d+)-\d*/(\d+|\*)")
_GONE = (httpx2.codes.NOT_FOUND, httpx2.codes.GONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What a part is part of; kept beside it."""

    url: str
    etag: str
    modified: str
    length: int | None

    @property
    def validator(self) -> str:
        """What `If-Range` may say: weak tags may not stand there (RFC 9110, 13.1.5)."""
        return self.modified if self.etag.startswith("W/") else self.etag or self.modified

    def is_of(self, other: "_Note") -> bool:
        """Tell whether nothing says that the file has changed in between."""
        pairs = ((self.etag, other.etag), (self.modified, other.modified))
        same = all(one == another for one, another in pairs if one and another)
        return same and (None in (self.length, other.length) or self.length == other.length)


class _TooLargeError(OSError):
    """More came, or is said to come, than may."""


class Downloads:
    """Brings files from the operator's addresses."""

    def __init__(
        self,
        user_agent: str,
        silence_s: float = SILENCE_S,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._silence_s = silence_s
        self._free = free
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "identity"}

    def read(self, url: str, most_bytes: int) -> bytes:
        """Return a small file.

        Raises:
            FileNotFoundError: the server has no such file.
            OSError: it cannot be had (TimeoutError: not in time), or is larger than *most_bytes*.
        """
        body = bytearray()
        with self._asked(url, {}) as answer:
            _refuse(answer, (httpx2.codes.OK,))
            for piece in answer.iter_raw():
                body += piece
                _check_size(len(body), most_bytes)
        return bytes(body)

    def save(self, url: str, part: Path, most_bytes: int, tell: Tell) -> None:
        """Bring a file to the path *part*, from where an earlier transfer of it ended.

        What came stays there, whatever stops the transfer, unless it is too much; a file that has
        changed since starts anew. The disk is asked for room before.

        Raises:
            FileNotFoundError: the server has no such file.
            OSError: it cannot be had (TimeoutError: not in time), is larger than *most_bytes*, or
                cannot be written.
        """
        try:
            if not self._is_saved(url, part, most_bytes, tell):
                forget(part)
                self._is_saved(url, part, most_bytes, tell)
        except _TooLargeError:
            forget(part)
            raise

    def _is_saved(self, url: str, part: Path, most_bytes: int, tell: Tell) -> bool:
        """Tell whether the file is whole now; if not, what is there is of another one."""
        before = _read_note(part, url)
        have = part.stat().st_size if before else 0
        with self._asked(url, _range(before, have)) as answer:
            _refuse(answer, (200, 206, 416) if have else (200,))
            now = _noted(answer, url)
            if answer.status_code == httpx2.codes.RANGE_NOT_SATISFIABLE:
                return have == now.length and before is not None and now.is_of(before)
            if answer.status_code == httpx2.codes.OK:
                have = 0
            elif before is None or _start(answer) != have or not now.is_of(before):
                return False
            _check_size(now.length or 0, most_bytes)
            self._check_room(part.parent, (now.length or 0) - have)
            _write_note(part, now, is_new=not have)
            _append(answer, part, now.length, most_bytes, tell)
        return True

    @contextmanager
    def _asked(self, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        try:
            with (
                httpx2.Client(
                    verify=_tls(),
                    timeout=self._silence_s,
                    trust_env=False,
                    follow_redirects=True,
                    max_redirects=5,
                ) as client,
                client.stream("GET", url, headers=self._headers | headers) as answer,
            ):
                yield answer
        except httpx2.TimeoutException as err:
            raise TimeoutError(f"nothing came for {self._silence_s:g} s") from err
        except (httpx2.HTTPError, httpx2.InvalidURL) as err:
            raise OSError(str(err) or type(err).__name__) from err

    def _check_room(self, folder: Path, needed: int) -> None:
        free = self._free(folder)
        if needed > free:
            raise OSError(f"the disk has {free:,} bytes free, {needed:,} are needed in {folder}")


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)  # once: it reads the system's certificates


def forget(part: Path) -> None:
    """Throw away what came of a file, and what was noted of it."""
    part.unlink(missing_ok=True)
    _note_of(part).unlink(missing_ok=True)


def _range(note: _Note | None, have: int) -> dict[str, str]:
    if note is None or not have:
        return {}
    condition = {"If-Range": note.validator} if note.validator else {}
    return {"Range": f"bytes={have}-"} | condition


def _refuse(answer: httpx2.Response, fine: tuple[int, ...]) -> None:
    status = f"{answer.status_code} {answer.reason_phrase}".strip()
    if answer.status_code in _GONE:
        raise FileNotFoundError(status)
    if answer.status_code not in fine:
        raise OSError(status)
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise OSError("it came compressed, though it was asked for as it is")


def _check_size(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise _TooLargeError(f"it is larger than {most_bytes:,} bytes")


def _noted(answer: httpx2.Response, url: str) -> _Note:
    """Return what an answer says of the whole file."""
    if found := re.search(r"/(\d+)$", answer.headers.get("content-range", "")):
        length: int | None = int(found[1])
    else:
        said = answer.headers.get("content-length", "")
        length = int(said) if said.isdigit() and answer.status_code == httpx2.codes.OK else None
    return _Note(
        url=url,
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
        length=length,
    )


def _start(answer: httpx2.Response) -> int | None:
    found = _RANGE.fullmatch(answer.headers.get("content-range", "").strip())
    return int(found[1]) if found else None


def _append(
    answer: httpx2.Response, part: Path, length: int | None, most_bytes: int, tell: Tell
) -> None:
    with part.open("ab") as file:
        tell(file.tell(), length)
        for piece in answer.iter_raw():
            _check_size(file.tell() + len(piece), most_bytes)
            file.write(piece)
            file.flush()  # what came is there, even if this process is killed
            tell(file.tell(), length)
        if length is not None and file.tell() != length:
            raise OSError(f"it ended after {file.tell():,} of {length:,} bytes")


# --- what is noted


def _note_of(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _read_note(part: Path, url: str) -> _Note | None:
    """Return what was noted of a part of this very address, None where there is no such part."""
    try:
        said = json.loads(_note_of(part).read_text("utf-8"))
        note = _Note(**said)
    except (OSError, ValueError, TypeError):
        return None
    return note if note.url == url and part.is_file() else None


def _write_note(part: Path, note: _Note, *, is_new: bool) -> None:
    if is_new:
        part.write_bytes(b"")  # first: a note must never tell of another file's bytes
    _note_of(part).write_text(json.dumps(asdict(note)), "utf-8")
