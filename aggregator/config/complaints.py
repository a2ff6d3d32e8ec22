"""A file's data and a form -> the form filled in, or the one error that says what to mend."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from aggregator.config.fields import shown, suggestion
from aggregator.config.yaml_file import KeyPath, YamlFile
from aggregator.errors import ConfigError

T = TypeVar("T")

#: How many further mistakes one message lists: as many as a terminal shows at once.
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One mistake: where, what, and what would be right."""

    path: KeyPath
    said: str
    remedy: str
    at_key: bool = False


def filled(file: YamlFile, form: type[T]) -> T:
    """Return the file's data in the shape of *form*: a `Form`, or a list of them.

    Raises:
        ConfigError: some of it does not fit. The message has line, key and remedy of the first
            mistake in the file, and a line for each further one.
    """
    try:
        return TypeAdapter(form).validate_python(file.data)
    except ValidationError as err:
        errors = _without_misspelled(err.errors(include_url=False))
        raise one_error(file, [_complaint(each, form) for each in errors]) from err


def one_error(file: YamlFile, complaints: list[Complaint]) -> ConfigError:
    """Return all complaints about a file as one error, in the order of its lines."""

    def line(complaint: Complaint) -> int:
        return file.line(complaint.path, at_key=complaint.at_key)

    first, *others = sorted(complaints, key=line)
    remedy = first.remedy
    for other in others[:_MOST]:
        remedy += f"\n  also line {line(other)}: {file.label(other.path)}: {other.said}"
    if len(others) > _MOST:
        remedy += f"\n  and {len(others) - _MOST} more"
    return file.error(first.path, first.said, remedy, at_key=first.at_key)


def _without_misspelled(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors without the keys that are only missing because they are misspelled."""
    unknown = [err["loc"] for err in errors if err["type"] == "extra_forbidden"]

    def misspelled(err: ErrorDetails) -> bool:
        *mapping, key = err["loc"] or ("",)
        there = [str(loc[-1]) for loc in unknown if list(loc[:-1]) == mapping]
        return err["type"] == "missing" and bool(suggestion(str(key), there))

    return [err for err in errors if not misspelled(err)]


def _complaint(err: ErrorDetails, form: Any) -> Complaint:
    path: KeyPath = tuple(err["loc"])
    if err["type"] == "wrong":
        ctx = err["ctx"]
        path = (*path, *ctx["key"].split(".")) if ctx["key"] else path
        return Complaint(path=path, said=ctx["said"], remedy=ctx["remedy"])
    if err["type"] == "missing":
        return Complaint(path=path, said="is missing", remedy=_how_to_add(path, form))
    if err["type"] == "extra_forbidden":
        known = tuple(_fields(form, path[:-1]))
        remedy = f"{suggestion(str(path[-1]), known)}known keys: {', '.join(known)}"
        return Complaint(path=path, said="is not a known key", remedy=remedy, at_key=True)
    if err["input"] is None and path:
        remedy = "write a value behind the colon, or remove the key"
        return Complaint(path=path, said="is empty", remedy=remedy)
    said, remedy = _SAYINGS.get(err["type"], _as_pydantic_says)(err)
    return Complaint(path=path, said=said, remedy=remedy)


def _how_to_add(path: KeyPath, form: Any) -> str:
    key = str(path[-1])
    about = _fields(form, path[:-1])[key].description
    return f"add `{key}: …`" + (f" ({about})" if about else "")


def _literal(err: ErrorDetails) -> tuple[str, str]:
    # pydantic says "'a', 'b' or 'c'"; no allowed value of ours has a quote in it.
    allowed = err["ctx"]["expected"].split("'")[1::2]
    hint = suggestion(str(err["input"]), allowed)
    return f"{shown(err['input'])} is unknown", f"{hint}allowed: {', '.join(allowed)}"


def _text(err: ErrorDetails) -> tuple[str, str]:
    given = err["input"]
    if isinstance(given, dict):
        remedy = 'write one text behind the colon; one that holds { needs quotes: "/view.do?id={1}"'
        return "is a mapping, not a text", remedy
    if isinstance(given, list):
        return "is a list, not a text", "write one text behind the colon"
    word = shown(given)
    return (
        f"{word} is read as {_KINDS[type(given)]}, not as a text",
        f'put it in quotes: "{word.strip("`")}"',
    )


def _list(err: ErrorDetails) -> tuple[str, str]:
    if isinstance(err["input"], dict):
        return "is a mapping, not a list", "begin each entry with a hyphen: - id: …"
    word = shown(err["input"])
    return f"{word} is not a list", f"put it in brackets: [{word.strip('`')}]"


def _mapping(err: ErrorDetails) -> tuple[str, str]:
    remedy = "write `key: value` lines below it, each indented by two spaces"
    if err["loc"][-1:] == ("page",):
        remedy = f"write `page: {{}}`, which finds everything by itself; or {remedy}"
    return f"{shown(err['input'])} is not a mapping", remedy


def _boolean(err: ErrorDetails) -> tuple[str, str]:
    return f"{shown(err['input'])} is neither true nor false", "write true or false"


def _number(err: ErrorDetails) -> tuple[str, str]:
    remedy = f"write one in digits, without quotes: {err['loc'][-1]}: 5"
    return f"{shown(err['input'])} is not a whole number", remedy


def _as_pydantic_says(err: ErrorDetails) -> tuple[str, str]:
    return f"{shown(err['input'])} does not fit", err["msg"]


_SAYINGS: Mapping[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "literal_error": _literal,
    "string_type": _text,
    "list_type": _list,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "dict_type": _mapping,
    "bool_type": _boolean,
    "int_type": _number,
    "int_from_float": _number,
}

_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
}


def _fields(form: Any, path: KeyPath) -> Mapping[str, FieldInfo]:
    """Return the fields of the form that stands at the path."""
    for step in path:
        form = get_args(form)[0] if isinstance(step, int) else _field_form(form, step)
    fields: Mapping[str, FieldInfo] = form.model_fields
    return fields


def _field_form(form: type[BaseModel], key: str) -> Any:
    annotation = form.model_fields[key].annotation
    if get_origin(annotation) is types.UnionType:
        return next(each for each in get_args(annotation) if each is not types.NoneType)
    return annotation
