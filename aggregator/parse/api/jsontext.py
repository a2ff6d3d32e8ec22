"""JSON as servers send it: bytes -> a value, or what it is instead."""

import json
import math
import re
from typing import Any, NoReturn

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, guard

#: A value of JSON: dictionaries, lists, strings, numbers, truth values and None, nested.
Json = Any

#: Longest number that is read as one; converting a number of n digits takes n squared steps, and
#: Python itself refuses 4,301 digits (https://docs.python.org/3/library/stdtypes.html#int-max-str-digits).
_DIGITS = 1000

#: A value of this depth is an attack, not a record. Reading takes up to five calls a level, and
#: Python gives up at 1,000.
_DEPTH = 64

_HALF = re.compile("[\ud800-\udfff]")
# What no feed in XML could hold, and databases refuse.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CALL = re.compile(r"\s*(?:/\*\*/\s*)?[A-Za-z_$][\w$.]*\s*\((.*)\)\s*;?\s*", re.DOTALL)
_PAGE_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})", re.IGNORECASE)
_BOM = "\ufeff"


def read_json(document: Document, source: Source) -> Json:
    """Give the value of a JSON document (https://www.rfc-editor.org/rfc/rfc8259).

    UTF-8, UTF-16 and UTF-32 are told apart by their first bytes; else it is the source's `charset`
    or what is detected. Of a name that comes twice the last counts. Halves of characters
    (`\\ud800`) become U+FFFD, control characters go. A call around the value (JSONP) is left out.

    Raises:
        ParseError: it is no JSON, or too deep; the message says what it is, and where it breaks.
    """
    text = _text(document, source)
    call = _CALL.fullmatch(text)
    text = call[1] if call else text
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_fraction
        )
    except json.JSONDecodeError as err:
        raise ParseError(_what_is_it(text, err)) from err
    except RecursionError as err:
        raise ParseError("the JSON is nested too deep to be read") from err
    return _mended(value, _DEPTH)


def _text(document: Document, source: Source) -> str:
    body = document.body
    if source.charset is None:
        try:
            return body.decode(json.detect_encoding(body)).removeprefix(_BOM)
        except UnicodeDecodeError:
            pass  # a server of old, in its country's charset
    return charset.decode(
        body,
        content_type=document.content_type,
        charset=source.charset,
        language=source.language,
    ).text.removeprefix(_BOM)


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"the JSON holds {name}, which is no value of JSON")


def _integer(digits: str) -> int | str:
    """Read a whole number; one that only an attacker would write stays a text."""
    return int(digits) if len(digits) <= _DIGITS else digits


def _fraction(digits: str) -> float | str:
    """Read a number; one that is too large for the machine (1e999) stays a text."""
    number = float(digits)
    return number if math.isfinite(number) else digits


def _what_is_it(text: str, err: json.JSONDecodeError) -> str:
    if not text.strip():
        return "expected JSON, got an empty document"
    if guard.is_html(text.lstrip()):
        found = _PAGE_TITLE.search(text)
        title = " ".join(found[1].split()) if found else ""
        return (
            f"expected JSON, got an HTML page {f'titled {title!r}' if title else 'without a title'}"
        )
    if text.lstrip()[0] not in '{["':
        return f"expected JSON, got a text that begins {text.strip()[:40]!r}"
    return f"the JSON is broken at line {err.lineno}, column {err.colno}: {err.msg}"


def _mended(value: Json, depth: int) -> Json:
    """Give the value with whole and visible characters only.

    Raises:
        ParseError: it is nested deeper than `depth`.
    """
    if isinstance(value, str):
        return _CONTROL.sub("", _HALF.sub("\ufffd", value))
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise ParseError(f"the JSON is nested more than {_DEPTH} deep")
    if isinstance(value, list):
        return [_mended(each, depth - 1) for each in value]
    return {_mended(name, depth): _mended(each, depth - 1) for name, each in value.items()}
