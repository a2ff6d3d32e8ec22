"""`aggregator glossary`: the field's fixed terms, and what they find."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from aggregator import wiring
from aggregator.cli.terminal import print_json, say, show
from aggregator.config import read_glossary
from aggregator.errors import UsageError
from aggregator.model import Concept, Found
from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES
from aggregator.text.terms import Looked, Passed, Terms

app = typer.Typer(help="The field's fixed terms in all languages.", no_args_is_help=True)


@app.callback()
def _several() -> None:
    """Keep `check` a word to be typed, though it is the only one so far."""


@app.command("check")
def check_glossary(
    *,
    text: Annotated[str, typer.Option(help="Show which terms stand in this text.")] = "",
    language: Annotated[str, typer.Option(help="The text's: ja, zh-Hant …")] = "",
    country: Annotated[str, typer.Option(help="The country its source is from: jp …")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read glossary.yaml, and count what each language has, lacks and has not confirmed.

    With --text show instead what is found in a text, and what stands there and does not count,
    with the reason. Exits with 2 if the file is wrong.
    """
    _check_options(text, language, country)
    file = wiring.settings().glossary_file
    concepts = read_glossary(file)
    if text:
        looked = Terms(concepts).look({"": text}, language, country)
        _tell(looked, text, concepts, json=json)
    elif json:
        print_json({"file": str(file), **_counts(concepts)})
    else:
        _show(file, concepts)


def _check_options(text: str, language: str, country: str) -> None:
    if text and not language:
        raise UsageError(f"--text needs its --language: {', '.join(LANGUAGES)}")
    if not text and (language or country):
        raise UsageError("--language and --country are for a --text")
    for what, value, known in (("language", language, LANGUAGES), ("country", country, COUNTRIES)):
        if value and value not in known:
            raise UsageError(f"no {what} {value!r}; there are {', '.join(known)}")


def _counts(concepts: Sequence[Concept]) -> dict[str, Any]:
    return {
        "concepts": len(concepts),
        "terms": sum(len(each.terms) for each in concepts),
        "languages": {language: _in_language(concepts, language) for language in LANGUAGES},
    }


def _in_language(concepts: Sequence[Concept], language: str) -> dict[str, Any]:
    there = {
        each.id: [term for term in each.terms if term.language == language] for each in concepts
    }
    return {
        "terms": sum(map(len, there.values())),
        "without": [name for name, terms in there.items() if not terms],
        "proposed": [name for name, terms in there.items() if any(t.proposed for t in terms)],
    }


def _show(file: Path, concepts: Sequence[Concept]) -> None:
    counts = _counts(concepts)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("language")
    for name in ("terms", "settled", "proposed", "without"):
        table.add_column(name, justify="right")
    for language, found in counts["languages"].items():
        without, proposed = len(found["without"]), len(found["proposed"])
        settled = len(concepts) - without - proposed
        table.add_row(language, *map(str, (found["terms"], settled, proposed, without)))
    show(table)
    for language, found in counts["languages"].items():
        if found["without"]:
            say(f"without a term in {language}: {', '.join(found['without'])}")
    say(f"\n{file}: {counts['concepts']} concepts, {counts['terms']} terms")


def _tell(looked: Looked, text: str, concepts: Sequence[Concept], *, json: bool) -> None:
    passed = [each for each in looked.passed if not _is_told(each, looked.found)]
    if json:
        print_json(
            {"found": [asdict(each) for each in looked.found], "passed": list(map(asdict, passed))}
        )
        return
    proposed = {
        (each.id, term.text, term.language)
        for each in concepts
        for term in each.terms
        if term.proposed
    }
    for each in looked.found:
        state = ", proposed" if (each.concept, each.term, each.language) in proposed else ""
        kind = f"{each.role} in {each.language}{state}"
        say(f"{_where(each, text)}: {each.concept}, {kind}: {each.term}")
    for other in passed:
        say(f"{_where(other, text)}: not {other.concept}: {other.reason}")
    if not looked.found:
        say("no term counts in this text")


def _where(each: Found | Passed, text: str) -> str:
    return f"{text[each.start : each.end]} ({each.start}-{each.end})"


def _is_told(passed: Passed, found: Sequence[Found]) -> bool:
    """Tell whether the place is that of a term that counts: what else it may be helps nobody."""
    return any(each.start <= passed.start and passed.end <= each.end for each in found)
