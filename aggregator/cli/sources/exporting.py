"""`aggregator sources export`: the feeds that are read, as a subscription list."""

import sys
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.config import read_sources
from aggregator.publish.subscriptions import is_feed, render_subscriptions


def export_sources(
    *,
    enabled: Annotated[bool, typer.Option("--enabled", help="Only those that are read.")] = False,
) -> None:
    """Print the feeds among the sources as a subscription list (OPML).

    What is no feed - lists of articles, repositories, APIs - is left out and counted.
    """
    sources = [
        source
        for source in read_sources(wiring.settings().sources_file)
        if source.enabled or not enabled
    ]
    sys.stdout.buffer.write(render_subscriptions(sources))
    sys.stdout.flush()
    left_out = sum(not is_feed(source) for source in sources)
    if left_out:
        typer.echo(f"{left_out} sources are no feeds and left out", err=True)
