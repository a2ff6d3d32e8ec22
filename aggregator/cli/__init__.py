"""Arguments -> commands. One command a file; what a command does stands in other rooms."""

import sys
from importlib import import_module, metadata
from typing import Annotated

import typer

from aggregator.errors import AggregatorError

#: Every command, in the order in which a newcomer needs them, with the first line of its help.
COMMANDS = {
    "init": "Write a home's configuration into a directory, asking what is not given.",
    "demo": "Run everything on the bundled sample web: 29 sites in eight languages.",
    "run": "Fetch what is new, translate it, and publish: one pass over the pipelines.",
    "schedule": "Run each pipeline when its YAML says, until SIGTERM.",
    "serve": "Serve the published site and the editors' desk.",
    "doctor": "Look at configuration, database, models and the last run.",
    "sources": "The sources that are read.",
    "glossary": "The field's fixed terms in all languages.",
    "models": "Translation models.",
    "memory": "Import or export the translation memory as TMX, or look into it.",
    "users": "Accounts of the desk.",
    "search": "Find stories by words of their originals or translations, the newest first.",
    "story": "Show a story: its words, what it is about, where it was told and where it stands.",
    "decide": "Approve, reject, pin, note, split or merge a story, or take the last decision back.",
    "trends": "Count stories by country and ISO week, up to the last run.",
}


def build(wanted: str) -> typer.Typer:
    """Return the command line with one command loaded and the others known by name.

    Loading all of them takes 1.8 s, since each brings the libraries of the rooms it calls;
    `--help` and a mistyped name should not wait for that.
    """
    app = typer.Typer(
        name="aggregator",
        help="Multilingual syndication for the International Network for School as Learning "
        "Community.",
        no_args_is_help=True,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name, line in COMMANDS.items():
        if name != wanted:
            app.command(name, help=line)(_not_loaded)
            continue
        module = import_module(f"aggregator.cli.{name}")
        if isinstance(getattr(module, "app", None), typer.Typer):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _options(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(metadata.version("aggregator"))
        raise typer.Exit


def _not_loaded() -> None:
    raise AssertionError("only the command that was asked for can be called")


def main() -> None:
    """Run the command line; what went wrong in a foreseen way is a message and an exit code."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        build(wanted)()
    except AggregatorError as err:
        typer.secho(f"error: {err}", fg="red", err=True)
        sys.exit(err.exit_code)
    except KeyboardInterrupt:
        typer.secho("stopped; what is done is kept, the next run goes on", fg="red", err=True)
        sys.exit(130)
