"""An edition's new stories of one day -> HTML for mail, plain text and Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from zoneinfo import ZoneInfo

from aggregator.model import Edition, Entry, Pipeline, Rendered
from aggregator.publish.posts import Imprint, entry_id
from aggregator.publish.templates import fill
from aggregator.publish.wording import country_name

_SUFFIXES = ("html", "txt", "md")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDay:
    """What was new on one day, by country."""

    day: date
    name: str  #: of the folder below digests/
    title: str
    countries: tuple[tuple[str, tuple[Entry, ...]], ...]  #: code and entries, by country's name

    @property
    def count(self) -> int:
        """How many stories are new."""
        return sum(len(entries) for _, entries in self.countries)

    @property
    def path(self) -> str:
        """Where the digest is published, without the format's suffix."""
        return f"digests/{self.name}/{self.day.isoformat()}"


#: A digest tells what is new in the world, not only to us: the first day of a new source, or of a
#: new installation, brings weeks of older stories, which are in the feeds and on the site.
NEWS_DAYS = 7


def digest_day(edition: Edition, day: date) -> DigestDay | None:
    """Return what was new on a day; None when nothing was.

    A story is new on the day that we first saw it, on the clock of the pipeline's schedule (UTC
    without one): by its own date, a story found a day late would be in no digest. What was then
    older than a week is left out.
    """
    zone = _zone(edition.pipeline)
    new = [e for e in edition.entries if _first_seen(e, zone) == day and _is_news(e)]
    if not new:
        return None
    codes = sorted({e.story.lead.source.country for e in new}, key=country_name)
    return DigestDay(
        day=day,
        name=edition.pipeline.outputs.digest or edition.pipeline.name,
        title=edition.pipeline.title,
        countries=tuple(
            (code, tuple(e for e in new if e.story.lead.source.country == code)) for code in codes
        ),
    )


def render_digest(digest: DigestDay, imprint: Imprint) -> Iterator[Rendered]:
    """Yield the digest's files: `digests/<name>/<date>.html`, `.txt` and `.md`."""
    for suffix in _SUFFIXES:
        text = fill(
            f"digest.{suffix}",
            digest=digest,
            imprint=imprint,
            entry_id=entry_id,
        )
        yield Rendered(path=f"{digest.path}.{suffix}", body=text.encode())


def digest_paths(name: str, days: Iterable[date]) -> set[str]:
    """Return the paths that the digests of these days have, or would have."""
    return {f"digests/{name}/{day.isoformat()}.{suffix}" for day in days for suffix in _SUFFIXES}


def _zone(pipeline: Pipeline) -> tzinfo:
    return ZoneInfo(pipeline.schedule.timezone) if pipeline.schedule else UTC


def _is_news(entry: Entry) -> bool:
    article = entry.story.lead.article
    return article.first_seen - article.published <= timedelta(days=NEWS_DAYS)


def _first_seen(entry: Entry, zone: tzinfo) -> date:
    return entry.story.lead.article.first_seen.astimezone(zone).date()
