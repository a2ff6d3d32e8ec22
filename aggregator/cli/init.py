"""`aggregator init`: a new home directory."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.terminal import say
from aggregator.config import write_defaults
from aggregator.config.settings import EXAMPLE_BASE_URL, EXAMPLE_CONTACT


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The new home.")],
    *,
    base_url: Annotated[
        str, typer.Option(prompt="Address of the published site", help="Absolute URL.")
    ] = EXAMPLE_BASE_URL,
    contact: Annotated[
        str, typer.Option(prompt="Mail address for webmasters", help="Sent with each request.")
    ] = EXAMPLE_CONTACT,
    countries: Annotated[
        str, typer.Option(prompt="Countries (codes with commas; all if empty)", help="jp,kr,…")
    ] = "",
    targets: Annotated[
        str, typer.Option(prompt="Languages to publish in", help="en,original,ko,…")
    ] = "en,original",
) -> None:
    """Write a home's configuration into a directory, asking what is not given.

    Nothing that exists is overwritten.
    """
    written = write_defaults(
        directory,
        countries=_split(countries),
        targets=_split(targets),
        base_url=base_url,
        contact=contact,
    )
    for path in written:
        say(f"written: {path}")
    say(f"next: cd {directory} && set -a && . ./aggregator.env && set +a && aggregator doctor")


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
