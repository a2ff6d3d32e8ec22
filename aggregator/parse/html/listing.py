"""An HTML list of articles: one item a row, their pages where wanted, and the list's next page."""

import bs4

from aggregator.errors import ParseError
from aggregator.model import Document, Further, Item, Parsed, Select, Source
from aggregator.parse import fragment
from aggregator.parse.html import calls, tree
from aggregator.parse.html.tree import Tree
from aggregator.text.dates.address import date_in


def parse_listing(document: Document, source: Source) -> Parsed:
    """Give an item for each row that leads somewhere, each address once; its key is the address.

    Where articles' pages are read, each address is a further request, and so is the next page of
    the list where it has a link to one.

    Raises:
        ParseError: the page cannot be read, its selector finds no row, or no row has a link.
    """
    select = source.select
    if select is None:
        raise ParseError("the source has no selectors for its list")
    page = Tree(document, source)
    rows = page.all(select.item)
    if not rows:
        where = f" in the page titled '{page.title}'" if page.title else ""
        raise ParseError(f"the selector '{select.item}' found nothing{where}")
    items: dict[str, Item] = {}
    for row in rows:
        item = _item(page, row, select)
        if item is not None:
            items.setdefault(item.key, item)
    if not items:
        raise ParseError(_why_empty(len(rows), select))
    pages = [Further(url=url, role="page", key=url) for url in items] if source.page else []
    return Parsed(items=tuple(items.values()), requests=(*pages, *_next(page, document, select)))


def _item(page: Tree, row: bs4.Tag, select: Select) -> Item | None:
    anchor = _anchor(row, select)
    address = _address(page, anchor, row, select) if anchor else ""
    if anchor is None or not address:
        return None
    title = tree.first(row, select.title) if select.title else anchor
    summary = tree.first(row, select.summary)
    return Item(
        key=address,
        link=address,
        title=(page.headline(title) if title else "") or page.headline(anchor),
        summary=page.inner(summary) if summary else "",
        published=tree.words(tree.first(row, select.date)) or date_in(address),
    )


def _anchor(row: bs4.Tag, select: Select) -> bs4.Tag | None:
    """Find the row's link; a row may be the link itself (`ul > li > a`).

    What a script follows may be no link at all, or the row.
    """
    found = tree.first(row, select.link)
    if found is None and select.address:
        found = tree.first(row, "a, [onclick]") or row
    return row if found is None and row.name == "a" else found


def _address(page: Tree, anchor: bs4.Tag, row: bs4.Tag, select: Select) -> str:
    if select.address is None:
        return page.link(anchor)
    made = calls.address(select.address, anchor, row)
    return fragment.web_address(page.base, made) if made else ""


def _next(page: Tree, document: Document, select: Select) -> tuple[Further, ...]:
    """Give the list's next page: where the first link leads that leads elsewhere."""
    here = {document.url, document.final_url}
    for tag in page.all(select.next) if select.next else ():
        link = tag if tag.get("href") else tag.find("a", href=True)
        address = page.link(link) if isinstance(link, bs4.Tag) else ""
        address = address.partition("#")[0]
        if address and address not in here:
            return (Further(url=address, role="list", version=document.version),)
    return ()


def _why_empty(rows: int, select: Select) -> str:
    if select.address:
        return (
            f"none of the {rows} rows of '{select.item}' has a link from which "
            f"'{select.address}' can be made"
        )
    return f"none of the {rows} rows of '{select.item}' has a link at '{select.link}'"
