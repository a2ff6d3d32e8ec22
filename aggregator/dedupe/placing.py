"""Articles in the order in which they came -> the story that each belongs to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aggregator.dedupe.exact import SAME_TEXT_WITHIN, repeats
from aggregator.dedupe.index import Index, Trace
from aggregator.dedupe.near import Likeness, likeness
from aggregator.dedupe.shingles import Writing, writing
from aggregator.model import Article, Verdict

Known = Sequence[tuple[Article, Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is placed at once, and what is known of those that it may belong to."""

    traces: Sequence[Trace]  #: of the articles to be placed, oldest first
    same: Known = ()  #: share a canonical URL or a content hash with some, oldest first
    there: Mapping[int, Sequence[str]] = field(default_factory=dict)  #: band -> who stands in it
    near: Known = ()  #: of those, the ones that share most bands with some


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article's verdict, and the bands in which its near copies will find it."""

    article: Article
    verdict: Verdict
    bands: frozenset[int]


def place(batch: Batch) -> Iterator[Placed]:
    """Yield where each article belongs: to the story it repeats or copies, or to one of its own.

    A story's id is its first article's id, so it depends on nothing but that article's source and
    own id there. What repeats nothing exactly joins the story whose first article it is most like;
    to be like a later one is not enough, for then each text would be a copy of any other in so
    many steps.
    """
    same = list(batch.same)
    leads = _Leads(batch)
    for trace in batch.traces:
        verdict = _repeated(trace.article, same) or leads.copied(trace) or _own(trace.article)
        same.append((trace.article, verdict))
        free = leads.add(trace, verdict) if _stands_for_story(verdict) else frozenset()
        yield Placed(article=trace.article, verdict=verdict, bands=free)


def _own(article: Article) -> Verdict:
    return Verdict(article_id=article.id, story_id=article.id, same_as=None, evidence=())


def _repeated(article: Article, placed: Known) -> Verdict | None:
    for other, verdict in placed:
        if evidence := repeats(article, other):
            return Verdict(
                article_id=article.id,
                story_id=verdict.story_id,
                same_as=verdict.same_as or verdict.article_id,
                evidence=evidence,
            )
    return None


def _stands_for_story(verdict: Verdict) -> bool:
    """Tell whether what is like this article is of its story: it is the first, or has its link."""
    told_anew = verdict.same_as == verdict.story_id and "same text" not in verdict.evidence
    return verdict.article_id == verdict.story_id or told_anew


class _Leads:
    """The articles that stand for stories."""

    def __init__(self, batch: Batch) -> None:
        self._index = Index(batch.there)
        self._articles = {
            article.id: (article, verdict.story_id) for article, verdict in batch.near
        }
        self._texts: dict[str, Writing] = {}

    def add(self, trace: Trace, verdict: Verdict) -> frozenset[int]:
        """Let an article stand for its story; return the bands to keep it in."""
        self._articles[trace.article.id] = (trace.article, verdict.story_id)
        self._texts[trace.article.id] = trace.text
        return self._index.add(trace)

    def copied(self, trace: Trace) -> Verdict | None:
        """Return that an article is a near copy, of the most like; None if of nothing."""
        leads = map(self._articles.get, self._index.closest(trace.sought))
        found = (self._compared(trace, *lead) for lead in leads if lead)
        best = max((each for each in found if each), key=lambda each: each[0].rank, default=None)
        if best is None:
            return None
        like, story_id = best
        return Verdict(
            article_id=trace.article.id,
            story_id=story_id,
            same_as=None,
            evidence=like.evidence,
        )

    def _compared(self, trace: Trace, other: Article, story_id: str) -> tuple[Likeness, str] | None:
        if abs(trace.article.published - other.published) > SAME_TEXT_WITHIN:
            return None
        # Headlines alone differ by the one word that matters: "… Method: history", "… : effects".
        if not all(each.summary or each.body for each in (trace.article, other)):
            return None
        like = likeness(trace.text, self._text(other))
        return (like, story_id) if like else None

    def _text(self, article: Article) -> Writing:
        if article.id not in self._texts:
            self._texts[article.id] = writing(article)
        return self._texts[article.id]
