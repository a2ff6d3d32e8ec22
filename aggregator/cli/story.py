"""`aggregator story`: a story with its places and its standing."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aggregator import wiring
from aggregator.cli.terminal import print_json, say
from aggregator.errors import UsageError
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Place, Story
from aggregator.store import stories
from aggregator.text.languages import LANGUAGES


def find_story(db: Any, home: wiring.Home, prefix: str) -> Story:
    """Return the story whose id begins so.

    Raises:
        UsageError: None does, or several do.
    """
    found = stories.resolve(db, prefix.removeprefix("urn:uuid:"))
    if len(found) != 1:
        many = f"several stories begin with {prefix!r}: {', '.join(found)} …"
        raise UsageError(many if found else f"no story begins with {prefix!r}")
    told = read_stories(db, home.sources, found[0])
    if not told:
        raise UsageError(f"story {found[0]} comes from sources that are no longer configured")
    return told[0]


def story(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how it begins.")],
    *,
    target: Annotated[str, typer.Option(help="Language to show it in.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a story: its words, where it was told, and where it stands."""
    check_target(target)
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        told = find_story(db, home, story_id)
        entry = read_entries(db, [told], target, wiring.clock()).every[0]
    if json:
        print_json(_as_json(entry))
        return
    lead = told.lead.article
    say(f"{told.id}  {told.kind}, {told.standing.review}{', pinned' * told.standing.pinned}")
    say(f"{entry.title.text}  [{entry.title.state}]")
    if entry.title.text != lead.title:
        say(f"{lead.title}  [{lead.language}]")
    say(f"\n{entry.summary.text}  [{entry.summary.state}]\n")
    for place in told.places:
        say(f"  {local_day(place)}  {place.source.name_en}: {place.article.url}")
    for note in told.standing.notes:
        say(f"  note: {note}")


def check_target(target: str) -> None:
    """Refuse a target that nothing is published in.

    Raises:
        UsageError: It is no language of ours.
    """
    if target != "original" and target not in LANGUAGES:
        raise UsageError(f"unknown target {target!r}; known are original, {', '.join(LANGUAGES)}")


def local_day(place: Place) -> str:
    """Return the day an article was published, on its source's clock."""
    return f"{place.article.published.astimezone(ZoneInfo(place.source.timezone)):%Y-%m-%d}"


def _as_json(entry: Entry) -> dict[str, Any]:
    told = entry.story
    return {
        "id": told.id,
        "kind": told.kind,
        "country": told.lead.source.country,
        "language": told.lead.article.language,
        "backlog": told.backlog,
        "title": {"text": entry.title.text, "state": entry.title.state},
        "summary": {"text": entry.summary.text, "state": entry.summary.state},
        "original_title": told.lead.article.title,
        "published": told.lead.article.published.isoformat(),
        "review": told.standing.review,
        "pinned": told.standing.pinned,
        "check_again": told.standing.check_again,
        "held": told.lead.article.held,
        "notes": list(told.standing.notes),
        "places": [{"source": place.source.id, "url": place.article.url} for place in told.places],
    }
