"""A source -> its entry in sources.yaml, as people write it; and the entry's way into the file."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aggregator.config.sources.reading import is_empty, sources_of
from aggregator.config.yaml_file import YamlFile, is_plain_text, read_yaml, yaml_files, yaml_of
from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.text.countries import COUNTRIES

#: Where an entry goes when the sources are a directory of files.
ADDED = "added.yaml"

#: A mapping stands in one line up to here, as in our sources.yaml; a longer one gets a line a key.
_WIDTH = 100

#: What would end or change a text that stands without quotes.
_NOT_PLAIN = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<]|: |:$| #")
_NOT_PLAIN_IN_BRACES = re.compile(r"[,\[\]{}?]")

#: Signs that end a line, that YAML has no place for, or that nobody sees: joiners and marks of
#: direction, byte order marks, halves of characters.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)

#: What says that there is no source, with the line's end if nothing else stands in the line.
_EMPTY_LIST = re.compile(
    rb"^(?:sources:[ \t]*(?:\[[ \t]*\])?|\[[ \t]*\])[ \t]*(?:\r?\n|\Z)?", re.MULTILINE
)

#: Keys whose texts we always quote: selectors, paths and expressions look like YAML too often.
_QUOTED = frozenset(("select", "api", "match", "page"))

#: Defaults of our forms, which nobody writes.
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "": {"pages": 5, "enabled": True, "remove": (), "keep": ()},
    "select": {"link": "a[href]"},
    "oai": {"prefix": "oai_dc"},
    "api": {"step": 1},
}

_ORDER = (
    *("id", "name", "name_en", "country", "language", "homepage", "url", "format", "kinds"),
    *("timezone", "charset", "select", "oai", "api", "match", "page", "pages", "referer"),
    *("remove", "keep", "enabled", "reason"),
)


def entry_yaml(source: Source) -> str:
    """Return the source's entry: what `read_sources` reads as the same source, and no more."""
    given = _written("", asdict(source))
    if source.timezone == COUNTRIES[source.country].zone:
        del given["timezone"]
    lines = [line for key in _ORDER if key in given for line in _lines(key, given[key])]
    return "- " + "\n  ".join(lines) + "\n"


def entry_fault(source: Source) -> str:
    """Return why the source cannot stand in sources.yaml, "" when it can."""
    try:
        sources_of([yaml_of(entry_yaml(source), "the entry")])
    except ConfigError as err:
        return err.message
    return ""


def append_source(path: Path, text: str) -> Path:
    """Append an entry to the sources at the path, and return the file it went to.

    That is the file itself, or `added.yaml` when the path is a directory. Everything that stands
    there is kept byte for byte, but for the brackets of an empty list; and a reader finds the old
    file or the new one, never a half.

    Raises:
        ConfigError: the entry is not as the schema says, its id is taken, the file would not be
            read with it, or it may not be written. Then nothing has changed.
    """
    new = sources_of([yaml_of(text, "the new entry")])
    target = (path / ADDED if path.is_dir() else path).resolve()
    files = [each.resolve() for each in (yaml_files(path) if path.is_dir() else (path,))]
    read = {each: read_yaml(each) for each in files}
    old = sources_of(read.values())
    _refuse_taken(new, {each.id for each in old}, target)
    joined = _joined(_kept(target, read[target]) if target in read else b"", text)
    _refuse_unreadable(joined, target, files, len(old) + len(new))
    _replace(target, joined)
    return target


def _written(key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    defaults = _DEFAULTS.get(key, {})
    given = {
        name: value
        for name, value in values.items()
        if value is not None and value != defaults.get(name)
    }
    for name, value in given.items():
        if isinstance(value, dict):
            given[name] = _written(name, value)
    if key == "api":
        given["fields"] = dict(values["fields"])
    return given


def _lines(key: str, value: Any, *, quoted: bool = False) -> list[str]:
    quoted = quoted or key in _QUOTED
    flat = f"{key}: {_inline(value, quoted=quoted)}"
    if not isinstance(value, dict) or len(flat) + 2 <= _WIDTH:
        return [flat]
    inner = [line for name, each in value.items() for line in _lines(name, each, quoted=quoted)]
    return [f"{key}:", *(f"  {line}" for line in inner)]


def _inline(value: Any, *, quoted: bool, inside: bool = False) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(each, quoted=False, inside=True) for each in value)}]"
    if isinstance(value, dict):
        pairs = (
            f"{_inline(name, quoted=False, inside=True)}: "
            f"{_inline(each, quoted=quoted, inside=True)}"
            for name, each in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    plain = not quoted and _is_plain(value) and not (inside and _NOT_PLAIN_IN_BRACES.search(value))
    return value if plain else _in_quotes(value)


def _is_plain(text: str) -> bool:
    return (
        not _INVISIBLE.search(text)
        and text == text.strip()
        and not _NOT_PLAIN.search(text)
        and is_plain_text(text)
    )


def _in_quotes(text: str) -> str:
    if not _INVISIBLE.search(text) and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_INVISIBLE.sub(_escaped, escaped)}"'


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "�" if 0xD800 <= code <= 0xDFFF else f"\\U{code:08X}"


def _kept(target: Path, file: YamlFile) -> bytes:
    """Return the file as entries may follow it: without the sign that there are none."""
    body = target.read_bytes()
    return _EMPTY_LIST.sub(b"", body, count=1) if is_empty(file) else body


def _joined(old: bytes, text: str) -> bytes:
    """Return the file with the entry, behind an empty line, in the file's own line ends."""
    end = b"\r\n" if b"\r\n" in old else b"\n"
    entry = text.rstrip("\n").encode().replace(b"\n", end) + end
    if not old.strip():
        return old + entry
    gap = end if old.endswith(b"\n") else end + end
    return old + (b"" if old.endswith(end + end) else gap) + entry


def _refuse_taken(new: Sequence[Source], taken: set[str], target: Path) -> None:
    for source in new:
        if source.id in taken:
            raise ConfigError(
                f"there is a source `{source.id}` already",
                file=str(target),
                remedy="choose another id; an id is for ever",
            )


def _refuse_unreadable(joined: bytes, target: Path, files: Sequence[Path], count: int) -> None:
    others = [read_yaml(each) for each in files if each != target]
    remedy = "write the file as a list of entries without brackets, or add the entry by hand"
    try:
        found = sources_of([*others, yaml_of(joined.decode("utf-8-sig"), str(target))])
    except ConfigError as err:
        said = f"the entry does not fit behind what stands there: {err.message}"
        raise ConfigError(said, file=str(target), line=err.line, remedy=remedy) from err
    if len(found) != count:
        raise ConfigError("the entry would not be read", file=str(target), remedy=remedy)


def _replace(target: Path, body: bytes) -> None:
    """Write the file anew beside itself, and put it in the old one's place."""
    try:
        there = target.exists()
        # Replacing needs rights on the folder only; whoever made a file read-only means it.
        if there and (not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK)):
            raise PermissionError(0, "it is read-only")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            if there:
                shutil.copymode(target, name)
            else:
                Path(name).chmod(0o644)
            Path(name).replace(target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as err:
        raise ConfigError(
            f"cannot be written: {err.strerror or err}",
            file=str(target),
            remedy="give this user the right to write it, or add the entry by hand",
        ) from err
