"""An article's headline: what its page tells, without the site's name, checked against the page."""

import re
from collections.abc import Iterable, Iterator

import bs4

from aggregator.parse.html import tree
from aggregator.parse.html.metadata import Told
from aggregator.parse.html.tree import Tree

# What stands between a headline and the name of its site or section.
_BETWEEN = re.compile(
    r"\s*[|｜‖│¦]\s*|\s+[-–—―‐−:：·•»«›‹<>/／~＿]+\s+|:\s+|\s*[：_＿»«›]\s*|(?<=\S)[-–—－]+(?=\S)"
)
_CUT = re.compile(r"\s*(?:\.{3,}|…+|⋯+)$")
_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"^[■□◆◇●○▼▽▲△★☆◎※・•]\s*")
_HOME = re.compile(r"(?:https?:)?//[^/]+/?|(?:\.{0,2}/)*(?:(?:index|default|home)\.\w+)?")

#: What elements are called that show headlines where systems write no headings.
_CALLED = re.compile(r"title|headline|subject", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})

#: A text so long is no headline, however its element is named.
LONGEST = 300


def headline(page: Tree, told: Told) -> str:
    """Give the headline as plain text, "" if the page has none that can be told from others.

    JSON-LD names it alone. Titles for sharing carry the site's name behind or before it: that
    comes off where the page says that it is the site's name, or where a heading on the page shows
    the rest alone. Then headings that `<title>` repeats, and the first `<h1>`. Headings that lead
    to the home page are the site's own.
    """
    said = [title for title in (told.headline, *told.titles) if len(title) <= LONGEST]
    shown = _shown(page)
    for title in said:
        bare = without_site(title, told.sites)
        if bare and not _is_site(bare, told.sites):
            return _whole(_agreed(bare, shown) or bare, (*said, *shown.values()), page)
    shared = _agreed(without_site(page.title[:LONGEST], told.sites), shown, names_site=True)
    return shared or next((text for tag in page.named("h1") if (text := _text(tag))), "")


def without_site(title: str, sites: Iterable[str]) -> str:
    """Give the title without the site's name at its end or its beginning; never nothing."""
    title = " ".join(title.split())
    names = sorted({part for site in sites for part in _names(site)}, key=len, reverse=True)
    for name in names:
        for start, end in _splits(title):
            if _same(title[end:], name) and title[:start].strip():
                title = title[:start].strip()
                break
            if _same(title[:start], name) and title[end:].strip():
                title = title[end:].strip()
                break
    return title


def _names(site: str) -> Iterator[str]:
    """Give the name, and what stands before its slogan: "Portal | All the news"."""
    yield site
    for start, _ in _splits(site):
        if start:
            yield site[:start]
            return


def _splits(title: str) -> list[tuple[int, int]]:
    return [found.span() for found in _BETWEEN.finditer(title)]


def _is_site(title: str, sites: Iterable[str]) -> bool:
    return any(_same(title, site) for site in sites)


def _same(one: str, other: str) -> bool:
    return _SPACE.sub("", one).lower() == _SPACE.sub("", other).lower()


def _shown(page: Tree) -> dict[str, str]:
    """Give the texts of what looks like a headline, by what is compared of them."""
    texts = (text for tag in page.tags if _is_shown(tag) and (text := _text(tag)))
    return {_compared(text): text for text in texts}


def _is_shown(tag: bs4.Tag) -> bool:
    return tag.name in _HEADINGS or bool(_CALLED.search(tree.called(tag)))


def _text(tag: bs4.Tag) -> str:
    """Give the text of a short element that does not lead to the home page."""
    if tag.name in ("meta", "svg") or not tree.short_words(tag, LONGEST):
        return ""
    link = tag if tag.name == "a" else tag.find("a", href=True)
    if isinstance(link, bs4.Tag) and _HOME.fullmatch(tree.attribute(link, "href")):
        return ""
    return tree.words(tag)


def _agreed(title: str, shown: dict[str, str], *, names_site: bool = False) -> str:
    """Give the longest part of the title, up to or from a separator, that the page shows alone.

    "" if it shows none. A headline stands first in its title, so what ends one must be the longer
    half. With `names_site` the longer half is preferred to a whole that is shown as well.
    """
    splits = _splits(title)
    heads = [title[:start] for start, _ in splits]
    tails = [title[end:] for _, end in splits if 2 * end <= len(title)]
    parts = sorted((title, *heads, *tails), key=len, reverse=True)
    if names_site:
        parts = [part for part in parts[1:] if 2 * len(part) >= len(title)] + parts
    fitting = (part.strip() for part in parts if _compared(part) in shown)
    return next((part for part in fitting if part), "")


def _whole(title: str, others: Iterable[str], page: Tree) -> str:
    """Give the title in full where it is cut and the page has the rest of it elsewhere.

    A title for sharing may also lack a subtitle that heading and `<title>` have in common.
    """
    cut = _CUT.sub("", title)
    if cut != title:
        return next((one for one in others if one.startswith(cut) and not _CUT.search(one)), title)
    headings = (text for tag in page.named("h1") if (text := _text(tag)))
    longer = (text for text in headings if text.startswith(title) and text in page.title)
    return next(longer, title)


def _compared(text: str) -> str:
    return _SPACE.sub("", _BULLET.sub("", text))
