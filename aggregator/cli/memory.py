"""`aggregator memory`: the translation memory as TMX."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.terminal import say
from aggregator.store import memory
from aggregator.translate.tmx import read_tmx, write_tmx

app = typer.Typer(no_args_is_help=True, help="Import or export the translation memory as TMX.")


@app.command("import")
def import_tmx(file: Annotated[Path, typer.Argument(help="A TMX file.")]) -> None:
    """Add a TMX file's translations; a person's own ones always win over them."""
    home = wiring.open_home(wiring.settings())
    with home.database.begin() as db:
        count = memory.save_entries(db, read_tmx(file))
    say(f"{count} translations from {file}")


@app.command("export")
def export_tmx(file: Annotated[Path, typer.Argument(help="The TMX file to write.")]) -> None:
    """Write the whole memory to a TMX file."""
    home = wiring.open_home(wiring.settings())
    with home.database.read() as db:
        write_tmx(file, memory.every_entry(db))
    say(f"written: {file}")
