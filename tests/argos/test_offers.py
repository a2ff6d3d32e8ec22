"""Packages that come through an index, which is served on loopback."""

import hashlib
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aggregator.errors import EngineDownError, UsageError
from aggregator.fetch import Downloads
from aggregator.translate import models
from aggregator.translate.models import Model
from aggregator.translate.offers import offered, read_offers
from tests.argos.conftest import Room
from tests.argos.model_builder import build

pytestmark = pytest.mark.argos

DOWNLOADS = Downloads("test")


class Index:
    """A package index on loopback that knows ranges."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []  #: path and range
        self.breaks: dict[str, int] = {}  #: path -> bytes after which the line breaks, once
        index = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                index.answer(self)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        said = handler.headers.get("Range")
        self.asked.append((handler.path, said))
        body = self.files.get(handler.path)
        if body is None:
            handler.send_error(404)
            return
        start = int(said.removeprefix("bytes=").removesuffix("-")) if said else 0
        handler.send_response(206 if said else 200)
        if said:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        end = self.breaks.pop(handler.path, len(body))
        handler.wfile.write(body[start:end])
        handler.close_connection = end < len(body)

    def offer(self, file: Path, **facts: object) -> dict[str, object]:
        """Put a package file there; return its entry in the index."""
        with zipfile.ZipFile(file) as package:
            name = next(each for each in package.namelist() if each.endswith("metadata.json"))
            said: dict[str, object] = json.loads(package.read(name))
        place = f"/{said['from_code']}-{said['package_version']}.argosmodel"
        self.files[place] = file.read_bytes()
        return said | {"links": [f"{self.address}{place}"]} | facts

    def publish(self, *entries: object) -> None:
        self.files["/index.json"] = json.dumps(entries).encode()

    def install(self, room: Room, language: str, target: str = "en") -> Model:
        offers = read_offers(DOWNLOADS, f"{self.address}/index.json")
        offer = offered(offers, language, target)
        return models.install_offer(offer, room.models, DOWNLOADS, lambda done, of: None)


@pytest.fixture
def index() -> Iterator[Index]:
    found = Index()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def left(room: Room) -> list[str]:
    """What lies among the downloads."""
    folder = room.models / "argos-translate" / "downloads"
    return sorted(each.name for each in folder.glob("*"))


def test_a_language_is_installed_through_the_index_in_its_newest_version(
    index: Index, room: Room, tmp_path: Path, test_models: Path
) -> None:
    newer = build(tmp_path / "new.argosmodel", ("zh", "en"), {"公开课": "open class"}, "1.10")
    older = build(tmp_path / "old.argosmodel", ("zh", "en"), {"公开课": "x"}, "1.9")
    index.publish(
        index.offer(older),
        index.offer(newer),
        index.offer(test_models / "ja.argosmodel"),
        {"type": "sbd", "from_codes": ["zh"]},
    )
    model = index.install(room, "zh-Hans")
    assert (model.source, model.version) == ("zh-Hans", "1.10")
    assert list(room.engine.translate(["公开课"], "zh-Hans", "en")) == ["open class"]
    assert {each.split("/")[2] for each in room.everything()} == {"translate-zh_en-1_10"}


def test_what_the_index_says_is_kept(index: Index, test_models: Path) -> None:
    index.publish(
        index.offer(test_models / "ja.argosmodel", size=38_000, sha256="AB" * 32),
        index.offer(test_models / "ko.argosmodel", size=-1, sha256="none", links="x"),
        index.offer(test_models / "th.argosmodel", links=["ipfs://x", 3, "http://x/y"]),
    )
    ja, ko, th = read_offers(DOWNLOADS, f"{index.address}/index.json").values()
    assert (ja.source, ja.target, ja.version) == ("ja", "en", "1.0")
    assert (ja.size, ja.sha256) == (38_000, "ab" * 32)
    assert (ko.size, ko.sha256, ko.links) == (None, "", ())
    assert th.links == ("http://x/y",)


def test_a_language_that_the_index_lacks_is_refused(
    index: Index, furnished: Room, test_models: Path
) -> None:
    index.publish(index.offer(test_models / "ja.argosmodel"))
    with pytest.raises(UsageError, match="the index has no translation model for ko -> en"):
        index.install(furnished, "ko")


def test_an_unknown_language_is_refused(index: Index, furnished: Room) -> None:
    index.publish()
    with pytest.raises(UsageError, match="unknown language 'zh'; known are ja, ko, zh-Hans"):
        index.install(furnished, "zh")


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b"[1]", b'[{"languages": 3}]', b"[" * 9999]
)
def test_an_index_that_is_none_is_refused(index: Index, furnished: Room, body: bytes) -> None:
    index.files["/index.json"] = body
    with pytest.raises((EngineDownError, UsageError)) as caught:
        index.install(furnished, "ko")
    assert "index" in str(caught.value)


def test_without_a_network_the_way_to_install_by_hand_is_told(
    index: Index, furnished: Room
) -> None:
    # The server answers 404: nothing was published.
    with pytest.raises(EngineDownError, match=r"download the \.argosmodel on a connected machine"):
        index.install(furnished, "ko")


def test_a_package_that_cannot_be_had_is_tried_anew_the_next_time(
    index: Index, room: Room, test_models: Path
) -> None:
    index.publish(index.offer(test_models / "ko.argosmodel"))
    whole = index.files.pop("/ko-1.0.argosmodel")
    with pytest.raises(EngineDownError, match=r"404.*connected machine"):
        index.install(room, "ko")
    index.files["/ko-1.0.argosmodel"] = whole[:5_000]
    with pytest.raises(EngineDownError, match=r"not a translation package.*was thrown away"):
        index.install(room, "ko")
    assert left(room) == []
    index.files["/ko-1.0.argosmodel"] = whole
    assert index.install(room, "ko").source == "ko"
    assert left(room) == []


def test_a_broken_download_is_gone_on_with_by_the_next_installation(
    index: Index, room: Room, test_models: Path
) -> None:
    index.publish(index.offer(test_models / "ko.argosmodel"))
    place = "/ko-1.0.argosmodel"
    index.breaks[place] = 10_000
    with pytest.raises(EngineDownError, match="cannot be had"):
        index.install(room, "ko")
    assert left(room) == [
        "translate-ko_en-1_0.argosmodel.part",
        "translate-ko_en-1_0.argosmodel.part.json",
    ]
    assert index.install(room, "ko").version == "1.0"
    ranges = [said for path, said in index.asked if path == place]
    assert ranges == [None, "bytes=10000-"]
    assert left(room) == []


def test_links_are_tried_in_their_order(index: Index, room: Room, test_models: Path) -> None:
    entry = index.offer(test_models / "ko.argosmodel")
    index.files["/wrong"] = b"<html>not here any more</html>"
    names = ("gone", "wrong", "ko-1.0.argosmodel", "never-asked")
    entry["links"] = [f"{index.address}/{name}" for name in names]
    index.publish(entry)
    assert index.install(room, "ko").source == "ko"
    asked = [path for path, _ in index.asked if not path.endswith((".json", ".sha256"))]
    assert asked == ["/gone", "/wrong", "/ko-1.0.argosmodel"]
    assert left(room) == []


@pytest.mark.parametrize("where", ["index", "sidecar"])
def test_a_file_with_another_hash_is_thrown_away(
    index: Index, furnished: Room, test_models: Path, where: str
) -> None:
    file = test_models / "ko.argosmodel"
    wrong = "0" * 64
    index.publish(index.offer(file, **({"sha256": wrong} if where == "index" else {})))
    if where == "sidecar":
        index.files["/ko-1.0.argosmodel.sha256"] = f"{wrong}  ko.argosmodel\n".encode()
    with pytest.raises(EngineDownError, match=f"should be {wrong}, and was thrown away"):
        index.install(furnished, "ko")


@pytest.mark.parametrize("where", ["index", "sidecar"])
def test_a_file_with_the_right_hash_is_installed(
    index: Index, room: Room, test_models: Path, where: str
) -> None:
    file = test_models / "ko.argosmodel"
    right = hashlib.sha256(file.read_bytes()).hexdigest()
    index.publish(index.offer(file, **({"sha256": right} if where == "index" else {})))
    if where == "sidecar":
        index.files["/ko-1.0.argosmodel.sha256"] = f"{right.upper()} *ko.argosmodel".encode()
    assert index.install(room, "ko").source == "ko"


def test_an_offer_without_a_link_is_told(index: Index, furnished: Room, test_models: Path) -> None:
    index.publish(index.offer(test_models / "ko.argosmodel", links=[]))
    with pytest.raises(EngineDownError, match="the index gives no link"):
        index.install(furnished, "ko")


def test_parts_of_older_versions_go_when_a_newer_one_is_installed(
    index: Index, room: Room, test_models: Path
) -> None:
    folder = room.models / "argos-translate" / "downloads"
    folder.mkdir(parents=True)
    (folder / "translate-ko_en-0_9.argosmodel.part").write_text("older")
    (folder / "translate-ja_en-0_9.argosmodel.part").write_text("of another pair")
    index.publish(index.offer(test_models / "ko.argosmodel"))
    index.install(room, "ko")
    assert left(room) == ["translate-ja_en-0_9.argosmodel.part"]
    shutil.rmtree(folder)
