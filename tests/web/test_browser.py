"""The desk in a real browser: from the login through an edit and a pin to the picks feed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from aggregator import sample, wiring
from aggregator.config import read_settings
from aggregator.flow import Run, run_once
from aggregator.flow.republish import Republisher
from aggregator.store import memory, users
from aggregator.translate.tmx import read_tmx
from aggregator.web.app import create_app
from aggregator.web.desk import Desk
from aggregator.web.passwords import Passwords
from aggregator.web.throttle import Throttle
from tests.browser.chromium import chromium
from tests.web.conftest import PASSWORD, QUICK, served

pytestmark = pytest.mark.browser

TITLE = "A title that only an editor writes"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The sample web, fetched, translated and published by the real flow."""
    place = sample.settle(read_settings({}, tmp_path_factory.mktemp("home")))
    home = wiring.open_home(place)
    with home.database.begin() as db:
        memory.save_entries(db, read_tmx(sample.TMX))
        users.add(db, "aiko", Passwords(QUICK).hash(PASSWORD), sample.NOW)
    with sample.serve(sample.SITES) as web:
        planned = wiring.sample_run(home, web.allowances, sample.NOW, lambda _step, _result: None)
        run_once(planned, lambda: sample.NOW)
    return planned


@dataclass
class Traffic:
    """What a page asked for, and complained of, that it must not."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()


@contextmanager
def opened(traffic: Traffic) -> Iterator[Page]:
    """Yield a page of a fresh browser whose every request is looked at."""
    with chromium() as browser:
        context = browser.new_context()
        context.route("**/*", traffic.route)
        page = context.new_page()
        page.on("console", lambda message: traffic.complaints.append(message.text))
        page.on("dialog", lambda dialog: traffic.complaints.append(dialog.message))
        yield page


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_from_the_login_through_an_edit_and_a_pin_to_the_picks_feed(run: Run) -> None:
    republisher = Republisher(lambda: replace(run, now=sample.NOW))
    desk = Desk(
        database=run.database,
        sources=run.sources,
        targets=run.targets,
        output=run.site.output,
        base_url=run.site.base_url,
        clock=lambda: sample.NOW,
        publisher=republisher,
        passwords=Passwords(QUICK),
        throttle=Throttle(),
    )
    traffic = Traffic()
    with served(create_app(desk)) as port, opened(traffic) as page:
        site = f"http://127.0.0.1:{port}/"
        assert TITLE not in feed(site)

        page.goto(f"{site}desk/?language=ja&shelf=unreviewed")
        assert_accessible(page)
        page.get_by_label("Name").fill("aiko")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        assert_accessible(page)

        page.get_by_role("link", name="Edit").first.click()
        assert_accessible(page)
        page.get_by_label("Title in English").fill(TITLE)
        page.get_by_role("button", name="Save the translation").click()
        page.get_by_role("heading", level=1, name=TITLE).wait_for()
        page.get_by_role("button", name="Pin").click()
        page.get_by_role("button", name="Unpin").wait_for()
        story = page.url.rsplit("/", 1)[1]

        republisher.finish()
        entry = re.search(
            f"<entry[ >](?:(?!</entry>).)*urn:uuid:{story}.*?</entry>", feed(site), re.DOTALL
        )
        assert entry
        assert f">{TITLE}</title>" in entry[0]

        page.goto(f"{site}stories/{story}.html")
        assert page.get_by_role("heading", level=1, name=TITLE).is_visible()
        page.goto(f"{site}desk/")
        page.get_by_role("button", name="Log out").click()
        page.get_by_role("heading", name="Log in").wait_for()
    assert traffic == Traffic()


def feed(site: str) -> str:
    answer = httpx2.get(f"{site}feeds/picks.atom", trust_env=False)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return answer.raise_for_status().text
