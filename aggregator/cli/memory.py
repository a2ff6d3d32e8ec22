"""`aggregator memory`: the translation memory as TMX."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.terminal import say
from aggregator.store import memory
from aggregator.translate.tmx import read_tmx, write_tmx

#: Translations in one transaction: a run beside the import waits some 50 ms for each.
_AT_ONCE = 1000

app = typer.Typer(no_args_is_help=True, help="Import or export the translation memory as TMX.")


@app.command("import")
def import_tmx(file: Annotated[Path, typer.Argument(help="A TMX file.")]) -> None:
    """Add a TMX file's translations; a person's own ones always win over them."""
    home = wiring.open_home(wiring.settings())
    count = sum(1 for _ in read_tmx(file))  # a file that is broken somewhere changes nothing
    entries = read_tmx(file)
    while batch := list(islice(entries, _AT_ONCE)):
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
