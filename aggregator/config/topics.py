"""topics.yaml -> what articles can be about."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from aggregator.config.complaints import Complaint, filled, one_error
from aggregator.config.fields import LANGUAGES, UNIQUE, Form, Slug, Text, suggestion, wrong
from aggregator.config.yaml_file import read_yaml
from aggregator.model.topics import Topic
from aggregator.text.languages import LANGUAGES as KNOWN
from aggregator.text.terms.spelling import spelled

#: One letter would stand in every text.
SHORTEST = 2


def _word(value: str) -> str:
    if len(spelled(value).letters) < SHORTEST:
        raise wrong(f"`{value}` is too short", "write a longer one: it would stand in every text")
    return value


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
