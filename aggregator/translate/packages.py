"""Argos package files: checked and unpacked; the only file that calls Argos' installer."""

import json
import logging
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import ModuleType

from aggregator.errors import EngineDownError, UsageError
from aggregator.translate.inference import NEEDS_EXTRA

#: Limits of a package file. Real ones have some 30 files and up to 400 MB unpacked.
MAX_FILES = 1_000
MAX_BYTES = 4_000_000_000
MAX_METADATA = 65_536

#: Argos' codes that differ from ours.
_OURS = {"zh": "zh-Hans", "zt": "zh-Hant"}
_THEIRS = {ours: theirs for theirs, ours in _OURS.items()}

#: Argos keeps its directories in variables of a module, which are changed while this is held.
_ARGOS = Lock()

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a package says of itself."""

    source: str  #: our language code, as far as we have one
    target: str
    version: str

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version as numbers, by which versions are compared."""
        return tuple(int(each) for each in self.version.split("."))


def read_metadata(text: str) -> Metadata:
    """Return what a package's metadata.json says.

    Raises:
        ValueError: it does not describe a translation model; says why.
    """
    return metadata_of(json.loads(text))


def metadata_of(facts: object) -> Metadata:
    """Return what metadata.json, or an entry of an index, says once it is read.

    Raises:
        ValueError: it does not describe a translation model; says why.
    """
    if not isinstance(facts, dict) or facts.get("type", "translate") != "translate":
        raise ValueError("metadata.json does not describe a translation model")
    said = {name: str(facts.get(name)) for name in ("from_code", "to_code", "package_version")}
    for name, rule in (("from_code", _CODE), ("to_code", _CODE), ("package_version", _VERSION)):
        if not rule.fullmatch(said[name]):
            raise ValueError(f"metadata.json has no usable {name}: {said[name][:40]!r}")
    source, target = (_OURS.get(said[name], said[name]) for name in ("from_code", "to_code"))
    return Metadata(source=source, target=target, version=said["package_version"])


def stem(source: str, target: str, version: str) -> str:
    """Return what Argos calls the folder of a package; the codes are ours."""
    codes = (_THEIRS.get(each, each) for each in (source, target))
    return f"translate-{'_'.join(codes)}-{version.replace('.', '_')}"


# --- files ------------------------------------------------------------------------------------


def check(path: Path) -> str:
    """Return the name of the one folder in a package file, after looking at all that is in it.

    Raises:
        UsageError: it cannot be read or is not a translation package; says why.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _checked(package)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError) as err:
        raise UsageError(f"{path} is not a translation package: {err}") from err
    except OSError as err:
        raise UsageError(f"{path} cannot be read: {err.strerror or err}") from err


def _checked(package: zipfile.ZipFile) -> str:
    entries = package.infolist()
    if len(entries) > MAX_FILES or sum(each.file_size for each in entries) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_FILES} files or {MAX_BYTES:,} bytes")
    for each in entries:
        if not _harmless(each):
            raise ValueError(f"it holds a file with a forbidden name or kind: {each.filename!r}")
    tops = {each.filename.split("/")[0] for each in entries}
    if len(tops) != 1:
        raise ValueError(f"it must hold one folder and holds {len(tops)}")
    (top,) = tops
    names = {each.filename for each in entries}
    for wanted in ("metadata.json", "model/model.bin", "model/config.json"):
        if f"{top}/{wanted}" not in names:
            raise ValueError(f"it has no {wanted}")
    if not names & {f"{top}/sentencepiece.model", f"{top}/bpe.model"}:
        raise ValueError("it has no tokenizer: neither sentencepiece.model nor bpe.model")
    metadata = package.getinfo(f"{top}/metadata.json")
    if metadata.file_size > MAX_METADATA:
        raise ValueError(f"its metadata.json has more than {MAX_METADATA:,} bytes")
    read_metadata(package.read(metadata).decode("utf-8"))
    return top


def _harmless(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.removesuffix("/").split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        not any(part in ("", ".", "..") for part in parts)
        and not re.search(r"[\\:\x00-\x1f]", entry.filename)
        and kind in (0, stat.S_IFREG, stat.S_IFDIR)
    )


def unpack(path: Path, folder: Path) -> Path:
    """Unpack a package file by Argos' own installer; return the unpacked package in *folder*.

    Raises:
        UsageError: the file is not a translation package.
        EngineDownError: the extra is not installed, or the disk is full.
    """
    top = check(path)
    _check_room(path, folder)
    with _argos(package_data_dir=folder) as argos:
        try:
            argos.install_from_path(path)
        except OSError as err:
            raise EngineDownError(f"{folder} cannot be written: {err.strerror or err}") from err
        except Exception as err:  # zipfile raises many kinds, and Argos a bare Exception
            raise UsageError(f"{path} cannot be unpacked: {err}") from err
    return folder / top


def _check_room(path: Path, folder: Path) -> None:
    with zipfile.ZipFile(path) as package:
        needed = sum(each.file_size for each in package.infolist())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise EngineDownError(
            f"{path} takes {needed:,} bytes unpacked, and the disk has {free:,} free in {folder}"
        )


def require_installer() -> None:
    """Return if packages can be installed here.

    Raises:
        EngineDownError: the extra is not installed.
    """
    with _argos():
        return


@contextmanager
def _argos(**places: Path) -> Iterator[ModuleType]:
    """Give Argos' package module with some of its directories elsewhere for the moment."""
    try:
        from argostranslate import package, settings
    except ImportError as err:
        raise EngineDownError(NEEDS_EXTRA) from err
    # It would log what it reads, at a level that many set-ups show.
    logging.getLogger("argostranslate.utils").setLevel(logging.CRITICAL)
    with _ARGOS:
        usual = {name: getattr(settings, name) for name in places}
        try:
            for name, place in places.items():
                setattr(settings, name, place)
            yield package
        finally:
            for name, place in usual.items():
                setattr(settings, name, place)
