"""One article's own page: one item, by the selectors of its source and by what pages have alike."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import bs4

from aggregator.errors import ParseError
from aggregator.model import Document, Enclosure, Further, Item, PageSelect, Parsed, Source
from aggregator.parse import fragment
from aggregator.parse.html import tree
from aggregator.parse.html.dateline import dateline, labeled
from aggregator.parse.html.event import Details, event_days, event_details
from aggregator.parse.html.fulltext import full_text
from aggregator.parse.html.headline import LONGEST, headline, without_site
from aggregator.parse.html.metadata import told
from aggregator.parse.html.tree import Tree
from aggregator.text.dates.address import date_in
from aggregator.text.html import plain

PDF = "application/pdf"

#: Formats whose items have dates of their own, so that none need be guessed from the page.
_DATED = frozenset({"rss", "atom", "json-feed", "oai-pmh", "ical"})

#: What ministries and schools attach, by its extension.
_TYPES = {
    ".pdf": PDF,
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".hwp": "application/x-hwp",
    ".hwpx": "application/hwp+zip",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}


def parse_page(document: Document, source: Source) -> Parsed:
    """Give the page's article; its key is that of the item it completes.

    What no selector names, or a selector does not find, is found otherwise: by what the page
    tells machines, by what it shows beside its headline, by what looks like a text. Each PDF that
    belongs to the article is a further request.

    Raises:
        ParseError: the page cannot be read, or has neither what the selectors ask for nor a
            headline or a text.
    """
    select = source.page
    if select is None:
        raise ParseError("the source has no selectors for article pages")
    page = Tree(document, source)
    if select.remove:
        page.remove(select.remove)
    item = _selected(page, document, select)
    item = replace(item, details=_event(page, item, document, source))
    item = _completed(item, page, document, source)
    _refuse_if_empty(item, select, page.title)
    files = (file.url for file in item.enclosures if file.type == PDF)
    requests = tuple(Further(url=url, role="attachment", key=item.key) for url in files)
    return Parsed(items=(item,), requests=requests)


def _selected(page: Tree, document: Document, select: PageSelect) -> Item:
    """Give what the source's selectors find; the rest stays empty."""
    title = page.first(select.title)
    return Item(
        key=document.key or document.url,
        link=document.url,
        title=page.headline(title) if title else "",
        summary=_content(page, select.summary),
        body=_content(page, select.body),
        published=tree.words(page.first(select.date)),
        authors=_authors(page, select.author),
        enclosures=tuple(_attachments(page, select.attachment)),
    )


def _completed(item: Item, page: Tree, document: Document, source: Source) -> Item:
    """Fill in what the selectors left empty; nothing else is looked at."""
    if item.title and item.published and item.authors and item.body:
        return item
    said = told(page)
    is_whole = item.title and item.published and item.body  # only authors are missing
    shown = "" if is_whole else headline(page, said)
    body = item.body or full_text(page, said, shown)
    if body and not shown:  # a page without headings, or one that names only its site
        shown = without_site(page.title, said.sites)
    published = item.published or said.published
    is_undated = not published and not _is_dated(source)
    if is_undated:
        is_last = not said.modified
        published = _guessed_date(page, shown, document, source, item.details, is_last=is_last)
    return replace(
        item,
        title=item.title or fragment.from_text(shown),
        body=body,
        published=published,
        # A change is no date of publication, but better than none.
        updated=said.modified if is_undated and not published else "",
        authors=item.authors or tuple(fragment.from_text(name) for name in said.authors),
    )


def _event(page: Tree, item: Item, document: Document, source: Source) -> Details:
    """Give what the page tells of its event; dates without a year are of the day of the fetch."""
    now = document.fetched
    headings = (tree.short_words(tag, LONGEST) for tag in page.named("h1"))
    titles = (plain(item.title), page.title, *headings)
    return event_details(page, titles, source, now) if now else ()


def _is_dated(source: Source) -> bool:
    """Tell whether the list that led here dates its items, which a guess would overrule."""
    return source.format in _DATED or bool(source.select and source.select.date)


def _guessed_date(
    page: Tree, shown: str, document: Document, source: Source, details: Details, *, is_last: bool
) -> str:
    """Give the date that the page shows as one, or that its address names.

    Some date that happens to stand near the headline is the last resort. When the page's event
    takes place is none.
    """
    now, but = document.fetched, event_days(details)
    named = now and (
        labeled(page, shown, source, now, but) or dateline(page, shown, source, now, but=but)
    )
    addressed = (date_in(address) for address in (document.url, document.final_url))
    found = named or next((day for day in addressed if day and day not in but), "")
    if found or now is None or not is_last:
        return found
    return dateline(page, shown, source, now, named=False, but=but)


def _content(page: Tree, selector: str | None) -> str:
    """Give what the selector finds: the inside of one box, or all boxes one after the other."""
    found = page.all(selector) if selector else []
    if len(found) == 1:
        only = found[0]
        return fragment.from_text(tree.words(only)) if only.name == "meta" else page.inner(only)
    taken = {id(tag) for tag in found}
    outermost = (tag for tag in found if not any(id(over) in taken for over in tag.parents))
    return "".join(page.outer(tag) for tag in outermost)


def _authors(page: Tree, selector: str | None) -> tuple[str, ...]:
    found = page.all(selector) if selector else []
    names = (fragment.from_text(tree.words(tag)) for tag in found)
    return tuple(dict.fromkeys(name for name in names if name))


def _attachments(page: Tree, selector: str | None) -> Iterator[Enclosure]:
    """Give the files that the selector's links lead to, each once."""
    found: dict[str, bs4.Tag] = {}
    for tag in page.all(selector) if selector else ():
        for link in [tag] if tag.name == "a" else tag.find_all("a", href=True):
            if address := page.link(link):
                found.setdefault(address, link)
    for address, link in found.items():
        title = tree.words(link) or tree.attribute(link, "title")
        yield Enclosure(url=address, type=_type(address, title), title=title)


def _type(address: str, title: str) -> str:
    """Name the type by the file's name: the address', or the shown one where a script serves it."""
    names = (urlsplit(address).path, title.partition(" (")[0].strip())
    types = (_TYPES.get("".join(name.rpartition(".")[1:]).lower()) for name in names)
    return next((known for known in types if known), "")


def _refuse_if_empty(item: Item, select: PageSelect, title: str) -> None:
    asked = (item.summary and select.summary, item.published and select.date)
    if item.title or item.body or item.enclosures or any(asked):
        return
    selectors = (select.title, select.body, select.summary, select.date)
    tried = " and ".join(f"'{selector}'" for selector in selectors if selector)
    where = f" in the page titled '{title}'" if title else ""
    raise ParseError(
        f"the selectors {tried} found nothing{where}, and it shows no article"
        if tried
        else f"no article was found{where}"
    )
