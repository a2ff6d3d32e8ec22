"""What stands around the items, and beside what is read of them: passed over, if it may be.

An element is passed over if it is known to touch nothing that is read, or if feedparser has no
rule for it and it carries no name under which something else is kept.
"""

from functools import lru_cache

from aggregator.parse.plain.events import Node, is_unknown, odd
from aggregator.parse.plain.texts import HTML, XHTML, date_of, text_of, type_of, write

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


def pass_around(node: Node) -> None:
    """Pass over an element that touches nothing of the items, having seen that it does not."""
    if node.name in RICH:
        pass_rich(node)
    elif node.name in DATES:
        date_of(node)
    elif node.name in _AROUND:
        for child in node.elements():
            if child.name in _AROUND[node.name]:
                pass_around(child)
            else:
                pass_inside(child)
    else:
        pass_unknown(node)


def pass_rich(node: Node) -> None:
    """Pass over a text that is not read."""
    if type_of(node, HTML) == XHTML:
        write(node, [])
    else:
        text_of(node)


def pass_markup(node: Node) -> None:
    """Pass over what may hold markup that should have been escaped.

    feedparser forgets to leave such a `<div>`: the base and the language in it stay in force.
    """
    if type_of(node, HTML) != XHTML and node.elements() and _has_place(node):
        odd(f"<{node.name}> holds elements with a base or language")
    write(node, [])


def _has_place(node: Node) -> bool:
    here = node.attributes.keys() & {"xml:base", "xml:lang", "lang"}
    return bool(here) or any(map(_has_place, node.elements()))


def pass_leaf(node: Node) -> None:
    """Pass over an element that must hold no others."""
    text_of(node)


def pass_unknown(node: Node) -> None:
    """Pass over an element that feedparser has no rule for, with all that is in it."""
    if not _means_nothing(node.name):
        odd(f"<{node.name}>")
    for child in node.elements():
        pass_inside(child)


def pass_inside(node: Node) -> None:
    """Pass over what stands deeper: feedparser would take it for the item's or feed's own."""
    if node.name in ITEM_KEYS or node.name in FEED_KEYS:
        odd(f"<{node.name}> too deep")
    pass_unknown(node)


@lru_cache(maxsize=1024)
def _means_nothing(name: str) -> bool:
    kept = name in _KEPT or name.endswith(("_detail", "_parsed"))
    return is_unknown(name) and not kept
