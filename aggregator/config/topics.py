"""topics.yaml -> what articles can be about; and the weights that were learned for it."""

import json
from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from aggregator.config.complaints import Complaint, filled, one_error
from aggregator.config.fields import LANGUAGES, UNIQUE, Form, Slug, Text, suggestion, wrong
from aggregator.config.yaml_file import read_yaml
from aggregator.model import Likelihood
from aggregator.model.topics import Head, Topic, Weights
from aggregator.text.languages import LANGUAGES as KNOWN
from aggregator.text.terms.spelling import spelled

#: One letter would stand in every text.
SHORTEST = 2


def _word(value: str) -> str:
    if len(spelled(value).letters) < SHORTEST:
        raise wrong(f"`{value}` is too short", "write a longer one: it would stand in every text")
    return value


#: What was learned for each engine's vectors, and for none.
_HEADS = files("aggregator.config") / "heads"

_WordList = Annotated[list[Annotated[Text, AfterValidator(_word)]], *UNIQUE]
_words: dict[str, Any] = {
    code: (_WordList | None, Field(None, description=f"words in {KNOWN[code].name}"))
    for code in LANGUAGES
}
WordsForm: Any = create_model(
    "WordsForm", __doc__="Words of headlines, by language.", __base__=Form, **_words
)


class TopicForm(Form):
    """One topic that articles can have."""

    topic: Slug = Field(description="its id: never change it, feeds are named after it")
    name: Text = Field(description="in English, as readers see it")
    about: Text = Field(description="one sentence: what belongs there, and what does not")
    concepts: list[Slug] = Field(description="ids of the glossary that speak for it; may be []")
    words: WordsForm | None = Field(None, description="further words that speak for it")


TopicsForm = list[TopicForm]


def read_topics(path: Path, concepts: Collection[str]) -> tuple[Topic, ...]:
    """Return the topics of the file in their order; *concepts* are the ids of the glossary.

    Raises:
        ConfigError: the file is not as the schema says, has a topic or a concept twice, or names
            a concept that the glossary does not have.
    """
    file = read_yaml(path)
    if file.data in (None, []):
        return ()
    forms = filled(file, TopicsForm)
    if complaints := list(_complaints(forms, concepts)):
        raise one_error(file, complaints)
    return tuple(map(_topic, forms))


def signs_head() -> Head:
    """Return the weights for texts without a vector."""
    return head_of(json.loads((_HEADS / "signs.json").read_text("utf-8")))


def vectors_head(engine: str, version: str) -> Head | None:
    """Return the weights for an engine's vectors, None where none were learned for this version."""
    file = _HEADS / f"{engine}.json"
    if not file.is_file():
        return None
    head = head_of(json.loads(file.read_text("utf-8")))
    return head if (head.engine, head.version) == (engine, version) else None


def likelihood(engine: str, version: str) -> Likelihood | None:
    """Return what was learned of stories in an engine's vectors, None if nothing for them."""
    file = _HEADS / f"stories-{engine}.json"
    if not file.is_file():
        return None
    found = Likelihood(**json.loads(file.read_text("utf-8")))
    return found if found.engine == f"{engine}/{version}" else None


def head_of(data: Any) -> Head:
    """Return the head that was written as JSON."""
    return Head(
        engine=data["engine"],
        version=data["version"],
        relevance=_weights(data["relevance"]),
        none=_weights(data["none"]),
        topics={topic: _weights(each) for topic, each in data["topics"].items()},
        gate=data["gate"],
        least=data["least"],
        near=data["near"],
        pieces=_pieces(data["pieces"]),
        trust=data["trust"],
    )


def _weights(data: Any) -> Weights:
    return Weights(bias=data["bias"], signs=data["signs"], vector=tuple(data["vector"]))


def _pieces(data: Any) -> dict[str, list[tuple[str, float]]]:
    # In the file those of one answer and weight stand in one string: half as many bytes.
    pieces: dict[str, list[tuple[str, float]]] = {}
    for answer, groups in data.items():
        for weight, written in groups.items():
            for piece in written.split("|"):
                pieces.setdefault(piece, []).append((answer, float(weight)))
    return pieces


def _complaints(forms: Sequence[TopicForm], concepts: Collection[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for at, form in enumerate(forms):
        if form.topic in seen:
            yield Complaint(
                path=(at, "topic"),
                said=f"`{form.topic}` is there already",
                remedy="put both into one entry, or give one another id",
            )
        seen.add(form.topic)
        yield from _concept_complaints(at, form, concepts)


def _concept_complaints(at: int, form: TopicForm, concepts: Collection[str]) -> Iterator[Complaint]:
    for place, concept in enumerate(form.concepts):
        if concept not in concepts:
            remedy = suggestion(concept, concepts) + "the ids stand in glossary.yaml"
            said = f"the glossary has no concept `{concept}`"
            yield Complaint(path=(at, "concepts", place), said=said, remedy=remedy)
        if concept in form.concepts[:place]:
            said = f"`{concept}` stands twice in the list"
            remedy = "remove one of the two"
            yield Complaint(path=(at, "concepts", place), said=said, remedy=remedy)


def _topic(form: TopicForm) -> Topic:
    words = ((code, getattr(form.words, code) or ()) for code in LANGUAGES) if form.words else ()
    return Topic(
        id=form.topic,
        name=form.name,
        about=form.about,
        concepts=tuple(form.concepts),
        words=tuple((code, text) for code, texts in words for text in texts),
    )
