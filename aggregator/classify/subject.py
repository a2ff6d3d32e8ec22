"""An article's signs and vector -> its topics and its relevance, each with the reason."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import mul

from aggregator.classify.signs import Sign, Words
from aggregator.model import Article
from aggregator.model.glossary import Found
from aggregator.model.topics import Head, Subject, Topic, TopicLabel, Weights

#: What a topic scores by each of its signs when the head has no weights for it: one that an
#: editor has added since they were learned. Two signs make a topic.
UNLEARNED = 0.2

#: What a topic must score in an article that is not relevant. Universities are a topic, and no
#: matter of schools; a museum that has classes is neither.
ALONE = 0.4

#: From which share of a score the vector is named as a reason.
NAMED = 0.1

#: How many of the words that were found a reason quotes.
QUOTED = 5

#: The relevance from which an article concerns schools: heads differ in where that begins, so
#: their scores are moved until it is here.
RELEVANT = 0.5

#: The country of the network's own sources, which write of nothing else.
NETWORK = "int"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known of a text when it is judged."""

    signs: Mapping[str, Sign]
    vector: Sequence[float] = ()

    def score(self, weights: Weights) -> float:
        """Return what the weights make of it: about 1 for yes and 0 for no."""
        said = sum(
            weights.signs.get(name, 0.0) * sign.strength for name, sign in self.signs.items()
        )
        return weights.bias + said + self.likeness(weights)

    def likeness(self, weights: Weights) -> float:
        """Return what the vector alone adds to the score."""
        return math.fsum(map(mul, weights.vector, self.vector))

    def words(self, *names: str) -> tuple[str, ...]:
        """Return the words behind these signs."""
        there = [self.signs[name] for name in names if name in self.signs]
        return tuple(dict.fromkeys(word for sign in there for word in sign.words))


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
        self._by_signs, self._by_vectors = by_signs, by_vectors

    @property
    def engine(self) -> str:
        """The engine whose vectors are looked at; "" when none are."""
        return self._by_vectors.engine if self._by_vectors else ""

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
        signs = self._words.signs(fields, article.language, concepts)
        if vector and self._by_vectors:
            reading, head = Reading(signs=signs, vector=vector), self._by_vectors
        else:
            reading, head = Reading(signs=signs), self._by_signs
        return judged(reading, head, self._topics, is_network=country == NETWORK)


def _version(*parts: object) -> str:
    """Return another text whenever the same article could get another subject by these."""
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def judged(
    reading: Reading, head: Head, topics: Sequence[Topic], *, is_network: bool = False
) -> Subject:
    """Return what a head makes of a reading."""
    relevance = reading.score(head.relevance)
    relevant = relevance >= head.gate
    labels = tuple(_labels(reading, head, topics, relevant=relevant or is_network))
    if is_network:
        return Subject(topics=labels, relevance=1.0, because="the network's own source")
    because = _relevance_reason(reading, relevant=relevant)
    return Subject(
        topics=labels, relevance=_share(relevance - head.gate + RELEVANT), because=because
    )


def _labels(
    reading: Reading, head: Head, topics: Sequence[Topic], *, relevant: bool
) -> Iterator[TopicLabel]:
    scored = [(_topic_score(reading, head, topic), topic) for topic in topics]
    scored.sort(key=lambda pair: -pair[0])
    best = scored[0][0] if scored else 0.0
    least = max(head.least if relevant else ALONE, best - head.near)
    for score, topic in scored:
        if score >= least:
            because = _topic_reason(reading, head, topic)
            yield TopicLabel(topic=topic.id, score=_share(score), because=because)


def _topic_score(reading: Reading, head: Head, topic: Topic) -> float:
    if topic.id in head.topics:
        return reading.score(head.topics[topic.id])
    signs = [reading.signs.get(name) for name in _names(topic)]
    return UNLEARNED * sum(sign.strength for sign in signs if sign)


def _names(topic: Topic) -> tuple[str, str]:
    return f"concept:{topic.id}", f"word:{topic.id}"


def _topic_reason(reading: Reading, head: Head, topic: Topic) -> str:
    words = reading.words(*_names(topic))
    said = [f"says {', '.join(words[:QUOTED])}"] if words else []
    weights = head.topics.get(topic.id)
    if weights and reading.likeness(weights) > NAMED:
        said.append(f"reads like {topic.name}")
    return " and ".join(said) or "fits best of all topics"


def _relevance_reason(reading: Reading, *, relevant: bool) -> str:
    words = reading.words("glossary", "school") if relevant else reading.words("elsewhere")
    if words:
        return f"says {', '.join(words[:QUOTED])}"
    if reading.vector:
        return "reads like news of schools" if relevant else "reads like other news"
    return "says nothing that other fields say" if relevant else "says no word of schools"


def _share(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)
