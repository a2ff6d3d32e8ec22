"""Labels before values, as announcements are laid out: 日時：, Địa điểm:, Venue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

#: What a label announces. "other" names a date that is none of the event's own.
Sort = Literal["when", "session", "place", "deadline", "link", "other"]

# Stems, looked for anywhere in a label; the first row that fits decides. Of short words only the
# whole label counts.
_STEMS: tuple[tuple[Sort, str], ...] = (
    (
        "other",
        (
            r"当初|报到|報到|考试|考試|試験|시험|\bthi\b|สอบ|ujian|\bexam|原定|原訂|당초"
            r"|semula|発行|發行|발행|발표일|결과|通知$|録用|录用|錄取|公布|계약"
            r"|聘期|任期|문의|contact|công bố kết quả"
            r"|ประกาศผล|pengumuman|notification|更新日|公開日|作成日|등록일|작성일|掲載|発表日"
            r"|posted|published|ngày đăng"
        ),
    ),
    (
        "deadline",
        (
            r"締切|締め切り|〆切|しめきり|申込|申し込み|応募|受付|募集期|提出期|期限|^締.?切$"
            r"|마감"
            r"|신청|접수|모집|등록|제출|투고|截止|截稿|报名|報名|投稿|征稿|徵稿"
            r"|期限|繳交|hạn|đăng ký|nộp|nhận bài|nhận hồ sơ|หมดเขต|ปิดรับ|กำหนดส่ง|กำหนดลงทะเบียน"
            r"|ลงทะเบียน|รับสมัคร|ส่งบทคัดย่อ|ส่งบทความ"
            r"|batas|tenggat|pendaftaran|registrasi|pengiriman|deadline|registration|closes"
            r"|closing|\bdue\b|rsvp|submission|apply|application|proposals?|abstracts?"
            r"|pengumpulan"
        ),
    ),
    (
        "link",
        (
            r"url|リンク|zoom|参加方法|開催方法|配信|링크|접속|链接|連結|平台|会议号|đường dẫn"
            r"|link|hình thức|ลิงก์|ช่องทาง|tautan|join|format|platform"
        ),
    ),
    (
        "place",
        (
            r"会場|場所|ところ|開催地|장소|地点|地點|會場|场所|会址|địa điểm|nơi|สถานที่|tempat"
            r"|lokasi|venue|where|^place|location"
        ),
    ),
    (
        "when",
        (
            r"日時|正式[会會][议議]|期日|会期|開催日|とき|日取り|実施日|時間|日程|期間|日期"
            r"|时间|會期|일시|일자"
            r"|날짜|기간|시간|행사일|개최일|일정|thời gian|thời điểm"
            r"|^ngày|lịch học|giờ|วันที่|วัน ?เวลา|วันและเวลา|วันจัด|เวลา|กำหนดการ|ระยะเวลา|^วัน|hari"
            r"|tanggal|tgl|waktu|jadwal|pukul|pelaksanaan|^jam|when|dates?\b|^time|^day"
        ),
    ),
    ("when", r"^日$|^때$|^언제$|^いつ$|^kapan$|^khi nào$|^เมื่อไ(?:หร่|ร)$"),
    (
        "place",
        (
            r"^곳$|^어디(?:서|에서)?$|^どこ$|^di ?mana$|^ở đâu$|^ที่ไหน$|(?<!联系)(?<!聯絡)"
            r"(?<!网)地址$|^ที่$|^ณ$"
        ),
    ),
)
_SORTS = tuple((sort, re.compile(stems, re.IGNORECASE)) for sort, stems in _STEMS)

_SESSION = (
    r"第\s?[\d一二三四五六七八九十]+\s?[回講场場次日]|\d+\s?(?:차|회차|회|강)|buổi\s\d+"
    r"|session\s\d+|sesi\s\d+|day\s\d+|part\s\d+"
    r"|ครั้งที่\s\d+|변경|変更後?|變更|更改|延期后|kini|baru"
)
_SESSIONS = re.compile(_SESSION, re.IGNORECASE)

_BULLET = r"[\s\-・*●○◎◆◇■□▪◼▶►★☆※【〔《〈\[(（•✔✍📅🗓📆📍⏰🕒🕖🕐🖊️️]*"
_NUMBERED = (
    r"(?:(?:[（(]?[\d一二三四五六七八九十가나다라마바사]{1,2}[)）.、．](?!\d)|\d(?=\s\D))\s?)?"
)
_COLON = r"\s*[\])】〕]?\s*[::：｜|│┃】]\s*|[】〕\]]\s*"
# A label and its value; `(\S.*)?` may be empty where the value stands on the next line.
_LABELED = re.compile(
    rf"{_BULLET}{_NUMBERED}{_BULLET}"
    rf"(?P<label>[^\d::：｜|】〕\]。\n][^::：｜|】〕\]。\n]{{0,34}}?)(?<!\d)(?:{_COLON})"
)
_SESSION_LINE = re.compile(
    rf"{_BULLET}{_NUMBERED}(?P<label>{_SESSION})\s*[:：]?\s*(?=[^\d\n]{{0,8}}\d)", re.IGNORECASE
)
# Words that are a label also without a colon behind them, as in rows of a table.
_KNOWN = (
    r"日\s*時|期\s*日|会\s*期|開催日時?|と\s*き|日\s*程|時\s*間|会\s*場|場\s*所|と\s*こ\s*ろ"
    r"|開催場所|締\s*切り?|申込締切|申込期限|申込み?"
    r"|일\s*시|장\s*소|신청\s?마감|접수\s?마감|신청|时间|時間|日期|地点|地點|报名截止|報名截止"
    r"|截止|thời gian|địa điểm|hạn đăng ký"
    r"|วันที่|เวลา|สถานที่(?:เดิม)?|วัน เวลา|hari,? ?(?:/ ?)?tanggal|tanggal|waktu|pukul|tempat"
    r"|batas pendaftaran"
    r"|ณ|dates?|time|venue|place|location|deadline"
)
_BARE = re.compile(
    rf"{_BULLET}{_NUMBERED}{_BULLET}(?P<label>{_KNOWN})(?P<gap>\s*。|\s+)(?=\S)", re.IGNORECASE
)
# （二）会议地点。临川市…
_STOPPED = re.compile(rf"{_BULLET}{_NUMBERED}(?P<label>[^\W\d]{{2,6}})。(?=\S)")
_INSIDE = re.compile(
    r"(?:\.\s+|[。;；]\s*|[,，]\s?|[○●■◆◎▪•]\s*|\s{2,}|\s[/|]\s)"
    r"(?P<label>[^\s\d::：。.;][^\d::：。.;\n]{0,24}?)\s*[:：]\s*"
)
# Where a value ends within its line. An abbreviation (Jl., Prof.) may look like an end where no
# other label follows.
_STOPS = re.compile(r"。|(?<=[^\d\s.]{2})\.\s+(?=\S)|(?<=\d{4})\.\s+(?=[A-Z])")
_SURE_STOPS = re.compile(r"。|(?<=[^\W\d]{5})\.\s+(?=[A-Z])|(?<=\d{4})\.\s+(?=[A-Z])")
_PINS: tuple[tuple[Sort, str], ...] = (
    ("when", "📅🗓📆⏰🕒🕖🕐🕑🕓🕔🕕🕗🕘🕙🕚⌚"),
    ("place", "📍🏫🏢"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeled:
    """A value and what is written before it."""

    sort: Sort
    label: str
    start: int  #: of the value
    end: int
    begin: int  #: of the label


def labeled(text: str) -> list[Labeled]:
    """Return what stands behind labels in a simple *text*, in its order.

    A value ends at the next label or with its line; one that stands on lines of its own below its
    label is not found here, but the label's sessions are.
    """
    found: list[Labeled] = []
    at = 0
    for line in text.split("\n"):
        found += _of_line(line, at)
        at += len(line) + 1
    return found


def _of_line(line: str, at: int) -> Iterator[Labeled]:
    marks = list(_marks(line))
    for number, (sort, label, begin, start) in enumerate(marks):
        end = marks[number + 1][2] if number + 1 < len(marks) else len(line)
        stops = _STOPS if len(marks) > 1 else _SURE_STOPS
        stop = stops.search(line, start, end)
        yield Labeled(
            sort=sort,
            label=label,
            start=at + start,
            end=at + (stop.start() if stop else end),
            begin=at + begin,
        )


def _marks(line: str) -> Iterator[tuple[Sort, str, int, int]]:
    """Yield sort and words of each label in a line, where it begins and where its value does."""
    at = 0
    if head := _head(line):
        yield head
        at = head[3]
    for found in _INSIDE.finditer(line, at):
        if sort := sort_of(found["label"]):
            yield sort, found["label"], found.start("label"), found.end()


def _head(line: str) -> tuple[Sort, str, int, int] | None:
    if found := _SESSION_LINE.match(line):
        return "session", found["label"], found.start("label"), found.end()
    found = _LABELED.match(line) or _STOPPED.match(line)
    if found and (sort := sort_of(found["label"])):
        return sort, found["label"].strip(), found.start("label"), found.end()
    if found := _BARE.match(line):
        sort = sort_of(found["label"])
        return (sort, found["label"], found.start("label"), found.end()) if sort else None
    for sort, pins in _PINS:
        if line[:1] and line[0] in pins:
            start = len(line) - len(line[1:].lstrip(" \ufe0f"))
            return sort, line[0], 0, start
    return None


def sort_of(label: str) -> Sort | None:
    """Return what a label announces, None for one that tells nothing of time or place."""
    word = label.strip(" []()【】").lower()
    if re.search(r"[\u3040-\u9fff\uac00-\ud7af]", word):
        word = word.replace(" ", "")
    if _SESSIONS.fullmatch(word):
        return "session"
    return next((sort for sort, stems in _SORTS if stems.search(word)), None)
