"""The date that a page shows beside its headline, where it tells machines none."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import bs4

from aggregator.model import Source
from aggregator.parse.html import tree
from aggregator.parse.html.tree import Tree
from aggregator.text.dates import read_date

# What elements are called that hold a date, in English and in the romanized words of our
# countries' systems.
_NAMED = re.compile(
    r"date|time|publi|posted|post-?on|regist|wdate|tanggal|waktu|ngay|thoigian|riqi|fabu|shijian"
)
_NOT_NAMED = re.compile(r"update|modif|timeline|sometime|expire|copyright|footer|calendar")
# The words by which pages of our countries call the day on which they were published.
_WORDS = (
    # Japanese
    r"(?:記事)?(?:公開|掲載|投稿|配信|発表|発行|登録|作成|公表|掲示)(?:開始)?(?:日時?|年月日)",
    # Korean
    r"(?:최초\s?|기사\s?)?(?:등록|작성|게시|입력|발행|보도|공고|승인|배포|게재|송고)(?:일시?|일자|시간)",
    r"(?:기사|최초)\s?입력",
    # Chinese, both scripts
    r"(?:[发發](?:[布佈表稿文])|公[布告]|[张張]貼|张贴|刊登|上[传傳版架]|添加|录入|登載|建立|成文)(?:时间|時間|日期|[日于於])",
    # Vietnamese
    r"(?:ngày|thời gian|giờ) (?:đăng|xuất bản|tạo|ban hành|phát hành|công bố)(?: tin| bài)?",
    r"đăng (?:lúc|ngày|vào)|xuất bản(?: lúc)?",
    # Thai
    r"(?:วันที่|วัน)(?:เผยแพร่|ประกาศ|โพสต์?|ลงข่าว|ลงประกาศ|เขียน|สร้าง)",
    r"(?:เผยแพร่|ประกาศ|โพสต์?)(?:เมื่อ|วันที่|ณ\s?วันที่)|เผยแพร่",
    # Indonesian
    r"(?:tanggal|tgl\.?) (?:terbit|publikasi|posting|rilis|unggah|dibuat|diterbitkan|tayang)",
    r"di(?:terbitkan|publikasikan|posting|unggah|rilis)(?: pada)?|terbit pada",
    # English
    r"(?:date )?(?:published|posted)(?: on| at)?|(?:publication|publish|posting|issue) date",
)

# Such a word with what stands before a date, at the beginning of a text or behind a sign.
_PUBLISHED = re.compile(
    rf"(?:^|[\s\[(【（|｜/•·:：>-])(?:{'|'.join(_WORDS)})\s*[\])】）]?\s*[:：]?(?=\W|\d|$)",
    re.IGNORECASE,
)

# What else a date beside a headline is: the day of an event, the last one to answer.
_OF_AN_EVENT = re.compile(
    r"日時|日程|開催|会期|締切|〆切|申込|期限|期間|일시|일정|기간|마감|접수|개최|截止|[报報]名|活[动動]"
    r"|研習|[会會][议議]|[举舉][办辦行]|hạn|tổ chức|diễn ra|kegiatan|pelaksanaan|batas|pendaftaran"
    r"|deadline|register|กำหนด|รับสมัคร|ประชุม|อบรม|จัดงาน",
    re.IGNORECASE,
)
# What lists other pages, each with its date, or is itself said of the page that it leads to.
_ELSEWHERE = ("aside", "nav", "a")
_WORD = re.compile(r"\w")
_UNSEEN = frozenset({"html", "head", "title", "meta", "link", "script", "style", "body"})

#: A date with office, author and number of views beside it.
_LONGEST = 80

#: What stands before a date and says of what it is.
_LONGEST_LABEL = 16

#: So many elements before or behind the headline there still is its own dateline. Behind it
#: lists of other articles begin, each with its date.
_NEAR = 60

#: Text that only looks like a date is looked for in fewer: the article itself begins there.
_NEAR_UNNAMED = 20


def dateline(
    page: Tree,
    headline: str,
    source: Source,
    now: datetime,
    *,
    named: bool = True,
    but: frozenset[str] = frozenset(),
) -> str:
    """Give the shown date nearest to the headline, as written; "" if none is near.

    With `named` only `<time>` elements and such as are called a date, else any short text. The
    days in `but` (ISO 8601) are dates of something else.
    """
    tags = [tag for tag in page.tags if tag.name not in _UNSEEN]
    at = _position(tags, headline)
    best, text = (_NEAR if named else _NEAR_UNNAMED), ""
    for position, tag in enumerate(tags[: at + best]):
        distance = abs(position - at)
        if distance < best and _is_named(tag) is named:
            said, day = _date_of(tag, source, now)
            if said and day not in but and (named or not _is_of_another(tag, said)):
                best, text = distance, said
    return text


def labeled(
    page: Tree, headline: str, source: Source, now: datetime, but: frozenset[str] = frozenset()
) -> str:
    """Give the date that a word calls the day of publication, the one nearest to the headline.

    Offices and schools write it anywhere in a page: 등록일 2026.11.20, <dt>掲載日</dt><dd>….
    """
    tags = {id(tag): position for position, tag in enumerate(page.tags)}
    at = _position([*page.tags], headline)
    found = [
        (abs(tags.get(id(tag), 0) - at), text)
        for tag in page.around(_PUBLISHED)
        if tag.name not in _ELSEWHERE and not tag.find_parent(_ELSEWHERE)
        for text, day in [_date_behind(tag, source, now)]
        if text and day not in but
    ]
    return min(found)[1] if found else ""


def _date_behind(tag: bs4.Tag, source: Source, now: datetime) -> tuple[str, str]:
    """Give the date behind the label: in its element or the one around it, or beside these."""
    for each in filter(None, (tag, tag.parent)):
        text = tree.short_words(each, _LONGEST)
        label = _PUBLISHED.search(text)
        said = text[label.end() :] if label else ""
        beside = each.find_next_sibling()
        if not _WORD.search(said) and isinstance(beside, bs4.Tag) and beside.name != "a":
            said = tree.short_words(beside, _LONGEST)
        if said and (found := _read(said, source, now))[0]:
            return found
    return "", ""


def _is_of_another(tag: bs4.Tag, text: str) -> bool:
    """Tell whether the date is an event's, by the words in or before it, or another page's."""
    before = tag.find_previous_sibling()
    label = ""
    if isinstance(before, bs4.Tag) and before.name not in ("h1", "h2", "h3"):
        label = tree.short_words(before, _LONGEST_LABEL)
    return bool(
        _OF_AN_EVENT.search(label)
        or _OF_AN_EVENT.search(text)
        or tag.name in _ELSEWHERE
        or tag.find_parent(_ELSEWHERE) is not None
    )


def _position(tags: list[bs4.Tag], headline: str) -> int:
    """Find the headline's element: a heading that shows it, or else any; without one the start."""
    wanted = "".join(headline.split())
    first = 0
    for position, tag in enumerate(tags):
        if wanted and tag.string is not None and "".join(str(tag.string).split()) == wanted:
            if tag.name in ("h1", "h2", "h3"):
                return position
            first = first or position
    return first


def _is_named(tag: bs4.Tag) -> bool:
    if tag.name == "time":
        return True
    called = tree.called(tag).lower()
    return bool(_NAMED.search(called)) and not _NOT_NAMED.search(called)


def _date_of(tag: bs4.Tag, source: Source, now: datetime) -> tuple[str, str]:
    """Give the date that the element says, as written and as the day it is at the source."""
    found = (_read(text, source, now) for text in _texts(tag))
    return next((each for each in found if each[0]), ("", ""))


def _read(text: str, source: Source, now: datetime) -> tuple[str, str]:
    """Give the text and its day, if it is a date for sure: 10:30 is a time of anything."""
    zone = source.timezone
    read = read_date(text, language=source.language, country=source.country, zone=zone, now=now)
    if read is None or read.confidence == "guess":
        return "", ""
    return text, read.at.astimezone(ZoneInfo(zone)).date().isoformat()


def _texts(tag: bs4.Tag) -> Iterator[str]:
    """Give what the element says: to machines, then its own short text."""
    for name in ("datetime", "data-date-time", "data-date", "data-origindate"):
        if said := tree.attribute(tag, name):
            yield said
    text = tree.short_words(tag, _LONGEST)
    if any(sign.isdigit() for sign in text):
        yield text
