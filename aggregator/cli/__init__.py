"""Arguments -> commands. One command a file; what a command does stands in other rooms."""

import sys

import typer

from aggregator.cli import (
    decide,
    demo,
    doctor,
    init,
    memory,
    run,
    schedule,
    serve,
    sources,
    story,
    trends,
    users,
)
from aggregator.cli.terminal import complain
from aggregator.errors import AggregatorError

app = typer.Typer(
    name="aggregator",
    help="Multilingual syndication for the International Network for School as Learning Community.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.command("init")(init.init)
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("schedule")(schedule.schedule)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.add_typer(sources.app, name="sources")
app.add_typer(memory.app, name="memory")
app.add_typer(users.app, name="users")
app.command("story")(story.story)
app.command("decide")(decide.decide)
app.command("trends")(trends.trends)


def main() -> None:
    """Run the command line; what went wrong in a foreseen way is a message and an exit code."""
    try:
        app()
    except AggregatorError as err:
        complain(str(err))
        sys.exit(err.exit_code)
    except KeyboardInterrupt:
        complain("stopped; what was done is kept, and the next run goes on from there")
        sys.exit(130)
