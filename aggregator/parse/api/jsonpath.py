"""An API's answer in JSON, read by JMESPath (https://jmespath.org/specification.html)."""

import warnings
from collections.abc import Callable, Iterator, Sequence

import jmespath
from jmespath.exceptions import JMESPathError

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse.api.answer import Answer, Reader, Told, in_language
from aggregator.parse.api.jsontext import Json, read_json

#: Finds what stands at a path inside a value.
_Find = Callable[[str, Json], Json]

#: Names under which an object keeps its text: JSON-LD, and XML turned into JSON.
_TEXT_NAMES = ("@value", "#text", "$", "@id")
_LANGUAGE_NAMES = ("@language", "@lang", "@xml:lang", "xml:lang", "lang")

#: An object with these names alone holds one text in several languages. The languages of sources;
#: `id` alone is an identifier.
_LANGUAGES = frozenset({"ja", "ko", "zh", "vi", "th", "id", "en"})


def json_answer(document: Document, source: Source, path: str) -> Answer:
    """Read the answer; its records stand at `path`. One record may stand there without a list.

    Raises:
        ParseError: it is no JSON.
    """
    value = read_json(document, source)
    find = _finder()
    found = find(path, value)
    records = [found] if isinstance(found, dict) else found
    return Answer(
        whole=_reader(value, find, source.language),
        records=tuple(_reader(each, find, source.language) for each in records if _holds(each))
        if isinstance(records, list)
        else None,
        said=lambda names: _said(value, names),
        names=tuple(value) if isinstance(value, dict) else (),
    )


def _holds(record: Json) -> bool:
    return isinstance(record, dict | list) and bool(record)


def _finder() -> _Find:
    """Give a function that compiles each path once; it raises ParseError for one that is none."""
    compiled: dict[str, jmespath.parser.ParsedResult] = {}

    def find(path: str, value: Json) -> Json:
        try:
            if path not in compiled:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # `word` for 'word' is old, and works
                    compiled[path] = jmespath.compile(path)
            return compiled[path].search(value)
        except JMESPathError as err:
            reason = str(err).partition("\n")[0].rstrip(": ")
            raise ParseError(f"the path '{path}' cannot be followed: {reason}") from err

    return find


def _reader(value: Json, find: _Find, language: str) -> Reader:
    return lambda path: _texts(find(path, value), language)


def _texts(value: Json, language: str) -> list[str]:
    """Give the texts of a value, of several languages' the source's."""
    if isinstance(value, list):
        told = [each for member in value for each in _told(member, language)]
        return in_language(told, language)
    return in_language(list(_told(value, language)), language)


def _told(value: Json, language: str) -> Iterator[Told]:
    match value:
        case bool():
            yield Told(text="true" if value else "false")
        case str() | int() | float():
            yield Told(text=str(value).strip())
        case list():
            yield from (Told(text=text) for text in _texts(value, language))
        case dict() if _is_language_map(value):
            told = (
                Told(text=each.text, language=name)
                for name, held in value.items()
                for each in _told(held, language)
            )
            yield from (Told(text=text) for text in in_language(list(told), language))
        case dict():
            said = next((value[name] for name in _LANGUAGE_NAMES if name in value), "")
            text = next((value[name] for name in _TEXT_NAMES if name in value), None)
            for each in _texts(text, language) if not isinstance(text, dict) else []:
                yield Told(text=each, language=said if isinstance(said, str) else "")
        case _:  # null says nothing
            pass


def _is_language_map(value: dict[str, Json]) -> bool:
    names = {name.replace("_", "-").partition("-")[0].lower() for name in value}
    return bool(names) and names <= _LANGUAGES and names != {"id"}


def _said(value: Json, names: Sequence[str]) -> str:
    """Look at the root, then one level below."""
    inner = value.values() if isinstance(value, dict) else []
    for held in (value, *inner):
        if not isinstance(held, dict):
            continue
        said = {name.lower(): each for name, each in held.items()}
        for name in names:
            if texts := _texts(_message(said.get(name.lower())), ""):
                return texts[0]
    return ""


def _message(value: Json) -> Json:
    """An error is a text, or an object or a list of such that hold it as `message`."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("message")
    return None if isinstance(value, bool) else value
