"""What attackers write runs nowhere in Chromium: shown on every page, in feeds, in bodies."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import feedparser
import pytest
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from aggregator.model import Place
from aggregator.store import decisions
from aggregator.text.characters import scrub, without_junk
from aggregator.text.html import ATTRIBUTES, TAGS
from tests.attacks import ATTACKS, served
from tests.browser.exhibit import Exhibit, show
from tests.browser.looking import Eye, Look, opened
from tests.browser.words import GROUP, NOW, Feed, acting, as_told, feeds_of, read
from tests.web.conftest import PASSWORD, Newsroom, newsroom
from tests.web.conftest import served as serving

__all__ = ["newsroom"]

pytestmark = pytest.mark.browser

#: Words that want nothing, of every length that pages treat in their own way.
HARMLESS = (
    "学びの会",
    "Teachers & pupils",
    'a "quoted" word',
    "it's < 5 > 3",
    "수업 나눔",
    "x" * 400,
)

#: The same of a body: what the sanitizer lets through.
BODY = frozenset(
    [
        *TAGS, "html", "head", "meta", "meta charset", "title", "body", "article",
        *(f"{tag} {name}" for tag in TAGS for name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())),
        *(f"a href {protocol}:" for protocol in ("http", "https", "mailto")),
        "img src http:", "img src https:", "a rel noopener noreferrer",
    ]
)  # fmt: skip


@contextmanager
def looking_at(folder: Path) -> Iterator[Eye]:
    """Serve a folder as any web server would, without a header of ours, and look at it."""
    (folder / "empty.html").write_text("<!DOCTYPE html><title>x</title>")
    app = FastAPI()
    app.mount("/", StaticFiles(directory=folder, html=True))
    with serving(app) as port, opened(f"http://127.0.0.1:{port}/") as eye:
        yield eye


def grouped(words: Sequence[str], size: int = GROUP) -> list[Sequence[str]]:
    return [words[start : start + size] for start in range(0, len(words), size)]


def read_all(told: Sequence[Sequence[str]], others: Sequence[Feed]) -> list[Place]:
    feeds = [(number, feed) for number, words in enumerate(told) for feed in feeds_of(words)]
    feeds += enumerate(others, len(told))
    return [place for number, feed in feeds for place in read(number, feed)]


def shapes(looks: dict[str, Look], paths: Sequence[str]) -> frozenset[str]:
    return frozenset(shape for path in paths for shape in looks[path].shapes)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, frozenset[str]]:
    """What pages and views are made of when nobody attacks them."""
    folder = tmp_path_factory.mktemp("harmless")
    told = [HARMLESS, HARMLESS[::-1]]
    exhibit = show(folder, told, read_all(told, []))
    with looking_at(folder) as eye:
        looks = eye.look([*exhibit.pages, *exhibit.views])
    assert (eye.ran, eye.asked, eye.left) == ([], [], [])
    return {"pages": shapes(looks, exhibit.pages), "views": shapes(looks, exhibit.views)}


def assert_nothing_acts(
    folder: Path, exhibit: Exhibit, harmless: dict[str, frozenset[str]]
) -> None:
    """Open every page; what it is made of, harmless words make as well."""
    with looking_at(folder) as eye:
        looks = eye.look([*exhibit.pages, *exhibit.views])
        asked = list(eye.asked)
        looks |= eye.look(exhibit.bodies)
    # Bodies stay inside: nothing but their pictures would load.
    asked += [each for each in eye.asked if not each.startswith("image: http")]
    assert (eye.ran, asked, eye.left) == ([], [], [])
    assert shapes(looks, exhibit.pages) - harmless["pages"] == frozenset()
    assert shapes(looks, exhibit.views) - harmless["views"] == frozenset()
    assert shapes(looks, exhibit.bodies) - BODY == frozenset()
    headings = {path: " ".join(looks[path].heading.split()) for path in exhibit.titles}
    assert headings == {
        path: " ".join(without_junk(title).split()) for path, title in exhibit.titles.items()
    }


@pytest.mark.slow
def test_nothing_that_attackers_write_acts_where_we_show_it(
    tmp_path: Path, harmless: dict[str, frozenset[str]]
) -> None:
    told = grouped(ATTACKS)
    feeds = [
        Feed(format=each.format, body=each.body, content_type=each.content_type)
        for each in served()
    ]
    places = read_all(told, feeds)
    assert len(places) > 2 * len(ATTACKS)

    assert_nothing_acts(tmp_path, show(tmp_path, told, places), harmless)


@pytest.mark.slow
def test_nothing_in_the_corpus_of_attacks_acts_where_we_show_it(
    shared: Path, tmp_path: Path, harmless: dict[str, frozenset[str]]
) -> None:
    files = sorted((shared / "corpus/sanitize").glob("*.xml"))
    assert len(files) >= 300
    feeds = [Feed(format="rss", body=file.read_bytes()) for file in files]
    told = grouped(sorted({text for file in files for text in texts_of(file)}))

    assert_nothing_acts(tmp_path, show(tmp_path, told, read_all([], feeds)), harmless)


@pytest.mark.slow
def test_nothing_that_attackers_write_acts_at_the_desk(newsroom: Newsroom) -> None:
    """The store holds no halves of characters, so here they are scrubbed before."""
    seen = []
    with serving(unsealed(newsroom.app())) as port, opened(f"http://127.0.0.1:{port}/") as eye:
        newsroom.add_user("aiko")
        log_in(eye)
        for told in ([HARMLESS, HARMLESS], grouped([scrub(text) for text in ATTACKS], 3 * GROUP)):
            stories = [_at_the_desk(newsroom, words) for words in told]
            looks = eye.look(["desk/", *(f"desk/stories/{story}" for story in stories)])
            seen.append(shapes(looks, list(looks)))
    assert (eye.ran, eye.asked, eye.left) == ([], [], [])
    assert seen[1] - seen[0] == frozenset()


def unsealed(app: FastAPI) -> FastAPI:
    """Return the application without its policy, which would hide what pages do without."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        async def passed(message: Message) -> None:
            if message["type"] == "http.response.start":
                del MutableHeaders(scope=message)["content-security-policy"]
            await send(message)

        await app(scope, receive, passed)

    outer = FastAPI()
    outer.mount("/", call)
    return outer


