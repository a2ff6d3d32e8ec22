"""What feedgen does not write: languages, labels, and whole sources, per entry."""

from lxml import etree

from aggregator.publish.posts import Post

ATOM = "http://www.w3.org/2005/Atom"
# The one module for language and authors in RSS that validators and readers know.
# https://www.rssboard.org/rss-profile#namespace-elements-dublin-creator
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# feedgen calls these classes by their method names; it makes them without arguments, and the
# entry's post is set after. Elements made by feedgen have no namespace object: Atom's is written
# as a plain attribute of the root, so ours are made without one as well.


class AtomFeed:
    """The feed's part of the Atom extension: nothing to add."""

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        return feed


class AtomEntry:
    """Adds languages, labels of categories and the whole source to an Atom entry."""

    post: Post

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        entry.set(_LANGUAGE, self.post.entry.language)
        # feedgen loses all attributes of an entry's link but href.
        for link in entry.findall("link"):
            link.set("rel", "alternate")
            link.set("hreflang", self.post.entry.story.lead.article.language)
        labels = {category.term: category.label for category in self.post.categories}
        for category in entry.findall("category"):
            category.set("label", labels[category.get("term", "")])
        self._add_source(entry)
        return entry

    def _add_source(self, entry: etree._Element) -> None:
        """Say where the entry comes from; Atom wants id, title and updated of a source.

        The date is the article's: the only one we know the source to have changed at.
        https://www.rfc-editor.org/rfc/rfc4287#section-4.2.11
        """
        origin = self.post.entry.story.lead.source
        source = etree.SubElement(entry, "source", {_LANGUAGE: origin.language})
        etree.SubElement(source, "id").text = origin.url
        etree.SubElement(source, "title").text = origin.name
        etree.SubElement(source, "link", rel="alternate", href=origin.homepage)
        etree.SubElement(source, "updated").text = self.post.published.isoformat()


class RssFeed:
    """The feed's part of the RSS extension: the namespace of its items' languages."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DUBLIN_CORE}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        return feed


class RssItem:
    """Adds the language, and authors without a mail address, to an RSS item."""

    post: Post

    def extend_rss(self, item: etree._Element) -> etree._Element:
        for author in self.post.authors:
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = author
        etree.SubElement(item, f"{{{DUBLIN_CORE}}}language").text = self.post.entry.language
        return item
