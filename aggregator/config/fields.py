"""The kinds of values our YAML files hold: each one a type that says what would be right."""

import encodings.aliases
import re
import zoneinfo
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from aggregator.text.countries import COUNTRIES

#: The languages sources write in and editions are made in.
Language = Literal["ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en"]
LANGUAGES: tuple[str, ...] = get_args(Language)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
# A password may hold a slash, after which it no longer looks like one.
_CREDENTIALS = re.compile(r"(?<=//)(?:[^/?#]*|[^/?#@]*:.*)@")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f<>\"\\^`|]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Form(BaseModel):
    """One mapping of a YAML file: no key that we don't know, no value turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def wrong(said: str, remedy: str, *, key: str = "") -> PydanticCustomError:
    """Return the error of a value that is not right.

    `key` names one below the checked value, with dots between its parts: `api.records`.
    """
    return PydanticCustomError("wrong", "{said}", {"said": said, "remedy": remedy, "key": key})


def suggestion(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return "did you mean …? " for a word close to a known one, else nothing."""
    by_lower = {each.lower(): each for each in known}
    # .6 is difflib's own default: it finds "langauge" and "html_list", and not "date" for "name".
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=cutoff)
    return f"did you mean `{by_lower[close[0]]}`? " if close else ""


def shown(value: object) -> str:
    """Return the value as messages quote it: in one line, printable, and not too long."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    written = "".join(sign if sign.isprintable() else "�" for sign in written)
    return f"`{written[:80]}…`" if len(written) > 80 else f"`{written}`"


def web_address(url: str) -> str:
    """Return what is wrong with the absolute http(s) address, "" when nothing is."""
    if _NOT_IN_URL.search(url):
        return "holds a space or another character that addresses don't have"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # its words quote the port, which may be half a password
        return "has a malformed host or port"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is not an absolute http or https address"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password"
    return ""


def address_fault(url: str) -> str:
    """Return what is wrong with the address of a source that needs no key, "" when nothing is."""
    return web_address(url) or ("has a placeholder in braces" if placeholders(url) else "")


def shown_address(url: str) -> str:
    """Return the address as messages show it: without name and password."""
    return _CREDENTIALS.sub("", url, count=1)


def _url(value: str) -> str:
    if said := web_address(value):
        remedy = "write the whole address without credentials: https://www.example.org/news/"
        raise wrong(f"{shown(shown_address(value))} {said}", remedy)
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise wrong("is empty", "write a text")
    if _CONTROL.search(value):
        raise wrong("has a line break or another control character", "write it in one line")
    return value.strip()


def _slug(value: str) -> str:
    if not _ID.fullmatch(value):
        raise wrong(
            f"{shown(value)} is not an id",
            "use the letters a-z, digits and single hyphens: jp-mext",
        )
    return value


def _zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    # A directory of the database ("Asia") raises OSError, "../x" and "" ValueError.
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as err:
        hint = suggestion(value, zoneinfo.available_timezones())
        raise wrong(
            f"{shown(value)} is no time zone", f"{hint}write an IANA name: Asia/Tokyo"
        ) from err
    return value


def _charset(value: str) -> str:
    try:
        "a".encode(value)  # refuses codecs that are no charsets, like "hex", too
    except (LookupError, ValueError) as err:
        names = {each.replace("_", "-") for each in encodings.aliases.aliases.values()}
        hint = suggestion(value, names)
        raise wrong(
            f"{shown(value)} is not a charset Python knows",
            f"{hint}write one like utf-8, shift_jis, euc-kr, gb18030, big5, tis-620",
        ) from err
    return value


def _among(known: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known:
            allowed = f"allowed: {', '.join(known)}"
            raise wrong(f"{shown(value)} is unknown", suggestion(value, known) + allowed)
        return value

    return check


def _unique(values: list[str]) -> list[str]:
    if not values:
        raise wrong("is an empty list", "name at least one, or remove the key")
    for value in values:
        if values.count(value) > 1:
            raise wrong(f"`{value}` stands twice in the list", "remove one of the two")
    return values


Text = Annotated[str, AfterValidator(_text), Field(json_schema_extra={"minLength": 1})]
Slug = Annotated[
    str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{_ID.pattern}$"})
]
Url = Annotated[
    str, AfterValidator(_url), Field(json_schema_extra={"pattern": r"^https?://[^\s@/]+"})
]
Zone = Annotated[
    str, AfterValidator(_zone), Field(json_schema_extra={"pattern": "^[A-Za-z0-9_+/-]+$"})
]
Charset = Annotated[str, AfterValidator(_charset)]
CountryCode = Annotated[
    str,
    AfterValidator(_among(tuple(COUNTRIES))),
    Field(json_schema_extra={"enum": list(COUNTRIES)}),
]

#: Put behind a list: at least one value, none twice.
UNIQUE = (
    AfterValidator(_unique),
    Field(json_schema_extra={"minItems": 1, "uniqueItems": True}),
)


def placeholders(url: str) -> tuple[str, ...]:
    """Return the names in braces that the address has, "" for a brace without its other half."""
    return tuple(found[1] or "" for found in _PLACEHOLDER.finditer(url))
