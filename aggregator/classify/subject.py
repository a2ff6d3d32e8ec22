"""An article's signs, pieces and vector -> its topics and its relevance, each with the reason."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from operator import mul

from aggregator.classify.grams import Grams, grams
from aggregator.classify.signs import Sign, Words
from aggregator.model import Article
from aggregator.model.glossary import Found
from aggregator.model.topics import (
    CONCERNS,
    NO_TOPIC,
    Head,
    Subject,
    Topic,
    TopicLabel,
    Weights,
)

#: What a topic scores by each of its signs when the head has no weights for it: one that an
#: editor has added since they were learned. Two signs make a topic.
UNLEARNED = 0.2

#: What a topic must score in an article that is not relevant. Universities are a topic, and no
#: matter of schools; a museum that has classes is neither.
ALONE = 0.4

#: From what it adds to a weight on the pieces of a text are named as a reason, and the vector:
#: this makes a topic e^.3 (1.3) times, and e (2.7) times as likely.
NAMED = 0.3
NAMED_VECTOR = 1.0

#: How many of the words that were found a reason quotes.
QUOTED = 5

#: The relevance from which an article concerns schools: as likely as not, for a head whose gate is
#: taken off.
RELEVANT = 0.5

#: The country of the network's own sources, which write of nothing else.
NETWORK = "int"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known of a text when it is judged."""

    signs: Mapping[str, Sign]
    grams: Grams = field(default_factory=Grams)
    vector: Sequence[float] = ()

    def weigh(self, weights: Weights) -> float:
        """Return what the weights make of the signs and the vector."""
        signs = sum(
            weights.signs.get(name, 0.0) * sign.strength for name, sign in self.signs.items()
        )
        return weights.bias + signs + self.likeness(weights)

    def likeness(self, weights: Weights) -> float:
        """Return what the vector alone adds."""
        added: float = sum(map(mul, weights.vector, self.vector))
        return added

    def words(self, *names: str) -> tuple[str, ...]:
        """Return the words behind these signs."""
        there = [self.signs[name] for name in names if name in self.signs]
        return tuple(dict.fromkeys(word for sign in there for word in sign.words))

    def added(self, head: Head) -> Mapping[str, Mapping[str, float]]:
        """Return what the pieces add to each answer, by piece."""
        found: dict[str, dict[str, float]] = {}
        for piece, strength in self.grams.strengths.items():
            for answer, weight in head.pieces.get(piece, ()):
                found.setdefault(answer, {})[piece] = weight * strength
        return found


class Classifier:
    """What tells subjects: built once, used for any article.

    Args:
        topics: what an article can be about.
        by_signs: the head for texts without a vector.
        by_vectors: the head for the vectors that there are; without it they are not looked at.
    """

    def __init__(
        self, topics: Sequence[Topic], by_signs: Head, by_vectors: Head | None = None
    ) -> None:
        self._topics = tuple(topics)
        self.version = _version(topics, by_signs, by_vectors)
        self._words = Words(topics)
        self._by_signs = by_signs
        self._by_vectors = by_vectors and joined(by_vectors, by_signs)

    def subject(
        self,
        article: Article,
        country: str,
        concepts: Iterable[Found],
        vector: Sequence[float] | None = None,
    ) -> Subject:
        """Return what the article is about and whether it concerns schools.

        *country* is its source's, *concepts* are those found in its title and summary, *vector*
        is the one of its title, or of title and summary.
        """
        fields = {"title": article.title, "summary": article.summary}
        reading = Reading(
            signs=self._words.signs(fields, article.language, concepts),
            grams=grams(article.title, article.summary, article.language),
        )
        head = self._by_signs
        if vector and self._by_vectors:
            reading, head = replace(reading, vector=vector), self._by_vectors
        return judged(reading, head, self._topics, is_network=country == NETWORK)


