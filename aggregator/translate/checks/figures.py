"""Numbers, dates and years: each that one side writes in digits, the other says in some way."""

from collections.abc import Iterator

from aggregator.text.dates import minguo
from aggregator.text.figures import amounts, figures
from aggregator.text.keys import folded
from aggregator.text.number_words import said_in_words
from aggregator.translate.checks.pair import Finding, Pair, named

#: Hours that are counted in halves of a day, and the years of which the last two digits are said.
_NOON = 12
_YEARS = range(1900, 2100)

#: Years of the Republic of China that are written without its name: 116學年度.
_MINGUO = range(80, 160)


def figures_kept(pair: Pair) -> Iterator[Finding]:
    """Yield the numbers that only one side has.

    Years are compared as common ones, numbers with their million, 亿 or ล้าน; those that are words
    on one side count as said, so that "two", "October" and 8 p.m. for 20:00 are right.
    """
    source, said = amounts(pair.source), amounts(pair.said)
    lost = _missing(source, pair.said)
    new = _missing(said, pair.source)
    if lost:
        yield Finding("figure lost", len(lost), f"lacks {named(lost)}")
    if new:
        yield Finding("figure new", len(new), f"says {named(new)}, which the original does not")


def _missing(wanted: dict[str, float], text: str) -> list[str]:
    """Return those of the numbers that a text does not say, as they are written."""
    if not wanted:
        return []
    there = {*amounts(text).values(), *figures(text), *said_in_words(folded(text))}
    return [written for written, value in wanted.items() if not there & _forms(value)]


def _forms(value: float) -> set[float]:
    forms = {value, round(value, 1)}
    if value in _MINGUO:
        forms.add(value + minguo.BEFORE)
    if value in _YEARS:
        forms |= {value % 100, value - minguo.BEFORE}
    if value <= 2 * _NOON:
        forms |= {value + _NOON, value - _NOON} if value != _NOON else {0.0, 2.0 * _NOON}
    return forms
