"""The environment -> where everything lies and who we are."""

import re
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aggregator.config.embedding import EMBED_VARIABLES, Embedding, read_embedding
from aggregator.config.fields import shown, web_address
from aggregator.config.translation import TRANSLATE_VARIABLES, Translation, read_translation
from aggregator.errors import ConfigError

#: What stands in for values only the operator knows; whoever publishes to the world with them
#: misleads readers and webmasters.
EXAMPLE_BASE_URL = "http://localhost:8000/"
EXAMPLE_CONTACT = "editor@example.org"

#: Every variable that is read, and what it means in a word.
VARIABLES: Mapping[str, str] = {
    "AGGREGATOR_HOME": "directory of sources, pipelines, glossary, data and output",
    "AGGREGATOR_DATABASE_URL": "the database",
    "AGGREGATOR_BASE_URL": "address of the published site",
    "AGGREGATOR_CONTACT": "who webmasters can write to",
    **EMBED_VARIABLES,
    **TRANSLATE_VARIABLES,
}

#: Begins the variables that hold sources' keys: see `key_variable`.
KEY_PREFIX = "AGGREGATOR_KEY_"

_KEY_NAME = re.compile(r"[A-Z0-9_]+")
_KEY_VALUE = re.compile(r"[\x21-\x7e]+")
_MAIL = re.compile(r"[^\s@()<>,;:\"\\]+@[^\s@()<>,;:\"\\]+\.[^\s@()<>,;:\"\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The environment, read once: absolute paths, and an address that ends in a slash."""

    home: Path
    database_url: str = field(repr=False)  #: may hold a password
    base_url: str
    contact: str
    output: Path
    models: Path
    sources_file: Path
    pipelines_dir: Path
    glossary_file: Path
    topics_file: Path
    embedding: Embedding = field(default_factory=Embedding)
    translation: Translation = field(default_factory=Translation)
    #: Secrets of sources, by their variables' names without AGGREGATOR_KEY_.
    keys: Mapping[str, str] = field(repr=False, default_factory=dict)

    @property
    def examples(self) -> tuple[str, ...]:
        """The variables that still have their example values."""
        found = {
            "AGGREGATOR_BASE_URL": self.base_url == EXAMPLE_BASE_URL,
            "AGGREGATOR_CONTACT": self.contact == EXAMPLE_CONTACT,
        }
        return tuple(name for name, is_example in found.items() if is_example)


def key_variable(source_id: str) -> str:
    """Return the variable that holds what {key} stands for in the source's address."""
    return KEY_PREFIX + source_id.upper().replace("-", "_")


def read_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """Return the settings: the AGGREGATOR_* variables, with defaults for those unset or empty.

    Raises:
        ConfigError: a variable has a value that cannot be used. The message names the variable
            and the remedy, and never repeats a database's password or a source's key.
    """
    home = _home(environ.get("AGGREGATOR_HOME", ""), cwd)
    return Settings(
        home=home,
        database_url=_database_url(environ.get("AGGREGATOR_DATABASE_URL", ""), home),
        base_url=_base_url(environ.get("AGGREGATOR_BASE_URL") or EXAMPLE_BASE_URL),
        contact=_contact(environ.get("AGGREGATOR_CONTACT") or EXAMPLE_CONTACT),
        output=home / "output",
        models=home / "data" / "models",
        sources_file=home / "sources.yaml",
        pipelines_dir=home / "pipelines",
        glossary_file=home / "glossary.yaml",
        topics_file=home / "topics.yaml",
        embedding=read_embedding(environ),
        translation=read_translation(environ),
        keys=dict(_keys(environ)),
    )


def _keys(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for variable in sorted(environ):
        name = variable.removeprefix(KEY_PREFIX)
        if name == variable or not environ[variable]:
            continue
        if not _KEY_NAME.fullmatch(name):
            remedy = f"write the source's id in upper case, with _ for -: {KEY_PREFIX}JP_KAKEN"
            raise _error(variable, "is not named after a source", remedy)
        if not _KEY_VALUE.fullmatch(environ[variable]):
            remedy = "write the key as its site gave it, in one line"
            raise _error(variable, "has a space or another character that no key has", remedy)
        yield name, environ[variable]


def _home(value: str, cwd: Path) -> Path:
    if value.startswith("~"):
        # Shells expand it, service managers and containers don't: we would make a folder "~".
        raise _error("AGGREGATOR_HOME", f"`{value}` begins with ~", "write the path in full")
    if "\0" in value:
        raise _error("AGGREGATOR_HOME", "holds a null character", "write a path")
    home = (cwd / value).resolve()
    if home.exists() and not home.is_dir():
        raise _error("AGGREGATOR_HOME", f"`{home}` is a file", "name a directory")
    return home


def _database_url(value: str, home: Path) -> str:
    variable = "AGGREGATOR_DATABASE_URL"
    if not value:
        return _sqlite("AGGREGATOR_HOME", home / "data" / "aggregator.db")
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite":
        return _sqlite(variable, home / _sqlite_path(rest))
    if scheme == "postgres":
        raise _error(variable, "begins with postgres://", "write postgresql://…")
    if scheme not in ("postgresql", "postgresql+psycopg"):
        remedy = "write sqlite:///data/aggregator.db or postgresql://user:password@host/name"
        raise _error(variable, "is neither of sqlite:/// nor of postgresql://", remedy)
    _check_place(variable, value)
    if not rest.partition("?")[0].partition("/")[2]:
        raise _error(variable, "names no database", "write postgresql://user:password@host/name")
    return value


def _check_place(variable: str, value: str) -> None:
    remedy = "write postgresql://user:password@host/name, with %40 for an @ in the password"
    if value.partition("://")[2].partition("/")[0].count("@") > 1:
        # The rest of the password would be taken for the host, and stand in the driver's message.
        raise _error(variable, "has more than one @", remedy)
    try:
        _ = urllib.parse.urlsplit(value).port
    except ValueError:
        # Its words hold what was taken for the port, which may be a part of the password.
        raise _error(variable, "has no number as its port", remedy) from None


def _sqlite_path(rest: str) -> str:
    if not rest.startswith("/") or not rest[1:] or rest[1:].startswith(":memory:"):
        raise _error(
            "AGGREGATOR_DATABASE_URL",
            "names no file",
            "write sqlite:///data/aggregator.db (below AGGREGATOR_HOME), "
            "or four slashes and an absolute path",
        )
    return rest[1:]


def _sqlite(variable: str, path: Path) -> str:
    if "?" in str(path):
        raise _error(
            variable,
            f"`{path}` has a question mark, which ends the path in a database's address",
            "use a directory and a file without one",
        )
    return f"sqlite:///{path}"


def _base_url(value: str) -> str:
    said = web_address(value)
    if not said and ("?" in value or "#" in value):
        said = "has a ? or a #"
    if said:
        remedy = f"write the address of the site's front page: {EXAMPLE_BASE_URL}"
        raise _error("AGGREGATOR_BASE_URL", f"{_quoted(value)} {said}", remedy)
    return value if value.endswith("/") else f"{value}/"


def _contact(value: str) -> str:
    # It goes into the User-Agent header, which is ASCII.
    if value.isascii() and (_MAIL.fullmatch(value) or not web_address(value)):
        return value
    raise _error(
        "AGGREGATOR_CONTACT",
        f"{_quoted(value)} is neither a mail address nor a web page",
        "write one that webmasters can use: editor@example.org",
    )


def _quoted(value: str) -> str:
    # A password in an address must not reach a log.
    return "the value" if "://" in value and "@" in value else shown(value)


def _error(variable: str, said: str, remedy: str) -> ConfigError:
    return ConfigError(f"{variable}: {said}", remedy=remedy)
