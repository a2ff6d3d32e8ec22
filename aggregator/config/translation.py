"""The environment's AGGREGATOR_TRANSLATE variables -> which engines translate, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aggregator.config.fields import shown, web_address
from aggregator.errors import ConfigError

#: Every variable of the engines that translate, and what it means in a word.
TRANSLATE_VARIABLES: Mapping[str, str] = {
    "AGGREGATOR_TRANSLATE": "what translates: argos, a LibreTranslate server's address, or none",
    "AGGREGATOR_TRANSLATE_KEY": "the server's key",
    "AGGREGATOR_TRANSLATE_BEAM": "hypotheses that Argos follows at once",
    "ARGOS_PACKAGE_INDEX": "where translation models are offered",
}

#: As Argos itself does. One is three times as fast as four and a little worse.
_BEAM = 4
_WIDEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Which engines translate."""

    #: "argos", or a server's address, which may hold a password; in the order they are asked
    engines: tuple[str, ...] = field(default=("argos",), repr=False)
    key: str = field(default="", repr=False)
    beam: int = _BEAM
    models_index: str = ""  #: address of the folder of an index.json; "": Argos' own


def read_translation(environ: Mapping[str, str]) -> Translation:
    """Return what the variables ask for; unset or empty ones ask for Argos.

    Raises:
        ConfigError: a variable has a value that cannot be used.
    """
    names = [each.strip() for each in environ.get("AGGREGATOR_TRANSLATE", "").split(",")]
    engines = tuple(dict.fromkeys(filter(None, names))) or ("argos",)
    for each in engines:
        if each != "argos" and (each, len(engines)) != ("none", 1) and not _is_address(each):
            # The value is not repeated where it may hold a password.
            said = "the value" if "@" in each else shown(each)
            remedy = "write argos, the address of a server, both with a comma between, or none"
            raise ConfigError(f"AGGREGATOR_TRANSLATE: {said} is no engine", remedy=remedy)
    if len(engines) - ("argos" in engines) > 1:
        # One key, and one name in the memory.
        raise ConfigError("AGGREGATOR_TRANSLATE: there are several servers", remedy="name one")
    return Translation(
        engines=() if engines == ("none",) else engines,
        key=environ.get("AGGREGATOR_TRANSLATE_KEY", ""),
        beam=_beam(environ.get("AGGREGATOR_TRANSLATE_BEAM", "")),
        models_index=environ.get("ARGOS_PACKAGE_INDEX", "").strip().rstrip("/"),
    )


def _is_address(value: str) -> bool:
    return "://" in value and not web_address(value)


def _beam(value: str) -> int:
    if not value:
        return _BEAM
    if value.isascii() and value.isdecimal() and len(value) < 3 and 0 < int(value) <= _WIDEST:
        return int(value)
    remedy = f"set it to a number from 1, which is the fastest, to {_WIDEST}"
    raise ConfigError(f"AGGREGATOR_TRANSLATE_BEAM: {shown(value)} is no number", remedy=remedy)
