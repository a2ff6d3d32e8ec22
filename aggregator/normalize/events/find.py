"""The words of an article -> the events they announce."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model import Article, Source
from aggregator.model.events import Deadline, Event, EventStatus, When
from aggregator.normalize.events import cues, places
from aggregator.normalize.events.fields import Labeled, labeled
from aggregator.normalize.events.letters import simple
from aggregator.normalize.events.roles import Read, Roles
from aggregator.normalize.events.times.clocks import Hours, hours
from aggregator.normalize.events.times.ranges import LONGEST, Mention, mentions, without_hours
from aggregator.text.html import plain

#: More text holds the history of a school, and a programme of three days fits.
MOST_CHARACTERS = 12_000

#: More days are a calendar of a year, whose dates are not one article's event.
MOST_SESSIONS = 20

#: Signs behind a sentence in which its hours may be told.
_BEHIND = 90

#: Rules of `Article.dated_by` by which nothing is known of the publication.
_UNDATED = frozenset({"first-seen", "future"})

#: Of several days only hours at which something is said to begin are the first one's.
_BEGINS = re.compile(r"開会|開始|开始|開幕|시작|개회|bắt đầu|เริ่ม|mulai|start|begin", re.IGNORECASE)

#: Names of clocks in a text, which are others than the source's.
_ZONES = (
    (re.compile(r"\bWITA\b"), "Asia/Makassar"),
    (re.compile(r"\bWIT\b"), "Asia/Jayapura"),
    (re.compile(r"\bWIB\b"), "Asia/Jakarta"),
    (re.compile(r"\bJST\b|日本時間|日本时间|giờ Nhật|Japan time", re.IGNORECASE), "Asia/Tokyo"),
    (re.compile(r"\bKST\b|韓国時間|한국 ?시간|Korea(?:n)? time", re.IGNORECASE), "Asia/Seoul"),
    (re.compile(r"\bSGT\b|Singapore time", re.IGNORECASE), "Asia/Singapore"),
    (re.compile(r"北京时间|北京時間|Beijing time", re.IGNORECASE), "Asia/Shanghai"),
    (re.compile(r"台北時間|臺灣時間|台灣時間|Taipei time", re.IGNORECASE), "Asia/Taipei"),
    (re.compile(r"giờ Việt Nam|Hanoi time|Vietnam time", re.IGNORECASE), "Asia/Ho_Chi_Minh"),
    (re.compile(r"เวลาประเทศไทย|Bangkok time|Thai(?:land)? time", re.IGNORECASE), "Asia/Bangkok"),
    (re.compile(r"\b(?:GMT|UTC)(?![\w+-])"), "UTC"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article's words with the days in them."""

    article: Article
    written: str
    simple: str
    fields: tuple[Labeled, ...]
    read: tuple[Read, ...]
    published: date
    zone: str
    country: str

    def deadlines(self) -> tuple[Deadline, ...]:
        """Return until when one may answer."""
        return _deadlines(self.read, self.written, self.zone)


def read_text(article: Article, source: Source) -> Text:
    """Return the article's title and text, read once for events and deadlines."""
    body = plain(article.body) or article.summary
    written = f"{article.title}\n{body}"[:MOST_CHARACTERS]
    bare = simple(written)
    published = article.published.astimezone(ZoneInfo(source.timezone)).date()
    zone = next((zone for name, zone in _ZONES if name.search(bare)), source.timezone)
    found = mentions(bare, source.country, published, article.dated_by not in _UNDATED)
    fields = tuple(labeled(bare)) if found else ()
    return Text(
        article=article,
        written=written,
        simple=bare,
        fields=fields,
        read=tuple(Roles(bare, found, fields).read()),
        published=published,
        zone=zone,
        country=source.country,
    )


def events_in(text: Text) -> tuple[Event, ...]:
    """Return the events that the words announce, numbered by their days.

    What labels say (日時, Venue) counts before what sentences say. A day that had passed when the
    article appeared is a report's, not an announcement's: it makes an event only behind a label,
    and only if no word says that it is over. A post to be filled is no event.
    """
    if not text.read or cues.POST.search(text.simple):
        return ()
    chosen = _chosen(text)
    if not chosen:
        return ()
    status = _status(text)
    if status == "moved":
        chosen = [max(chosen, key=lambda each: each.mention.first)]
    chosen = chosen[:MOST_SESSIONS]
    return tuple(_event(text, each, number, status) for number, each in enumerate(chosen, 1))


