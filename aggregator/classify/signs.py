"""An article's text and the concepts found in it -> the signs by which its subject is told.

A sign has a name, which the learned weights go by: `concept:<topic>`, `word:<topic>`, `glossary`,
`school` and `elsewhere`; the same sign in the summary alone is half as strong as in the title.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregator.classify.vocabulary import ELSEWHERE, SCHOOL
from aggregator.model.glossary import Concept, Found, Term
from aggregator.model.topics import Topic
from aggregator.text.terms import Terms

#: What a sign counts that stands in the summary and not in the title: titles say what a text is
#: about, summaries also what it touches.
SUMMARY_SHARE = 0.5

#: What two words of one sign count; further ones add nothing.
MOST = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How strongly a sign is there, 0 to `MOST`, and the words that say so."""

    strength: float
    words: tuple[str, ...]


class Words:
    """The words of all topics and of the vocabulary, ready to be found."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        said: dict[tuple[str, str], list[str]] = {}
        for topic in topics:
            for word in topic.words:
                said.setdefault(word, []).append(f"word:{topic.id}")
        # Two searches: the longest match wins in each, and a topic's word may hold "school".
        self._searches = (
            _Search(said),
            _Search({word: ["school"] for word in _pairs(SCHOOL)}),
            _Search({word: ["elsewhere"] for word in _pairs(ELSEWHERE)}),
        )
        self._topics: dict[str, list[str]] = {}
        for topic in topics:
            for concept in topic.concepts:
                self._topics.setdefault(concept, []).append(f"concept:{topic.id}")

    def signs(
        self, fields: Mapping[str, str], language: str, concepts: Iterable[Found]
    ) -> Mapping[str, Sign]:
        """Return the signs that are there, by name; *concepts* are those of the same fields."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for each in concepts:
            for name in ("glossary", *self._topics.get(each.concept, ())):
                _note(found[name], each)
        for search in self._searches:
            for each, names in search.find(fields, language):
                for name in names:
                    _note(found[name], each)
        return {
            name: Sign(strength=min(MOST, sum(words.values())), words=tuple(words))
            for name, words in found.items()
        }


class _Search:
    """Words with the signs each of them is."""

    def __init__(self, names: Mapping[tuple[str, str], Sequence[str]]) -> None:
        self._names = list(names.values())
        self._terms = Terms(
            Concept(
                id=str(at),
                group="words",
                terms=(Term(text=text, language=language, role="variant"),),
            )
            for at, (language, text) in enumerate(names)
        )

    def find(
        self, fields: Mapping[str, str], language: str
    ) -> Iterator[tuple[Found, Sequence[str]]]:
        for each in self._terms.look(fields, language, "").found:
            yield each, self._names[int(each.concept)]


def _pairs(words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((language, text) for language, texts in words.items() for text in texts)


def _note(words: dict[str, float], found: Found) -> None:
    share = SUMMARY_SHARE if found.field == "summary" else 1.0
    words[found.term] = max(share, words.get(found.term, 0.0))
