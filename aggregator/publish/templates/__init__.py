"""The pages' templates, and how they are filled; text is escaped unless it is safe by type."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from aggregator.publish import facts, wording
from aggregator.text.languages import LANGUAGES

# What Markdown may read as a mark: wherever it stands, and at the start of a paragraph only.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|~&$"})
# What ends an address in angle brackets, or escapes in it.
_ENDING = re.compile(r"[\s<>\\]")
_OPENING = re.compile(r"^(\d*)(?=[-+#=.)])")


def fill(template: str, **values: object) -> str:
    """Return a template's text with the values in it.

    Raises:
        jinja2.UndefinedError: the template asks for a value it was not given.
    """
    return _ENVIRONMENT.get_template(template).render(values)


def _markdown(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    line = " ".join(text.split()).translate(_MARKS)
    return _OPENING.sub(r"\1\\", line)


def _destination(url: str) -> str:
    """Return an address that Markdown reads whole between `<` and `>`."""
    return _ENDING.sub(lambda sign: quote(sign[0]), url)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _written_in(language: str, around: str) -> Markup:
    """Return a lang attribute where the language is not the one of the text around."""
    return Markup("") if language == around else Markup(' lang="{}"').format(language)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _own_name(language: str) -> str:
    """Return a language's name in itself."""
    return LANGUAGES[language].own_name if language in LANGUAGES else language


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
    autoescape=select_autoescape(disabled_extensions=("txt", "md"), default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters.update(
    brief=wording.brief,
    country=wording.country_name,
    day=wording.day_name,
    destination=_destination,
    language=wording.language_name,
    lines=_lines,
    markdown=_markdown,
    moment=_moment,
    own_name=_own_name,
    web=wording.web_address,
)
_ENVIRONMENT.globals.update(
    appeared=facts.appeared,
    clocks=facts.clocks,
    dated=wording.dated,
    deadlines=facts.DEADLINES,
    delay=facts.delay,
    event_states=facts.EVENT_STATES,
    headline=wording.headline,
    local=wording.local,
    silence=facts.silence,
    states=wording.STATES,
    trust=wording.trust,
    trust_line=wording.trust_line,
    until=facts.until,
    when=facts.when,
    written_in=_written_in,
)
