"""An edition -> a static site that works from any folder, without scripts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from aggregator.model import Edition, Entry, Rendered, Row, Source, Trends
from aggregator.publish.chart import charts, total_chart
from aggregator.publish.digest import DigestDay
from aggregator.publish.posts import Imprint, Shelf, entry_id
from aggregator.publish.templates import fill
from aggregator.publish.wording import country_name, local

#: Stories that the front page and a country's page tell in full: about ten screens, a week of a
#: busy edition. A country's older ones follow as a list of titles.
FRONT = 60

#: Events that a story's page tells: a conference's sessions fit, a calendar's year does not.
MOST_EVENTS = 12


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the site shows, and which of its parts exist: a page links to nothing else."""

    edition: Edition
    imprint: Imprint
    shelves: tuple[Shelf, ...] = ()
    archive: tuple[Entry, ...] = ()  #: backlog stories: they have pages, but are no news
    trends: Trends | None = None
    digests: tuple[DigestDay, ...] = ()

    @property
    def title(self) -> str:
        """The name of the site."""
        return self.edition.pipeline.title

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """All stories that have a page, by id, the live ones first."""
        return {entry.story.id: entry for entry in (*self.edition.entries, *self.archive)}

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that are read or have stories, by name."""
        read = {source.country for source in self.sources}
        found = {entry.story.lead.source.country for entry in self.entries.values()}
        return tuple(sorted(read | found, key=country_name))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that this edition reads, by name."""
        covered = filter(self.edition.pipeline.scope.covers, self.imprint.sources)
        return tuple(sorted(covered, key=lambda source: (source.name_en, source.id)))

    def feeds(self, country: str = "") -> tuple[Shelf, ...]:
        """Return a country's feeds; without one, those that are of no country."""
        return tuple(
            shelf
            for shelf in self.shelves
            if (shelf.key if shelf.group == "country" else "") == country
        )


def render_site(site: Site) -> Iterator[Rendered]:
    """Yield the site's files: front page, stories, countries, trends and style sheet."""
    yield Rendered(path="style.css", body=_STYLE)
    yield _front(site)
    yield _not_found(site)
    for entry in site.entries.values():
        yield _page(f"stories/{entry.story.id}.html", "story.html", site, **_story(entry))
        for story_id in entry.story.formerly:
            yield _page(f"stories/{story_id}.html", "moved.html", site, entry=entry)
    for country in site.countries:
        yield _country(site, country)
    if site.trends:
        yield from _trends(site, site.trends)


_STYLE = (Path(__file__).parent / "templates" / "style.css").read_bytes()


def _page(path: str, template: str, site: Site, **values: object) -> Rendered:
    """Fill a page; `root` leads from it back to the site's top, so that links stay relative."""
    root = "../" * path.count("/")
    text = fill(template, site=site, root=root, path=path, **values)
    return Rendered(path=path, body=text.encode())


def _not_found(site: Site) -> Rendered:
    """Return what web servers send for a missing page, by custom `404.html` at the top.

    It is shown below any address, so its links are absolute.
    """
    root = site.imprint.address("")
    text = fill("404.html", site=site, root=root, path="404.html")
    return Rendered(path="404.html", body=text.encode())


def _front(site: Site) -> Rendered:
    pinned = [entry for entry in site.edition.entries if entry.story.standing.pinned]
    rest = [entry for entry in site.edition.entries if not entry.story.standing.pinned][:FRONT]
    chart = total_chart(site.trends) if site.trends else None
    return _page("index.html", "index.html", site, pinned=pinned, days=_days(rest), chart=chart)


def _days(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Group entries by the day their source published them on, newest first."""
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        lead = entry.story.lead
        days[local(lead, lead.article.published).date()].append(entry)
    return sorted(days.items(), reverse=True)


def _story(entry: Entry) -> dict[str, object]:
    lead, *others = entry.story.places
    others.sort(key=lambda place: (place.article.published, place.article.id))
    places = {place.article.id: place for place in (lead, *others)}
    return {
        "entry": entry,
        "urn": entry_id(entry),
        "places": places,
        "most_events": MOST_EVENTS,
    }


def _country(site: Site, country: str) -> Rendered:
    def of_country(entries: Sequence[Entry]) -> list[Entry]:
        return [entry for entry in entries if entry.story.lead.source.country == country]

    live = of_country(site.edition.entries)
    return _page(
        f"countries/{country}.html",
        "country.html",
        site,
        country=country,
        days=_days(live[:FRONT]),
        older=[*live[FRONT:], *of_country(site.archive)],
        sources=[source for source in site.sources if source.country == country],
    )


def _trends(site: Site, trends: Trends) -> Iterator[Rendered]:
    yield _page(
        "trends/index.html",
        "trends.html",
        site,
        trends=trends,
        rows=sorted(trends.rows, key=lambda row: country_name(row.country)),
        charts=charts(trends),
        total=total_chart(trends),
    )
    for row in (*trends.rows, trends.totals):
        for week, stories in _weeks(row):
            yield _page(
                f"trends/{row.country}/{week}.html",
                "week.html",
                site,
                country=row.country,
                week=week,
                weeks=trends.weeks,
                days=_days(site.entries[story] for story in stories),
            )


def _weeks(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each number that the table shows, with its stories; "all" is the row's sum."""
    everything: tuple[str, ...] = ()
    for cell in row.cells:
        if cell.stories:
            yield cell.week, cell.stories
            everything += cell.stories
    if everything:
        yield "all", everything
