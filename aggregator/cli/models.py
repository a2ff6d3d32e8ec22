"""`aggregator models`: translation models, installed through the index or from a file."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.table import Table

from aggregator import wiring
from aggregator.cli.terminal import complain, downloading, print_json, say, show
from aggregator.errors import EngineDownError
from aggregator.translate import models
from aggregator.translate.models import Model
from aggregator.translate.offers import Offer, Pair, offered
from aggregator.translate.survey import Survey, read_survey, save_survey, survey

app = typer.Typer(no_args_is_help=True, help="Translation models.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Target = Annotated[str, typer.Option(help="Language it translates into.")]


@app.command("list")
def list_models(
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help="Don't ask the index what it offers.")
    ] = False,
    json: Json = False,
) -> None:
    """List the installed models, what the index offers, and what the home's sources lack."""
    here = {(each.source, each.target): each for each in models.installed(wiring.models_folder())}
    there = {} if offline else _offers_or_none()
    wanted = wiring.wanted_pairs(wiring.settings())
    pairs = sorted(here.keys() | there.keys() | wanted)
    if json:
        print_json([_as_json(pair, here, there, wanted) for pair in pairs])
        return
    if pairs:
        show(_table(pairs, here, there, wanted))
    if not here:
        say("no model is installed: aggregator models install FILE.argosmodel | LANGUAGE")
    for pair in sorted(wanted - here.keys()):
        say(_lacking(pair, known=bool(there), is_offered=pair in there))


def _offers_or_none() -> Mapping[Pair, Offer]:
    try:
        return wiring.offers()
    except EngineDownError as err:
        complain(str(err))
        return {}


def _lacking(pair: Pair, *, known: bool, is_offered: bool) -> str:
    source, target = pair
    if known and not is_offered:
        return f"missing: {source} -> {target}, not in the index (other roads: docs/settings.md)"
    into = "" if target == "en" else f" --target {target}"
    return f"missing: {source} -> {target}: aggregator models install {source}{into}"


def _table(
    pairs: list[Pair],
    here: Mapping[Pair, Model],
    there: Mapping[Pair, Offer],
    wanted: frozenset[Pair],
) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("pair", "installed", "size", "offered", "size"):
        table.add_column(name, no_wrap=True, justify="right" if name == "size" else "left")
    table.add_column("")
    for pair in pairs:
        model, offer = here.get(pair), there.get(pair)
        table.add_row(
            " -> ".join(pair),
            model.version if model else "",
            _megabytes(model.size) if model else "",
            offer.version if offer else "",
            _megabytes(offer.size) if offer and offer.size else "",
            _remark(model, offer, is_wanted=pair in wanted),
        )
    return table


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _remark(model: Model | None, offer: Offer | None, *, is_wanted: bool) -> str:
    if model is None:
        return "missing" if is_wanted else ""
    return "newer offered" if offer and offer.numbers > model.numbers else ""


def _as_json(
    pair: Pair, here: Mapping[Pair, Model], there: Mapping[Pair, Offer], wanted: frozenset[Pair]
) -> dict[str, Any]:
    model, offer = here.get(pair), there.get(pair)
    return {
        "source": pair[0],
        "target": pair[1],
        "version": model.version if model else None,
        "size": model.size if model else None,
        "offered": {"version": offer.version, "size": offer.size} if offer else None,
        "wanted": pair in wanted,
        "survey": _survey_json(found) if model and (found := read_survey(model)) else None,
    }


@app.command()
def install(
    what: Annotated[str, typer.Argument(help="A .argosmodel file, or a language: ja, zh-Hant, …")],
    *,
    target: Annotated[str, typer.Option(help="Language to translate into.")] = "en",
    json: Json = False,
) -> None:
    """Install a model: from a file, or the newest that the packages' index offers."""
    folder = wiring.models_folder()
    path = Path(what)
    if path.suffix == ".argosmodel" or path.exists():
        model = models.install_file(path, folder)
    else:
        model = _install(offered(wiring.offers(), what, target), folder, quiet=json)
    if json:
        print_json({"source": model.source, "target": model.target, "version": model.version})
    else:
        say(f"installed: {model.source} -> {model.target} {model.version}")


def _install(offer: Offer, folder: Path, *, quiet: bool) -> Model:
    label = f"{offer.source} -> {offer.target} {offer.version}"
    with downloading(label, quiet=quiet) as tell:
        return models.install_offer(offer, folder, wiring.downloads(wiring.settings()), tell)


@app.command()
def update(*, json: Json = False) -> None:
    """Install the newer version of each installed model that the index has one for."""
    folder = wiring.models_folder()
    offers = wiring.offers()
    found = []
    for model in models.installed(folder):
        offer = offers.get((model.source, model.target))
        if offer and offer.numbers > model.numbers:
            fresh = _install(offer, folder, quiet=json)
            found.append({"source": fresh.source, "target": fresh.target, "version": fresh.version})
            if not json:
                say(f"updated: {fresh.source} -> {fresh.target} {model.version} to {fresh.version}")
    if json:
        print_json(found)
    elif not found:
        say("every installed model is the newest that the index offers")


@app.command()
def remove(
    language: Annotated[str, typer.Argument(help="The language it translates from.")],
    *,
    target: Target = "en",
) -> None:
    """Remove a model; what it has translated stays."""
    models.remove(language, target, wiring.models_folder())
    say(f"removed: {language} -> {target}")


@app.command()
def verify(*, json: Json = False) -> None:
    """Load each installed model, translate with it, and see which masks it leaves unchanged."""
    rows: list[dict[str, Any]] = []
    for model in models.installed(wiring.models_folder()):
        said: Survey | str = _surveyed(model)
        rows.append({"source": model.source, "target": model.target, **_row(said)})
        if not json:
            say(f"{model.source} -> {model.target} {model.version}: {_sentence(said)}")
    if json:
        print_json(rows)
    elif not rows:
        say("no model is installed: aggregator models install FILE.argosmodel | LANGUAGE")
    if any("error" in row for row in rows):
        raise typer.Exit(1)


def _surveyed(model: Model) -> Survey | str:
    """Return what was measured, and keep it; or why nothing could be."""
    try:
        found = survey(model, perf_counter)
        save_survey(model, found)
    except EngineDownError as err:
        return str(err)
    return found


def _row(said: Survey | str) -> dict[str, Any]:
    return {"error": said} if isinstance(said, str) else _survey_json(said)


def _survey_json(found: Survey) -> dict[str, Any]:
    names = ("version", "sentences", "unanswered", "per_second")
    return {name: getattr(found, name) for name in names} | {"shapes": dict(found.shapes)}


def _sentence(said: Survey | str) -> str:
    if isinstance(said, str):
        return said
    shapes = ", ".join(f"{shape} {share:.0%}" for shape, share in said.shapes.items())
    answered = said.sentences - said.unanswered
    return (
        f"{answered} of {said.sentences} sentences, {said.per_second:g} a second\n"
        f"  masks unchanged: {shapes}"
    )