def _chosen(text: Text) -> list[Read]:
    """Return the days that are the event's, its sessions each for itself."""
    is_over = bool(cues.OVER.search(text.simple))
    is_off = _status(text) == "cancelled"
    coming = [each for each in text.read if _is_possible(text, each, is_over, is_off)]
    told = _distinct([each for each in coming if each.role in ("told", "session")])
    if told and _status(text) != "moved":
        whole = [each for each in told if each.role == "told"]
        return told if len(whole) != 1 or not _covers(whole[0], told) else whole
    said = [each for each in coming if each.role in ("said", "former")]
    if _status(text) == "moved":
        return _distinct([*told, *said])
    if said:
        return _distinct([min(said, key=lambda each: _rank(text, each))])
    return _in_first_line(text, coming)


def _in_first_line(text: Text, coming: Sequence[Read]) -> list[Read]:
    """Return a day that stands with its time in a line of its own, as on a poster."""
    if cues.OVER.search(text.simple) or cues.NOT_HELD.search(text.simple):
        return []
    for each in coming:
        start = text.simple.rfind("\n", 0, each.mention.start) + 1
        leads = each.mention.start - start <= 16 and start > 0
        is_plain = each.role == "none" and each.field is None and leads
        if is_plain and (each.mention.begins is not None or _is_laid_out(text)):
            return [each]
    return []


def _covers(whole: Read, told: Sequence[Read]) -> bool:
    first, last = whole.mention.first, whole.mention.last
    return len(told) > 1 and all(first <= each.mention.first <= last for each in told)


def _is_possible(text: Text, read: Read, is_over: bool, is_off: bool) -> bool:
    mention = read.mention
    if read.role == "deadline" or (read.role == "former" and not is_off):
        return False
    if mention.last - mention.first > LONGEST:
        return False
    if mention.last > text.published + timedelta(days=800):
        return False
    if read.role in ("told", "session"):
        return mention.last >= text.published or (not is_over and _is_laid_out(text))
    if mention.first > text.published:
        return True
    words = text.simple[slice(*read.sentence)]
    return (
        mention.last >= text.published
        and (mention.last > text.published or bool(cues.COMING.search(words)))
        and not is_over
    )


def _is_laid_out(text: Text) -> bool:
    """Tell whether labels tell more than a day: a place, or until when to answer."""
    return any(each.sort in ("place", "deadline") for each in text.fields)


def _rank(text: Text, read: Read) -> tuple[bool, bool, bool, int]:
    """Order days that sentences name: with an hour, in the text and near its begin first."""
    mention = read.mention
    in_title = mention.start < len(text.article.title)
    return (mention.is_bare, not mention.has_month, in_title, mention.start)


def _distinct(found: Sequence[Read]) -> list[Read]:
    """Return one for each first day, the one that knows the hour; in the order of days."""
    best: dict[date, Read] = {}
    for each in found:
        before = best.get(each.mention.first)
        if before is None or (before.mention.begins is None and each.mention.begins is not None):
            best[each.mention.first] = each
    days = sorted(best)
    return [best[day] for day in days]


def _status(text: Text) -> EventStatus:
    head = text.simple[: len(text.article.title) + 200]
    if cues.CANCELLED.search(head) and not cues.MOVED.search(head):
        return "cancelled"
    return "moved" if cues.MOVED.search(head) else "found"


def _sentences(text: Text, day: date) -> list[tuple[int, int]]:
    """Return the sentences that name the day, those of the text before the title."""
    found = [each.sentence for each in text.read if each.mention.first == day]
    return sorted(found, key=lambda span: span[0] < len(text.article.title))


