"""Files that are brought over a line that breaks, from servers that keep no rule."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aggregator.fetch import Downloads

WHOLE = bytes(range(256)) * 40
MOST = 1_000_000

Serve = Callable[[Callable[[socket.socket, bytes], bytes | None]], int]


def quiet(done: int, of: int | None) -> None:
    """Tell nobody."""


def reply(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    said = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {said}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@dataclass
class File:
    """A file on a server that knows ranges; `script` has what it does instead, request by request.

    An entry is an answer, or a number of bytes after which the line breaks.
    """

    body: bytes = WHOLE
    etag: str = '"1"'
    modified: str = ""
    script: list[bytes | int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def __call__(self, connection: socket.socket, head: bytes) -> bytes | None:
        self.heads.append(head.decode())
        step = self.script.pop(0) if self.script else None
        if isinstance(step, bytes):
            return step
        whole = self.answer()
        if step is None:
            return whole
        connection.sendall(whole[: whole.index(b"\r\n\r\n") + 4 + step])
        return None

    def answer(self) -> bytes:
        more = [f"ETag: {self.etag}"] if self.etag else []
        more += [f"Last-Modified: {self.modified}"] if self.modified else []
        start = self.asked_from()
        if start is None:
            return reply(self.body, "200 OK", *more)
        size = len(self.body)
        if start >= size:
            return reply(b"", "416 Range Not Satisfiable", f"Content-Range: bytes */{size}", *more)
        said = f"Content-Range: bytes {start}-{size - 1}/{size}"
        return reply(self.body[start:], "206 Partial Content", said, *more)

    def asked_from(self) -> int | None:
        """Where the last request's range begins, None if the whole is to be sent."""
        fields = self.fields(-1)
        if "range" not in fields or fields.get("if-range") not in (None, self.etag, self.modified):
            return None
        return int(fields["range"].removeprefix("bytes=").removesuffix("-"))

    def fields(self, number: int) -> dict[str, str]:
        lines = [line.split(": ", 1) for line in self.heads[number].splitlines() if ": " in line]
        return {name.lower(): value for name, value in lines}

    def ranges(self) -> list[str | None]:
        return [self.fields(each).get("range") for each in range(len(self.heads))]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "model.part"


def brought(serve: Serve, part: Path, file: File, **more: object) -> Callable[[], None]:
    url = f"http://127.0.0.1:{serve(file)}/model"
    downloads = Downloads("test", **more)  # type: ignore[arg-type]
    return lambda: downloads.save(url, part, MOST, quiet)


def test_a_file_comes_whole_and_it_is_told_how_far_it_is(serve: Serve, part: Path) -> None:
    told: list[tuple[int, int | None]] = []
    url = f"http://127.0.0.1:{serve(File())}/model"
    Downloads("test").save(url, part, MOST, lambda done, of: told.append((done, of)))
    assert part.read_bytes() == WHOLE
    assert told[0] == (0, len(WHOLE))
    assert told[-1] == (len(WHOLE), len(WHOLE))


@pytest.mark.parametrize(
    ("etag", "modified", "condition"),
    [
        ('"1"', "", '"1"'),
        ('W/"1"', "", None),
        ('W/"1"', "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 GMT"),
        ("", "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:00 GMT"),
        ("", "", None),
    ],
)
def test_a_broken_transfer_goes_on_where_it_ended(
    serve: Serve, part: Path, etag: str, modified: str, condition: str | None
) -> None:
    file = File(etag=etag, modified=modified, script=[3_000])
    bring = brought(serve, part, file)
    with pytest.raises(OSError, match=r"\S"):
        bring()
    assert part.read_bytes() == WHOLE[:3_000]
    bring()
    assert part.read_bytes() == WHOLE
    assert file.ranges() == [None, "bytes=3000-"]
    assert file.fields(1).get("if-range") == condition


