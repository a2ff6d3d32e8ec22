"""An HTML list of articles: one item a row, and the articles' pages where they are wanted."""

import bs4

from aggregator.errors import ParseError
from aggregator.model import Document, Item, Parsed, Select, Source
from aggregator.parse import tree
from aggregator.parse.tree import Tree


def parse_listing(document: Document, source: Source) -> Parsed:
    """Give an item for each row that leads somewhere, each address once; its key is the address.

    With selectors for the article's page, `pages` holds each address.

    Raises:
        ParseError: the page cannot be read, its selector finds no row, or no row has a link.
    """
    if source.select is None:
        raise ParseError("the source has no selectors for its list")
    page = Tree(document, source)
    rows = page.all(source.select.item)
    if not rows:
        where = f" in the page titled '{page.title}'" if page.title else ""
        raise ParseError(f"the selector '{source.select.item}' found nothing{where}")
    items: dict[str, Item] = {}
    for row in rows:
        item = _item(page, row, source.select)
        if item is not None:
            items.setdefault(item.key, item)
    if not items:
        raise ParseError(
            f"none of the {len(rows)} rows of '{source.select.item}' has a link "
            f"at '{source.select.link}'"
        )
    return Parsed(items=tuple(items.values()), pages=tuple(items) if source.select.page else ())


def _item(page: Tree, row: bs4.Tag, select: Select) -> Item | None:
    anchor = _anchor(row, select.link)
    address = page.link(anchor) if anchor else ""
    if anchor is None or not address:
        return None
    title = tree.first(row, select.title) if select.title else anchor
    summary = tree.first(row, select.summary)
    return Item(
        key=address,
        link=address,
        title=page.headline(title) if title else "",
        summary=page.inner(summary) if summary else "",
        published=tree.words(tree.first(row, select.date)),
    )


def _anchor(row: bs4.Tag, selector: str) -> bs4.Tag | None:
    """Find the row's link; a row may be the link itself (`ul > li > a`)."""
    found = tree.first(row, selector)
    return row if found is None and row.name == "a" else found
