"""`aggregator memory`: the translation memory as TMX, and what it offers for a text."""

from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator import wiring
from aggregator.cli.terminal import print_json, say
from aggregator.errors import UsageError
from aggregator.flow.remembering import offers_for, sketch_memory
from aggregator.store import memory
from aggregator.text.languages import LANGUAGES
from aggregator.translate.fuzzy import Match
from aggregator.translate.tmx import read_tmx, write_tmx

#: Translations in one transaction: a run beside the import waits some 50 ms for each.
AT_ONCE = 1000

app = typer.Typer(
    no_args_is_help=True, help="Import or export the translation memory as TMX, or look into it."
)


@app.command("import")
def import_tmx(file: Annotated[Path, typer.Argument(help="A TMX file.")]) -> None:
    """Add a TMX file's translations; a person's own ones always win over them."""
    home = wiring.open_home(wiring.settings())
    count = sum(1 for _ in read_tmx(file))  # a file that is broken somewhere changes nothing
    entries = read_tmx(file)
    while batch := list(islice(entries, AT_ONCE)):
        with home.database.begin() as db:
            memory.save_entries(db, batch)
    say(f"{count} translations from {file}")


@app.command("export")
def export_tmx(file: Annotated[Path, typer.Argument(help="The TMX file to write.")]) -> None:
    """Write the whole memory to a TMX file."""
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        write_tmx(file, memory.every_entry(db))
    say(f"written: {file}")


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="A sentence, as a source wrote it.")],
    *,
    language: Annotated[str, typer.Option(help="The language it is in: ja.")],
    target: Annotated[str, typer.Option(help="Language to translate into.")] = "en",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the memory has for a text, or for one that is the same but for numbers or words."""
    for code in (language, target):
        if code not in LANGUAGES:
            raise UsageError(f"unknown language {code!r}; known are {', '.join(LANGUAGES)}")
    home = wiring.open_home(wiring.settings())
    sketch_memory(home.database)
    with home.database.read() as db:
        found = offers_for(db, text, (language, target), limit)
    if json:
        print_json([_as_json(match) for match in found])
        return
    for match in found:
        who = f"{match.entry.origin}, {match.entry.engine}, {match.entry.at:%Y-%m-%d}"
        say(f"{match.share:.0%} {_HOW[match.how]} ({who})")
        say(f"  {match.entry.source_text}\n  {match.text}")
    if not found:
        say("The memory has nothing that is near.")


_HOW = {"exact": "the same text", "numbers": "numbers put in", "similar": "similar"}


def _as_json(match: Match) -> dict[str, Any]:
    entry = match.entry
    return {
        "how": match.how,
        "share": match.share,
        "text": match.text,
        "source_text": entry.source_text,
        "target_text": entry.target_text,
        "origin": entry.origin,
        "engine": entry.engine,
        "version": entry.version,
        "at": entry.at,
    }
