"""What the index of translation packages offers, and how a package of it is had.

The index is Argos': a JSON list with an object a package, of which `from_code`, `to_code`,
`package_version`, `type` and `links` are read, and beyond Argos `size` (bytes) and `sha256`, where
an index of one's own says them.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aggregator.errors import EngineDownError, UsageError
from aggregator.text.languages import LANGUAGES
from aggregator.translate.packages import MAX_BYTES, check, metadata_of, stem

#: The index of October 2025 has some 100 packages and 60 kB.
MAX_INDEX = 10_000_000

#: A line as `sha256sum` writes it.
_MAX_SIDECAR = 4_096

_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")

_BY_HAND = (
    "download the .argosmodel on a connected machine and install the file: "
    "aggregator models install FILE"
)

#: Source and target, in our codes.
Pair = tuple[str, str]

#: Hands on how many bytes are there, and of how many, None if the server does not say.
Tell = Callable[[int, int | None], None]


class Downloads(Protocol):
    """What brings files; wiring says which. What goes wrong is an OSError."""

    def read(self, url: str, most_bytes: int) -> bytes: ...

    def save(self, url: str, part: Path, most_bytes: int, tell: Tell) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A package that the index offers."""

    source: str  #: our language code
    target: str
    version: str
    numbers: tuple[int, ...]  #: the version, to compare
    links: tuple[str, ...]  #: addresses of the one file, the best first
    size: int | None  #: of the file, in bytes, if the index says it
    sha256: str  #: of the file, "" if the index does not say it


def read_offers(downloads: Downloads, address: str) -> Mapping[Pair, Offer]:
    """Return the newest offer for each pair of the index at *address*, sorted by pair.

    Entries that describe no translation package are passed over.

    Raises:
        EngineDownError: the index cannot be had, or is none.
    """
    try:
        entries = json.loads(downloads.read(address, MAX_INDEX))
    except OSError as err:
        raise EngineDownError(
            f"the index of translation models cannot be had ({address}: {err}): {_BY_HAND}"
        ) from err
    except (ValueError, RecursionError) as err:
        raise _none_at(address, str(err)) from err
    if not isinstance(entries, list):
        raise _none_at(address, "it is no list")
    offers = [offer for each in entries if (offer := _offer(each))]
    newest = {(each.source, each.target): each for each in sorted(offers, key=lambda e: e.numbers)}
    return dict(sorted(newest.items()))


def _none_at(address: str, why: str) -> EngineDownError:
    return EngineDownError(
        f"the index of translation models cannot be read ({address}: {why}): {_BY_HAND}"
    )


def _offer(entry: object) -> Offer | None:
    try:
        said = metadata_of(entry)
    except ValueError:
        return None
    facts: dict[str, Any] = entry if isinstance(entry, dict) else {}
    links, size = facts.get("links"), facts.get("size")
    sha256 = _SHA256.fullmatch(str(facts.get("sha256", "")))
    return Offer(
        source=said.source,
        target=said.target,
        version=said.version,
        numbers=said.numbers,
        links=tuple(
            each
            for each in (links if isinstance(links, list) else ())
            if isinstance(each, str) and each.startswith(("https://", "http://"))
        ),
        size=size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else None,
        sha256=sha256[0].lower() if sha256 else "",
    )


def offered(offers: Mapping[Pair, Offer], source: str, target: str) -> Offer:
    """Return the offer for a pair.

    Raises:
        UsageError: a language is unknown, or the index has none for the pair.
    """
    for code in (source, target):
        if code not in LANGUAGES:
            raise UsageError(f"unknown language {code!r}; known are {', '.join(LANGUAGES)}")
    if (source, target) not in offers:
        raise UsageError(f"the index has no translation model for {source} -> {target}")
    return offers[source, target]


def fetch(offer: Offer, folder: Path, downloads: Downloads, tell: Tell) -> Path:
    """Bring the package's file into *folder*, and return it: whole, and a translation package.

    Its links are tried in their order. A file that is something else, or does not have the SHA-256
    that the index or, at the link with `.sha256` behind it, the server says, is thrown away.

    Raises:
        EngineDownError: no link leads to the file; says for each why.
    """
    wrong = []
    for part, link in zip(_parts(offer, folder), offer.links, strict=False):
        try:
            downloads.save(link, part, MAX_BYTES, tell)
            _check_hash(part, offer.sha256 or _sidecar(link, downloads))
            check(part)
        except OSError as err:
            wrong.append(f"{link}: {err}")
        except (UsageError, ValueError) as err:
            _forget(part)
            wrong.append(f"{link}: {err}, and was thrown away")
        else:
            return part
    said = "; ".join(wrong) or "the index gives no link"
    raise EngineDownError(
        f"the package {offer.source} -> {offer.target} {offer.version} cannot be had ({said}): "
        f"{_BY_HAND}"
    )


def tidy(offer: Offer, folder: Path) -> None:
    """Remove whatever came of files for the offer's pair, of this version or of earlier ones."""
    for each in folder.glob(f"{stem(offer.source, offer.target, '')}*.part*"):
        each.unlink(missing_ok=True)


def _parts(offer: Offer, folder: Path) -> Iterator[Path]:
    """Yield where the file of each link goes: two links' bytes must not meet in one."""
    name, number = stem(offer.source, offer.target, offer.version), 0
    while True:
        yield folder / f"{name}{f'-{number}' if number else ''}.argosmodel.part"
        number += 1


def _forget(part: Path) -> None:
    for each in part.parent.glob(f"{part.name}*"):
        each.unlink(missing_ok=True)


def _sidecar(link: str, downloads: Downloads) -> str:
    try:
        said = downloads.read(f"{link}.sha256", _MAX_SIDECAR)
    except OSError:
        return ""  # most servers have none
    found = _SHA256.search(said.decode("ascii", "replace"))
    return found[0].lower() if found else ""


def _check_hash(part: Path, sha256: str) -> None:
    if not sha256:
        return
    with part.open("rb") as file:
        real = hashlib.file_digest(file, "sha256").hexdigest()
    if real != sha256:
        raise ValueError(f"its SHA-256 is {real} and should be {sha256}")
