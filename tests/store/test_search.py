"""The search index, on both databases: what is found, in what order, and what is no longer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import or_, select

from aggregator.model import Article, Verdict
from aggregator.store import Connection, Database, articles, search
from aggregator.store.schema import articles as table
from aggregator.store.search import Aspect, Findable, Order, Within
from aggregator.text.keys import folded
from aggregator.text.tokens import query
from tests import builders
from tests.builders import NOW, WORDS

#: One database serves all examples.
ON_BOTH = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

#: Own sentences of each language, translated ones too.
OWN = {language: words[3:7] for language, words in WORDS.items()}

#: Letters of the scripts in which LIKE and the index find the same, marks too.
RUN = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e]{2,}|[\u3005\u3041-\u30fa\u30fc\u4e00-\u9fff가-힣]{2,}"
)


def store(db: Connection, some: Sequence[Article], **changes: Any) -> None:
    """Store articles, each a story of its own unless `story_id` says of which, and index them."""
    story_id = changes.pop("story_id", None)
    articles.save(db, some)
    verdicts = [
        Verdict(article_id=each.id, story_id=story_id or each.id, same_as=None, evidence=())
        for each in some
    ]
    articles.save_verdicts(db, verdicts, {each.id: each.first_seen for each in some})
    search.save(db, [findable(each, **changes) for each in some])


def findable(article: Article, **changes: Any) -> Findable:
    made = Findable(
        article_id=article.id,
        stamp="1",
        published=article.published,
        titles=(article.title,),
        texts=(article.summary,),
        aspects=frozenset({("language", article.language)}),
    )
    return replace(made, **changes)


def found(
    db: Connection,
    typed: str,
    within: Within | None = None,
    order: Order = "newest",
    limit: int = 1000,
) -> list[str]:
    hits = search.find(db, query(typed), within or Within(), limit, order)
    return [hit.article_id for hit in hits]


def told(*titles: str, **changes: Any) -> list[Article]:
    """Return articles of these titles, the first the newest, that say nothing else."""
    return [
        builders.article("ja", number, title=title, summary="", **changes)
        for number, title in enumerate(titles, 1)
    ]


def ids(some: Iterable[Article]) -> list[str]:
    return [each.id for each in some]


# --- what is found


FINDS: dict[str, list[int]] = {
    "授業": [0, 1],
    "業": [0, 1],
    "第3回": [0],
    "3": [0],
    "第3回 授業研究": [0],
    "研究授業": [1],
    "授業 -公開": [0],
    "-授業": [2, 3, 4, 5],
    "-授業 -learn*": [3, 4],
    "hoc tap": [3],
    "HỌC": [3],
    '"tap hoc"': [],
    '"hoc tap"': [3],
    "learn": [],
    "learn*": [2, 5],
    "l*": [2, 5],
    '"school as learn"*': [2],
    "learning-community": [2, 5],
    "community-learning": [],
    "โรงเรียน": [4],
    "รง": [4],
    "ี": [4],
    "授業 learning": [],
    "ない": [],
}


def test_words_parts_phrases_and_beginnings_are_found(database: Database) -> None:
    some = told(
        "第3回授業研究会",
        "公開研究授業",
        "School as Learning Community",
        "Đổi mới việc học tập",
        "โรงเรียนเรียนรู้",
        "A learning community: learners",
    )
    with database.begin() as db:
        store(db, some)
        for typed, places in FINDS.items():
            assert found(db, typed) == [some[place].id for place in places], typed


def test_a_phrase_does_not_go_on_in_another_text(database: Database) -> None:
    (article,) = told("lesson")
    with database.begin() as db:
        store(db, [article], titles=("lesson", "study"), texts=("group", "work"))
        for typed in ("lesson", "work", "lesson work study group"):
            assert found(db, typed) == [article.id]
        for typed in ('"lesson study"', '"study group"', '"group work"'):
            assert found(db, typed) == []


def parts(texts: Iterable[str], number: int) -> list[str]:
    """Return parts of two to six characters of the texts' runs; the same ones each time."""
    chance = Random(1)  # noqa: S311 - no secret
    runs = sorted({run for text in texts for run in RUN.findall(folded(text))})
    some = []
    for run in chance.choices(runs, k=number):
        start = chance.randrange(len(run) - 1)
        some.append(run[start : start + chance.randint(2, 6)])
    return some


def like(db: Connection, part: str) -> set[str]:
    """Return the articles in which LIKE finds a part."""
    holds = or_(
        table.c.title.contains(part, autoescape=True),
        table.c.summary.contains(part, autoescape=True),
    )
    return set(db.scalars(select(table.c.id).where(holds)))


def compare(db: Connection, sentences: Mapping[str, Sequence[str]], number: int) -> None:
    for language, lines in sentences.items():
        store(
            db,
            [
                builders.article(language, at, title=folded(title), summary=folded(summary))
                for at, (title, summary) in enumerate(zip(lines[::2], lines[1::2], strict=False))
            ],
        )
    for part in parts((line for lines in sentences.values() for line in lines), number):
        assert like(db, part) == set(found(db, part)), part


def test_like_finds_nothing_that_is_not_found(database: Database) -> None:
    with database.begin() as db:
        compare(db, OWN, 200)


