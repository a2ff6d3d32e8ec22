"""Two articles -> how they are alike: one article, one text, or one story."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from aggregator.dedupe.clues import Clues
from aggregator.dedupe.exact import SAME_TEXT_WITHIN, repeats
from aggregator.dedupe.likelihood import clue_features, evidence, meaning_features
from aggregator.dedupe.meaning import Meaning, Nearness, nearness
from aggregator.dedupe.near import is_edition, likeness
from aggregator.dedupe.partition import MOST
from aggregator.dedupe.shingles import Writing, writing
from aggregator.model import Article, Likelihood, Likeness
from aggregator.model.articles import Bond
from aggregator.text.sentences import lead

#: Articles further apart than this tell no one story and are no copies: what a newsroom takes up
#: later it tells anew.
WINDOW = SAME_TEXT_WITHIN

#: Log odds below which a likeness is not kept: a hundred times less likely than not.
LEAST = -4.0

#: What clues add to log odds at most: below LEAST without them by more, a pair is not looked at
#: further.
CLUES = 4.0

#: The cosine from which texts in other words may be two editions of one notice.
CLOSE = 0.6

#: What counts beside what was learned, in log odds: translated news have neither links nor
#: events. A link to the same page makes a story 20 times as likely; where two articles tell of
#: events, the same day makes it 5 times as likely, and no day in common 20 times less.
SAME_PAGE = 3.0
SAME_DAY = 1.6
OTHER_DAY = -3.0


@dataclass(frozen=True)
class Side:
    """An article as it is compared."""

    article: Article
    meaning: Meaning | None = None
    pages: frozenset[str] = frozenset()  #: that it links to
    days: frozenset[date] = frozenset()  #: of the events it tells of
    concepts: frozenset[str] = frozenset()  #: of the glossary that it names, by id
    work: str = ""  #: key of the research paper it is the record of

    @cached_property
    def clues(self) -> Clues:
        """What tells of its story in any language."""
        title, language = self.article.title, self.article.language
        opening = f"{title}\n{lead(self.article.summary, language)}"
        return Clues(title=title, opening=opening, language=language, concepts=self.concepts)

    @cached_property
    def writing(self) -> Writing:
        """Its text."""
        return writing(self.article)


def compare(
    one: Side, other: Side, weights: Likelihood | None, *, letters: bool = True
) -> Likeness | None:
    """Return how two articles are alike, None if they are not; the same in both directions.

    Without *weights*, or where one has no vector, only texts are compared. With *letters* they
    are compared letter by letter in any case, else only where they mean much the same.
    """
    one, other = sorted((one, other), key=lambda side: side.article.id)
    if same := _repeats(one, other):
        return _likeness(one, other, "repeat", 2 * MOST, same)
    if abs(one.article.published - other.article.published) > WINDOW:
        return None
    near = nearness(one.meaning, other.meaning) if one.meaning and other.meaning else None
    close = near is not None and near.whole >= CLOSE
    if (letters or close) and (copied := _copied(one, other)):
        return copied
    return _story(one, other, near, weights) if weights and near else None


def _story(one: Side, other: Side, near: Nearness, weights: Likelihood) -> Likeness | None:
    """Return that two articles tell one story in other words."""
    meant = meaning_features(near)
    if weights.odds(meant) < LEAST - CLUES:
        return None
    told = _told(one, other)
    odds = weights.odds({**meant, **clue_features(one.clues, other.clues)}) + sum(told.values())
    if odds < LEAST:
        return None
    why = (*told, *evidence(near, one.clues, other.clues, odds))
    return _likeness(one, other, "story", odds, why)


def _repeats(one: Side, other: Side) -> tuple[str, ...]:
    same_work = bool(one.work) and one.work == other.work
    return (*repeats(one.article, other.article), *("same paper",) * same_work)


def _copied(one: Side, other: Side) -> Likeness | None:
    """Return that one text is nearly the other, or the same notice of another meeting."""
    # Headlines alone differ by the one word that matters: "… Method: history", "… : effects".
    if not all(each.article.summary or each.article.body for each in (one, other)):
        return None
    if like := likeness(one.writing, other.writing):
        rank = MOST + like.same_numbers + like.share
        return _likeness(one, other, "copy", rank, like.evidence)
    if is_edition(one.writing, other.writing):
        return _likeness(one, other, "story", -MOST, ("same words, other numbers",))
    return None


def _told(one: Side, other: Side) -> Mapping[str, float]:
    """Return what links and events say, by its words."""
    found: dict[str, float] = {}
    if one.pages & other.pages or _links_to(one, other) or _links_to(other, one):
        found["a link to the same page"] = SAME_PAGE
    if one.days and other.days:
        shared = sorted(one.days & other.days)
        found[f"{shared[0]}" if shared else "other days"] = SAME_DAY if shared else OTHER_DAY
    return found


def _links_to(one: Side, other: Side) -> bool:
    return other.article.url in one.pages


def _likeness(
    one: Side, other: Side, bond: Bond, odds: float, evidence: tuple[str, ...]
) -> Likeness:
    return Likeness(
        one=one.article.id,
        other=other.article.id,
        bond=bond,
        odds=round(odds, 4),
        evidence=evidence,
    )


def compared(
    sides: Mapping[str, Side],
    pairs: Collection[tuple[str, str]],
    weights: Likelihood | None,
    near: Collection[tuple[str, str]] = (),
) -> Iterator[Likeness]:
    """Yield the likeness of each pair of ids that has one.

    *pairs* may be copies, *near* ones only mean much the same.
    """
    texts = {(min(pair), max(pair)) for pair in pairs}
    for pair in sorted(texts.union((min(pair), max(pair)) for pair in near)):
        if pair[0] != pair[1]:
            one, other = (sides[key] for key in pair)
            if found := compare(one, other, weights, letters=pair in texts):
                yield found
