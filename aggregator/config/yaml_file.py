"""A YAML file's text -> its data, with the line of every key and value."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from aggregator.errors import ConfigError

#: The way from the top of the file to a value: keys of mappings, positions in lists.
KeyPath = tuple[str | int, ...]

#: The longest file we read. Ours has 40 kB for 87 sources, so this is room for thousands.
MAX_BYTES = 4_000_000

#: How deep lists and mappings may nest. The deepest form we know has 4 levels; a file of
#: 100,000 brackets would exhaust the stack.
MAX_DEPTH = 20

_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset((f"{_TAG}str", f"{_TAG}map", f"{_TAG}seq"))
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one value stands."""

    key_line: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """The data of one file and the place of each value in it."""

    name: str  #: as messages show it
    data: Any
    places: Mapping[KeyPath, Place]

    def error(
        self, path: KeyPath, message: str, remedy: str, *, at_key: bool = False
    ) -> ConfigError:
        """Return the error that says what is wrong at the path, with its line and key."""
        label = self.label(path)
        return ConfigError(
            f"{label}: {message}" if label else message,
            file=self.name,
            line=self.line(path, at_key=at_key),
            remedy=remedy,
        )

    def line(self, path: KeyPath, *, at_key: bool = False) -> int:
        """Return the line of the value, or of the closest thing around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        place = self.places.get(path, Place(key_line=1, line=1))
        return place.key_line if at_key else place.line

    def at(self, path: KeyPath) -> Any:
        """Return the value at the path, None when there is none."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def label(self, path: KeyPath) -> str:
        """Return the path as people write it: `jp-mext.select.item`, `kinds[2]`."""
        label = ""
        for depth, step in enumerate(path, 1):
            if isinstance(step, str):
                label += f".{step}" if label else step
            elif label:
                label += f"[{step + 1}]"
            else:
                label = self._entry_name(path[:depth])
        return label

    def _entry_name(self, path: KeyPath) -> str:
        entry = self.at(path)
        # In the glossary `id` is Indonesian.
        keys = [
            key for key in ("concept", "topic", "id") if isinstance(entry, dict) and key in entry
        ]
        name = entry[keys[0]] if keys else None
        return name if isinstance(name, str) and name else f"entry {int(path[-1]) + 1}"


def read_yaml(path: Path) -> YamlFile:
    """Return what the file holds, as lists, dicts, str, int, float, bool and None.

    Plain words follow YAML 1.2's core schema, not PyYAML's 1.1: only true and false are
    booleans, and `no`, `on`, 12:30 and 2026-11-20 stay the words they are written as. Aliases
    and tags are refused: a few lines of aliases unfold to gigabytes ("billion laughs"), and
    nothing here needs them.

    Raises:
        ConfigError: the file is missing, is not UTF-8 or not YAML, repeats a key, or uses tabs,
            aliases or tags; the message has the file, the line and the remedy.
    """
    name = str(path)
    return yaml_of(_text(path, name), name)


def yaml_of(text: str, name: str) -> YamlFile:
    """Return what the text holds, as `read_yaml` does; messages show it under the name.

    Raises:
        ConfigError: as `read_yaml`.
    """
    try:
        node = _node(text)
    except yaml.YAMLError as err:
        raise _syntax_error(err, name, text) from err
    if node is None:
        return YamlFile(name=name, data=None, places={})
    places: dict[KeyPath, Place] = {}
    data = _Reader(name=name, places=places).value(node, (), _line(node))
    return YamlFile(name=name, data=data, places=places)


def is_plain_text(word: str) -> bool:
    """Tell whether a word without quotes is read as the text it is, not as a number or such."""
    return word not in _WORDS and not _INTEGER.fullmatch(word) and not _DECIMAL.fullmatch(word)


def yaml_files(directory: Path) -> tuple[Path, ...]:
    """Return the directory's *.yaml files by name.

    Raises:
        ConfigError: the directory is missing, or holds a *.yml, which would be overlooked.
    """
    if not directory.is_dir():
        raise ConfigError("no such directory", file=str(directory), remedy=_MISSING)
    for stray in sorted(directory.glob("*.yml")):
        raise ConfigError(
            "only files that end in .yaml are read",
            file=str(stray),
            remedy=f"rename it to {stray.stem}.yaml, or move it away",
        )
    return tuple(sorted(path for path in directory.glob("*.yaml") if path.is_file()))


