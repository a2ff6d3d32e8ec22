"""Articles and their places in stories."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from aggregator.model import Article, Enclosure, Verdict
from aggregator.store.parts import parts
from aggregator.store.schema import articles, stories, verdicts
from aggregator.store.upsert import add_missing, upsert

#: Why an article is held whose record a repository deleted.
TAKEN_BACK = "Its source took it back"


def read_article(row: Any) -> Article:
    """Return the article of a row that has all columns of `articles`."""
    fields = {name: getattr(row, name) for name in Article.__dataclass_fields__}
    files = tuple(Enclosure(**each) for each in row.enclosures)
    lists = {
        "authors": tuple(row.authors),
        "categories": tuple(row.categories),
        "details": tuple((name, text) for name, text in row.details),
        "enclosures": files,
    }
    return Article(**{**fields, **lists})


def by_id(db: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """Return the articles that are known, by their ids."""
    found: dict[str, Article] = {}
    for part in parts(ids):
        rows = db.execute(select(articles).where(articles.c.id.in_(part)))
        found.update({row.id: read_article(row) for row in rows})
    return found


def of_sources(db: Connection, source_ids: Collection[str]) -> dict[str, list[Any]]:
    """Return of each source's articles: id, and what its next reading needs to know of it."""
    found: dict[str, list[Any]] = {source_id: [] for source_id in source_ids}
    columns = (
        articles.c.id,
        articles.c.first_seen,
        articles.c.published,
        articles.c.dated_by,
        articles.c.backlog,
        articles.c.date_confidence,
        articles.c.key,
        articles.c.url,
        articles.c.title,
    )
    query = select(articles.c.source_id, *columns).where(articles.c.source_id.in_(found))
    for source_id, *known in db.execute(query):
        found[source_id].append(known)
    return found


