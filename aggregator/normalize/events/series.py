"""A title -> the recurring conference it is an edition of."""

import re
import unicodedata

from aggregator.model.events import Series
from aggregator.normalize.events.letters import simple
from aggregator.normalize.events.times.days import tokens
from aggregator.text.dates.day import han_number
from aggregator.text.dates.minguo import BEFORE
from aggregator.text.dates.thai import BUDDHIST, BUDDHIST_FROM
from aggregator.text.keys import folded

_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_ORDINALS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **_TENS,
    **{
        f"{tens}{mark}{unit}": value + number
        for tens, value in (("twenty", 20), ("thirty", 30), ("forty", 40))
        for mark in "- "
        for number, unit in enumerate(_UNITS[:9], 1)
    },
}
_VIETNAMESE = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, (
    "tám"
): 8, (
    "chín"
): 9, (
    "mười"
): 10}  # fmt: skip
_INDONESIAN = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6, (
    "ketujuh"
): 7, (
    "kedelapan"
): 8, (
    "kesembilan"
): 9, (
    "kesepuluh"
): 10}  # fmt: skip
_WORDED = {**_ORDINALS, **_VIETNAMESE, **_INDONESIAN}

_HAN = r"\d{1,3}|[一二三四五六七八九十百]{1,4}"
_ROMAN = r"[IVXL]{1,7}"
_WORDS = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_NUMBERS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"第\s?(?P<han>{_HAN})\s?[回屆届次]",
        r"제\s?(?P<number>\d{1,3})\s?[회차]",
        rf"(?:lần\s+)?(?:thứ|lần)\s+(?P<number>\d{{1,3}}|{'|'.join(_VIETNAMESE)})\b",
        rf"\blần\s(?:thứ\s)?(?P<roman>{_ROMAN})\b",
        r"ครั้งที่\s?(?P<number>\d{1,3})",
        rf"\bke-?\s?(?P<number>\d{{1,3}})\b|\b(?P<word>{'|'.join(_INDONESIAN)})\b",
        r"\b(?:the\s)?(?P<number>\d{1,3})(?:st|nd|rd|th)\b",
        # Only in a name: "The Second International …", not "the second lesson".
        rf"\b(?:the\s)?(?P<word>(?-i:(?=[A-Z]))(?:{_WORDS}))(?=\s(?-i:[A-Z]))",
        r"(?<![\w-])(?P<roman>(?=[IVXL]{2})[IVXL]{2,7})(?![\w-])",
    )
)
#: '26, 2026, 2569, 令和8年度, 115學年度.
_YEARS = (
    re.compile(
        r"(?:ปี|năm\s|tahun\s)?\s?(?<![\d.])(?P<year>(?:19|20|24|25|26)\d\d)\s?(?:年度?|년도?|학년도|學年度|学年度)?"
        r"(?!\d)"
    ),
    re.compile(r"(?:(?:令和|平成)|R)\s?(?P<era>\d{1,2}|元)\s?年?度?"),
    re.compile(r"(?:民國)?(?<!\d)(?P<minguo>1[01]\d)\s?(?:年度?|學年度)"),
    re.compile(r"['’‘](?P<short>\d\d)(?!\d)"),
)
#: A number of these counts issues, not meetings.
_SERIAL = re.compile(
    r"第\s?\d+\s?[号號期巻卷]|제\s?\d+\s?호|\bvol\b|\bno\.\s?\d|\bnumber\s\d|số\s\d|ฉบับที่|edisi"
    r"|nomor|\bissue\b|newsletter|通信|だより|会報|소식지|뉴스레터"
    r"|简报|簡報|快报|电子报|電子報|週報|周报|bản tin|จดหมายข่าว|buletin|journal|学报|學報|紀要"
    r"|월간|weekly|monthly",
    re.IGNORECASE,
)
#: What meets again and again.
_MEETING = re.compile(
    r"大会|会議|研究会|研究集会|研修会|公開研|シンポジウム|フォーラム|学会|セミナー|集い"
    r"|講習会|例会|年次|학술대회|세미나|심포지엄|국제회의|포럼|대회|워크숍|연수|한마당|축제"
    r"|컨퍼런스|학회|콘퍼런스"
    r"|大會|會議|研討會|研讨会|年会|年會|论坛|論壇|会议|大赛|工作坊|研修|hội thảo|hội nghị"
    r"|diễn đàn|tọa đàm|ngày hội|ประชุม|สัมมนา|มหกรรม|เวที|เสวนา|konferensi|seminar|simposium"
    r"|kongres|forum|lokakarya|kemah"
    r"|conference|congress|symposium|forum|meeting|workshop|institute|convention|colloquium"
    r"|\bcamp\b|summit|seminar|festival",
    re.IGNORECASE,
)
# What the article is about the meeting: not the meeting's name.
_ABOUT = re.compile(
    r"(?:の)?(?:ご案内|案内|お知らせ|開催要項|要項|開催|報告|プログラム|参加者?募集|発表"
    r"(?:者)?募集|募集|記録|について|を終えて|が終了しました|第\d報|開会|盛会)"
    r"|안내|개최|참가|모집|발표자|공고|성황리에?|마쳐|자료집|결과|보고|열려|신청"
    r"|议程|議程|手册|手冊|日程|关于|举办|举行|召开|的?通知|邀请函|邀請函|征稿|徵稿|启事|公告"
    r"|报名|報名|圆满|圓滿|闭幕|落幕|第[一二三]轮|将|將|在.{2,8}(?:举行|舉行)"
    r"|thông báo(?: số \d)?|thư mời|mời|giấy mời|kế hoạch|tổ chức|kỷ yếu|chương trình"
    r"|thành công tốt đẹp"
    r"|ขอเชิญ(?:เข้า)?ร่วม?|ขอเชิญ|กำหนดการ|รับสมัคร|เปิดรับบทคัดย่อ|สรุปผล|เรื่อง.*|^.*เป็นเจ้าภาพ(?:จัด)?"
    r"|การ(?=ประชุม|สัมมนา|อบรม)|(?:ระหว่าง)?วันที่"
    r"|undangan|pengumuman|jadwal|laporan|prosiding|panggilan|berjalan sukses"
    r"|akan diselenggarakan|di [A-Z]\w+$"
    r"|call for (?:papers|proposals|abstracts|participation)|report(?: on| of)?|programme?"
    r"|proceedings|registration|invitation(?: to)?|announcement|documentation|recordings?"
    r"|\bof the\b|^the\b|first circular|second circular",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[「『“\"《].*?[」』”\"》]|[（(【\[].*?[)）】\]]")
_SEPARATED = re.compile(r"\s[-–—|:｜]\s|[:：｜|]\s?|[、。!！,]\s?|　")
_SIGNS = re.compile(r"[^\w\u0e31-\u0e4e]+")
_SMALL = re.compile(r"\b(?:the|of|on|for|and|in|at|an?|về|của|và|tentang|dan|untuk|yang|dalam)\b")


#: Languages without spaces between words, or (Korean) with spaces as everybody likes.
_UNSPACED = frozenset(("ja", "zh", "ko", "th"))

#: Days in titles are cut out, whatever their year.
_SOME_YEAR = 2020


def series_of(title: str, language: str) -> Series | None:
    """Return the series of which *title* names an edition; None for what recurs not or differently.

    A number (第3回, ครั้งที่ 3, the 8th) of a meeting makes a series; so does a year in the name
    of one ("Lesson Study Conference 2026"). Issues of a newsletter or journal (第3号, vol. 12) are
    serials, not series. The key is the language and the name without number, year, place and what
    is said about the meeting, in the order of the alphabet where words have spaces, so that call,
    programme and report of it share it.
    """
    text = simple(" ".join(title.split()))
    part = _naming(text)
    if not part or (_SERIAL.search(part) and not _has_number(part)):
        return None
    number, part = _number(part)
    year, part = _year(part)
    if number is None and year is None:
        return None
    name = _name(part)
    key = _key(name, language)
    return Series(key=key, name=name, number=number, year=year) if key else None


def _naming(text: str) -> str:
    """Return the part of a title that names a meeting, with the number it may be parted from."""
    parts = [part.strip() for part in _SEPARATED.split(text) if part.strip()]
    meetings = [part for part in parts if _MEETING.search(part)]
    numbered = [part for part in meetings if _has_number(part)]
    chosen = (numbered or meetings)[:1]
    if not chosen:
        return ""
    if not numbered and (others := [part for part in parts if _has_number(part)]):
        chosen = [others[0], *chosen] if others[0] not in chosen else chosen
    if not any(_year(part)[0] for part in chosen):
        chosen += [f"{year}" for part in parts if (year := _year(part)[0])][:1]
    return " ".join(chosen)


def _has_number(text: str) -> bool:
    return any(form.search(text) for form in _NUMBERS)


def _number(text: str) -> tuple[int | None, str]:
    for form in _NUMBERS:
        if found := form.search(text):
            number = _value(found)
            if number:
                return number, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _value(found: re.Match[str]) -> int | None:
    parts = {name: part for name, part in found.groupdict().items() if part}
    if roman := parts.get("roman"):
        return _roman(roman.upper())
    written = next(iter(parts.values()), "").lower()
    if written in _WORDED:
        return _WORDED[written]
    try:
        return han_number(written)
    except ValueError:
        return None


_SIGN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def _roman(written: str) -> int | None:
    """Return the number of Roman signs, None where they are in no order."""
    values = [_SIGN_VALUES[sign] for sign in written]
    total = sum(
        -value if value < max(values[at + 1 :], default=0) else value
        for at, value in enumerate(values)
    )
    return total if 0 < total < 90 else None


def _year(text: str) -> tuple[int | None, str]:
    for form in _YEARS:
        if found := form.search(text):
            ((name, written),) = found.groupdict().items()
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return _gregorian(name, 1 if written == "元" else int(written)), rest
    return None, text


def _gregorian(name: str, year: int) -> int:
    if name == "era":
        return 2018 + year
    if name == "minguo":
        return BEFORE + year
    if name == "short":
        return 2000 + year
    return year - BUDDHIST if year >= BUDDHIST_FROM else year


def _name(text: str) -> str:
    """Return the meeting's name without what is said about it, else as it is."""
    for day in reversed(tokens(text, "", _SOME_YEAR)):
        text = f"{text[: day.start]} {text[day.end :]}"
    bare = _QUOTED.sub(" ", text)
    bare = _ABOUT.sub(" ", bare)
    bare = bare if _MEETING.search(bare) else text
    return " ".join(bare.split()).strip(" -–—:：、,.")


def _key(name: str, language: str) -> str:
    """Return the key of a name; "" of one that any meeting has: 研究会, Seminar."""
    words = _SMALL.sub(" ", folded(name))
    words = _SIGNS.sub(" ", unicodedata.normalize("NFC", words))
    if not _SIGNS.sub("", _MEETING.sub(" ", words)):
        return ""
    family = language.partition("-")[0]
    is_spaced = family not in _UNSPACED
    return (
        f"{family}:{' '.join(sorted(set(words.split()))) if is_spaced else ''.join(words.split())}"
    )