def test_a_transfer_may_break_more_than_once(serve: Serve, part: Path) -> None:
    file = File(script=[3_000, 1_000])
    bring = brought(serve, part, file)
    for came in (3_000, 4_000):
        with pytest.raises(OSError, match=r"\S"):
            bring()
        assert part.read_bytes() == WHOLE[:came]
    bring()
    assert part.read_bytes() == WHOLE
    assert file.ranges() == [None, "bytes=3000-", "bytes=4000-"]


def test_a_whole_file_is_not_brought_again(serve: Serve, part: Path) -> None:
    file = File()
    bring = brought(serve, part, file)
    bring()
    bring()
    assert part.read_bytes() == WHOLE
    assert file.ranges() == [None, f"bytes={len(WHOLE)}-"]


OTHER = bytes(reversed(WHOLE))


@pytest.mark.parametrize(
    "changes",
    [
        {"etag": '"2"'},
        {"etag": "", "modified": "Tue, 03 Nov 2026 10:00:00 GMT"},
        {"etag": "", "body": OTHER + b"longer"},
        {"etag": "", "body": OTHER[:2_000]},  # shorter than what came: 416
    ],
)
def test_a_file_that_changed_in_between_starts_anew(
    serve: Serve, part: Path, changes: dict[str, object]
) -> None:
    etag = '"1"' if changes["etag"] else ""
    modified = "Mon, 02 Nov 2026 10:00:00 GMT" if "modified" in changes else ""
    file = File(etag=etag, modified=modified, script=[3_000])
    bring = brought(serve, part, file)
    with pytest.raises(OSError, match=r"\S"):
        bring()
    file.body = OTHER
    for name, value in changes.items():
        setattr(file, name, value)
    bring()
    assert part.read_bytes() == file.body


def test_a_server_that_takes_the_range_of_a_changed_file_is_not_believed(
    serve: Serve, part: Path
) -> None:
    """It ignores `If-Range`, so that two files would be glued to one."""
    mixed = f"Content-Range: bytes 3000-{len(WHOLE) - 1}/{len(WHOLE)}"
    glued = reply(OTHER[3_000:], "206 Partial Content", mixed, 'ETag: "2"')
    file = File(script=[3_000, glued])
    bring = brought(serve, part, file)
    with pytest.raises(OSError, match=r"\S"):
        bring()
    file.body, file.etag = OTHER, '"2"'
    bring()
    assert part.read_bytes() == OTHER
    assert file.ranges() == [None, "bytes=3000-", None]


@pytest.mark.parametrize("said", ["bytes 0-99/10240", "bytes 2999-10239/10240", "nonsense", ""])
def test_a_part_that_was_not_asked_for_is_not_used(serve: Serve, part: Path, said: str) -> None:
    file = File(script=[3_000, reply(b"x" * 100, "206 Partial Content", f"Content-Range: {said}")])
    bring = brought(serve, part, file)
    with pytest.raises(OSError, match=r"\S"):
        bring()
    bring()
    assert part.read_bytes() == WHOLE


def test_a_server_without_ranges_sends_all_again(serve: Serve, part: Path) -> None:
    file = File(script=[3_000, reply(WHOLE)])
    bring = brought(serve, part, file)
    with pytest.raises(OSError, match=r"\S"):
        bring()
    bring()
    assert part.read_bytes() == WHOLE


def test_a_part_without_its_note_is_not_gone_on_with(serve: Serve, part: Path) -> None:
    part.write_bytes(b"of something else")
    file = File()
    brought(serve, part, file)()
    assert part.read_bytes() == WHOLE
    assert file.ranges() == [None]


def test_another_address_starts_anew(serve: Serve, part: Path) -> None:
    with pytest.raises(OSError, match=r"\S"):
        brought(serve, part, File(script=[3_000]))()
    second = File(body=OTHER)
    brought(serve, part, second)()
    assert part.read_bytes() == OTHER
    assert second.ranges() == [None]


