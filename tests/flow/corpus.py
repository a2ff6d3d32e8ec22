"""The real feeds beside the checkout, served on loopback, through the whole flow to the files.

Item counts and titles are compared with the corpus' manifest; all titles and all links with what
feedparser gives alone. `python -m tests.flow.corpus` prints the figures by charset.
"""

import html
import io
import json
import re
import socket
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow import run_once
from aggregator.model import Article, Outputs, RunReport, Source
from aggregator.normalize.published import FIRST_SEEN
from aggregator.store import Database, stories
from aggregator.text.characters import scrub
from aggregator.text.urls import canonical_url
from tests import builders, runs
from tests.fetch.conftest import Server
from tests.parse import corpus

#: A day after the newest feed's newest article: almost all others are backlog then.
NOW = datetime(2026, 6, 8, tzinfo=UTC)

#: A wave's feeds end within the age at which articles become backlog, and have room in the feed
#: of their country: 5 times the 20 articles that a new source brings are the 100 it holds.
WAVE_SPAN = timedelta(days=30)
WAVE_FEEDS_OF_A_COUNTRY = 5

EVERYTHING = builders.pipeline().outputs
COUNTRIES = Outputs(feeds=("country",))

_TAG = re.compile(r"<[A-Za-z/][^<>]*>")
_IMAGE_TITLE = re.compile(r"<image[\s>](?:(?!</image).)*?<title>(.*?)</title>", re.DOTALL)
_BROKEN = re.compile("[\ufffd\x80-\x84\x86-\x9f].{0,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of the corpus as its server has it, and what must become of it."""

    file: str
    charset: str
    language: str  #: as the corpus names it
    source: Source
    content_type: str
    body: bytes
    items: int
    titles: Counter[str]  #: in the manifest, which has the first few only
    titles_alone: Counter[str]  #: all, as feedparser reads them alone
    links: Counter[str]  #: likewise, in their canonical form


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a run left behind."""

    now: datetime
    report: RunReport
    output: Path
    stored: Mapping[str, Sequence[Article]]  #: by source


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is expected of some feeds, and how much of it is in the store."""

    feeds: int = 0
    items: int = 0
    articles: int = 0
    titles: int = 0
    titles_right: int = 0
    titles_alone: int = 0
    titles_alone_right: int = 0
    links: int = 0
    links_right: int = 0


# --- what is expected


def read_feeds(folder: Path) -> list[Feed]:
    """Return all feeds of the corpus."""
    rows = corpus.rows(folder, "feeds")
    return [_feed(number, row, folder) for number, row in enumerate(rows)]


def _feed(number: int, row: corpus.Row, folder: Path) -> Feed:
    document = corpus.document_of(folder, row)
    url = row["url"] or f"http://site{number}.example/index.xml"
    expected, charset = row["expected"], row["expected"]["charset"]
    chinese = "zh-Hant" if charset == "big5" else "zh-Hans"
    source = builders.source(
        chinese if row["language"] == "zh" else row["language"],
        id=f"feed-{number}",
        url=url,
        homepage=urljoin(url, "/"),
    )
    told = {"content-type": document.content_type, "content-location": url}
    alone = feedparser.parse(io.BytesIO(document.body), response_headers=told).entries
    images = _IMAGE_TITLE.findall(document.body.decode(charset, "replace"))
    return Feed(
        file=row["file"],
        charset=charset,
        language=row["language"],
        source=source,
        content_type=document.content_type,
        body=document.body,
        items=expected["n_items"],
        titles=_plain(expected["item_titles"]) - _plain([expected["title"], *images]),
        titles_alone=Counter(filter(None, map(_title_alone, alone))),
        links=Counter(canonical_url(entry.get("link") or source.homepage, url) for entry in alone),
    )


def _plain(titles: Iterable[str]) -> Counter[str]:
    """Return the manifest's titles as people see them; they are as escaped as in their feeds."""
    bare = (_TAG.sub("", html.unescape(title)) for title in set(titles))
    return Counter(filter(None, (_spaced(html.unescape(title)) for title in bare)))


def _title_alone(entry: Any) -> str:
    """Return the text of a title as feedparser gives it: HTML, or plain text escaped twice."""
    title: str = entry.get("title", "")
    is_plain = entry.get("title_detail", {}).get("type") == "text/plain"
    return _spaced(html.unescape(title if is_plain else _TAG.sub("", title)))


def _spaced(title: str) -> str:
    """Return a title as it is compared: of the two wave dashes that Shift_JIS has, as browsers."""
    return " ".join(scrub(title).replace("\u301c", "\uff5e").split())


# --- the flow


@contextmanager
def serving(feeds: Sequence[Feed]) -> Iterator[dict[str, str]]:
    """Serve each feed at its own address; give what leads a guard there."""
    pages = {urlsplit(feed.source.url)[1:4]: feed for feed in feeds}  # host, path, query

    def answer(_connection: socket.socket, head: bytes) -> bytes:
        request, *lines = head.decode("ascii").split("\r\n")
        (host,) = (line[5:].strip() for line in lines if line.lower().startswith("host:"))
        path, _, query = request.split(" ")[1].partition("?")
        feed = pages[host, path, query]
        said = f"HTTP/1.1 200 OK\r\nContent-Type: {feed.content_type}\r\n"
        return f"{said}Content-Length: {len(feed.body)}\r\n\r\n".encode() + feed.body

    server = Server(answer)
    hosts = {host if ":" in host else f"{host}:80" for host, _, _ in pages}
    try:
        yield dict.fromkeys(hosts, f"127.0.0.1:{server.port}")
    finally:
        server.close()


def run(
    feeds: Sequence[Feed],
    allowances: Mapping[str, str],
    folder: Path,
    now: datetime = NOW,
    *,
    outputs: Outputs = EVERYTHING,
) -> Home:
    """Complete a run over the feeds, in a home of its own."""
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'aggregator.db'}")
    database.migrate()
    guard = Guard(allowances=allowances, resolve=_nowhere)
    pipelines = [builders.pipeline(outputs=outputs)]
    planned = runs.run(
        database,
        folder / "output",
        now=now,
        sources={feed.source.id: feed.source for feed in feeds},
        pipelines=pipelines,
        fetcher=Fetcher(guard=guard, user_agent="corpus", limits=Limits(gap_s=0.0)),
    )
    report = run_once(planned, lambda: now)
    stored: defaultdict[str, list[Article]] = defaultdict(list)
    with database.read() as db:
        for article in (each for story in stories.read(db) for each in story.articles):
            stored[article.source_id].append(article)
    database.close()
    return Home(now=now, report=report, output=folder / "output", stored=stored)


