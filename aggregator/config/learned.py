"""The shipped weights: of topics and relevance, and of what tells one story."""

import json
from importlib.resources import files
from typing import Any

from aggregator.model import Doubts, Lengths, Likelihood
from aggregator.model.topics import Head, Weights

#: What was learned for each engine's vectors, and for none.
_HEADS = files("aggregator.config") / "heads"


def signs_head() -> Head:
    """Return the weights for texts without a vector."""
    return head_of(json.loads((_HEADS / "signs.json").read_text("utf-8")))


def vectors_head(engine: str, version: str) -> Head | None:
    """Return the weights for an engine's vectors, None where none were learned for this version."""
    file = _HEADS / f"{engine}.json"
    if not file.is_file():
        return None
    head = head_of(json.loads(file.read_text("utf-8")))
    return head if (head.engine, head.version) == (engine, version) else None


def likelihood(engine: str, version: str) -> Likelihood | None:
    """Return what was learned of stories in an engine's vectors, None if nothing for them."""
    file = _HEADS / f"stories-{engine}.json"
    if not file.is_file():
        return None
    found = Likelihood(**json.loads(file.read_text("utf-8")))
    return found if found.engine == f"{engine}/{version}" else None


def doubts(engine: str, version: str) -> tuple[Doubts, ...]:
    """Return what was learned of translations: with an engine's vectors if so, then without."""
    data = json.loads((_HEADS / "checks.json").read_text("utf-8"))
    name = f"{engine}/{version}"
    return tuple(doubts_of(data, each) for each in (name, "") if each in data["heads"])


def doubts_of(data: Any, engine: str) -> Doubts:
    """Return what was learned with an engine's vectors, "" for none, as it was written as JSON."""
    return Doubts(
        version=f"{data['version']} {engine}".strip(),
        lengths=Lengths(**data["lengths"]),
        engine=engine,
        **data["heads"][engine],
    )


def head_of(data: Any) -> Head:
    """Return the head that was written as JSON."""
    return Head(
        engine=data["engine"],
        version=data["version"],
        relevance=_weights(data["relevance"]),
        none=_weights(data["none"]),
        topics={topic: _weights(each) for topic, each in data["topics"].items()},
        gate=data["gate"],
        least=data["least"],
        near=data["near"],
        pieces=_pieces(data["pieces"]),
        trust=data["trust"],
    )


def _weights(data: Any) -> Weights:
    return Weights(bias=data["bias"], signs=data["signs"], vector=tuple(data["vector"]))


def _pieces(data: Any) -> dict[str, list[tuple[str, float]]]:
    # In the file those of one answer and weight stand in one string: half as many bytes.
    pieces: dict[str, list[tuple[str, float]]] = {}
    for answer, groups in data.items():
        for weight, written in groups.items():
            for piece in written.split("|"):
                pieces.setdefault(piece, []).append((answer, float(weight)))
    return pieces
