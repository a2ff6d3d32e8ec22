"""What articles can be about, and what one is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


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
    """How much each sign counts for one answer: "it is about this topic", "it is relevant"."""

    bias: float
    signs: Mapping[str, float] = field(default_factory=dict)  #: by the sign's name
    vector: Sequence[float] = ()  #: by the vector's places; empty: vectors are not looked at


#: Answers of a head that are no topic's id: no topic at all, and "it is relevant".
NO_TOPIC = ""
CONCERNS = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was learned from examples for the vectors of one engine, or for none.

    Of its answers on topics one holds, no topic among them: their weights make shares of 1.
    """

    engine: str  #: whose vectors are meant, "" for a head that uses none
    version: str
    relevance: Weights
    none: Weights  #: of no topic
    topics: Mapping[str, Weights]  #: by id
    gate: float  #: what `relevance` weighs for an article that just concerns schools
    least: float  #: least score of a topic
    near: float  #: by how much a further topic may score less than the best one
    #: what each piece of a text adds to which answers
    pieces: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    trust: float = 0.0  #: how much the weights of the head without vectors count beside its own


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