def _version(*parts: object) -> str:
    """Return another text whenever the same article could get another subject by these."""
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def joined(by_vectors: Head, by_signs: Head) -> Head:
    """Return the head for vectors that also weighs what the other one does, as far as it trusts."""
    trust = by_vectors.trust

    def both(one: Weights, other: Weights) -> Weights:
        signs = {name: trust * weight for name, weight in other.signs.items()}
        return replace(one, bias=one.bias + trust * other.bias, signs={**one.signs, **signs})

    return replace(
        by_vectors,
        relevance=both(by_vectors.relevance, by_signs.relevance),
        none=both(by_vectors.none, by_signs.none),
        topics={
            topic: both(weights, by_signs.topics[topic]) if topic in by_signs.topics else weights
            for topic, weights in by_vectors.topics.items()
        },
        pieces={
            piece: [(answer, trust * weight) for answer, weight in weights]
            for piece, weights in by_signs.pieces.items()
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """A head before a reading."""

    reading: Reading
    head: Head
    added: Mapping[str, Mapping[str, float]]  #: by answer and piece

    def relevance(self) -> float:
        """Return how likely the article concerns schools."""
        return 1.0 / (1.0 + _odds(self.head.gate - self._weight(CONCERNS, self.head.relevance)))

    def topic_scores(self, topics: Sequence[Topic]) -> Iterator[tuple[float, Topic]]:
        """Yield the share of each topic in 1, part of which no topic has."""
        learned = self.head.topics
        odds = {topic: _odds(self._weight(topic, weights)) for topic, weights in learned.items()}
        total = sum(odds.values()) + _odds(self._weight(NO_TOPIC, self.head.none))
        for topic in topics:
            if topic.id in odds:
                yield odds[topic.id] / total, topic
            else:
                signs = [self.reading.signs.get(name) for name in _names(topic)]
                yield UNLEARNED * sum(sign.strength for sign in signs if sign), topic

    def _weight(self, answer: str, weights: Weights) -> float:
        return self.reading.weigh(weights) + sum(self.added.get(answer, {}).values())

    def topic_reason(self, topic: Topic) -> str:
        words = self.reading.words(*_names(topic)) or self._telling(topic.id)
        said = [f"says {', '.join(words[:QUOTED])}"] if words else []
        weights = self.head.topics.get(topic.id)
        if weights and self.reading.likeness(weights) >= NAMED_VECTOR:
            said.append(f"reads like {topic.name}")
        return " and ".join(said) or "fits best of all topics"

    def relevance_reason(self, *, relevant: bool) -> str:
        names = ("glossary", "school") if relevant else ("elsewhere",)
        words = self.reading.words(*names) or (self._telling(CONCERNS) if relevant else ())
        if words:
            return f"says {', '.join(words[:QUOTED])}"
        if self.reading.vector:
            return "reads like news of schools" if relevant else "reads like other news"
        return "says nothing that other fields say" if relevant else "says no word of schools"

    def _telling(self, answer: str) -> tuple[str, ...]:
        """Return what the text says with the pieces that speak for an answer most."""
        added = self.added.get(answer, {})
        best = sorted((p for p in added if added[p] >= NAMED), key=lambda p: (-added[p], p))
        return self.reading.grams.said(best[:QUOTED])


def judged(
    reading: Reading, head: Head, topics: Sequence[Topic], *, is_network: bool = False
) -> Subject:
    """Return what a head makes of a reading."""
    judgement = _Judgement(reading=reading, head=head, added=reading.added(head))
    relevance = judgement.relevance()
    relevant = relevance >= RELEVANT
    labels = tuple(_labels(judgement, topics, relevant=relevant or is_network))
    if is_network:
        return Subject(topics=labels, relevance=1.0, because="the network's own source")
    because = judgement.relevance_reason(relevant=relevant)
    return Subject(topics=labels, relevance=_share(relevance), because=because)


def _labels(
    judgement: _Judgement, topics: Sequence[Topic], *, relevant: bool
) -> Iterator[TopicLabel]:
    scored = sorted(judgement.topic_scores(topics), key=lambda pair: -pair[0])
    best = scored[0][0] if scored else 0.0
    least = max(judgement.head.least if relevant else ALONE, best - judgement.head.near)
    for score, topic in scored:
        if score >= least:
            because = judgement.topic_reason(topic)
            yield TopicLabel(topic=topic.id, score=_share(score), because=because)


def _names(topic: Topic) -> tuple[str, str]:
    return f"concept:{topic.id}", f"word:{topic.id}"


def _odds(weight: float) -> float:
    """Return e to the power of the weight, which is held where that can be told."""
    return math.exp(max(-50.0, min(50.0, weight)))


def _share(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)
