"""`aggregator models`: translation models, installed by language or from a file."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator import wiring
from aggregator.cli.terminal import print_json, say
from aggregator.translate import models

app = typer.Typer(no_args_is_help=True, help="Translation models.")


@app.command("list")
def list_models(
    *, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the installed models."""
    found = models.installed(wiring.models_folder())
    if json:
        keys = ("source", "target", "version")
        print_json([{key: getattr(model, key) for key in keys} for model in found])
        return
    for model in found:
        say(f"{model.source} -> {model.target}  {model.version}")
    if not found:
        say("no model is installed: aggregator models install FILE.argosmodel | LANGUAGE")


@app.command()
def install(
    what: Annotated[str, typer.Argument(help="A .argosmodel file, or a language: ja, zh-Hant, …")],
    *,
    target: Annotated[str, typer.Option(help="Language to translate into.")] = "en",
) -> None:
    """Install a model: from a file, or the newest that the packages' index offers."""
    folder = wiring.models_folder()
    path = Path(what)
    if path.suffix == ".argosmodel" or path.exists():
        model = models.install_file(path, folder)
    else:
        model = models.install_language(what, folder, target)
    say(f"installed: {model.source} -> {model.target} {model.version}")


@app.command()
def remove(
    language: Annotated[str, typer.Argument(help="The language it translates from.")],
    *,
    target: Annotated[str, typer.Option(help="Language it translates into.")] = "en",
) -> None:
    """Remove a model; what it has translated stays."""
    models.remove(language, target, wiring.models_folder())
    say(f"removed: {language} -> {target}")
