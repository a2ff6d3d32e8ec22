"""`aggregator sources import`: somebody's subscription list -> entries in sources.yaml."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.sources.words import given, shown
from aggregator.cli.terminal import complain, say
from aggregator.config import append_source, entry_yaml, read_sources
from aggregator.errors import UsageError
from aggregator.flow.scouting.subscribing import Subscription, subscribe
from aggregator.model import Document
from aggregator.parse.opml import read_opml

#: The longest list that is read: a thousand feeds take 400 kB.
MAX_BYTES = 10_000_000


def import_sources(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="A subscription list.")],
    *,
    country: Annotated[str, typer.Option(help="Of all its feeds; by default told by each.")] = "",
    language: Annotated[str, typer.Option(help="Of all its feeds; likewise.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Add the feeds of a subscription list (OPML) that are not read yet.

    Each is asked once; those that cannot be read are named and left out. Exits with 1 if none of
    the new ones can be read.
    """
    settings = wiring.settings()
    sources = {source.id: source for source in read_sources(settings.sources_file)}
    outlines = read_opml(_document(file))
    fetcher = wiring.fetcher(settings, {})
    said = given(country=country, language=language)
    found = tuple(subscribe(outlines, sources, fetcher, said, wiring.clock()))
    new = [each.source for each in found if each.source]
    for each in found:
        _tell(each)
    say(_summary(found))
    if new and (yes or typer.confirm(f"Add {len(new)} to {settings.sources_file}?", default=True)):
        entries = "\n".join(entry_yaml(source) for source in new)
        say(f"written: {append_source(settings.sources_file, entries)}")
    raise typer.Exit(not new and any(each.reason for each in found))


def _document(file: Path) -> Document:
    try:
        with file.open("rb") as opened:
            body = opened.read(MAX_BYTES + 1)
    except OSError as err:
        raise UsageError(f"{file} cannot be read: {err.strerror or err}") from err
    if len(body) > MAX_BYTES:
        raise UsageError(f"{file} has more than {MAX_BYTES:,} bytes")
    return Document(
        source_id="import", url="", role="source", final_url="", content_type="", body=body
    )


def _tell(found: Subscription) -> None:
    if found.source:
        told = (found.source.id, found.source.country, found.source.language, found.source.name)
        say("  ".join(map(shown, told)))
    elif found.reason:
        complain(f"{shown(found.title)} {shown(found.feed)}: {shown(found.reason)}")


def _summary(found: Sequence[Subscription]) -> str:
    new = sum(each.source is not None for each in found)
    known = sum(bool(each.known) for each in found)
    failed = sum(bool(each.reason) for each in found)
    return f"{len(found)} feeds: {new} new, {known} read already, {failed} cannot be read"
