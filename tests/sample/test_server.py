"""The sample web, over real connections; and that the bundled sites are what they say."""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from aggregator.errors import ConfigError
from aggregator.sample.server import LAST_MODIFIED, SampleWeb, Visit, read_site, serve

SITES = Path(__file__).resolve().parents[2] / "aggregator" / "sample" / "sites"

#: What no text is: such bytes stand in a PDF file.
BYTES = b"%PDF-1.7\r\n\xff\x00\xb0"

FEED = '<?xml version="1.0" encoding="Shift_JIS"?><rss><title>学び新聞</title></rss>'

PAGES: dict[str, dict[str, object]] = {
    "/feed.rdf": {"file": "feed.rdf", "type": "application/rss+xml", "charset": "Shift_JIS"},
    "/news/": {"file": "feed.rdf", "type": "text/html", "charset": "EUC-JP", "declare": False},
    "/news/?page=2": {"file": "page2.html"},
    "/お知らせ/": {"file": "page2.html"},
    "/gone.xml": {"status": 410},
    "/old/": {"redirect": "/news/"},
    "/today/": {"redirect": "http://other.example/", "status": 302},
    "/guide.pdf": {"file": "guide.pdf", "type": "application/pdf", "binary": True},
    "/events.ics": {"file": "events.ics", "type": "text/calendar"},
    "/broken/": {"file": "page2.html", "status": 503},
    "/slow.xml": {"file": "feed.rdf", "delay_s": 3600},
    "/late.xml": {"file": "feed.rdf", "delay_s": 0.001},
}