def test_a_server_that_falls_silent_is_left_and_what_came_stays(serve: Serve, part: Path) -> None:
    file = File(script=[reply(WHOLE[:3_000], "200 OK", 'ETag: "1"', length=len(WHOLE))])
    bring = brought(serve, part, file, silence_s=0.2)
    with pytest.raises(TimeoutError, match=r"nothing came for 0\.2 s"):
        bring()
    assert part.read_bytes() == WHOLE[:3_000]
    bring()
    assert part.read_bytes() == WHOLE


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (reply(b"", "500 Oh"), "500"),
        (reply(b"", "206 Partial Content"), "206"),
        (reply(WHOLE, "200 OK", "Content-Encoding: gzip"), "compressed"),
        (reply(WHOLE, length=MOST + 1), "larger than 1,000,000 bytes"),
        (reply(b"", "302 Found", "Location: ftp://x/"), r"\S"),
        (b"SSH-2.0\r\n\r\n", r"\S"),
    ],
)
def test_what_is_no_file_is_an_error_and_leaves_nothing(
    serve: Serve, part: Path, answer: bytes, says: str
) -> None:
    with pytest.raises(OSError, match=says):
        brought(serve, part, File(script=[answer]))()
    assert not part.exists()


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_file_that_is_not_there_is_told_apart(serve: Serve, part: Path, status: str) -> None:
    with pytest.raises(FileNotFoundError, match=status):
        brought(serve, part, File(script=[reply(b"", status)]))()


def test_a_file_without_a_length_may_not_be_endless(serve: Serve, part: Path) -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(MOST + 1)
    with pytest.raises(OSError, match="larger than"):
        brought(serve, part, File(script=[endless]))()
    assert list(part.parent.iterdir()) == []


def test_the_disk_is_asked_before(serve: Serve, part: Path) -> None:
    file = File()
    with pytest.raises(OSError, match=r"has 5,000 bytes free, 10,240 are needed"):
        brought(serve, part, file, free=lambda folder: 5_000)()
    file.script = [6_000]
    with pytest.raises(OSError, match=r"\S"):
        brought(serve, part, file, free=lambda folder: 10_240)()


def test_what_is_left_of_a_file_needs_less_room(serve: Serve, part: Path) -> None:
    room = iter([10_240, 4_240])
    bring = brought(serve, part, File(script=[6_000]), free=lambda folder: next(room))
    with pytest.raises(OSError, match=r"\S"):
        bring()
    bring()
    assert part.read_bytes() == WHOLE


def test_a_moved_file_is_followed(serve: Serve, part: Path) -> None:
    port = serve(File())
    moved = reply(b"", "302 Found", f"Location: http://127.0.0.1:{port}/there")
    brought(serve, part, File(script=[moved]))()
    assert part.read_bytes() == WHOLE


def test_a_small_file_is_read_whole_or_not_at_all(serve: Serve) -> None:
    downloads = Downloads("test")
    assert downloads.read(f"http://127.0.0.1:{serve(File())}/", len(WHOLE)) == WHOLE
    with pytest.raises(OSError, match="larger than"):
        downloads.read(f"http://127.0.0.1:{serve(File())}/", len(WHOLE) - 1)


KILLED = """
import pathlib, sys
from aggregator.fetch import Downloads
url, part = sys.argv[1:]
tell = lambda done, of: print(done, flush=True)
Downloads("test").save(url, pathlib.Path(part), 1_000_000, tell)
"""


def test_a_killed_download_goes_on_where_it_ended(serve: Serve, part: Path) -> None:
    half = reply(WHOLE[:3_000], "200 OK", 'ETag: "1"', length=len(WHOLE))
    file = File(script=[half])
    url = f"http://127.0.0.1:{serve(file)}/model"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, url, str(part)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    with process, process.stdout:
        for line in process.stdout:
            if line.strip() == "3000":
                process.kill()
    assert process.returncode == -signal.SIGKILL
    assert part.read_bytes() == WHOLE[:3_000]
    Downloads("test").save(url, part, MOST, quiet)
    assert part.read_bytes() == WHOLE
    assert file.ranges() == [None, "bytes=3000-"]
