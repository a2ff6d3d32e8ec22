"""Articles whose stories are known: parallel news, what only looks like them, and news of schools.

`lookalikes-*.yaml` has for each document of the parallel corpus events of the same topic, written
for this; `own.yaml` has stories of the field as several newsrooms tell them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import yaml

from aggregator.model import Article
from aggregator.text.languages import LANGUAGES
from bench import articles
from bench.near.planted import Rewriter, Text
from bench.sentences.corpus import CORPUS, documents

HERE = Path(__file__).parent
LOOKALIKES = (HERE / "lookalikes-even.yaml", HERE / "lookalikes-odd.yaml")
OWN = HERE / "own.yaml"

#: Distractors in a stream, at least.
DISTRACTORS = 500

_DAY = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A title and its lead, and the story they tell."""

    story: str
    language: str
    title: str
    lead: str
    kind: str  #: where it comes from
    published: datetime = _DAY

    @property
    def name(self) -> str:
        """Another one for each text."""
        said = f"{self.story} {self.language} {self.title} {self.lead}"
        return blake2b(said.encode(), digest_size=8).hexdigest()


def parallel(half: int) -> list[Told]:
    """Return the articles of the even (0) or odd (1) documents: the first line and the next two."""
    return [
        Told(
            story=f"{half} {number}",
            language=language,
            title=lines[0],
            lead=" ".join(lines[1:3]),
            kind="parallel",
        )
        for language in LANGUAGES
        for number, lines in enumerate(documents(CORPUS, language, half))
    ]


def lookalikes(half: int) -> list[Told]:
    """Return what was written to look like the even or odd documents."""
    every = yaml.safe_load(LOOKALIKES[half].read_text("utf-8"))
    return [
        _told(f"like {half} {number}", language, text, "written")
        for number, event in enumerate(every)
        for language, text in event.items()
        if language != "like"
    ]


def recombined(half: int, number: int, seed: int) -> list[Told]:
    """Return what is put together from a title and two sentences of three documents.

    With the whole lead of another document it would be that document's text under a new headline.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    every = {language: documents(CORPUS, language, half) for language in LANGUAGES}
    found: list[Told] = []
    taken: set[tuple[tuple[int, int], ...]] = set()
    while len(found) < number:
        language = chance.choice(list(every))
        three = chance.sample(range(len(every[language])), 3)
        pairs = set(combinations(enumerate(three), 2))
        # Two with two of their sentences in common would be alike by right.
        if pairs & taken:
            continue
        taken |= pairs
        title, first, second = (every[language][at] for at in three)
        found.append(
            Told(
                story=f"mixed {half} {len(found)}",
                language=language,
                title=title[0],
                lead=f"{first[1]} {second[2 if len(second) > 2 else 1]}",
                kind="recombined",
            )
        )
    return found


def stream(half: int, seed: int) -> list[Told]:
    """Return a half's articles in random order among at least 500 distractors.

    A random third of the articles is dropped, another third is doubled by near copies, of which a
    fifth of the letters are others.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    every = parallel(half)
    chance.shuffle(every)
    third = len(every) // 3
    kept = every[third:]
    written = lookalikes(half)
    mixed = recombined(half, DISTRACTORS - len(written), seed)
    found = [*kept, *_copies(kept[:third], seed), *written, *mixed]
    chance.shuffle(found)
    hours = [chance.randrange(5 * 24) for _ in found]
    return [
        replace(told, published=_DAY + timedelta(hours=hour))
        for told, hour in zip(found, hours, strict=True)
    ]


def _copies(some: Sequence[Told], seed: int) -> Iterator[Told]:
    for language in LANGUAGES:
        mine = [told for told in some if told.language == language]
        rewriter = Rewriter([(t.title, t.lead) for t in mine], language, seed)
        for told in mine:
            text = Text(name=told.name, lines=(told.title, told.lead), of=told.name, kind="")
            for copied in list(rewriter.copies(text))[seed % 3 : seed % 3 + 1]:
                title, lead = copied.lines
                yield replace(told, title=title, lead=lead, kind="copy")


def own() -> list[Told]:
    """Return news of schools as several newsrooms tell them, and what looks like them."""
    found = []
    for story in yaml.safe_load(OWN.read_text("utf-8")):
        for text in story["texts"]:
            (language, said), *_ = text.items()
            day = datetime.combine(story["published"], _DAY.time(), UTC)
            told = _told(story["story"], language, said, "own")
            found.append(replace(told, published=day + timedelta(days=text.get("days", 0))))
    return found


def _told(story: str, language: str, text: str, kind: str) -> Told:
    title, *lead = text.strip().split("\n")
    return Told(story=story, language=language, title=title, lead=" ".join(lead), kind=kind)


def article(told: Told) -> Article:
    """Return the article that tells so, of a source of its own."""
    return articles.article(
        told.name, told.title, told.lead, told.published, language=told.language
    )
