"""`aggregator sources import`: somebody's subscription list -> entries in sources.yaml."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.sources.words import given, shown
from aggregator.cli.terminal import complain, say
from aggregator.config import append_source, entry_yaml, shown_address, sources_there
from aggregator.errors import ParseError, UsageError
from aggregator.flow.scouting.subscribing import Subscription, subscribe
from aggregator.model import Document
from aggregator.parse.opml import Outline, read_opml

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

    Each is asked once; what is left out is named with its line and the reason. Exits with 1 if
    none of its feeds can be read or is read already, with 2 if the file is no such list.
    """
    settings = wiring.settings()
    sources = {source.id: source for source in sources_there(settings.sources_file)}
    outlines = _outlines(file)
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
    raise typer.Exit(not any(each.source or each.known for each in found))


def _outlines(file: Path) -> Sequence[Outline]:
    try:
        return read_opml(_document(file))
    except ParseError as err:
        remedy = "give the file that another feed reader exported (OPML)"
        raise UsageError(f"{file}: {err}\n  {remedy}") from err


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
    named = (shown(found.title), shown(shown_address(found.feed)))
    where = f"line {found.line}: {' '.join(filter(None, named))}"
    if found.reason:
        complain(f"{where}: {shown(found.reason)}")
    elif found.known:
        say(f"{where}: read already, as {found.known}")
    elif found.skipped:
        say(f"{where}: skipped: {found.skipped}")
    elif found.source:
        told = (found.source.id, found.source.country, found.source.language, found.source.name)
        say(f"{where}: new: {'  '.join(map(shown, told))}")


def _summary(found: Sequence[Subscription]) -> str:
    counts = {
        "new": sum(each.source is not None for each in found),
        "read already": sum(bool(each.known) for each in found),
        "skipped": sum(bool(each.skipped) for each in found),
        "cannot be read": sum(bool(each.reason) for each in found),
    }
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    return f"{len(found)} entries: {told}"
