"""The pages as a browser shows them: nothing sticks out, nobody is shut out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from aggregator.model import Edition, Rendered
from aggregator.model.events import Event
from aggregator.normalize.events import occasions
from aggregator.publish import write
from aggregator.trends import weekly
from tests.browser.chromium import chromium
from tests.builders import NOW, entry, place, story

pytestmark = pytest.mark.browser

PAGES = ("index", "countries/jp", "trends/index", "trends/all/all", "story", "digest")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def site(
    tmp_path: Path,
    rendered: Callable[..., dict[str, bytes]],
    world: tuple[Edition, Edition],
) -> dict[str, str]:
    """Write a site; the answer is the address of each of PAGES on disk."""
    long = "w" * 200
    lead = place("ja", 50, title=long, url=f"https://x.example/{long}")
    other = place("th", 49)
    held = Event(
        article_id=lead.article.id,
        number=1,
        title=long[1:],
        starts=date(2026, 5, 16),
        ends=None,
        zone="",
        place=long,
    )
    also = replace(held, article_id=other.article.id, starts=date(2026, 5, 17), status="moved")
    told = story(lead=lead, others=(other,), occasions=occasions([held, also]))
    archive = [entry("ja", story=told, title=long, summary=long)]
    trends = weekly([e.story for e in world[0].entries], weeks=12, until=NOW)
    days = [NOW.date() - timedelta(days=back) for back in range(3)]
    made = rendered(*world, archive=archive, trends=trends, days=days)
    write(tmp_path, (Rendered(path=path, body=body) for path, body in made.items()))
    digest = next(path for path in made if path.startswith("digests/") and path.endswith(".html"))
    places = {"story": f"stories/{told.id}.html", "digest": digest}
    return {name: (tmp_path / places.get(name, f"{name}.html")).as_uri() for name in PAGES}


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_is_wider_than_the_screen(
    width: int, browser: Browser, site: dict[str, str]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for name, address in site.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_pass_the_accessibility_rules(
    scheme: str, browser: Browser, site: dict[str, str]
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    for name, address in site.items():
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], name
    context.close()


def test_dark_is_dark(browser: Browser, site: dict[str, str]) -> None:
    for scheme, low, high in (("light", 230, 255), ("dark", 0, 40)):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        for name in ("index", "digest"):
            page.goto(site[name])
            color = page.evaluate("getComputedStyle(document.body).backgroundColor")
            red = int(color.removeprefix("rgb(").split(",")[0])
            assert low <= red <= high, (scheme, name)
        context.close()