def _nowhere(host: str, _port: int) -> Sequence[str]:
    raise OSError(f"{host}: nothing leaves this machine")


def waves(feeds: Sequence[Feed], home: Home) -> list[tuple[datetime, list[Feed]]]:
    """Return the feeds in groups that were news at one time, each with an hour after its newest.

    Read then, they fill the feeds that we publish; long after, only pages of the archive.
    """
    ends = {feed.file: _newest(home, feed) for feed in feeds}
    found: list[list[Feed]] = [[]]
    for feed in sorted(feeds, key=lambda each: ends[each.file]):
        wave = found[-1]
        alike = sum(each.source.country == feed.source.country for each in wave)
        late = wave and ends[feed.file] > ends[wave[0].file] + WAVE_SPAN
        if late or alike == WAVE_FEEDS_OF_A_COUNTRY:
            found.append([])
        found[-1].append(feed)
    return [(ends[wave[-1].file] + timedelta(hours=1), wave) for wave in found]


def _newest(home: Home, feed: Feed) -> datetime:
    dated = (each for each in home.stored[feed.source.id] if each.dated_by != FIRST_SEEN)
    return max((article.published for article in dated), default=NOW)


# --- what came of it


def score(feed: Feed, home: Home) -> Score:
    """Compare a feed's articles with what is expected of them."""
    stored = home.stored[feed.source.id]
    wrong = missed(feed, home)
    return Score(
        feeds=1,
        items=feed.items,
        articles=len(stored),
        titles=feed.titles.total(),
        titles_right=feed.titles.total() - wrong["titles"].total(),
        titles_alone=feed.titles_alone.total(),
        titles_alone_right=feed.titles_alone.total() - wrong["titles_alone"].total(),
        links=feed.links.total(),
        links_right=feed.links.total() - wrong["links"].total(),
    )


