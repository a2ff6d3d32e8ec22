"""The environment's AGGREGATOR_EMBED variables -> which engine makes vectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aggregator.config.fields import shown, web_address
from aggregator.errors import ConfigError

#: Every variable of the engine for vectors, and what it means in a word.
EMBED_VARIABLES: Mapping[str, str] = {
    "AGGREGATOR_EMBED": "what makes vectors of texts: bundled, none, or an endpoint's address",
    "AGGREGATOR_EMBED_MODEL": "the endpoint's model",
    "AGGREGATOR_EMBED_DIMENSIONS": "how many numbers its vectors have",
    "AGGREGATOR_EMBED_KEY": "the endpoint's key",
}

#: More than any model has that is known of; a vector is kept for each article.
_MOST_DIMENSIONS = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """Which engine makes vectors. The fields but the first are an endpoint's."""

    engine: Literal["any", "bundled", "none", "http"] = "any"  #: any: the bundled one if it works
    url: str = field(default="", repr=False)  #: may hold a password
    model: str = ""
    dimensions: int = 0
    key: str = field(default="", repr=False)


def read_embedding(environ: Mapping[str, str]) -> Embedding:
    """Return what the variables ask for; unset or empty ones ask for nothing.

    Raises:
        ConfigError: a variable has a value that cannot be used, or one is missing.
    """
    asked = environ.get("AGGREGATOR_EMBED", "")
    if not asked:
        return Embedding()
    if asked in ("bundled", "none"):
        return Embedding(engine=asked)  # type: ignore[arg-type]
    if "://" not in asked or web_address(asked):
        # The value is not repeated where it may hold a password.
        said = "the value" if "@" in asked else shown(asked)
        remedy = "write bundled, none, or an address: http://localhost:8080/v1/embeddings"
        raise ConfigError(f"AGGREGATOR_EMBED: {said} is no engine", remedy=remedy)
    model = environ.get("AGGREGATOR_EMBED_MODEL", "")
    if not model:
        remedy = "set it to the model's name, as the endpoint calls it"
        raise ConfigError("AGGREGATOR_EMBED_MODEL: an endpoint needs it", remedy=remedy)
    return Embedding(
        engine="http",
        url=asked,
        model=model,
        dimensions=_dimensions(environ.get("AGGREGATOR_EMBED_DIMENSIONS", "")),
        key=environ.get("AGGREGATOR_EMBED_KEY", ""),
    )


def _dimensions(value: str) -> int:
    if (
        len(value) < 6
        and value.isascii()
        and value.isdecimal()
        and 0 < int(value) <= _MOST_DIMENSIONS
    ):
        return int(value)
    said = f"{shown(value)} is no number" if value else "an endpoint needs it"
    remedy = f"set it to how many numbers a vector has, 1 to {_MOST_DIMENSIONS}: 1024"
    raise ConfigError(f"AGGREGATOR_EMBED_DIMENSIONS: {said}", remedy=remedy)
