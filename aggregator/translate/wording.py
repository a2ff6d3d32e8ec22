"""What the glossary prescribes for sentences, and translations that say it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from aggregator.errors import EngineDownError, TranslateError
from aggregator.model.glossary import Concept
from aggregator.text.languages import LANGUAGES
from aggregator.text.terms import Terms
from aggregator.translate.masks import DEFAULT_SHAPE, mask, unmask

#: Sentences -> a translation or an error each, in their order.
Ask = Callable[[Sequence[str]], Iterable[str | TranslateError]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """A term in a sentence, and what its translation must say."""

    concept: str  #: id
    start: int
    end: int
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A translation, and what it should say and does not."""

    text: str
    missing: tuple[str, ...] = ()


class Wordings:
    """A glossary as what it prescribes for one target language."""

    def __init__(self, terms: Terms, concepts: Iterable[Concept], target: str) -> None:
        """Take the concepts, and what finds their terms."""
        self.target = target
        self._terms = terms
        self._wanted = {concept.id: concept.wording(target) for concept in concepts}

    def prescribed(self, text: str, language: str) -> tuple[Prescribed, ...]:
        """Return what is prescribed for a sentence, in its order.

        The sentence may stand in many articles: it is read by itself, and as of the country whose
        language it is in. What is only related to a concept keeps its own words, and a concept
        without a settled wording in the target language is left to the engine.
        """
        return tuple(
            Prescribed(concept=each.concept, start=each.start, end=each.end, wanted=wanted)
            for each in self._terms.find(text, language, _country(language))
            if each.role != "related" and (wanted := self._wanted[each.concept])
        )

    def missing(self, translation: str, prescribed: Sequence[Prescribed]) -> tuple[str, ...]:
        """Return what a translation should say and does not, each once, in its order.

        It may say it in any of the concept's preferred or other settled spellings, plurals too.
        """
        said = {
            each.concept
            for each in self._terms.find(translation, self.target, "")
            if each.role == "preferred"
        }
        folded = translation.casefold()
        lacking = (
            each.wanted
            for each in prescribed
            if each.concept not in said and each.wanted.casefold() not in folded
        )
        return tuple(dict.fromkeys(lacking))


def _country(language: str) -> str:
    return LANGUAGES[language].country if language in LANGUAGES else ""


def version_of(prescribed: Sequence[Prescribed]) -> str:
    """Return what names these prescriptions: another one when any of them changes, "" for none."""
    if not prescribed:
        return ""
    said = "\n".join(f"{each.concept} {each.start} {each.wanted}" for each in prescribed)
    return blake2b(said.encode(), digest_size=6).hexdigest()


def worded(
    ask: Ask,
    wanted: Mapping[str, Sequence[Prescribed]],
    wordings: Wordings,
    shape: str = DEFAULT_SHAPE,
) -> Iterator[tuple[str, Worded | TranslateError]]:
    """Yield each sentence with its translation, saying what is prescribed where that can be had.

    First sentences are translated as they are; those that lack nothing come at once. The others are
    translated once more with masks in place of their terms, which counts if every mask comes back;
    else the first translation stays, with what it misses.

    Raises:
        EngineDownError: the engine went down; what it had translated until then came before.
    """
    lacking: dict[str, str] = {}
    down: EngineDownError | None = None
    try:
        for text, said in zip(wanted, ask(list(wanted)), strict=True):
            if isinstance(said, TranslateError):
                yield text, said
            elif wordings.missing(said, wanted[text]):
                lacking[text] = said
            else:
                yield text, Worded(text=said)
        for text, said in _masked(ask, {each: wanted[each] for each in lacking}, wordings, shape):
            del lacking[text]
            yield text, Worded(text=said)
    except EngineDownError as err:
        down = err
    for text, said in lacking.items():
        yield text, Worded(text=said, missing=wordings.missing(said, wanted[text]))
    if down:
        raise down


def _masked(
    ask: Ask, wanted: Mapping[str, Sequence[Prescribed]], wordings: Wordings, shape: str
) -> Iterator[tuple[str, str]]:
    """Yield the translations that are had with masks and lack nothing, with their sentences."""
    questions = {
        text: mask(text, [(each.start, each.end) for each in said], shape)
        for text, said in wanted.items()
    }
    asked = [question for question, _ in questions.values()]
    answers = ask(asked) if asked else ()
    for (text, (_, masks)), answer in zip(questions.items(), answers, strict=True):
        words = [each.wanted for each in wanted[text]][: len(masks)]
        said = unmask(answer, masks, words, wordings.target) if isinstance(answer, str) else None
        if said and not wordings.missing(said, wanted[text]):
            yield text, said