def _event(text: Text, read: Read, number: int, status: EventStatus) -> Event:
    mention = _with_hours(text, read)
    if mention.is_range and mention.ends is None:  # an hour and a day are no span
        mention = without_hours(mention)
    place, place_words = places.place_of(
        text.written, text.simple, text.fields, _sentences(text, mention.first)
    )
    online, online_words = places.online_of(text.written, text.article.body)
    words = (
        ("starts", _words(text, read)),
        ("place", place_words),
        ("online", online_words),
    )
    starts = _moment(mention.first, mention.begins, text.zone)
    return Event(
        article_id=text.article.id,
        number=number,
        title=text.article.title,
        starts=starts,
        ends=_end(mention, text.zone),
        zone="" if mention.begins is None else text.zone,
        place=place,
        online=online,
        is_online=bool(online) or places.is_online(text.simple),
        status=status,
        certainty=mention.certainty,
        deadlines=tuple(each for each in text.deadlines() if _before(each.at, mention.last)),
        words=tuple((name, said) for name, said in words if said),
    )


def _before(at: When, last: date) -> bool:
    """Tell whether one answers before the event is over; later days are another's."""
    return (at.date() if isinstance(at, datetime) else at) <= last


def _end(mention: Mention, zone: str) -> When | None:
    """Return the end; of hours after midnight (22:00 to 1:00) on the day after."""
    if mention.begins is None:
        return mention.last if mention.is_range else None
    if mention.ends is None:
        return None
    day = mention.last
    if not mention.is_range and mention.ends <= mention.begins:
        day += timedelta(days=1)
    return _moment(day, mention.ends, zone)


def _words(text: Text, read: Read) -> str:
    start = read.field.begin if read.field else read.mention.start
    return text.written[start : read.mention.end].strip()


def _with_hours(text: Text, read: Read) -> Mention:
    """Return the day with the hours told elsewhere: behind a label, or in a sentence behind."""
    mention = read.mention
    if mention.begins is not None or read.role == "session":
        return mention
    for found in (_labeled_hours(text), _sentence_hours(text, read)):
        if found is not None:
            return replace(mention, begins=found.begins, ends=found.ends)
    return mention


def _labeled_hours(text: Text) -> Hours | None:
    for field in text.fields:
        has_day = any(field.start <= each.mention.start < field.end for each in text.read)
        if field.sort == "when" and not has_day:
            found = hours(text.simple[field.start : field.end], text.country)
            if not found and _has_points(text.simple[field.start : field.end]):
                found = hours(text.simple[field.start : field.end], "id")
            if found:
                return found[0]
    return None


def _has_points(value: str) -> bool:
    return bool(re.match(r"\s*\d{1,2}\.\d\d\s?[-–~]\s?\d{1,2}\.\d\d", value))


def _sentence_hours(text: Text, read: Read) -> Hours | None:
    """Return the first hours behind a day that a sentence names, before the next day."""
    start = read.mention.end
    following = [each.mention.start for each in text.read if each.mention.start > start]
    end = min([*following, len(text.simple), max(read.sentence[1], start) + _BEHIND])
    found = hours(text.simple[start:end], text.country)
    if read.mention.is_range and not _BEGINS.search(text.simple[start:end]):
        return None
    return found[0] if found else None


def _deadlines(read: Iterable[Read], text: str, zone: str) -> tuple[Deadline, ...]:
    """Return the deadlines among the days of a text, each once, in its order.

    Of a span in which one may answer its last day counts. *text* is the text as written.
    """
    found: dict[tuple[str, When], Deadline] = {}
    for each in read:
        if each.role != "deadline":
            continue
        mention = each.mention
        minutes = mention.ends if mention.ends is not None else mention.begins
        at = _moment(mention.last, minutes, zone)
        start = each.field.begin if each.field else mention.start
        words = text[start : mention.end] if mention.end - start < 200 else ""
        found.setdefault(
            (each.kind, at),
            Deadline(kind=each.kind, at=at, certainty=mention.certainty, words=words.strip()),
        )
    return tuple(found.values())


def _moment(day: date, minutes: int | None, zone: str) -> When:
    """Return the day, or its time in UTC by the clocks of a zone."""
    if minutes is None:
        return day
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return (midnight + timedelta(minutes=minutes)).astimezone(UTC)
