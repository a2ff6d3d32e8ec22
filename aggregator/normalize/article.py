"""Items understood: one source's items -> its articles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.errors import NormalizeError
from aggregator.model import Article, Failure, Item, Source
from aggregator.normalize.cleaning import Cleaner
from aggregator.normalize.cutting import beginning, excerpt
from aggregator.normalize.enclosures import enclosures
from aggregator.normalize.identity import identities
from aggregator.normalize.published import Known, beyond_newest, dated, is_old
from aggregator.text.html import plain, sanitize, sanitize_and_read
from aggregator.text.keys import exact_hash, text_key
from aggregator.text.languages import parts as languages_of
from aggregator.text.scripts import damage, unlikely
from aggregator.text.sentences import split
from aggregator.text.urls import canonical_url

__all__ = ["Known", "read_articles"]

#: About what a reader's preview shows of an entry, and what may be quoted of one: four or five
#: sentences of English, twice as much in Chinese.
SUMMARY_CHARACTERS = 600

#: An article's first paragraph sums it up; a shorter one is a place name, a byline, a greeting.
LEAD_CHARACTERS = 40

#: Beyond any headline; what is longer is a text in the wrong field, and no line of a list.
TITLE_CHARACTERS = 300


def read_articles(
    source: Source,
    items: Sequence[Sequence[Item]],
    known: Mapping[str, Known],
    now: datetime,
    room: int | None,
    still: Collection[str] = (),
) -> list[Article | Failure]:
    """Return what *items* say, one result for each, in their order; what is no article fails.

    Each inner sequence holds the parts of one article: the row of the list or feed, then its own
    page, whose fields win where they are not empty. *known* has, by article id, what was decided
    about those we already have. *room* is how many of the new ones may be news: a new source brings
    its archive, and only its newest articles are none of it; None sets no limit. *still* has the
    keys of what else the source tells of. Items with the
    same id are the same article: the first one's words count, each keeps its key. A failure's
    subject is the item's key.

    Arguments and results are plain values, so that another process can do this.
    """
    results: list[Article | Failure] = []
    first: dict[str, Article] = {}
    cleaner = Cleaner(source)
    wholes = [whole(parts) for parts in items]
    titles = [cleaner.title(_headline(item)) for item in wholes]
    found = identities(source.id, wholes, titles, known, still)
    for item, identity in zip(wholes, found, strict=True):
        try:
            article = _article(cleaner, item, identity, known.get(identity), now)
        except NormalizeError as err:
            results.append(_failure(source, item, err))
        else:
            same = first.setdefault(article.id, article)
            results.append(article if same is article else replace(same, key=article.key))
    if room is None:
        return results
    late = beyond_newest((each for each in first.values() if each.id not in known), room)
    return [
        replace(each, backlog=True) if isinstance(each, Article) and each.id in late else each
        for each in results
    ]


def whole(parts: Sequence[Item]) -> Item:
    """Return the parts of an article as one item: the first one's identity, the last's words.

    A part that leads nowhere is the text of a file: it follows what the article's page says.
    """
    made = parts[0]
    for part in parts[1:]:
        made = replace(
            made,
            title=part.title or made.title,
            summary=part.summary or made.summary,
            body=(part.body or made.body) if part.link else f"{made.body}{part.body}",
            published=part.published or made.published,
            updated=part.updated or made.updated,
            authors=part.authors or made.authors,
            enclosures=tuple(dict.fromkeys((*made.enclosures, *part.enclosures))),
            categories=tuple(dict.fromkeys((*made.categories, *part.categories))),
            details=tuple(dict.fromkeys((*made.details, *part.details))),
        )
    return made


def _article(
    cleaner: Cleaner, item: Item, identity: str, before: Known | None, now: datetime
) -> Article:
    """Return *item* understood. Raises NormalizeError."""
    source = cleaner.source
    key = item.key or item.link
    if not key:
        raise NormalizeError("the item has neither an id nor a link")
    url = canonical_url(item.link or source.homepage, source.homepage)
    when = dated(item, source, before, now)
    body, text = _body_and_text(item, url, cleaner)
    title = cleaner.title(_title(item, text, source.language))
    language, title_language = _languages(title, text, source.language)
    words = f"{title}\n{(summary := excerpt(text, language, SUMMARY_CHARACTERS))}"
    return Article(
        id=identity,
        source_id=source.id,
        key=key,
        url=url,
        title=title,
        summary=summary,
        body=body,
        language=language,
        authors=_lines(item.authors),
        published=when.published,
        dated_by=when.dated_by,
        date_text=when.date_text,
        date_confidence=when.confidence,
        first_seen=when.first_seen,
        backlog=is_old(when) or (before is not None and before.backlog),
        content_hash=text_key(words),
        text_hash=exact_hash(words),
        enclosures=enclosures(item),
        held=_held(item, title, summary, source.language) or _held_for(when.doubt),
        categories=_lines(item.categories),
        details=item.details,
        whole_hash=exact_hash(repr((words, body, replace(item, body="")))),
        title_language=title_language,
    )


def _languages(title: str, text: str, prior: str) -> tuple[str, str]:
    """Return the language of the text, and that of the title where it is another."""
    fields = {"title": title, "text": text[:SUMMARY_CHARACTERS]}
    found = languages_of({name: said for name, said in fields.items() if said}, prior)
    language = found.get("text") or found["title"]
    return language, "" if found["title"] == language else found["title"]


def _held(item: Item, title: str, summary: str, language: str) -> str:
    """Return why the words cannot be right; "" if they can.

    Scrubbed words have lost their control characters, so those of the source are looked at too.
    """
    return (
        unlikely(title, language)
        or unlikely(summary, language)
        or damage(item.title)
        or damage(item.summary)
    )


def _held_for(doubt: str) -> str:
    """Return why the date cannot be right, as a sentence; "" if it can."""
    return f"Its date cannot be: {doubt}." if doubt else ""


def _body_and_text(item: Item, url: str, cleaner: Cleaner) -> tuple[str, str]:
    """Return the body, and the text to sum the item up by: its summary's, else the body's lead."""
    body = cleaner.html(item.body)
    if text := cleaner.text(plain(item.summary)):
        return sanitize(body, url), text
    body, text = sanitize_and_read(body, url)
    return body, cleaner.text(_lead(text))


def _title(item: Item, text: str, language: str) -> str:
    """Return the title on one line, else the first sentence of *text*.

    Raises:
        NormalizeError: there is neither.
    """
    if title := _headline(item):
        return title
    if not text:
        raise NormalizeError("the item has neither a title nor a summary")
    return beginning(split(text[:SUMMARY_CHARACTERS], language)[0][0], TITLE_CHARACTERS)


def _headline(item: Item) -> str:
    return beginning(_line(item.title), TITLE_CHARACTERS)


def _line(html: str) -> str:
    return plain(html).replace("\n", " ")


def _lead(text: str) -> str:
    """Return the first paragraph of a body, with those before it that say too little."""
    lead = ""
    for paragraph in text.split("\n"):
        lead = f"{lead}\n{paragraph}".strip()
        if len(paragraph) >= LEAD_CHARACTERS:
            break
    return lead


def _lines(htmls: Iterable[str]) -> tuple[str, ...]:
    texts = (_line(html) for html in htmls)
    return tuple(dict.fromkeys(text for text in texts if text))


def _failure(source: Source, item: Item, error: NormalizeError) -> Failure:
    return Failure(
        stage=error.stage,
        subject=item.key or item.link,
        reason=str(error),
        error=type(error).__name__,
        source_id=source.id,
    )
