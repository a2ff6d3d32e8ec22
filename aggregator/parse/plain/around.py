"""What stands around the items, and beside what is read of them: passed over, if it may be.

An element is passed over if it is known to touch nothing that is read, or if feedparser has no
rule for it and it carries no name under which something else is kept.
"""

from functools import lru_cache
from xml.etree.ElementTree import Element

from aggregator.parse.plain.markup import write
from aggregator.parse.plain.names import is_unknown, odd, split
from aggregator.parse.plain.texts import HTML, XHTML, date_of, text_of, type_of
from aggregator.parse.plain.tree import Tree

#: What of a feed is read beside its items.
FEED_KEYS = frozenset({"ttl", "sy_updateperiod", "sy_updatefrequency"})

#: What of an item is read though feedparser has no rule for it.
ITEM_KEYS = frozenset(
    {"prism_doi", "prism_publicationname", "prism_volume", "prism_number", "prism_issn"}
    | {"dc_identifier"}
)

#: Names under which feedparser keeps something else: an unknown element would overwrite it.
_KEPT = frozenset(
    {"author", "authors", "category", "content", "contributors", "created", "date", "enclosures"}
    | {"guidislink", "id", "image", "language", "license", "link", "links", "published", "source"}
    | {"summary", "tags", "textinput", "title", "updated", "where", "href"}
)

#: What feedparser keeps of a person.
PERSON = frozenset({"name", "email", "uri", "url", "homepage"})
#: Elements with dates -> under which name they are kept.
DATES = {
    **dict.fromkeys(("published", "issued", "pubdate", "dcterms_issued"), "published"),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc_date", "date"), "updated"),
    **dict.fromkeys(("created", "dcterms_created"), "created"),
    "dcterms_modified": "updated",
}

#: Texts that are not read, but may hold markup.
RICH = frozenset(
    {"title", "dc_title", "description", "dc_description", "subtitle", "tagline", "rights"}
    | {"dc_rights", "copyright", "info", "feedburner_browserfriendly", "itunes_subtitle"}
)

_LEAVES = (
    *("admin_errorreportsto", "admin_generatoragent", "category", "cc_license", "cloud"),
    *("creativecommons_license", "dc_author", "dc_contributor", "dc_creator", "dc_language"),
    *("dc_publisher", "dc_subject", "email", "generator", "guid", "height", "homepage", "id"),
    *("itunes_author", "itunes_block", "itunes_email", "itunes_explicit", "itunes_image"),
    *("itunes_name", "language", "link", "name", "uri", "url", "webmaster", "width"),
)

#: Elements of a feed that touch nothing of its items, and the elements that may stand in them.
_AROUND: dict[str, frozenset[str]] = {
    **dict.fromkeys(("author", "managingeditor", "contributor"), PERSON),
    "image": frozenset({"title", "link", "description", "url", "width", "height"}),
    "textinput": frozenset({"title", "link", "description", "name"}),
    "itunes_owner": frozenset({"itunes_name", "itunes_email"}),
    "itunes_category": frozenset({"itunes_category"}),
    **dict.fromkeys(_LEAVES, frozenset[str]()),
}

#: Elements that mean something only in one of these.
INSIDE_ONLY = PERSON | {"width", "height", "itunes_name", "itunes_email"}


def pass_around(tree: Tree, element: Element) -> None:
    """Pass over an element that touches nothing of the items, having seen that it does not."""
    name = tree.names[element.tag]
    if name in RICH:
        pass_rich(tree, element)
    elif name in DATES:
        date_of(element)
    elif name in _AROUND:
        for child in element:
            if tree.names[child.tag] in _AROUND[name]:
                pass_around(tree, child)
            else:
                pass_inside(tree, child)
    else:
        pass_unknown(tree, element)


def pass_rich(tree: Tree, element: Element) -> None:
    """Pass over a text that is not read."""
    if type_of(tree.attributes(element), HTML) == XHTML:
        write(tree, element, [])
    else:
        text_of(element)


def pass_markup(tree: Tree, element: Element) -> None:
    """Pass over what may hold markup that should have been escaped.

    feedparser forgets to leave such a `<div>`: the base and the language in it stay in force.
    """
    is_naked = len(element) and type_of(tree.attributes(element), HTML) != XHTML
    if is_naked and any(map(_has_place, element.iter())):
        odd(f"<{tree.names[element.tag]}> holds elements with a base or language")
    if is_naked:
        write(tree, element, [])
    else:
        pass_rich(tree, element)


def _has_place(element: Element) -> bool:
    return any(split(attribute)[1] in ("base", "lang") for attribute in element.attrib)


def pass_unknown(tree: Tree, element: Element) -> None:
    """Pass over an element that feedparser has no rule for, with all that is in it."""
    if not _means_nothing(tree.names[element.tag]):
        odd(f"<{tree.names[element.tag]}>")
    for child in element:
        pass_inside(tree, child)


def pass_inside(tree: Tree, element: Element) -> None:
    """Pass over what stands deeper: feedparser would take it for the item's or feed's own."""
    name = tree.names[element.tag]
    if name in ITEM_KEYS or name in FEED_KEYS:
        odd(f"<{name}> too deep")
    pass_unknown(tree, element)


@lru_cache(maxsize=1024)
def _means_nothing(name: str) -> bool:
    kept = name in _KEPT or name.endswith(("_detail", "_parsed"))
    return is_unknown(name) and not kept
