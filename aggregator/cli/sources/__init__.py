"""`aggregator sources`: who is read. One command a file."""

import typer

from aggregator.cli.sources.adding import add_source
from aggregator.cli.sources.checking import check_sources
from aggregator.cli.sources.discovering import discover_sources
from aggregator.cli.sources.exporting import export_sources
from aggregator.cli.sources.importing import import_sources
from aggregator.cli.sources.listing import list_sources

app = typer.Typer(no_args_is_help=True, help="The sources that are read.")
app.command("list")(list_sources)
app.command("check")(check_sources)
app.command("discover")(discover_sources)
app.command("add")(add_source)
app.command("import")(import_sources)
app.command("export")(export_sources)
