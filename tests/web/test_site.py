"""The published site, as it is sent."""

import contextlib
import http.client
import os
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Newsroom, served

#: Path below the output folder -> the content type it must be sent with.
FILES = {
    "index.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "stories/a.html": "text/html; charset=utf-8",
    "trends/index.html": "text/html; charset=utf-8",
    "digests/daily/2026-03-20.html": "text/html; charset=utf-8",
    "digests/daily/2026-03-20.txt": "text/plain; charset=utf-8",
    "digests/daily/2026-03-20.md": "text/markdown; charset=utf-8",
    "feeds/all.atom": "application/atom+xml; charset=utf-8",
    "feeds/country/jp.rss": "application/rss+xml; charset=utf-8",
    "feeds/original/all.json": "application/feed+json; charset=utf-8",
    "feeds.opml": "text/x-opml; charset=utf-8",
    "report.json": "application/json",
    "strange.xyz": "application/octet-stream",
}

TEXT = "学びの共同体 ครู 배움 " * 200


@pytest.fixture
def client(newsroom: Newsroom) -> TestClient:
    for path in FILES:
        file = newsroom.output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    return newsroom.client()


@pytest.mark.parametrize(("path", "expected"), FILES.items())
def test_every_file_has_its_type(client: TestClient, path: str, expected: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == expected
    assert answer.content.decode() == TEXT


def test_a_folder_is_its_index(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/trends/").status_code == 200
    assert client.get("/trends").headers["location"].endswith("/trends/")
    assert client.get("/stories/").status_code == 404


def test_readers_are_asked_to_be_strict(client: TestClient) -> None:
    headers = client.get("/index.html").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"
    digest = client.get("/digests/daily/2026-03-20.html").headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in digest


def test_what_a_reader_has_already_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/feeds/all.atom")
    for headers in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", {first.headers["etag"]}'},
        {"If-None-Match": first.headers["etag"].removeprefix("W/")},
        {"If-None-Match": "*"},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        answer = client.get("/feeds/all.atom", headers=headers)
        assert (answer.status_code, answer.content) == (304, b""), headers
        assert answer.headers["etag"] == first.headers["etag"]
        assert answer.headers["vary"] == "Accept-Encoding"


def test_what_has_changed_is_sent(newsroom: Newsroom, client: TestClient) -> None:
    first = client.get("/feeds/all.atom").headers
    file = newsroom.output / "feeds/all.atom"
    state = file.stat()
    file.write_text(TEXT[::-1], encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    answer = client.get(
        "/feeds/all.atom",
        # The same second, as servers' dates count, but another tag: the tag decides.
        headers={"If-None-Match": first["etag"], "If-Modified-Since": first["last-modified"]},
    )
    assert answer.status_code == 200
    assert answer.content.decode() == TEXT[::-1]


def test_compressed_and_plain_are_one_thing_with_a_weak_tag(client: TestClient) -> None:
    plain = client.get("/feeds/all.atom", headers={"Accept-Encoding": "identity"})
    packed = client.get("/feeds/all.atom", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert packed.headers["etag"].startswith('W/"')
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


def test_head_has_the_headers_only(client: TestClient) -> None:
    answer = client.head("/index.html", headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-length"] == str(len(TEXT.encode()))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    assert client.request(method, "/index.html").status_code == 405


OUTSIDE = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/feeds/../../secret.txt",
    "/feeds/%2e%2e/%2e%2e/secret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "//secret.txt",
    "/%2fsecret.txt",
    "/link.txt",
    "/linked/secret.txt",
    "/secret.txt%00.html",
    "/.new-abc.tmp",
    "/feeds/.hidden",
    "/.well-known/x",
    "/desk/../secret.txt",
    "/desk/static/../../secret.txt",
    "/desk/static/%2e%2e/app.py",
    "/" + "a" * 3000,
]


def test_nothing_outside_the_output_can_be_read(newsroom: Newsroom) -> None:
    outside = newsroom.output.parent / "outside"
    (newsroom.output / "feeds").mkdir(parents=True)
    outside.mkdir()
    for secret in (
        newsroom.output.parent / "secret.txt",
        outside / "secret.txt",
        newsroom.output / ".new-abc.tmp",
        newsroom.output / "feeds/.hidden",
    ):
        secret.write_text("SECRET")
    (newsroom.output / "link.txt").symlink_to(outside / "secret.txt")
    (newsroom.output / "linked").symlink_to(outside)
    with served(newsroom.app()) as port:
        for path in [*OUTSIDE, f"{outside}/secret.txt", f"/%2f{outside}/secret.txt"]:
            # Not a client that tidies paths up before it asks.
            connection = http.client.HTTPConnection("127.0.0.1", port)
            with contextlib.closing(connection):
                connection.request("GET", path)
                answer = connection.getresponse()
                assert answer.status == 404, path
                assert b"SECRET" not in answer.read(), path


def test_the_output_folder_itself_may_be_a_link(newsroom: Newsroom, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    (real / "index.html").write_text("here")
    newsroom.output.symlink_to(real)
    assert newsroom.client().get("/").text == "here"


def test_before_the_first_run_the_front_page_says_what_to_do(newsroom: Newsroom) -> None:
    answer = newsroom.client().get("/")
    assert answer.status_code == 404
    assert "Nothing is published yet" in answer.text
    assert "Nothing is published yet" not in newsroom.client().get("/nothing").text
