"""Exact repeats: the same address, or the same words."""

from datetime import timedelta
from urllib.parse import urlsplit

from aggregator.model import Article

#: Equal words count only this close in time: monthly notices repeat themselves word for word.
SAME_TEXT_WITHIN = timedelta(days=14)

#: And only in texts of some length (characters): "お知らせ" and "Newsletter" say nothing.
_SAME_TEXT_LENGTH = 20


def repeats(article: Article, other: Article) -> tuple[str, ...]:
    """Return why an article is the same as another one: nothing if it is not."""
    # Two items of one source with one link are two notices on a page, and a site's front page is
    # the link of all that has none, unless the titles agree: then it is one notice, told again.
    shared = article.source_id == other.source_id or urlsplit(article.url).path in ("", "/")
    same_link = article.url == other.url and (not shared or article.title == other.title)
    same_text = (
        article.content_hash == other.content_hash
        and min(map(_length, (article, other))) >= _SAME_TEXT_LENGTH
        and abs(article.published - other.published) <= SAME_TEXT_WITHIN
    )
    return ("same link",) * same_link + ("same text",) * same_text


def _length(article: Article) -> int:
    return len(article.title) + len(article.summary)
