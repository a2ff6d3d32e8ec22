"""`aggregator story`: a story with its places and its standing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aggregator import wiring
from aggregator.cli.terminal import print_json, say
from aggregator.errors import UsageError
from aggregator.flow.reading import Finds, read_entries, read_finds, read_stories
from aggregator.model import Entry, Place, Story
from aggregator.model.events import Event, Occasion, When
from aggregator.publish.facts import appeared, delay, knowledge, silence
from aggregator.publish.wording import country_name
from aggregator.store import stories
from aggregator.text.languages import LANGUAGES


def find_story(db: Any, home: wiring.Home, prefix: str) -> Story:
    """Return the story whose id begins so, or in which the article is whose id does.

    So the id of a story that was joined into another finds that one.

    Raises:
        UsageError: None does, or several do.
    """
    found = stories.resolve(db, bare_id(prefix))
    if len(found) != 1:
        many = f"several stories begin with {prefix!r}: {', '.join(found)} …"
        raise UsageError(many if found else f"no story begins with {prefix!r}")
    told = read_stories(db, home.sources, found[0])
    if not told:
        raise UsageError(f"story {found[0]} comes from sources that are no longer configured")
    return told[0]


def find_article(db: Any, prefix: str) -> str:
    """Return the id of the article, or of the story's first article, whose id begins so.

    Raises:
        UsageError: None does, or several do.
    """
    found = stories.resolve_article(db, bare_id(prefix))
    if len(found) != 1:
        many = f"several stories or articles begin with {prefix!r}: {', '.join(found)} …"
        none = f"no story or article begins with {prefix!r}; `aggregator story ID` shows their ids"
        raise UsageError(many if found else none)
    return found[0]


def bare_id(prefix: str) -> str:
    """Return an id, or the beginning of one, without what feeds put before it."""
    return prefix.removeprefix("urn:uuid:")


def story(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how it begins.")],
    *,
    target: Annotated[str, typer.Option(help="Language to show it in.")] = "en",
    why: Annotated[bool, typer.Option("--why", help="Say why it is what it is.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a story: its words, what it is about, where it was told and where it stands."""
    check_target(target)
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        told = find_story(db, home, story_id)
        entry = read_entries(db, [told], target, wiring.clock()).every[0]
        finds = read_finds(db, told)
    names = {topic.id: topic.name for topic in home.topics}
    sources = home.sources.values()
    if json:
        print_json({**_as_json(entry), **knowledge(told, sources), **asdict(finds)})
        return
    if not told.id.startswith(bare_id(story_id)):
        say(f"{bare_id(story_id)} is part of this story now:")
    _show(entry, names)
    lines = [*_spread(told), silence(told, sources), *_events(told), *_told(finds)]
    reasons = (*_reasons(told, names), *_moves(told, finds)) if why else ()
    for line in (*filter(None, lines), *reasons):
        say(f"  {line}")


def _show(entry: Entry, names: Mapping[str, str]) -> None:
    told = entry.story
    lead = told.lead.article
    topics = [names.get(label.topic, label.topic) for label in told.subject.topics]
    say(f"{told.id}  {told.kind}, {told.standing.review}{', pinned' * told.standing.pinned}")
    if topics:
        say(f"about: {', '.join(topics)}")
    say(f"{entry.title.text}  [{entry.title.state}]")
    if entry.title.text != lead.title:
        say(f"{lead.title}  [{lead.language}]")
    say(f"\n{entry.summary.text}  [{entry.summary.state}]\n")
    for place in told.places:
        key = place.article.id[:8]
        say(f"  {local_day(place)}  {key}  {place.source.name_en}: {place.article.url}")
    for note in told.standing.notes:
        say(f"  note: {note}")


def _spread(told: Story) -> Iterator[str]:
    """Yield how the story came from country to country, if it did."""
    reports = told.spread
    for report in reports if len(reports) > 1 else ():
        note = delay(report, reports[0])
        if report.after is None:
            note = "from its source's archive, not counted"
        elif report == reports[0]:
            note = "the earliest" if told.backlog else "first report"
        parts = (country_name(report.country), appeared(report.place), note)
        yield f"spread: {', '.join(filter(None, parts))}"