def known_ids(db: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of the ids that are articles'."""
    found: set[str] = set()
    for part in parts(ids):
        found.update(db.scalars(select(articles.c.id).where(articles.c.id.in_(part))))
    return found


def are_there(db: Connection) -> bool:
    """Tell whether there is any article."""
    return db.scalar(select(articles.c.id).limit(1)) is not None


def tell_of(db: Connection, source_id: str, keys: Sequence[str]) -> bool:
    """Tell whether any of these keys is that of an article of the source."""
    query = select(articles.c.id).where(articles.c.source_id == source_id)
    asked = (query.where(articles.c.key.in_(part)).limit(1) for part in parts(keys))
    return any(db.scalar(each) is not None for each in asked)


#: What of an article comes from its source, as far as it can be shown in a line.
_READ = (
    "source_id", "url", "title", "summary", "language", "title_language", "published", "dated_by",
    "backlog", "held",
)  # fmt: skip


def read_of(db: Connection, source_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Return what was read of each article of these sources, by id: field -> value, as text."""
    columns = [articles.c.id, *(articles.c[name] for name in _READ)]
    rows = db.execute(select(*columns).where(articles.c.source_id.in_(source_ids)))
    return {row.id: {name: str(getattr(row, name)) for name in _READ} for row in rows}


def newest_dates(
    db: Connection, source_ids: Collection[str], number: int
) -> dict[str, list[datetime]]:
    """Return when the newest articles of each source were published."""
    place = func.row_number().over(
        partition_by=articles.c.source_id, order_by=articles.c.published.desc()
    )
    ranked = (
        select(articles.c.source_id, articles.c.published, place.label("place"))
        .where(articles.c.source_id.in_(source_ids))
        .subquery()
    )
    rows = db.execute(
        select(ranked.c.source_id, ranked.c.published).where(ranked.c.place <= number)
    )
    found: dict[str, list[datetime]] = {}
    for source_id, published in rows:
        found.setdefault(source_id, []).append(published)
    return found


def save(db: Connection, found: Iterable[Article]) -> None:
    """Keep articles, overwriting what was known of them; but what was taken back stays held."""
    rows = [_row(article) for article in found]
    held = select(articles.c.id, articles.c.held).where(articles.c.held == TAKEN_BACK)
    taken_back: set[str] = set()
    for part in parts([row["id"] for row in rows]):
        taken_back.update(db.scalars(held.where(articles.c.id.in_(part))))
    for row in rows:
        if row["id"] in taken_back:
            row["held"] = TAKEN_BACK
    upsert(db, articles, rows)


def _row(article: Article) -> dict[str, Any]:
    # Not `asdict`, which copies every value: half of the time of a large batch.
    fields = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return {**fields, "enclosures": [asdict(each) for each in article.enclosures]}


def take_back(db: Connection, source_id: str, keys: Sequence[str]) -> None:
    """Hold the articles of these keys: they are not published until an editor approves them."""
    own = articles.c.source_id == source_id
    for part in parts(keys):
        held = update(articles).where(own, articles.c.key.in_(part))
        db.execute(held.values(held=TAKEN_BACK))


def sharing(db: Connection, some: Sequence[Article]) -> set[tuple[str, str]]:
    """Return pairs of articles that share their URL or exact text, one of these first."""
    columns = (articles.c.id, articles.c.url, articles.c.content_hash)
    rows: set[tuple[str, str, str]] = set()
    for part in parts(some):
        alike = or_(
            articles.c.url.in_([article.url for article in part]),
            articles.c.content_hash.in_([article.content_hash for article in part]),
        )
        rows.update(map(tuple, db.execute(select(*columns).where(alike))))
    by: dict[str, list[str]] = {}
    for article_id, url, digest in rows:
        for key in (f"url {url}", f"text {digest}"):
            by.setdefault(key, []).append(article_id)
    keys = ((each.id, (f"url {each.url}", f"text {each.content_hash}")) for each in some)
    return {(own, other) for own, both in keys for key in both for other in by.get(key, ())}


def verdicts_of(db: Connection, ids: Sequence[str]) -> dict[str, Verdict]:
    """Return where articles belong, by their ids; those that have no place are left out."""
    found: dict[str, Verdict] = {}
    for part in parts(ids):
        for row in db.execute(select(verdicts).where(verdicts.c.article_id.in_(part))):
            found[row.article_id] = Verdict(
                article_id=row.article_id,
                story_id=row.story_id,
                same_as=row.same_as,
                evidence=tuple(row.evidence),
            )
    return found


def save_verdicts(db: Connection, found: Sequence[Verdict], began: Mapping[str, datetime]) -> None:
    """Keep verdicts, which are settled then, with the stories they begin.

    `began` gives each article's first sight.
    """
    fresh = [
        {"id": key, "began": began[key]}
        for key in {each.story_id for each in found}
        if key in began
    ]
    add_missing(db, stories, sorted(fresh, key=lambda row: str(row["id"])))
    rows = [{**asdict(v), "evidence": list(v.evidence), "settled": True} for v in found]
    upsert(db, verdicts, rows)


def place_alone(db: Connection, found: Sequence[Article]) -> None:
    """Let articles that have no place tell a story each, until that is looked at."""
    add_missing(db, stories, [{"id": each.id, "began": each.first_seen} for each in found])
    rows: list[dict[str, Any]] = [
        {
            "article_id": each.id,
            "story_id": each.id,
            "same_as": None,
            "evidence": [],
            "settled": False,
        }
        for each in found
    ]
    add_missing(db, verdicts, rows)


def unsettle(db: Connection, ids: Collection[str]) -> None:
    """Have the places of these articles looked at again, with those of all that are like them."""
    for part in parts(sorted(ids)):
        db.execute(update(verdicts).where(verdicts.c.article_id.in_(part)).values(settled=False))


def unsettled(db: Connection, limit: int) -> list[str]:
    """Return the ids of articles whose places are to be looked at."""
    query = select(verdicts.c.article_id).where(verdicts.c.settled.is_(False))
    return list(db.scalars(query.order_by(verdicts.c.article_id).limit(limit)))


def told_before(db: Connection, first_seen: datetime) -> dict[str, int]:
    """Return how many articles seen then repeat others, and how many tell of others' stories."""
    is_repeat = verdicts.c.same_as.is_not(None)
    rows = db.execute(
        select(is_repeat.label("repeats"), func.count().label("number"))
        .join(articles, articles.c.id == verdicts.c.article_id)
        .where(articles.c.first_seen == first_seen, verdicts.c.story_id != verdicts.c.article_id)
        .group_by(is_repeat)
    )
    counts = {bool(row.repeats): int(row.number) for row in rows}
    return {"repeats": counts.get(True, 0), "retold": counts.get(False, 0)}
