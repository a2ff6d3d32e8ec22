"""`aggregator models` and `aggregator memory find`, without a model."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import HERE, Demo, InProcess

ENTRIES = [
    {
        "from_code": "ja",
        "to_code": "en",
        "package_version": "1.1",
        "links": ["http://127.0.0.1:9/"],
    },
    {
        "from_code": "zh",
        "to_code": "en",
        "package_version": "1.9",
        "size": 123_456_789,
        "links": [],
    },
    {"from_code": "de", "to_code": "en", "package_version": "1.0", "links": []},
]


@pytest.fixture
def index() -> Iterator[str]:
    """The address of an index on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(ENTRIES).encode() if self.path == "/sub/index.json" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sub"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def home(quick_shell: InProcess) -> InProcess:
    """A home with one Japanese and one Thai source, translated to English."""
    line = (
        "- {{id: {1}-x, name: X, name_en: X, country: {1}, language: {0}, kinds: [news], "
        "homepage: https://x.example/, url: https://x.example/{1}, format: rss}}\n"
    )
    sources = line.format("ja", "jp") + line.format("th", "th")
    (quick_shell.home / "sources.yaml").write_text(sources)
    (quick_shell.home / "pipelines").mkdir()
    shutil.copy(Path(HERE) / "pipelines" / "network-news.yaml", quick_shell.home / "pipelines")
    return quick_shell


@pytest.mark.parametrize("slash", ["", "/"])
def test_what_is_offered_and_what_is_missing_is_listed(
    home: InProcess, index: str, slash: str
) -> None:
    found = home.json("models", "list", ARGOS_PACKAGE_INDEX=index + slash)
    rows = {(each["source"], each["target"]): each for each in found}
    assert rows["ja", "en"] == {
        "source": "ja",
        "target": "en",
        "version": None,
        "size": None,
        "offered": {"version": "1.1", "size": None},
        "wanted": True,
        "survey": None,
    }
    assert rows["zh-Hans", "en"]["offered"] == {"version": "1.9", "size": 123_456_789}
    assert not rows["zh-Hans", "en"]["wanted"]
    assert rows["th", "en"]["offered"] is None
    assert rows["th", "en"]["wanted"]


def test_the_list_fits_80_columns_and_names_the_next_step(home: InProcess, index: str) -> None:
    said = home("models", "list", ARGOS_PACKAGE_INDEX=index, COLUMNS="80").stdout
    assert max(map(len, said.splitlines())) <= 80
    assert "123.5 MB" in said
    assert "missing: ja -> en: aggregator models install ja\n" in said
    assert "missing: th -> en, not in the index" in said


def test_without_a_network_what_is_here_is_listed_all_the_same(quick_shell: InProcess) -> None:
    closed = "http://127.0.0.1:9"
    done = quick_shell("models", "list", "--json", ARGOS_PACKAGE_INDEX=closed)
    assert json.loads(done.stdout) == []
    assert "the index of translation models cannot be had" in done.stderr
    offline = quick_shell("models", "list", "--offline", ARGOS_PACKAGE_INDEX=closed)
    assert offline.stderr == ""
    assert "no model is installed" in offline.stdout


def test_nothing_is_updated_or_verified_where_nothing_is(
    quick_shell: InProcess, index: str
) -> None:
    assert quick_shell.json("models", "update", ARGOS_PACKAGE_INDEX=index) == []
    assert quick_shell.json("models", "verify") == []
    assert "no model is installed" in quick_shell("models", "verify").stdout


def test_what_the_memory_has_for_a_text_is_shown(own_demo: Demo) -> None:
    shell = own_demo.shell
    path = shell.home / "memory.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="ja"/><body><tu>'
        '<tuv xml:lang="ja"><seg>第58回の公開授業を市内の学校で開催</seg></tuv>'
        '<tuv xml:lang="en"><seg>The 58th open lesson</seg></tuv></tu></body></tmx>'
    )
    shell("memory", "import", path)
    asked = ("memory", "find", "第63回の公開授業を市内の学校で開催", "--language", "ja")
    (found,) = shell.json(*asked)
    assert (found["how"], found["text"], found["origin"]) == (
        "numbers",
        "The 63rd open lesson",
        "imported",
    )
    assert "numbers put in (imported, tmx, 1970-01-01)" in shell(*asked).stdout
    shell("memory", "find", "x", "--language", "xx", expect=2)
    nothing = shell("memory", "find", "ℵ" * 30, "--language", "ja").stdout
    assert "nothing that is near" in nothing
