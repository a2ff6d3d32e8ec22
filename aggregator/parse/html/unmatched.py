"""A document and its source's description -> what of the description finds nothing there."""

from dataclasses import asdict

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset
from aggregator.parse.html import tree
from aggregator.parse.html.tree import Tree

#: Selectors that look inside one row of a list; `next` looks at the whole page.
_IN_ROW = ("link", "title", "date", "summary")


def unmatched(document: Document, source: Source) -> tuple[str, ...]:
    """Give the selectors that find nothing, as `select.date` or `page.body`; none for no HTML.

    One that finds something in a single row is not among them: lists leave dates out. What has no
    selector is found without one, or not at all, and nobody is to blame.

    Raises:
        ParseError: the document cannot be read.
    """
    if document.role == "page" and source.page is not None:
        page = Tree(document, source)
        told = {name: css for name, css in asdict(source.page).items() if css and name != "remove"}
        return tuple(f"page.{name}" for name, css in told.items() if not page.all(css))
    if source.format == "html-list" and source.select is not None:
        return tuple(_in_list(Tree(document, source), source))
    return ()


def _in_list(page: Tree, source: Source) -> list[str]:
    if source.select is None:
        return []
    told = asdict(source.select)
    rows = page.all(source.select.item)
    if not rows:
        return ["select.item"]
    silent = [
        f"select.{name}"
        for name in _IN_ROW
        if told[name]
        and not any(tree.first(row, told[name]) for row in rows)
        # A row that is the link itself has no link inside.
        and not (name == "link" and rows[0].name == "a")
    ]
    return [*silent, "select.next"] if told["next"] and not page.first(told["next"]) else silent


def codec(document: Document, source: Source) -> str:
    """Give the name of the charset in which the document is read, "" when it cannot be."""
    try:
        return charset.decode(
            document.body,
            content_type=document.content_type,
            charset=source.charset,
            language=source.language,
        ).codec
    except ParseError:
        return ""