def missed(feed: Feed, home: Home) -> dict[str, Counter[str]]:
    """Return the expected titles and links that no article of the feed has."""
    stored = home.stored[feed.source.id]
    titles = titles_of(stored)
    return {
        "titles": feed.titles - titles,
        "titles_alone": feed.titles_alone - titles,
        "links": feed.links - Counter(article.url for article in stored),
    }


def titles_of(stored: Iterable[Article]) -> Counter[str]:
    """Return the articles' titles as they are compared."""
    return Counter(_spaced(article.title) for article in stored)


def add_up(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    total: Counter[str] = Counter()
    for one in scores:
        total.update(asdict(one))
    return Score(**total)


def misread(feeds: Sequence[Feed], home: Home) -> dict[str, str]:
    """Tell what in the published files shows that text was misread, by file or folder.

    No file may have a broken character. Which script is right can be told of longer texts only:
    of a country's page and feeds, and of all story pages of a language together.
    """
    files = {path: path.read_text("utf-8") for path in home.output.rglob("*") if path.is_file()}
    found = {str(path): said[0] for path, text in files.items() if (said := _BROKEN.search(text))}
    languages = {feed.source.id: feed.language for feed in feeds}
    pages: defaultdict[str, str] = defaultdict(str)
    for source_id, stored in home.stored.items():
        for article in stored:
            page = files.get(home.output / f"stories/{article.id}.html", "")
            pages[f"stories in {languages[source_id]}"] += page
    for country, language in {(feed.source.country, feed.language) for feed in feeds}:
        own = {path: text for path, text in files.items() if path.stem == country}
        found |= {str(path): corpus.mojibake_in(text, language) for path, text in own.items()}
        told = f"stories in {language}"
        found[told] = corpus.mojibake_in(pages[told], language)
    return {path: said for path, said in found.items() if said}


def published_titles(output: Path, country: str) -> dict[str, Counter[str]]:
    """Return the titles in a country's feed in the original languages, by format."""
    path = output / "feeds/original/country" / country
    atom = etree.parse(path.with_suffix(".atom")).iterfind("{*}entry/{*}title")
    rss = etree.parse(path.with_suffix(".rss")).iterfind("channel/item/title")
    items = json.loads(path.with_suffix(".json").read_bytes())["items"]
    found = {
        "atom": [title.text or "" for title in atom],
        "rss": [html.unescape(title.text or "") for title in rss],
        "json": [item["title"] for item in items],
    }
    return {suffix: Counter(map(_spaced, titles)) for suffix, titles in found.items()}


# --- the table


def main(folder: Path) -> None:
    """Print the figures of the corpus by charset."""
    feeds = read_feeds(folder)
    with serving(feeds) as allowances, tempfile.TemporaryDirectory() as scratch:
        home = run(feeds, allowances, Path(scratch) / "home")
        wrong = misread(feeds, home)
    rows: defaultdict[str, list[Score]] = defaultdict(list)
    for feed in feeds:
        rows[feed.charset].append(score(feed, home))
    table = [(charset, add_up(scores)) for charset, scores in sorted(rows.items())]
    lines = ["charset    feeds  articles/items  titles   titles (feedparser)  links"]
    lines += [_line(*row) for row in [*table, ("all", add_up(one for _, one in table))]]
    sys.stdout.write("\n".join([*lines, f"misread: {len(wrong)} {wrong or ''}", ""]))


def _line(charset: str, s: Score) -> str:
    counts = f"{s.articles}/{s.items}"
    titles = f"{s.titles_right}/{s.titles}"
    alone, links = f"{s.titles_alone_right}/{s.titles_alone}", f"{s.links_right}/{s.links}"
    return f"{charset:10} {s.feeds:5}  {counts:14}  {titles:7}  {alone:19}  {links}"


if __name__ == "__main__":
    main(Path(__file__).resolve().parents[3] / "shared" / "corpus")
