"""`aggregator search`: stories by their words, by what they mean, and by what they are like."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, get_args

import typer
from rich.table import Table
from rich.text import Text

from aggregator import wiring
from aggregator.cli.story import check_target, find_story, local_day
from aggregator.cli.terminal import print_json, say, show
from aggregator.errors import UsageError
from aggregator.flow.searching import (
    Asked,
    Found,
    knows_meanings,
    look_for,
    look_near,
    meant_by,
    meant_like,
)
from aggregator.model import Kind
from aggregator.store import Connection
from aggregator.store.search import Aspect, Order, Within
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES
from aggregator.text.tokens import query

_TIP = " --meaning finds what means the same in other words, in any language."


def search(  # noqa: PLR0913 - each is an option
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS…", help='Words, "a phrase", begin*, -without.'),
    ] = None,
    *,
    country: Annotated[list[str] | None, typer.Option(help="Only of a country: jp.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only in a language: ja.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only of a kind: event.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only about a topic, by its id.")] = None,
    since: Annotated[str, typer.Option(help="From this day on: 2026-04-01.")] = "",
    until: Annotated[str, typer.Option(help="Until this day, which is included.")] = "",
    target: Annotated[str, typer.Option(help="Language to show the stories in.")] = "en",
    meaning: Annotated[
        bool, typer.Option("--meaning", help="What means the same, in any language.")
    ] = False,
    like: Annotated[str, typer.Option(metavar="ID", help="What is like this story.")] = "",
    best: Annotated[bool, typer.Option("--best", help="The best first, not the newest.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find stories by words of their originals or translations, the newest first."""
    check_target(target)
    home = wiring.open_home(wiring.settings())
    order: Order = "relevance" if best else "newest"
    within = Within(
        aspects=(
            *_one_of("country", country, COUNTRIES),
            *_one_of("language", language, LANGUAGES),
            *_one_of("kind", kind, get_args(Kind)),
            *_one_of("topic", topic, [each.id for each in home.topics]),
        ),
        since=_midnight(since) if since else None,
        until=_midnight(until) + timedelta(days=1) if until else None,
    )
    said = _checked(words or (), within, meaning=meaning, like=like)
    asked = Asked(words=said, within=within, order=order, target=target, limit=limit)
    with home.database.read() as db:
        found = _look(db, home, asked, meaning=meaning, like=like)
        could_mean = said and not (found or meaning or like) and knows_meanings(db)
    if json:
        print_json([_as_json(each) for each in found])
    elif found:
        _show(found)
    else:
        say(f"Nothing was found.{_TIP if could_mean else ''}")


def _look(
    db: Connection, home: wiring.Home, asked: Asked, *, meaning: bool, like: str
) -> list[Found]:
    sources, now = home.sources, wiring.clock()
    if not (meaning or like):
        return look_for(db, sources, asked, now)
    embedder = wiring.embedder(home.settings)
    if like:
        meant = meant_like(db, find_story(db, home, like), embedder)
    else:
        meant, asked = meant_by(db, asked.words, embedder), replace(asked, words="")
    return look_near(db, sources, asked, meant, now)


def _one_of(
    aspect: Aspect, given: Sequence[str] | None, known: Collection[str]
) -> list[tuple[Aspect, tuple[str, ...]]]:
    """Return what is narrowed to; several values of one aspect are alternatives.

    Raises:
        UsageError: A value is unknown.
    """
    for value in given or ():
        if value not in known:
            raise UsageError(f"unknown {aspect} {value!r}; known are {', '.join(known)}")
    return [(aspect, tuple(given))] if given else []


def _midnight(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError as err:
        raise UsageError(f"{day!r} is no day; write it like 2026-04-01") from err


def _checked(words: Sequence[str], within: Within, *, meaning: bool, like: str) -> str:
    """Return what is asked, as one text; of words, what the shell took for one is a phrase.

    Raises:
        UsageError: There is nothing to look for, or too much.
    """
    if meaning and like:
        raise UsageError("--meaning is of words, --like of a story: give one of them")
    if meaning and not words:
        raise UsageError("--meaning of what? give words, or a sentence")
    typed = words if meaning else [_phrase(word) for word in words]
    said = " ".join(typed)
    asked = query(said)
    if words and not (asked.all or asked.none):
        raise UsageError(f"there is no word in {said!r}: neither a letter nor a digit")
    if not (words or like) and within == Within():
        raise UsageError("nothing to look for: give words, or narrow by --country, --since …")
    return said


def _phrase(word: str) -> str:
    return f'"{word}"' if " " in word and '"' not in word else word


def _show(found: Sequence[Found]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for each in found:
        article, source = each.place.article, each.place.source
        lines = dict.fromkeys((each.entry.title.text, article.title))
        told = [each.entry.story.id[:8], source.country, source.name_en, each.entry.story.kind]
        told += [] if each.likeness is None else [f"{each.likeness:.2f}"]
        about = Text(" · ".join(told), style="dim")
        table.add_row(local_day(each.place), Text("\n").join((*map(Text, lines), about)))
    show(table)


def _as_json(found: Found) -> dict[str, Any]:
    entry, article = found.entry, found.place.article
    return {
        "id": entry.story.id,
        "title": {"text": entry.title.text, "state": entry.title.state},
        "original_title": article.title,
        "language": article.language,
        "kind": entry.story.kind,
        "topics": [label.topic for label in entry.story.subject.topics],
        "country": found.place.source.country,
        "source": found.place.source.id,
        "url": article.url,
        "published": article.published.isoformat(),
        "review": entry.story.standing.review,
        "likeness": found.likeness,
    }
