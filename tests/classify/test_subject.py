"""What an article is about: signs, weights, and the reasons that are given."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.classify import Classifier
from aggregator.classify.signs import MOST, Words
from aggregator.classify.subject import Reading, judged
from aggregator.model.glossary import Found
from aggregator.model.topics import CONCERNS, Head, Topic, Weights
from tests.builders import article

BULLYING = Topic(
    id="bullying",
    name="Bullying",
    about="Bullying among pupils.",
    concepts=("bullying",),
    words=(("en", "beaten"), ("ja", "いじめ"), ("th", "กลั่นแกล้ง")),
)
EXAMS = Topic(id="exams", name="Exams", about="Tests.", words=(("en", "exam"), ("ja", "入試")))
NEW = Topic(id="new", name="New", about="Added later.", words=(("en", "garden"), ("en", "bees")))
TOPICS = (BULLYING, EXAMS, NEW)

BY_SIGNS = Head(
    engine="",
    version="1",
    relevance=Weights(bias=-1.0, signs={"school": 2.0, "elsewhere": -2.0, "glossary": 1.0}),
    none=Weights(bias=0.0),
    topics={
        "bullying": Weights(bias=-3.0, signs={"word:bullying": 2.5, "concept:bullying": 4.0}),
        "exams": Weights(bias=-3.0, signs={"word:exams": 3.0}),
    },
    pieces={
        "yard": [("bullying", 4.0), (CONCERNS, 4.0)],
        "試験": [("exams", 6.0)],
        "験日": [("exams", 6.0)],
    },
    gate=0.0,
    least=0.2,
    near=0.3,
)
BY_VECTORS = replace(
    BY_SIGNS,
    engine="fake",
    pieces={},
    relevance=Weights(bias=0.0, vector=(2.0, 2.0, -8.0)),
    topics={
        "bullying": Weights(bias=-3.0, vector=(5.0, 0.0, 0.0)),
        "exams": Weights(bias=-3.0, vector=(0.0, 5.0, 0.0)),
    },
    trust=0.5,
)
SIGNS_ALONE = Classifier(TOPICS, BY_SIGNS)

WORDS = Words(())


def found(concept: str, term: str, field: str = "title") -> Found:
    return Found(
        concept=concept, term=term, language="en", field=field, start=0, end=1, role="preferred"
    )


def told(title: str, language: str = "en", summary: str = "") -> tuple[list[str], float]:
    made = replace(article(), title=title, summary=summary, language=language)
    subject = SIGNS_ALONE.subject(made, "xx", ())
    return [label.topic for label in subject.topics], subject.relevance


@pytest.mark.parametrize(
    ("title", "language", "topics"),
    [
        ("Pupil beaten at school", "en", ["bullying"]),
        ("学校のいじめ、入試に影響", "ja", ["exams", "bullying"]),
        ("นักเรียนถูกกลั่นแกล้งในโรงเรียน", "th", ["bullying"]),
        ("School bees in the school garden", "en", ["new"]),
        ("Team beaten in the league final", "en", []),
        ("", "vi", []),
    ],
)
def test_words_of_any_language_tell_the_topic_of_what_concerns_schools(
    title: str, language: str, topics: list[str]
) -> None:
    assert told(title, language)[0] == topics


def test_a_word_in_the_title_says_more_than_one_in_the_summary() -> None:
    title, summary = told("School", summary="")[1], told("Garden", summary="at a school")[1]
    assert title > summary > told("Garden", summary="in a park")[1]


def test_learned_pieces_of_a_text_tell_its_topic_and_are_quoted_whole() -> None:
    made = replace(article(), title="In the yard", summary="", language="en")
    subject = SIGNS_ALONE.subject(made, "xx", ())
    assert [(label.topic, label.because) for label in subject.topics] == [("bullying", "says yard")]
    assert subject.because == "says yard"
    made = replace(article(), title="来週は試験日", summary="", language="ja")
    subject = SIGNS_ALONE.subject(made, "xx", ())
    assert [(label.topic, label.because) for label in subject.topics] == [("exams", "says 試験日")]


def test_each_label_says_why() -> None:
    made = replace(article(), title="Pupil beaten at school", summary="", language="en")
    subject = SIGNS_ALONE.subject(made, "xx", [found("bullying", "mobbing")])
    assert subject.topics[0].because == "says mobbing, beaten"
    assert subject.because.startswith("says mobbing, ")


def test_a_vector_tells_what_no_word_says_and_is_named_as_the_reason() -> None:
    made = replace(article(), title="They waited at the gate", summary="", language="en")
    classifier = Classifier(TOPICS, BY_SIGNS, BY_VECTORS)
    subject = classifier.subject(made, "xx", (), (1.0, 0.0, 0.0))
    assert [label.topic for label in subject.topics] == ["bullying"]
    assert subject.topics[0].because == "reads like Bullying"
    assert subject.because == "reads like news of schools"
    other = classifier.subject(made, "xx", (), (0.0, 0.0, 1.0))
    assert (other.topics, other.because) == ((), "reads like other news")
    assert other.relevance < 0.01


def test_a_vector_and_what_the_text_says_count_together() -> None:
    made = replace(article(), title="The exam and a pupil beaten", summary="", language="en")
    classifier = Classifier(TOPICS, BY_SIGNS, BY_VECTORS)
    said = classifier.subject(made, "xx", ()).topics
    both = classifier.subject(made, "xx", (), (1.0, 0.0, 0.0)).topics
    assert [label.topic for label in said] == ["exams", "bullying"]
    assert (both[0].topic, both[0].because) == ("bullying", "says beaten and reads like Bullying")


@pytest.mark.parametrize("vector", [None, ()])
def test_without_a_vector_the_signs_decide(vector: tuple[float, ...] | None) -> None:
    made = replace(article(), title="Pupil beaten at school", summary="", language="en")
    with_engine = Classifier(TOPICS, BY_SIGNS, BY_VECTORS).subject(made, "xx", (), vector)
    assert with_engine == Classifier(TOPICS, BY_SIGNS).subject(made, "xx", ())


def test_vectors_that_no_head_knows_are_not_looked_at() -> None:
    made = replace(article(), title="Pupil beaten at school", summary="", language="en")
    classifier = Classifier(TOPICS, BY_SIGNS)
    assert classifier.subject(made, "xx", (), (1.0,)) == classifier.subject(made, "xx", ())


def test_what_the_network_writes_is_relevant_whatever_it_says() -> None:
    made = replace(article(), title="Match result", summary="", language="en")
    subject = SIGNS_ALONE.subject(made, "int", ())
    assert (subject.relevance, subject.because) == (1.0, "the network's own source")


def test_a_topic_alone_must_be_sure_where_schools_are_not_concerned() -> None:
    signs = Words(TOPICS).signs({"title": "an exam"}, "en", ())
    labels = judged(Reading(signs=signs), BY_SIGNS, (EXAMS,)).topics
    assert [label.topic for label in labels] == ["exams"]
    weaker = replace(BY_SIGNS, topics={"exams": Weights(bias=-3.0, signs={"word:exams": 2.5})})
    assert not judged(Reading(signs=signs), weaker, (EXAMS,)).topics
    assert judged(Reading(signs=signs), weaker, (EXAMS,), is_network=True).topics


@given(title=st.text(max_size=80), language=st.sampled_from(["ja", "th", "vi", "en", "zh-Hant"]))
def test_scores_lie_between_nothing_and_one(title: str, language: str) -> None:
    made = replace(article(), title=title, language=language)
    subject = SIGNS_ALONE.subject(made, "xx", ())
    assert 0.0 <= subject.relevance <= 1.0
    assert all(0.0 <= label.score <= 1.0 and label.because for label in subject.topics)


@given(words=st.lists(st.sampled_from(["school", "pupil", "teacher", "lesson"]), max_size=20))
def test_a_sign_does_not_grow_with_the_length_of_a_text(words: list[str]) -> None:
    signs = WORDS.signs({"title": " and ".join(words)}, "en", ())
    assert all(sign.strength <= MOST for sign in signs.values())
    assert ("school" in signs) == bool(words)
