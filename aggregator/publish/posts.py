"""Which feeds an edition has, and what an entry says in each of their formats."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Literal

from aggregator.model import Edition, Entry, Scope, Source, Story
from aggregator.publish.templates import fill
from aggregator.publish.wording import (
    STATES,
    country_name,
    language_name,
    trust,
    web_address,
)
from aggregator.text.languages import UNKNOWN

#: Entries in a feed. Readers poll a few times a day and the busiest edition brings some dozens of
#: stories a day, so nobody misses one; 100 entries are about 150 kB, which weak lines still load.
NEWEST = 100

#: When a feed without entries last changed: any fixed moment does, the clock would not, since two
#: renderings of nothing would differ.
NEVER = datetime(2020, 1, 1, tzinfo=UTC)

# Targets that show the same story to readers of the default tree: their entries share its id, so
# that a reader who follows both sees it once.
_SAME_READERS = ("en", "original", "bilingual")

Group = Literal["all", "country", "from", "picks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category of an entry: the term is for programs, the label for people."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who publishes, where, and what is read; every file of an edition says so."""

    base_url: str  #: of the published site
    contact: str  #: mail address or web address
    sources: tuple[Source, ...]  #: all that are read: each one's country and language has a feed
    pages: frozenset[str] = frozenset()  #: ids of the stories that have a page on the site
    topic_names: Mapping[str, str] = field(default_factory=dict)  #: by their ids

    def address(self, path: str) -> str:
        """Return the absolute address of a file below `output/`."""
        return f"{self.base_url.rstrip('/')}/{path}"

    def topics(self, story: Story) -> tuple[Category, ...]:
        """Return what the story is about, the surest first."""
        return tuple(
            Category(
                term=f"topic:{label.topic}", label=self.topic_names.get(label.topic, label.topic)
            )
            for label in story.subject.topics
        )

    @property
    def web(self) -> str:
        """The contact's address as a link, mailto: or http(s):; "" when it is neither."""
        return f"mailto:{self.mail}" if self.mail else web_address(self.contact)

    @property
    def mail(self) -> str:
        """The contact's mail address, or "" when the contact is something else."""
        is_mail = "@" in self.contact and not web_address(self.contact)
        return self.contact.removeprefix("mailto:") if is_mail else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An entry as all feed formats show it."""

    entry: Entry
    id: str
    url: str
    html: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]

    @property
    def published(self) -> datetime:
        """When the story began, to the second."""
        return self.entry.story.lead.article.published.replace(microsecond=0)

    @property
    def updated(self) -> datetime:
        """When the entry last changed for its readers, to the second."""
        return self.entry.updated.replace(microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One feed: the same posts in every format."""

    group: Group
    key: str  #: country or language within its group, else ""
    target: str
    path: str  #: below `output/`, without the format's suffix
    title: str
    description: str
    publisher: str  #: the pipeline's title
    page: str  #: the page that shows the same, below `output/`; "" for the front page
    posts: tuple[Post, ...]

    @property
    def updated(self) -> datetime:
        """When any of the posts last changed; NEVER for an empty feed."""
        return max((post.updated for post in self.posts), default=NEVER)


def entry_id(entry: Entry) -> str:
    """Return an entry's id in feeds, pages and mail; it depends on nothing that may change.

    Readers collapse equal ids over all feeds, so another target language has an id of its own.
    """
    suffix = "" if entry.target in _SAME_READERS else f":{entry.target}"
    return f"urn:uuid:{entry.story.id}{suffix}"


def shelves(edition: Edition, imprint: Imprint) -> tuple[Shelf, ...]:
    """Return the feeds that an edition has, empty ones included.

    Which countries and languages have a feed follows from the sources, not from today's entries:
    a feed that vanished would be an error to its subscribers.
    """

    @cache
    def post(number: int) -> Post:
        return read_post(edition.entries[number], imprint)

    return tuple(
        _shelf(edition, group, key, tuple(map(post, _newest(edition, group, key))))
        for group in edition.pipeline.outputs.feeds
        for key in _keys(group, edition, imprint)
    )


