"""`aggregator sources list`: who is read, and who is not."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from aggregator import wiring
from aggregator.cli.terminal import print_json, show
from aggregator.config import read_sources

#: Columns for ids, which have 20 at most in our sources.yaml: of 80 they leave 26 for the names.
_ID_WIDTH = 24


def list_sources(
    *, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List all sources of sources.yaml, those that are disabled with the reason."""
    sources = read_sources(wiring.settings().sources_file)
    if json:
        print_json([asdict(source) for source in sources])
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    # An id of any length leaves room for the names beside it.
    table.add_column("id", overflow="fold", max_width=_ID_WIDTH)
    for column in ("country", "language", "format"):
        table.add_column(column, no_wrap=True)
    table.add_column("name; why disabled", ratio=1, overflow="fold")
    for source in sources:
        table.add_row(
            source.id,
            source.country,
            source.language,
            source.format,
            source.name_en if source.enabled else f"{source.name_en}; {source.reason}",
            style=None if source.enabled else "dim",
        )
    show(table)