def _events(told: Story) -> Iterator[str]:
    names = {place.article.id: place.source.name_en for place in told.places}
    for occasion in told.occasions:
        place = f", {occasion.best.place}" if occasion.best.place else ""
        if occasion.is_disputed:
            yield f"event: told differently{place}"
            for version in occasion.versions:
                yield f"  {_span(version[0])}, says {_who(version, names)}"
        else:
            yield f"event: {_span(occasion.best, place)}"
        yield from _deadlines(occasion, names)


def _deadlines(occasion: Occasion, names: Mapping[str, str]) -> Iterator[str]:
    kinds = [each.kind for each in occasion.best.deadlines]
    for each in occasion.best.deadlines:
        tellers = "; ".join(names[key] for key in occasion.tellers(each))
        who = f", says {tellers}" if kinds.count(each.kind) > 1 else ""
        yield f"  {each.kind} until {_when(each.at, occasion.best.zone)}{who}"


def _span(event: Event, place: str = "") -> str:
    end = f" – {_when(event.ends, event.zone)}" if event.ends else ""
    return f"{_when(event.starts, event.zone)}{end}{place}  [{event.status}]"


def _who(events: Iterable[Event], names: Mapping[str, str]) -> str:
    return "; ".join(names[event.article_id] for event in events)


def _told(finds: Finds) -> Iterator[str]:
    for story_id in finds.series:
        yield f"of the same series: {story_id}"
    for record in finds.records:
        parts = ("; ".join(record.authors), record.journal, record.date, record.doi)
        yield f"record: {', '.join(part for part in parts if part) or record.titles[0][1]}"


def _when(when: When, zone: str) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone(ZoneInfo(zone or 'UTC')):%Y-%m-%d %H:%M} ({zone or 'UTC'})"
    return f"{when:%Y-%m-%d}"


def _reasons(told: Story, names: Mapping[str, str]) -> Iterator[str]:
    """Yield why the story is of its kind, about its topics, and relevant or not."""
    for place in told.places:
        if place.because:
            yield f"{place.article.id[:8]} {place.source.name_en}: {'; '.join(place.because)}"
    yield f"{told.kind}: {told.because}"
    for label in told.subject.topics:
        yield f"{names.get(label.topic, label.topic)} {label.score:.2f}: {label.because}"
    if told.subject.because:
        yield f"relevance {told.subject.relevance:.2f}: {told.subject.because}"


def _moves(told: Story, finds: Finds) -> Iterator[str]:
    """Yield which stories were joined to this one, or came out of it, and why."""
    for move in finds.moves:
        other = move.was if move.story_id == told.id else move.story_id
        how = "joined" if move.story_id == told.id else "came apart"
        yield f"{move.at:%Y-%m-%d} {how}: {other[:8]} ({'; '.join(move.evidence)})"


def check_target(target: str) -> None:
    """Refuse a target that nothing is published in.

    Raises:
        UsageError: It is no language of ours.
    """
    if target != "original" and target not in LANGUAGES:
        raise UsageError(f"unknown target {target!r}; known are original, {', '.join(LANGUAGES)}")


def local_day(place: Place) -> str:
    """Return the day an article was published, on its source's clock."""
    return f"{place.local:%Y-%m-%d}"


def _as_json(entry: Entry) -> dict[str, Any]:
    told = entry.story
    return {
        "id": told.id,
        "kind": told.kind,
        "because": told.because,
        "topics": [asdict(label) for label in told.subject.topics],
        "relevance": {"score": told.subject.relevance, "because": told.subject.because},
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
        "places": [
            {
                "id": place.article.id,
                "source": place.source.id,
                "url": place.article.url,
                "because": list(place.because),
            }
            for place in told.places
        ],
    }