WriteSite = Callable[[Mapping[str, object]], Path]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """One kept connection to a host of the sample web."""

    def __init__(self, web: SampleWeb, host: str = "manabi.example") -> None:
        self.host = host
        address, _, port = web.allowances["manabi.example:80"].partition(":")
        self.connection = http.client.HTTPConnection(address, int(port), timeout=20)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, headers={"Host": self.host, **named})
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.headers), response.read())


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Write one site whose pages are given; the directory of all sites comes back."""

    def write(pages: Mapping[str, object]) -> Path:
        site = tmp_path / "manabi.example"
        site.mkdir()
        (site / "feed.rdf").write_text(FEED, encoding="utf-8")
        (site / "page2.html").write_text("<h1>二</h1>", encoding="utf-8")
        (site / "guide.pdf").write_bytes(BYTES)
        (site / "events.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        described = yaml.safe_dump({"about": "a test", "pages": dict(pages)})
        (site / "site.yaml").write_text(described, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def web(write_site: WriteSite) -> Iterator[SampleWeb]:
    with serve(write_site(PAGES)) as web:
        yield web


@pytest.fixture
def client(web: SampleWeb) -> Iterator[Client]:
    client = Client(web)
    yield client
    client.connection.close()


def test_every_folder_is_a_host_on_a_port_of_this_machine(web: SampleWeb) -> None:
    (allowance,) = web.allowances.items()

    assert allowance[0] == "manabi.example:80"
    assert allowance[1].startswith("127.0.0.1:")


def test_a_page_is_served_in_its_charset_and_says_so(client: Client) -> None:
    answer = client.ask("/feed.rdf")

    assert answer.status == 200
    assert answer.body == FEED.encode("shift_jis")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=Shift_JIS"


def test_a_charset_can_be_kept_from_the_header(client: Client) -> None:
    answer = client.ask("/news/")

    assert answer.body == FEED.encode("euc_jp")
    assert answer.headers["Content-Type"] == "text/html"


def test_a_file_that_is_no_text_is_served_as_it_is(client: Client) -> None:
    answer = client.ask("/guide.pdf")

    assert answer.body == BYTES
    assert answer.headers["Content-Type"] == "application/pdf"


def test_the_line_ends_of_a_text_are_kept(client: Client) -> None:
    assert client.ask("/events.ics").body == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [("/old/", 301, "/news/"), ("/today/", 302, "http://other.example/")],
)
def test_a_redirect_names_where_it_leads(
    client: Client, path: str, status: int, location: str
) -> None:
    answer = client.ask(path)

    assert (answer.status, answer.headers["Location"]) == (status, location)
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", ["/news/?page=2", "/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/"])
def test_queries_and_escaped_paths_are_understood(client: Client, path: str) -> None:
    assert client.ask(path).body == "<h1>二</h1>".encode()


def test_an_unknown_query_changes_nothing(client: Client) -> None:
    assert client.ask("/feed.rdf?utm_source=rss").body == client.ask("/feed.rdf").body


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/gone.xml", 410, b"410 Gone\n"),
        ("/broken/", 503, "<h1>二</h1>".encode()),
        ("/nothing", 404, b"404 Not Found\n"),
        ("/site.yaml", 404, b"404 Not Found\n"),
        ("/../manabi.example/feed.rdf", 404, b"404 Not Found\n"),
    ],
)
def test_other_statuses_come_without_validators(
    client: Client, path: str, status: int, body: bytes
) -> None:
    answer = client.ask(path)

    assert (answer.status, answer.body) == (status, body)
    assert "ETag" not in answer.headers


def test_the_host_header_chooses_the_site(web: SampleWeb) -> None:
    statuses = []
    for host in ("manabi.example", "MANABI.example:80", "other.example"):
        client = Client(web, host)
        statuses.append(client.ask("/feed.rdf").status)
        client.connection.close()

    assert statuses == [200, 200, 404]


def test_what_has_not_changed_is_answered_with_304(client: Client) -> None:
    first = client.ask("/feed.rdf")
    tag = first.headers["ETag"]

    assert first.headers["Last-Modified"] == LAST_MODIFIED
    assert tag.startswith('"')
    for condition in (tag, f'"x", W/{tag}', "*"):
        answer = client.ask("/feed.rdf", If_None_Match=condition)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert client.ask("/feed.rdf", If_Modified_Since=LAST_MODIFIED).status == 304


def test_what_has_changed_is_sent(client: Client) -> None:
    old = "Fri, 20 Nov 2026 07:00:00 GMT"

    assert client.ask("/feed.rdf", If_None_Match='"x"').status == 200
    assert client.ask("/feed.rdf", If_Modified_Since=old).status == 200
    both = client.ask("/feed.rdf", If_None_Match='"x"', If_Modified_Since=LAST_MODIFIED)
    assert both.status == 200
    assert client.ask("/gone.xml", If_None_Match="*").status == 410


def test_other_bytes_have_another_tag(client: Client) -> None:
    paths = ("/feed.rdf", "/news/", "/late.xml", "/feed.rdf")
    first, second, third, again = (client.ask(path).headers["ETag"] for path in paths)

    assert len({first, second, third}) == 3  # one file in three charsets
    assert again == first


def test_head_is_answered_like_get_without_the_body(client: Client) -> None:
    whole, head = client.ask("/feed.rdf"), client.ask("/feed.rdf", "HEAD")

    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Last-Modified"):
        assert head.headers[name] == whole.headers[name]


def test_visits_are_logged(web: SampleWeb, client: Client) -> None:
    client.ask("/late.xml?x=1")
    client.ask("/nothing")

    assert web.log == [
        Visit(host="manabi.example", path="/late.xml?x=1", status=200),
        Visit(host="manabi.example", path="/nothing", status=404),
    ]


def test_the_web_ends_at_once_though_answers_wait_and_connections_are_kept(
    write_site: WriteSite,
) -> None:
    with serve(write_site(PAGES)) as web:
        kept, waiting = Client(web), Client(web)
        assert kept.ask("/feed.rdf").status == 200
        waiting.connection.request("GET", "/slow.xml", headers={"Host": "manabi.example"})

    with pytest.raises(ConnectionError):
        waiting.connection.getresponse()
    for client in (kept, waiting):
        client.connection.close()


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ({"/": {"file": "feed.rdf", "charset": "TIS-620"}}, "charset that does not fit"),
        ({"/": {"file": "feed.rdf", "charset": "no-such"}}, "no description of a site"),
        ({"/": {"file": "missing.xml"}}, "no description of a site"),
        ({"/": {"file": "feed.rdf", "typ": "text/html"}}, "argument 'typ'"),
        ({"/": {"file": "guide.pdf"}}, "charset that does not fit"),
        ({"/": {"status": "gone"}}, "no description of a site"),
        ({"/": None}, "no description of a site"),
    ],
)
def test_a_wrong_description_names_its_file(
    write_site: WriteSite, pages: dict[str, object], message: str
) -> None:
    directory = write_site(pages)

    with pytest.raises(ConfigError, match=message) as caught, serve(directory):
        pytest.fail("it was served")
    assert caught.value.file == str(directory / "manabi.example" / "site.yaml")


# --- the bundled sites ------------------------------------------------------------------------

BUNDLED = sorted(folder for folder in SITES.glob("*") if folder.is_dir())


@pytest.mark.parametrize("folder", BUNDLED, ids=[folder.name for folder in BUNDLED])
def test_a_bundled_site_is_complete_and_well_formed(folder: Path) -> None:
    described = yaml.safe_load((folder / "site.yaml").read_text(encoding="utf-8"))
    pages = read_site(folder)  # raises where a file does not fit its charset

    assert described["about"]
    assert folder.name.endswith(".example")
    used = {page["file"] for page in described["pages"].values() if "file" in page}
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert used == there - {"site.yaml"}
    for path, page in pages.items():
        assert path.startswith("/")
        if "file" in described["pages"][path]:
            assert_well_formed(page.body, described["pages"][path])


def assert_well_formed(body: bytes, described: Mapping[str, Any]) -> None:
    """Read a page as a strict reader would, who trusts the charset that the page itself names."""
    charset, type_ = described.get("charset", "UTF-8"), described.get("type", "text/html")
    if described.get("binary"):
        assert "charset" not in described
        assert body.startswith(b"%PDF-")
        assert len(body) < 40_000
    elif "xml" in type_:
        root = etree.fromstring(body)
        assert root.getroottree().docinfo.encoding.lower() == charset.lower()
        assert len(root) > 0
    elif "json" in type_:
        assert json.loads(body)  # RFC 8259: UTF-8
    elif type_ == "text/calendar":
        assert_folded(body)
    elif type_ == "text/plain":
        assert b"user-agent: *" in body.lower()
    else:
        text = body.decode(charset).lower()
        assert text.lstrip().startswith("<!doctype html")
        assert f'charset="{charset.lower()}"' in text or f"charset={charset.lower()}" in text
        assert "</html>" in text


def assert_folded(calendar: bytes) -> None:
    """RFC 5545, 3.1: lines end with CRLF, have 75 bytes at most, and none cuts a character."""
    lines = calendar.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
