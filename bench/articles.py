"""Texts -> articles, each of a source of its own."""

from datetime import datetime
from hashlib import blake2b

from aggregator.model import Article


def article(
    name: str, title: str, summary: str, published: datetime, *, language: str = "", body: str = ""
) -> Article:
    """Return the article of that name; another name gives another address and another hash."""
    key = blake2b(name.encode(), digest_size=8).hexdigest()
    return Article(
        id=name,
        source_id=name,
        key=key,
        url=f"https://{key}.example.org/{key}",
        title=title,
        summary=summary,
        body=body,
        language=language,
        authors=(),
        published=published,
        dated_by="iso",
        date_text="",
        first_seen=published,
        backlog=False,
        content_hash=key,
        text_hash=key,
    )
