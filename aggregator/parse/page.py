"""One article's own page: one item, by the selectors of its source."""

from aggregator.errors import ParseError
from aggregator.model import Document, Item, PageSelect, Parsed, Source
from aggregator.parse import fragment, tree
from aggregator.parse.tree import Tree


def parse_page(document: Document, source: Source) -> Parsed:
    """Give the page's article; its key is the address it was asked for, as in the list.

    A selector that finds nothing leaves its field empty.

    Raises:
        ParseError: the page cannot be read, or none of what makes an article was found.
    """
    select = source.select.page if source.select else None
    if select is None:
        raise ParseError("the source has no selectors for article pages")
    page = Tree(document, source)
    title = page.first(select.title)
    item = Item(
        key=document.url,
        link=document.url,
        title=page.headline(title) if title else "",
        summary=_content(page, select.summary),
        body=_content(page, select.body),
        published=tree.words(page.first(select.date)),
        authors=_authors(page, select.author),
    )
    _refuse_if_empty(item, select, page.title)
    return Parsed(items=(item,))


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


def _refuse_if_empty(item: Item, select: PageSelect, title: str) -> None:
    if select.title is None and select.body is None:
        selectors, found = [select.summary, select.date], [item.summary, item.published]
    else:
        selectors, found = [select.title, select.body], [item.title, item.body]
    if any(found):
        return
    asked = " and ".join(f"'{selector}'" for selector in selectors if selector)
    where = f" in the page titled '{title}'" if title else ""
    raise ParseError(f"the selectors {asked or 'of the page'} found nothing{where}")