def _newest(edition: Edition, group: Group, key: str) -> Iterator[int]:
    """Yield the positions of a feed's entries in the edition."""
    members = (n for n, entry in enumerate(edition.entries) if _MEMBERS[group](entry, key))
    return islice(members, NEWEST)


def _keys(group: Group, edition: Edition, imprint: Imprint) -> tuple[str, ...]:
    """Return the countries or languages of a group, sorted; the other groups have one feed."""
    scope = edition.pipeline.scope
    read = [source for source in imprint.sources if scope.covers(source)]
    # Of what is no longer read, feeds stay while they have entries; unless another pipeline may
    # publish the same feed: a story of ours can be led by a place that is in its scope.
    told = [] if scope != Scope() else [entry.story.lead for entry in edition.entries]
    match group:
        case "country":
            found = {s.country for s in read} | {lead.source.country for lead in told}
        case "from":
            found = {s.language for s in read} | {lead.article.language for lead in told}
            found -= {UNKNOWN}
        case "all" | "picks":
            found = {""}
    return tuple(sorted(found))


def _shelf(edition: Edition, group: Group, key: str, posts: tuple[Post, ...]) -> Shelf:
    pipeline = edition.pipeline
    is_default = edition.target == pipeline.targets[0]
    folder = "feeds" if is_default else f"feeds/{edition.target}"
    in_language = "" if is_default else f" ({_in(edition.target)})"
    has_page = group == "country" and pipeline.outputs.site
    return Shelf(
        group=group,
        key=key,
        target=edition.target,
        path=f"{folder}/{group}/{key}" if key else f"{folder}/{group}",
        title=f"{pipeline.title}{_which(group, key)}{in_language}",
        description=pipeline.description or pipeline.title,
        publisher=pipeline.title,
        page=f"countries/{key}.html" if has_page else "",
        posts=posts,
    )


def _in(target: str) -> str:
    return "original languages" if target == "original" else f"in {language_name(target)}"


def _which(group: Group, key: str) -> str:
    match group:
        case "all":
            return ""
        case "country":
            return f": {country_name(key)}"
        case "from":
            return f": from {language_name(key)}"
        case "picks":
            return ": editors' picks"


def picked(entry: Entry) -> bool:
    """Tell whether an editor approved or pinned the story."""
    return entry.story.standing.review == "approved" or entry.story.standing.pinned


_MEMBERS: dict[Group, Callable[[Entry, str], bool]] = {
    "all": lambda _entry, _key: True,
    "country": lambda entry, key: entry.story.lead.source.country == key,
    "from": lambda entry, key: entry.story.lead.article.language == key,
    "picks": lambda entry, _key: picked(entry),
}


def read_post(entry: Entry, imprint: Imprint) -> Post:
    """Return what the feeds say of an entry."""
    lead = entry.story.lead
    has_page = entry.story.id in imprint.pages
    page = imprint.address(f"stories/{entry.story.id}.html") if has_page else ""
    return Post(
        entry=entry,
        id=entry_id(entry),
        url=web_address(lead.article.url) or lead.source.homepage,
        html=fill("post.html", entry=entry, page=page).strip(),
        authors=lead.article.authors or (lead.source.name,),
        categories=tuple(_categories(entry, imprint)),
    )


def _categories(entry: Entry, imprint: Imprint) -> Iterator[Category]:
    story = entry.story
    country, language = story.lead.source.country, story.lead.article.language
    review, state = story.standing.review, trust(entry)
    yield Category(term=story.kind, label=story.kind.capitalize())
    yield from imprint.topics(story)
    yield Category(term=f"country:{country}", label=country_name(country))
    yield Category(term=f"from:{language}", label=f"From {language_name(language)}")
    yield Category(term=f"trust:{state}", label=STATES[state])
    yield Category(term=f"review:{review}", label=review.capitalize())
