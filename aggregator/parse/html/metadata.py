"""What a page tells machines of its article: JSON-LD, `<meta>` elements, microdata."""

import re
from dataclasses import dataclass

from aggregator.parse.html import linked, tree
from aggregator.parse.html.linked import Thing
from aggregator.parse.html.tree import Tree

# Names are compared without signs and capitals: article:published_time, DC.date.issued and
# dcterms.issued are written in many ways.
_SIGNS = re.compile("[^a-z]")

_TITLES = ("citationtitle", "dctitle", "dctermstitle", "ogtitle", "twittertitle")
_PUBLISHED = (
    "articlepublishedtime", "ogarticlepublishedtime", "articlepublished",
    "citationpublicationdate", "citationonlinedate", "citationdate", "dcdateissued",
    "dctermsissued", "dcissued", "dcdatecreated", "dctermscreated", "dctermsdate", "dcdate",
    "datepublished", "publisheddate", "publishdate", "publishedat", "publishtime", "pubdate",
    "pubtime", "publicationdate", "contentpublisheddate", "parselypubdate", "sailthrudate",
    "cxenseparserecspublishtime", "releasedate", "date", "dateavailable", "datecreated",
)  # fmt: skip
_MODIFIED = (
    "articlemodifiedtime", "ogupdatedtime", "dctermsmodified", "dcdatemodified", "datemodified",
    "lastmodified", "lastupdate", "dateupdate",
)  # fmt: skip
_AUTHORS = ("citationauthor", "dccreator", "dctermscreator", "articleauthor", "author", "byl")
_SITES = ("ogsitename", "applicationname", "citationjournaltitle", "dcpublisher")
_LEADS = ("ogdescription", "description", "twitterdescription", "dcdescription")

#: What else than an article (…Article, …Posting) pages are about, in schema.org's names.
_WORKS = frozenset(
    (
        "Report", "Review", "Question", "Book", "Thesis", "Chapter", "Course", "Event", "Dataset",
        "VideoObject", "CreativeWork", "PublicationIssue", "EducationEvent", "DigitalDocument",
    )
)  # fmt: skip

# What programs that draw their pages in the browser call it in the data they draw.
_DATA = re.compile(
    r'\\?"(?:datePublished|first_?[pP]ublished_?[aA]t|published_?(?:[aA]t|[dD]ate|[tT]ime|[oO]n)'
    r'|publish_?(?:[dD]ate|[tT]ime)|pub_?[dD]ate)\\?"\s*:\s*\\?"((?:19|20)\d\d-[^"\\]{5,28})\\?"'
)

_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|@\S+\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told, as plain text; what is not told is empty."""

    headline: str = ""  #: of the article alone
    titles: tuple[str, ...] = ()  #: titles that may carry the site's name, best first
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()  #: names of the site and its publisher
    lead: str = ""  #: what the page says of its article in a sentence; may be cut
    body: str = ""  #: the article's whole text


def told(page: Tree) -> Told:
    """Give what the page tells machines: JSON-LD before the `<meta>` elements."""
    things = list(linked.things(_scripts(page)))
    article = _article(things)
    metas = _metas(page)
    return Told(
        headline=linked.text(article, "headline", "name"),
        titles=_all(metas, _TITLES),
        published=linked.text(article, "datePublished")
        or _first(metas, _PUBLISHED)
        or _property(page, "datePublished")
        or _of_any(things, "datePublished")
        or _in_data(page),
        modified=linked.text(article, "dateModified")
        or _first(metas, _MODIFIED)
        or _property(page, "dateModified"),
        authors=_people(linked.names(article, "author")) or _named(metas),
        sites=_sites(things, article, metas),
        lead=linked.text(article, "description") or _first(metas, _LEADS),
        body=_long_text(article),
    )


def _scripts(page: Tree) -> list[str]:
    scripts = page.named("script")
    return [tag.get_text() for tag in scripts if "ld+json" in tree.attribute(tag, "type").lower()]


def _article(things: list[Thing]) -> Thing:
    """Choose the thing that the page is about: an article before another work."""
    for fits in (_is_article, _is_work):
        for thing in things:
            if fits(thing) and linked.text(thing, "headline", "name"):
                return thing
    return next((thing for thing in things if "headline" in thing), {})


def _is_article(thing: Thing) -> bool:
    return any(name.endswith(("Article", "Posting")) for name in linked.types(thing))


def _is_work(thing: Thing) -> bool:
    return bool(_WORKS & linked.types(thing))


def _metas(page: Tree) -> dict[str, tuple[str, ...]]:
    """Give the values of all `<meta>` elements by their name without signs."""
    metas: dict[str, tuple[str, ...]] = {}
    for tag in page.named("meta"):
        name = tree.attribute(tag, "property", "name", "itemprop")
        # Some tools that save pages write `value` for `content`.
        value = " ".join(tree.attribute(tag, "content", "value").split())
        key = _SIGNS.sub("", name.lower())
        if value:
            metas[key] = (*metas.get(key, ()), value)
    return metas


def _all(metas: dict[str, tuple[str, ...]], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name in names for value in metas.get(name, ())))


def _first(metas: dict[str, tuple[str, ...]], names: tuple[str, ...]) -> str:
    return next(iter(_all(metas, names)), "")


def _property(page: Tree, name: str) -> str:
    """Give the microdata of that name: https://html.spec.whatwg.org/multipage/microdata.html."""
    tags = (tag for tag in page.tags if name in tree.attribute(tag, "itemprop").split())
    said = (tree.attribute(tag, "content", "datetime") or tree.words(tag) for tag in tags)
    return next((text for text in said if text), "")


def _of_any(things: list[Thing], name: str) -> str:
    """Give what is said of the page itself where no article is described, as WordPress does."""
    return next((value for thing in things if (value := linked.text(thing, name))), "")


def _in_data(page: Tree) -> str:
    """Give when the page's own data says it was published, if it says so of one thing only."""
    scripts = (tag.get_text() for tag in page.named("script"))
    found = {moment for script in scripts for moment in _DATA.findall(script)}
    return found.pop() if len(found) == 1 else ""


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not _ADDRESS.search(name))


def _named(metas: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Name the authors by the first kind of element that names any; profiles' addresses don't."""
    found = (_people(tuple(dict.fromkeys(metas.get(name, ())))) for name in _AUTHORS)
    return next((names for names in found if names), ())


def _sites(
    things: list[Thing], article: Thing, metas: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    websites = [thing for thing in things if "WebSite" in linked.types(thing)]
    named = [name for thing in websites for name in linked.names(thing, "name")]
    publisher = linked.names(article, "publisher")
    return tuple(dict.fromkeys((*_all(metas, _SITES), *publisher, *named)))


def _long_text(article: Thing) -> str:
    body = article.get("articleBody")
    return body if isinstance(body, str) else ""