_MISSING = (
    "run the command where it lies, set AGGREGATOR_HOME to that directory, "
    "or make one with `aggregator init DIR`"
)


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as err:
        raise ConfigError("no such file", file=name, remedy=_MISSING) from err
    except OSError as err:
        remedy = "make it a file that this user may read"
        raise ConfigError(
            f"cannot be read: {err.strerror or err}", file=name, remedy=remedy
        ) from err
    if len(raw) > MAX_BYTES:
        raise ConfigError(
            f"has {len(raw):,} bytes", file=name, remedy=f"keep it below {MAX_BYTES:,} bytes"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ConfigError(
            "is not UTF-8",
            file=name,
            line=raw.count(b"\n", 0, err.start) + 1,
            remedy="save the file in UTF-8",
        ) from err


def _node(text: str) -> yaml.Node | None:
    """Return the topmost node of the text, None where it holds nothing but remarks.

    libyaml, where it is there, reads the glossary in 0.06 s, PyYAML by itself in 0.36. But PyYAML
    has the better words for a mistake, and libyaml lets some tabs and byte order marks pass.
    """
    if yaml.__with_libyaml__ and not _DISPUTED.search(text):
        with contextlib.suppress(yaml.YAMLError, UnicodeError):
            return _Composer(yaml.CBaseLoader(text)).get_single_node()
    return _Composer(yaml.BaseLoader(text)).get_single_node()


_DISPUTED = re.compile("[\t\ufeff]")


class _Composer(Composer, BaseResolver):
    """PyYAML's composer that stops at aliases and at nesting no file of ours has."""

    def __init__(self, parser: Any) -> None:
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self.check_event = parser.check_event
        self.peek_event = parser.peek_event
        self.get_event = parser.get_event
        self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem=_ALIAS, problem_mark=mark)
        if self._depth >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=_DEEP, problem_mark=mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


_ALIAS = "an alias (a word that begins with *) is not allowed here"
_BRACE = "a text that holds a brace"
_DEEP = f"lists and mappings nest more than {MAX_DEPTH} deep"

# id={1} or {1}.html: what stands without quotes ends at a brace, or is taken for a mapping.
_BRACE_IN_TEXT = re.compile(r"[^\s,:\[{]\{[^{}:,\s]+\}|\{[^{}:,\s]+\}[^\s,}\]]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

#: What PyYAML says, and what people do about it. The first part found in its words decides.
_SYNTAX_REMEDIES: tuple[tuple[str, str, str], ...] = (
    ("'\\t'", "a tab is not allowed here", "indent with spaces, two a level"),
    (_ALIAS, _ALIAS, "repeat the value; or, if it is a text, put it in quotes"),
    (_DEEP, _DEEP, "make the file flatter"),
    (_BRACE, _BRACE, 'put the whole text in quotes: address: "/view.do?id={1}"'),
    (
        "mapping values are not allowed",
        "a colon inside a text",
        'put the whole text in quotes, or mend the indentation: name: "News: schools"',
    ),
    (
        "expected <block end>",
        "the indentation does not fit the lines above",
        "give all keys of one entry the same indentation",
    ),
    ("found another document", "a second document begins", "remove the line ---"),
    ("end of stream", "a quote is opened here and never closed", "close it"),
    ("expected ',' or", "a bracket is opened and not closed", "close it: kinds: [news, event]"),
    ("cannot start any token", "a text may not begin with this character", "put it in quotes"),
)


def _syntax_error(err: yaml.YAMLError, name: str, text: str) -> ConfigError:
    if isinstance(err, yaml.reader.ReaderError):
        line = text.count("\n", 0, int(err.position)) + 1
        said = f"the character U+{ord(text[int(err.position)]):04X} is not allowed in YAML"
        return ConfigError(said, file=name, line=line, remedy="remove it")
    words = str(getattr(err, "problem", None) or err)
    mark = getattr(err, "problem_mark", None)
    if "end of stream" in words:  # where it began says more than where the file ends
        mark = getattr(err, "context_mark", None) or mark
    broken: int | None = mark.line + 1 if mark else None
    row = (text.split("\n")[broken - 1 : broken] or [""])[0] if broken else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        words = "'\\t'"
    elif "expected" in words and _BRACE_IN_TEXT.search(_QUOTED.sub('""', row)):
        words = _BRACE
    for part, said, remedy in _SYNTAX_REMEDIES:
        if part in words:
            return ConfigError(said, file=name, line=broken, remedy=remedy)
    return ConfigError(
        f"not YAML: {words}",
        file=name,
        line=broken,
        remedy="compare the line with the entries around it; texts with : # [ { need quotes",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Turns PyYAML's nodes into plain data and notes each one's place."""

    name: str
    places: dict[KeyPath, Place]

    def value(self, node: yaml.Node, path: KeyPath, key_line: int) -> Any:
        if node.tag not in _PLAIN_TAGS:
            raise self._error(node, f"the tag {node.tag} is not allowed", "remove it")
        scalar = isinstance(node, yaml.ScalarNode)
        # A list or mapping begins at its first entry; its own key is what people look for.
        line = _line(node) if scalar else key_line
        self.places[path] = Place(key_line=key_line, line=line)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(each, (*path, number), _line(each))
                for number, each in enumerate(node.value)
            ]
        return _scalar(node)

    def _pairs(self, node: yaml.MappingNode, path: KeyPath) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = self._key(key_node), _line(key_node)
            if key in seen:
                raise self._error(
                    key_node,
                    f"the key `{key}` stands twice in one entry, first in line {seen[key]}",
                    "remove one of the two",
                )
            seen[key] = line
            yield key, self.value(value_node, (*path, key), line)

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}str":
            raise self._error(node, "a key must be a word", "write `key: value`")
        return str(node.value)

    def _error(self, node: yaml.Node, said: str, remedy: str) -> ConfigError:
        return ConfigError(said, file=self.name, line=_line(node), remedy=remedy)


def _scalar(node: Any) -> str | int | float | bool | None:
    text = str(node.value)
    if node.style:  # quoted, or a block: a text whatever it looks like
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