def _at_the_desk(newsroom: Newsroom, words: Sequence[str]) -> str:
    """Store a story with words at every place, translated, noted and edited."""
    lead = as_told(len(newsroom.sources), words)
    newsroom.sources[lead.source.id] = lead.source
    told = [lead, *(acting(lead, word) for word in words)]
    story = newsroom.tell(*(place.article for place in told))
    newsroom.translate(lead.article, " ".join(words))
    with newsroom.database.begin() as db:
        for kind, field in (("note", None), ("edit", "title"), ("edit", "summary")):
            decisions.add(
                db,
                {
                    "story_id": story,
                    "kind": kind,
                    "actor": "aiko",
                    "at": NOW,
                    "text": " ".join(words),
                    "field": field,
                    "target": "en" if field else None,
                    "seen": "",
                    "undoes": None,
                },
            )
    return story


def log_in(eye: Eye) -> None:
    eye.page.goto(f"{eye.site}desk/")
    eye.page.get_by_label("Name").fill("aiko")
    eye.page.get_by_label("Password").fill(PASSWORD)
    eye.page.get_by_role("button", name="Log in").click()
    eye.page.get_by_role("heading", name="Queue").wait_for()


def test_the_eye_sees_what_acts(tmp_path: Path) -> None:
    (tmp_path / "script.html").write_text("<svg onload=alert(1)><script>throw 2</script></svg>")
    (tmp_path / "load.html").write_text("<img src=http://evil.example/x.png>")
    (tmp_path / "hide.html").write_text("<template><p onclick=x></template>")
    with looking_at(tmp_path) as eye:
        looks = eye.look(["script.html", "load.html", "hide.html"])

    assert sorted(eye.ran) == ["2", "alert: 1"]
    assert eye.asked == ["image: http://evil.example/x.png"]
    assert "p onclick" in looks["hide.html"].shapes


def texts_of(file: Path) -> Iterator[str]:
    """Yield the texts of a feed and of its entries, as they were written."""
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    for part in (found.feed, *found.entries):
        yield from (text for text in part.values() if isinstance(text, str) and text)
        yield from (content["value"] for content in part.get("content", ()))