def test_like_finds_nothing_in_news_that_is_not_found(database: Database, shared: Path) -> None:
    lines = {
        language: (shared / "parallel" / f"{language}.txt").read_text("utf-8").splitlines()[:200]
        for language in ("ja", "ko", "zh-Hans", "zh-Hant", "th")
    }
    with database.begin() as db:
        compare(db, lines, 300)


@given(st.text(st.one_of(st.characters(), st.sampled_from("\"'*-()^:&|!<>\\ §業ก")), max_size=40))
@ON_BOTH
def test_any_question_has_an_answer(database: Database, typed: str) -> None:
    with database.read() as db:
        for order in ("newest", "relevance"):
            assert found(db, typed, order=order) == []


@given(st.text(st.one_of(st.characters(), st.sampled_from("\"'*-()\\: §業ก")), max_size=40))
@ON_BOTH
def test_any_text_is_indexed_and_finds_itself(database: Database, text: str) -> None:
    text = text.replace("\0", "").encode("utf-8", "ignore").decode()
    (article,) = told(text)
    with database.begin() as db:
        store(db, [article])
        words = re.sub('["“”„‟«»「」『』＂*＊-]', " ", text)
        assert found(db, f'"{words}"') == [article.id]


# --- in what order


def test_the_newest_come_first_unless_the_best_are_asked_for(database: Database) -> None:
    some = told("公開", "授業の公開", "研究", "授業の公開と授業の研究")
    with database.begin() as db:
        store(db, some[1:3])
        store(db, [some[3], some[0]])
        assert found(db, "公開") == ids([some[0], some[1], some[3]])
        assert found(db, "公開", limit=2) == ids(some[:2])


def test_a_title_counts_more_than_a_summary(database: Database) -> None:
    newer = builders.article("id", 1, title="Berita sekolah", summary="Guru belajar bersama")
    older = builders.article("id", 2, title="Guru belajar", summary="Berita dari sekolah kami")
    with database.begin() as db:
        store(db, [newer, older])
        assert found(db, "belajar") == ids([newer, older])
        assert found(db, "belajar", order="relevance") == ids([older, newer])


def test_many_articles_of_one_minute_are_all_found(database: Database) -> None:
    some = [builders.article("ja", number, published=NOW) for number in range(100)]
    with database.begin() as db:
        store(db, some[:50])
        store(db, some[50:])
        assert set(found(db, "学び")) == set(ids(some))


def test_a_story_is_found_once_by_its_newest_article(database: Database) -> None:
    one, *others = told("公開授業", "公開授業", "公開研究", "公開")
    with database.begin() as db:
        store(db, [others[0]])
        store(db, [one, others[1]], story_id=others[0].id)
        store(db, [others[2]])
        hits = search.find(db, query("公開"), Within(), 2, "newest")
    said = [(hit.story_id, hit.article_id) for hit in hits]
    assert said == [(others[0].id, one.id), (others[2].id, others[2].id)]


# --- within what


def within(*aspects: tuple[Aspect, Sequence[str]], **changes: datetime) -> Within:
    return Within(aspects=tuple((name, tuple(values)) for name, values in aspects), **changes)


NARROWED = [
    (within(), [0, 1, 2]),
    (within(("country", ["jp"])), [0]),
    (within(("country", ["jp", "kr"])), [0, 1]),
    (within(("kind", ["news"])), [0, 2]),
    (within(("kind", ["news"]), ("country", ["kr", "tw"])), [2]),
    (within(("topic", ["lesson-study"])), [0, 1]),
    (within(("topic", ["lesson"])), []),
    (within(("language", ["zh-Hant"])), [2]),
    (within(since=NOW - timedelta(days=2, hours=2)), [0, 1]),
    (within(until=NOW - timedelta(days=2, hours=1)), [2]),
    (within(until=NOW - timedelta(days=2)), [1, 2]),
]


def test_a_search_can_be_narrowed(database: Database) -> None:
    said: list[tuple[str, set[tuple[Aspect, str]]]] = [
        ("ja", {("country", "jp"), ("kind", "news"), ("topic", "lesson-study")}),
        ("ko", {("country", "kr"), ("kind", "event"), ("topic", "lesson-study"), ("topic", "x")}),
        ("zh-Hant", {("country", "tw"), ("kind", "news")}),
    ]
    some = told("授業 lesson", "授業 lesson", "授業 lesson")
    with database.begin() as db:
        for article, (language, aspects) in zip(some, said, strict=True):
            store(db, [article], aspects=frozenset({*aspects, ("language", language)}))
        for narrowed, places in NARROWED:
            wanted = [some[place].id for place in places]
            for typed in ("授業", "", "授 -研究", "lesson"):
                assert found(db, typed, narrowed) == wanted
                assert set(found(db, typed, narrowed, "relevance")) == set(wanted)


def test_no_word_of_a_text_narrows_a_search(database: Database) -> None:
    with database.begin() as db:
        store(db, told("§kind§news kind news"))
        assert found(db, "", within(("kind", ["news"]))) == []
        assert found(db, "§language§ja") == []


# --- what changes


def test_a_text_that_changed_leaves_nothing_behind(database: Database) -> None:
    (article,) = told("公開授業")
    changed = replace(article, title="研究会", published=NOW - timedelta(days=400))
    with database.begin() as db:
        store(db, [article])
    with database.begin() as db:
        store(db, [changed])
        assert found(db, "公開") == []
        assert found(db, "研究") == [article.id]
        assert found(db, "-公開") == [article.id]
        assert found(db, "研究", within(since=NOW - timedelta(days=30))) == []
