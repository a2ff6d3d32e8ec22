"""The titles with their labels, the examples, and the taxonomy they are measured by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from aggregator.config.fields import LANGUAGES
from aggregator.config.glossary import read_glossary
from aggregator.config.topics import read_topics
from aggregator.model.glossary import Concept
from aggregator.model.topics import Topic

HERE = Path(__file__).parent
TOP = HERE.parents[1]

#: Whose terms count in a title: the titles have no source, so their language's own country.
COUNTRY = {
    "ja": "jp", "ko": "kr", "zh-Hans": "cn", "zh-Hant": "tw",
    "vi": "vn", "th": "th", "id": "id", "en": "sg",
}  # fmt: skip


#: Into how many parts the examples fall; one is held out where something is chosen.
PARTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One news title in all languages, and what two readers say of it."""

    n: int
    texts: Mapping[str, str]
    topics: frozenset[str]
    maybe: frozenset[str]  #: only one of the two says so: neither right nor wrong
    relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A headline to learn from; without topics: what does not concern schools."""

    topics: frozenset[str]
    language: str
    text: str
    part: int  #: 0 to 4, the same for one headline in several languages


def titles(*, odd: bool) -> tuple[Title, ...]:
    """Return the half that is scored (odd numbers) or the one that calibrates."""
    labels = {each["n"]: each for each in _load(HERE / "labels.yaml")}
    return tuple(
        Title(
            n=each["n"],
            texts={code: each[code] for code in LANGUAGES},
            topics=frozenset(labels[each["n"]]["topics"]),
            maybe=frozenset(labels[each["n"]].get("maybe", ())),
            relevant=labels[each["n"]]["relevant"],
        )
        for each in _load(HERE / "titles.yaml")
        if each["n"] % 2 == odd
    )


def examples() -> Iterator[Example]:
    """Yield the headlines to learn from."""
    for path in sorted((HERE / "examples").glob("*.yaml")):
        for at, entry in enumerate(_load(path)):
            topics = frozenset(entry["topics"])
            for code in LANGUAGES:
                for place, text in enumerate(entry.get(code, ()), at):
                    yield Example(topics=topics, language=code, text=text, part=place % PARTS)


def taxonomy() -> tuple[Sequence[Concept], Sequence[Topic]]:
    """Return the concepts of the glossary and the topics, as they ship."""
    concepts = read_glossary(TOP / "glossary.yaml")
    return concepts, read_topics(TOP / "topics.yaml", {each.id for each in concepts})


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
