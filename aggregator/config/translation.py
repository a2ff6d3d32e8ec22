"""The environment's AGGREGATOR_TRANSLATE variables -> which engines translate, in which order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aggregator.config.fields import shown, web_address
from aggregator.errors import ConfigError

#: Every variable of the engines that translate, and what it means in a word.
TRANSLATE_VARIABLES: Mapping[str, str] = {
    "AGGREGATOR_TRANSLATE": "what translates: argos, a LibreTranslate server, chat, or none",
    "AGGREGATOR_TRANSLATE_KEY": "the server's key",
    "AGGREGATOR_TRANSLATE_BEAM": "hypotheses that Argos follows at once",
    "AGGREGATOR_TRANSLATE_BUDGET": "characters a day for each engine but Argos",
    "AGGREGATOR_CHAT_URL": "the chat endpoint's address, up to /v1",
    "AGGREGATOR_CHAT_MODEL": "the endpoint's model",
    "AGGREGATOR_CHAT_KEY": "the endpoint's key",
    "ARGOS_PACKAGE_INDEX": "where translation models are offered",
}

#: As Argos itself does. One is three times as fast as four and a little worse.
_BEAM = 4
_WIDEST = 16


#: More characters than all that is ever read in a day.
_MOST_BUDGET = 999_999_999

_KEY = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEndpoint:
    """An OpenAI-compatible chat endpoint."""

    url: str = ""  #: what /chat/completions is put behind
    model: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Which engines translate."""

    #: "argos", "chat", or a server's address, which may hold a password; in their order
    engines: tuple[str, ...] = field(default=("argos",), repr=False)
    key: str = field(default="", repr=False)
    beam: int = _BEAM
    budget: int = 0  #: characters a day for each engine but Argos; 0: no limit
    chat: ChatEndpoint = field(default_factory=ChatEndpoint)
    models_index: str = ""  #: address of the folder of an index.json; "": Argos' own


def read_translation(environ: Mapping[str, str]) -> Translation:
    """Return what the variables ask for; unset or empty ones ask for Argos.

    Raises:
        ConfigError: a variable has a value that cannot be used, or one is missing.
    """
    engines = _engines(environ.get("AGGREGATOR_TRANSLATE", ""))
    return Translation(
        engines=() if engines == ("none",) else engines,
        key=environ.get("AGGREGATOR_TRANSLATE_KEY", ""),
        beam=_beam(environ.get("AGGREGATOR_TRANSLATE_BEAM", "")),
        budget=_budget(environ.get("AGGREGATOR_TRANSLATE_BUDGET", "")),
        chat=_chat(environ) if "chat" in engines else ChatEndpoint(),
        models_index=environ.get("ARGOS_PACKAGE_INDEX", "").strip().rstrip("/"),
    )


def _engines(value: str) -> tuple[str, ...]:
    names = [each.strip() for each in value.split(",")]
    engines = tuple(dict.fromkeys(filter(None, names))) or ("argos",)
    servers = [each for each in engines if each not in ("argos", "chat")]
    for each in servers:
        if (each, len(engines)) != ("none", 1) and not _is_address(each):
            # The value is not repeated where it may hold a password.
            said = "the value" if "@" in each else shown(each)
            remedy = "write argos, the address of a server, chat, several with commas, or none"
            raise ConfigError(f"AGGREGATOR_TRANSLATE: {said} is no engine", remedy=remedy)
    if len(servers) > 1:
        # One key, and one name in the memory.
        raise ConfigError("AGGREGATOR_TRANSLATE: there are several servers", remedy="name one")
    return engines


def _chat(environ: Mapping[str, str]) -> ChatEndpoint:
    url = environ.get("AGGREGATOR_CHAT_URL", "").strip()
    remedy = "set it to the endpoint's address, up to /v1: http://localhost:11434/v1"
    if not url:
        raise ConfigError("AGGREGATOR_CHAT_URL: chat needs it", remedy=remedy)
    # The value is never repeated, for it may hold a password.
    if said := web_address(url) or ("holds ? or #" if {"?", "#"} & set(url) else ""):
        raise ConfigError(f"AGGREGATOR_CHAT_URL: {said}", remedy=remedy)
    model = environ.get("AGGREGATOR_CHAT_MODEL", "").strip()
    if not model:
        remedy = "set it to the model's name, as the endpoint calls it"
        raise ConfigError("AGGREGATOR_CHAT_MODEL: chat needs it", remedy=remedy)
    key = environ.get("AGGREGATOR_CHAT_KEY", "").strip()
    if not _KEY.fullmatch(key):
        said, remedy = "has a character that no key has", "write it as you got it, in one line"
        raise ConfigError(f"AGGREGATOR_CHAT_KEY: {said}", remedy=remedy)
    return ChatEndpoint(
        url=url.removesuffix("/").removesuffix("/chat/completions"), model=model, key=key
    )


def _is_address(value: str) -> bool:
    return "://" in value and not web_address(value)


def _beam(value: str) -> int:
    if not value:
        return _BEAM
    if number := _number(value, _WIDEST):
        return number
    remedy = f"set it to a number from 1, which is the fastest, to {_WIDEST}"
    raise ConfigError(f"AGGREGATOR_TRANSLATE_BEAM: {shown(value)} is no number", remedy=remedy)


def _budget(value: str) -> int:
    if not value:
        return 0
    if number := _number(value, _MOST_BUDGET):
        return number
    remedy = f"set it to a number of characters, 1 to {_MOST_BUDGET}: 200000; or unset it"
    raise ConfigError(f"AGGREGATOR_TRANSLATE_BUDGET: {shown(value)} is no number", remedy=remedy)


def _number(value: str, most: int) -> int:
    """Return the number that a value is, 0 if it is none from 1 to *most*."""
    plain = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    return int(value) if plain and int(value) <= most else 0
