"""Selectors for a list that nobody has described yet: what repeats on its page, with links."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import islice

import bs4
from soupsieve import escape

from aggregator.model import Document, Select, Source
from aggregator.parse.html import tree
from aggregator.parse.html.tree import Tree
from aggregator.text.dates import read_date

#: So many rows make a list; three links stand together by chance.
_ROWS = 4

#: A headline's bytes in UTF-8, which are alike in all our scripts: 8 Japanese letters or four
#: English words at least, where menus have names of sections; what is longer counts no more.
_SHORTEST, _LONGEST = 24, 120

#: So deep a row's link stands in it at most, and so many elements are looked at: pages that nest
#: without end would take minutes.
_DEEPEST, _LARGEST = 12, 50

_ASIDE = frozenset({"nav", "header", "footer", "aside", "form"})


def suggest_selectors(document: Document, source: Source) -> Select | None:
    """Give selectors for the list of the page that most likely holds its articles, None if none.

    Only language, country and zone of the source are used, to tell the rows' dates. A suggestion
    is a beginning: whoever adds the source should look at what it finds.

    Raises:
        ParseError: the page cannot be read.
    """
    page = Tree(document, source)
    best, most = None, 0
    for rows in _repeated(page):
        date = _common(rows, lambda row: _date(row, document, source))
        # With dates it is news, without it may be a menu of topics.
        weight = sum(_weight(row) for row in rows) * (2 if date else 1)
        item = _item(page, rows) if weight > most else ""
        if item:
            title = None if _has_text(rows) else _common(rows, _headline)
            best, most = Select(item=item, title=title, date=date), weight
    return best


def _repeated(page: Tree) -> list[list[bs4.Tag]]:
    """Give the groups of rows: elements of one name and one parent, each with a headline's link."""
    groups: dict[tuple[int, str], dict[int, bs4.Tag]] = defaultdict(dict)
    for link in page.named("a"):
        outside = list(islice(link.parents, _DEEPEST))
        if not page.link(link) or any(outer.name in _ASIDE for outer in outside):
            continue
        inner = link
        for outer in outside:
            groups[id(outer), inner.name].setdefault(id(inner), inner)
            inner = outer
    many = [group.values() for group in groups.values() if len(group) >= _ROWS]
    rows = ([row for row in group if _weight(row)] for group in many)
    return [each for each in rows if len(each) >= _ROWS]


def _headline(row: bs4.Tag) -> bs4.Tag | None:
    """Give the row's link with the longest text; a row may be the link itself."""
    links = [row] if row.name == "a" else row.find_all("a", href=True, limit=_LARGEST)
    return max(links, key=lambda link: len(tree.words(link)), default=None)


def _weight(row: bs4.Tag) -> int:
    length = len(tree.words(_headline(row)).encode())
    return min(length, _LONGEST) if length >= _SHORTEST else 0


def _has_text(rows: Sequence[bs4.Tag]) -> bool:
    """Tell whether the first link of most rows is the headline, not its picture."""
    first = (row if row.name == "a" else tree.first(row, "a[href]") for row in rows)
    return sum(bool(tree.words(link)) for link in first) * 2 >= len(rows)


def _date(row: bs4.Tag, document: Document, source: Source) -> bs4.Tag | None:
    """Give the last and smallest element of the row that holds nothing but a date."""
    if (now := document.fetched) is None:
        return None
    place = {"language": source.language, "country": source.country, "zone": source.timezone}
    tags = reversed([*row.find_all(True, limit=_LARGEST)])
    read = ((tag, read_date(tree.short_words(tag, 30), **place, now=now)) for tag in tags)
    dated = (tag for tag, date in read if date and date.confidence != "guess")
    return next(dated, None)


def _common(rows: Sequence[bs4.Tag], pick: Callable[[bs4.Tag], bs4.Tag | None]) -> str | None:
    """Give a selector for what is picked in each row, if it picks that in most of them."""
    picked = [(row, tag) for row in rows if (tag := pick(row))]
    for selector, _ in Counter(_selector(tag) for _, tag in picked).most_common():
        found = sum(tree.first(row, selector) is tag for row, tag in picked)
        if found * 2 >= len(rows):
            return selector
    return None


def _item(page: Tree, rows: Sequence[bs4.Tag]) -> str:
    """Give a selector that finds the rows and not many others, "" if there is none."""
    selector = rows[0].name
    for outer in list(islice(rows[0].parents, _DEEPEST))[:-1]:
        selector = f"{_selector(outer)} > {selector}"
        found = page.all(selector)
        if len(found) <= len(rows) * 1.5 and (outer.get("id") or outer.get("class")):
            return selector
    return ""


def _selector(tag: bs4.Tag) -> str:
    if name := tree.attribute(tag, "id"):
        return f"#{escape(name)}"
    classes = [escape(name) for name in tag.get_attribute_list("class") if name]
    return ".".join((tag.name, *classes))
