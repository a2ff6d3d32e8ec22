"""Exact repeats: the same address, or the same words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from aggregator.model import Article, Verdict

#: Equal words count only this close in time: monthly notices repeat themselves word for word.
_SAME_TEXT_WITHIN = timedelta(days=14)

#: And only in texts of some length (characters): "お知らせ" and "Newsletter" say nothing.
_SAME_TEXT_LENGTH = 20


def place(
    articles: Sequence[Article], known: Sequence[tuple[Article, Verdict]]
) -> Iterator[Verdict]:
    """Yield each article's verdict: the story it repeats, or a story of its own.

    `known` are placed articles that share a canonical URL or a content hash with some of
    `articles`, oldest first. A story's id is its first article's id, so it depends on nothing
    but that article's source and own id there.
    """
    placed = list(known)
    for article in articles:
        verdict = _verdict(article, placed)
        placed.append((article, verdict))
        yield verdict


def _verdict(article: Article, placed: Sequence[tuple[Article, Verdict]]) -> Verdict:
    for other, verdict in placed:
        if evidence := _repeats(article, other):
            return Verdict(
                article_id=article.id,
                story_id=verdict.story_id,
                same_as=verdict.same_as or verdict.article_id,
                evidence=evidence,
            )
    return Verdict(article_id=article.id, story_id=article.id, same_as=None, evidence=())


def _repeats(article: Article, other: Article) -> tuple[str, ...]:
    # Two items of one source with one link are two notices on a page, and a site's front page is
    # the link of all that has none, unless the titles agree: then it is one notice, told again.
    shared = article.source_id == other.source_id or urlsplit(article.url).path in ("", "/")
    same_link = article.url == other.url and (not shared or article.title == other.title)
    same_text = (
        article.content_hash == other.content_hash
        and len(article.title) + len(article.summary) >= _SAME_TEXT_LENGTH
        and abs(article.published - other.published) <= _SAME_TEXT_WITHIN
    )
    return ("same link",) * same_link + ("same text",) * same_text
