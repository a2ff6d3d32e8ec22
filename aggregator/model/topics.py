"""What articles can be about, and what one is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing that articles can be about, as `topics.yaml` describes it."""

    id: str
    name: str
    about: str  #: one sentence: what belongs there, and which neighbor takes the rest
    concepts: tuple[str, ...] = ()  #: ids of the glossary
    words: tuple[tuple[str, str], ...] = ()  #: pairs of language and text that speak for it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts for one question: "is it about this topic?", "is it relevant?"."""

    bias: float
    signs: Mapping[str, float]  #: by the sign's name
    vector: Sequence[float] = ()  #: by the vector's places; empty: vectors are not looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was learned from examples for the vectors of one engine, or for none."""

    engine: str  #: whose vectors are meant, "" for a head that uses none
    version: str
    relevance: Weights
    topics: Mapping[str, Weights]  #: by id
    gate: float  #: what `relevance` gives an article that just concerns schools
    least: float  #: least score of a topic
    near: float  #: by how much a further topic may score less than the best one


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLabel:
    """One topic of an article, and why we say so."""

    topic: str  #: id
    score: float  #: 0 to 1
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an article is about, and whether it concerns the reform of schools."""

    topics: tuple[TopicLabel, ...] = ()  #: the best first
    relevance: float = 1.0  #: 0 to 1; from 0.5 on it does
    because: str = ""  #: of the relevance
