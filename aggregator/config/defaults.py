"""What comes with the program -> the files of a new home directory."""

import re
import shlex
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from aggregator.config.fields import LANGUAGES, suggestion
from aggregator.config.schemas import schema_files
from aggregator.config.settings import read_settings
from aggregator.errors import ConfigError
from aggregator.text.countries import COUNTRIES

#: The heading above a country's sources in our sources.yaml: "# --- jp: Japan ---".
_COUNTRY_HEADING = re.compile(r"^# --- ([a-z]+): .* ---$", re.MULTILINE)

_TARGETS_LINE = re.compile(r"^targets: \[(.*)\]$", re.MULTILINE)


def write_defaults(
    directory: Path,
    *,
    countries: Sequence[str],
    targets: Sequence[str],
    base_url: str,
    contact: str,
) -> list[Path]:
    """Write what `aggregator init` gives, and return the files written.

    That is sources.yaml with the sources of *countries* (all when empty), the pipelines with
    *targets* (as they come when empty; one that is made in a single language gets the first),
    the glossary, the topics, the schemas that the files' first lines point to, and aggregator.env.

    Raises:
        ConfigError: one of these files is there already (then nothing is written), a value is
            not one we know, or the directory cannot be written.
    """
    _check("country", countries, tuple(COUNTRIES))
    _check("target", targets, (*LANGUAGES, "original"))
    settings = read_settings(
        {"AGGREGATOR_BASE_URL": base_url, "AGGREGATOR_CONTACT": contact}, directory
    )
    texts = {
        **dict(_packaged(countries, targets)),
        **schema_files(),
        "aggregator.env": _environment(directory, settings.base_url, settings.contact),
    }
    paths = {directory / name: text for name, text in texts.items()}
    for path in paths:
        if path.exists() or path.is_symlink():
            raise _taken(path)
    for path, text in paths.items():
        _write(path, text)
    return list(paths)


def _packaged(countries: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, str]]:
    place = _defaults()
    sources = place.joinpath("sources.yaml").read_text(encoding="utf-8")
    yield "sources.yaml", _for_countries(sources, countries)
    for name in ("glossary.yaml", "topics.yaml"):
        yield name, place.joinpath(name).read_text(encoding="utf-8")
    for each in sorted(place.joinpath("pipelines").iterdir(), key=lambda found: found.name):
        if each.name.endswith(".yaml"):
            text = each.read_text(encoding="utf-8")
            yield f"pipelines/{each.name}", _for_targets(text, targets)


def _defaults() -> Traversable:
    """Return where our own sources, pipelines and glossary lie.

    A wheel has them in the package; in a checkout they are the repository's top-level files,
    which the wheel is built from.
    """
    package = files("aggregator")
    packaged = package.joinpath("defaults")
    return packaged if packaged.is_dir() else package.joinpath("..")


def _for_countries(text: str, countries: Sequence[str]) -> str:
    preamble, *rest = _COUNTRY_HEADING.split(text)
    if not countries:
        return text
    kept = [
        f"# --- {code}: {COUNTRIES[code].name} ---{entries.rstrip()}\n"
        for code, entries in zip(rest[::2], rest[1::2], strict=True)
        if code in countries
    ]
    if not kept:
        there = ", ".join(rest[::2])
        asked = ", ".join(countries)
        raise ConfigError(f"no source of ours is from {asked}", remedy=f"choose from: {there}")
    return preamble + "\n".join(kept)


def _for_targets(text: str, targets: Sequence[str]) -> str:
    def chosen(found: re.Match[str]) -> str:
        several = "," in found[1]
        return f"targets: [{', '.join(targets if several else targets[:1])}]"

    return _TARGETS_LINE.sub(chosen, text) if targets else text


def _environment(directory: Path, base_url: str, contact: str) -> str:
    return f"""\
# Settings of this aggregator; docs/settings.md of the program says more.
# They come from the environment, so read this file into it before a command:
#     set -a; . ./aggregator.env; set +a

# Where sources, pipelines, glossary, data and output lie. Unset: the directory a command is
# run in.
#AGGREGATOR_HOME={shlex.quote(str(directory.absolute()))}

# The database. Unset: the SQLite file data/aggregator.db below the home.
#AGGREGATOR_DATABASE_URL=postgresql://user:password@localhost/aggregator

# Where readers find the published site.
AGGREGATOR_BASE_URL={shlex.quote(base_url)}

# A mail address or web page for the webmasters of the sites that are read; sent with each request.
AGGREGATOR_CONTACT={shlex.quote(contact)}

# What makes vectors of texts, by which topics are told in all languages: bundled, none, or an
# OpenAI-compatible endpoint with its model, dimensions and key. Unset: bundled, where it works.
#AGGREGATOR_EMBED=http://localhost:8080/v1/embeddings
#AGGREGATOR_EMBED_MODEL=multilingual-e5-large
#AGGREGATOR_EMBED_DIMENSIONS=1024
#AGGREGATOR_EMBED_KEY=

# What translates: argos, the address of a LibreTranslate server, chat, several with commas between
# in the order in which they are asked, or none. Unset: argos, whose models `aggregator models`
# installs. The budget is the characters a day that each other engine may be given.
#AGGREGATOR_TRANSLATE=argos,http://localhost:5000
#AGGREGATOR_TRANSLATE_KEY=
#AGGREGATOR_TRANSLATE_BEAM=4
#AGGREGATOR_TRANSLATE_BUDGET=200000

# The OpenAI-compatible endpoint of `chat`, its model and its key.
#AGGREGATOR_CHAT_URL=http://localhost:11434/v1
#AGGREGATOR_CHAT_MODEL=qwen3:8b
#AGGREGATOR_CHAT_KEY=

# Where translation models are offered, if not in Argos' own index.
#ARGOS_PACKAGE_INDEX=https://models.example/argos/
"""


def _check(what: str, values: Sequence[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            remedy = f"{suggestion(value, known)}allowed: {', '.join(known)}"
            raise ConfigError(f"{what} `{value}` is unknown", remedy=remedy)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as err:
        raise _taken(path) from err
    except OSError as err:
        remedy = "choose a directory that this user may write to"
        raise ConfigError(
            f"cannot be written: {err.strerror or err}", file=str(path), remedy=remedy
        ) from err


def _taken(path: Path) -> ConfigError:
    return ConfigError(
        "is there already", file=str(path), remedy="choose another directory, or move it away"
    )
