"""News made of sentences: as many items as are asked for, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from aggregator.model import Article
from aggregator.store.search import Findable
from tests import builders

#: The time that the items are from, until the present of the tests.
YEARS = 10

#: Of 100 items how many are in a language, of a kind, in a topic; further topics are as rare.
LANGUAGES = {
    "ja": 20, "ko": 15, "zh-Hans": 15, "zh-Hant": 10, "vi": 15, "th": 10, "id": 10, "en": 5,
}  # fmt: skip
KINDS = {"news": 70, "event": 15, "research": 10, "policy": 5}
TOPICS = tuple(f"topic-{number}" for number in range(12))

#: Sentences of an item below its title: some 200 Chinese or 500 Latin letters.
SENTENCES = 3


def sentences(folder: Path) -> dict[str, list[str]]:
    """Return each language's sentences in the same order: a folder's, else the tests' own."""
    files = {language: folder / f"{language}.txt" for language in LANGUAGES}
    if all(path.exists() for path in files.values()):
        return {name: path.read_text("utf-8").splitlines() for name, path in files.items()}
    return {name: list(builders.WORDS[name][3:5]) for name in LANGUAGES}


def items(
    number: int, words: Mapping[str, Sequence[str]], seed: int
) -> Iterator[tuple[Article, Findable]]:
    """Yield items of a title and a few sentences, all with an English translation."""
    chance = Random(seed)  # noqa: S311 - no secret
    for _ in range(number):
        language = chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        said = [chance.randrange(len(words[language])) for _ in range(SENTENCES + 1)]
        article = replace(
            builders.article(language),
            id=(key := str(UUID(int=chance.getrandbits(128), version=4))),
            key=key,
            url=f"https://example.org/{key}",
            title=words[language][said[0]],
            summary=" ".join(words[language][each] for each in said[1:]),
            body="",
            published=builders.NOW - timedelta(minutes=chance.randrange(YEARS * 365 * 24 * 60)),
            content_hash=key,
        )
        yield article, _findable(article, [words["en"][each] for each in said], chance)


def _findable(article: Article, english: Sequence[str], chance: Random) -> Findable:
    translated = article.language != "en"
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    topic = TOPICS[min(int(chance.expovariate(0.5)), len(TOPICS) - 1)]
    return Findable(
        article_id=article.id,
        stamp="",
        published=article.published,
        titles=(article.title, english[0])[: 1 + translated],
        texts=(article.summary, " ".join(english[1:]))[: 1 + translated],
        aspects=frozenset(
            {
                ("country", builders.WORDS[article.language][0]),
                ("language", article.language),
                ("kind", kind),
                ("topic", topic),
            }
        ),
    )
