"""What a system adds to every text of its site, taken away again."""

import re
from collections.abc import Collection

from aggregator.text.keys import folded

#: Between a headline and the name of its site.
_SEPARATOR = re.compile(r"\s*(?:[|｜:：»›·•]|[-‐–—―−－]+|::)\s*")

#: What invites to read on, in the words of the common systems, at the end of an excerpt.
_INVITATIONS = (
    "(?:続き|つづき|全文)(?:を|は)(?:読む|こちら|見る)",
    "もっと(?:読む|見る)|詳しく(?:は|見る)(?:こちら)?",
    r"더\s?(?:보기|읽기)|(?:자세히|전문|계속)\s?(?:보기|읽기)|기사\s?(?:전문|원문)\s?보기",
    "(?:阅读|閱讀|查看|点击查看|點擊查看)(?:全文|更多|原文|详情|詳情)",
    "繼續閱讀|继续阅读|详情点击|更多(?:内容|內容)|详细内容|詳細內容",
    r"(?:xem|đọc)\s(?:thêm|tiếp|chi tiết)",
    r"(?:baca\s)?selengkapnya|baca\s(?:juga|lebih\slanjut)|lanjut(?:kan)?\smembaca",
    r"(?:read|learn|find\sout)\s(?:more|the\srest|full\s(?:article|story))(?:\sabout\s.{1,120})?",
    r"continue\sreading(?:\s.{1,120})?|view\s(?:full\s)?(?:article|post)",
)
_SIGNS = r"[\s\[（(【「→▶≫>]*"
_END = r"[\s.…⋯。!！>»›→＞≫\]\)）】」]*$"
#: Behind the end of a sentence, on a line of its own, or in brackets.
_BEGIN = rf"(?:^|(?<=[.…⋯。!！?？」』）)\]\n])|(?=[\[（(【「]))\s*{_SIGNS}"
_INVITATION = re.compile(rf"{_BEGIN}(?:{'|'.join(_INVITATIONS)}){_END}", re.IGNORECASE)
#: Thai ends no sentence with a sign.
_THAI_INVITATION = re.compile(
    rf"(?:^|(?<=\s)){_SIGNS}(?:อ่าน(?:ต่อ|เพิ่มเติม|รายละเอียด)|ดูรายละเอียด)(?:ได้ที่นี่)?{_END}"
)

#: What WordPress adds to each item of a feed: https://wordpress.org/plugins/wordpress-seo/.
_APPEARED = re.compile(
    r"\s*(?:The post .{1,300} (?:appeared first|first appeared) on .{1,120}"
    r"|(?:投稿|La entrada|Artikel|Bài viết) .{1,300} (?:は .{1,120} に最初に表示されました"
    r"|(?:pertama kali )?(?:muncul|tampil) (?:pertama kali )?(?:di|pada) .{1,120}"
    r"|đã xuất hiện đầu tiên (?:vào ngày|trên) .{1,120}))[.。]?\s*$",
    re.IGNORECASE,
)

#: One of these stands in each of them: looked for first, since most texts have none, and to find
#: that out by the patterns takes 90 microseconds instead of 3.
_SIGNALS = (
    *("続き", "つづき", "全文", "もっと", "詳しく", "보기", "읽기", "阅读", "閱讀", "查看", "点击"),
    *("更多", "详细", "詳細", "xem", "đọc", "อ่าน", "ดูราย", "selengkapnya", "baca", "lanjut"),
    *("read", "more", "find out", "view", "表示されました", "muncul", "tampil", "xuất hiện"),
    "appeared",
)

#: Characters at the end of a text in which an invitation is looked for.
_TAIL = 500

#: And in which one of the signals stands.
_NEAR = 200


def without_name(title: str, names: Collection[str]) -> str:
    """Return a headline without one of some folded *names* at its end or its beginning.

    A headline that is nothing else stays.
    """
    for found in _SEPARATOR.finditer(title):
        before, after = title[: found.start()].strip(), title[found.end() :].strip()
        if before and folded(after) in names:
            return before
        if after and folded(before) in names:
            return after
    return title


def without_invitation(text: str) -> str:
    """Return a text without the words at its end that only lead to the rest of it."""
    head, tail = text[:-_TAIL], text[-_TAIL:]
    lowered = tail[-_NEAR:].lower()
    if not any(signal in lowered for signal in _SIGNALS):
        return text
    shorter = _APPEARED.sub("", tail)
    for pattern in (_INVITATION, _THAI_INVITATION):
        shorter = pattern.sub("", shorter).rstrip()
    return f"{head}{shorter}" if len(shorter) < len(tail) else text
