"""Where it takes place, and by which address from afar."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from aggregator.normalize.events.cues import ONLINE
from aggregator.normalize.events.fields import Labeled
from aggregator.normalize.events.times.days import tokens

#: A place is a name, at most with its street.
MOST_CHARACTERS = 100
FEWEST_CHARACTERS = 2

#: Days are no part of a place, whatever their year.
_SOME_YEAR = 2020

_ADDRESS = re.compile(r"https?://[^\s<>\"'、。，（）「」]+")
_HREF = re.compile(r"href=\"(https?://[^\"]+)\"")
#: Hosts that do nothing but bring people together.
_MEETING = re.compile(
    r"(?:^|\.)(?:zoom|webex|whereby|tencent|voovmeeting|gotomeeting|bluejeans|meet\.google"
    r"|teams\.microsoft|teams\.live|jitsi)\b"
)
_JOINING = re.compile(
    r"参加url|視聴|配信|接続|zoom|ミーティング|참여|접속|링크|줌|会议|會議|直播|连结|連結|链接"
    r"|đường link|tham gia|trực tuyến|qua zoom"
    r"|ลิงก์|ช่องทาง|เข้าร่วม|tautan|bergabung|join|webinar|online|ทาง\s?$|live|stream",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。!?]|\.\s")
_FORM = re.compile(
    r"forms?\b|regist|apply|entry|signup|申込|신청|报名|報名|đăng ký|สมัคร|daftar", re.IGNORECASE
)
_ONLY_ONLINE = re.compile(
    r"(?:オンライン|web|zoom|ズーム|온라인|줌|线上|線上|腾讯会议|视频会议|視訊|trực tuyến|qua"
    r"|ออนไลน์|ผ่าน|ระบบ|daring|melalui|online|via|google|meet|microsoft|teams"
    r"|webex|meeting|ウェビナー|ミーティング|会議|開催|による|で|にて|のみ|会议|meeting|"
    r"(?:で)?実施|only|live|on|by|using|[\s()（）「」・/:：,，])+",
    re.IGNORECASE,
)

# Words for a place inside a sentence; the place is the group.
_NAMED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 場所は本校各教室です。 会場（若葉小学校）
        (
            r"(?:会場|場所|開催地)は、?(?P<place>[^。、\n]{2,60}?)(?:です|となり|となっ|を予定"
            r"|にな|で(?:行|開)|。|$)"
        ),
        r"(?:会場|場所)\((?P<place>[^()\n]{2,40})\)",
        r"(?:^|[、。日)半分時より\s])(?:に)?(?P<place>[^、。,\s]{2,40}?)を会場[にと]",
        r"\s[@＠]\s?(?P<place>[^\s@][^\n]{1,40}?)(?=\s{2}|\n|$)",
        # 地点在该校东校区。 地點不變，仍為柳溪小学
        (
            r"(?:地[点點]|会场|會場)(?:位于|位於|设在|設在|在|是|为|為)"
            r"(?P<place>[^。，,；;\n]{2,50})"
        ),
        r"仍[为為在是](?P<place>[^。，,；;\n]{2,50})",
        r"장소는\s(?P<place>[^.,\n]{2,40}?)(?:입니다|이며|이다|로\s)",
        (
            r"(?:bertempat di|tempat tetap di|tempatnya di|berlokasi di)\s"
            r"(?P<place>[^.;\n]{2,80}?)(?=[.;\n]|$)"
        ),
        r"\b(?:the )?venue (?:is|will be)\s(?P<place>[^.;\n]{2,80}?)(?=[.;\n]|$)",
        r"địa điểm (?:là|tại)\s(?P<place>[^.;\n]{2,80}?)(?=[.;\n]|$)",
        r"สถานที่(?:จัดงาน)?คือ\s?(?P<place>[^\n]{2,80}?)(?=\n|$)",
    )
)
# Where something is held, each language in its own order: only in the sentence with the day.
_HELD_AT = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 県教育会館大ホールにおいて、教育会館で開き
        r"(?:^|[、。日)半分時より\s])(?:に)?、?(?P<place>[^、。,\s]{2,40}?)(?:において|にて)",
        (
            r"(?:、|(?:時|分|半|日|\))(?:から|より|に))、?(?P<place>(?!\d)[^、。\n]{2,40}?)"
            r"(?<!ま)で"
            r"(?:、|開[かき催]|行[いわ]|実施|予定|[^、。\n]{1,30}[をが](?:開|行|実施|催))"
        ),
        # 在临川…举行, 假本校…舉行, 於松園國小舉辦
        (
            r"(?:假|[在於于](?!\d|即|今|本月))(?P<place>[^，。,；;\d][^，。,；;\n]{1,40}?)(?:举行"
            r"|举办|召开|开展|进行|舉行|舉辦|辦理|召開|登场)"
        ),
        r"到(?P<place>[^，。,；;\s]{2,30}?)(?:談|谈|演讲|演講|分享|主講|主讲)",
        # 솔빛교육대학교 대강당에서
        (
            r"(?:^|[가-힣0-9)\]]*(?:[은는이가을를에)]|부터|까지|시|분|반|일|간)\s)(?P<place>(?:"
            r"(?![가-힣0-9]*(?:[은는을를]|부터|까지|[틀흘0-9일]간|동안|\d시"
            r"|\d분)\s)[가-힣A-Za-z0-9·]+\s){0,4}[가-힣A-Za-z0-9·]+)에서"
        ),
        # tại Trường …, ở …
        (
            r"\b(?:tại|ở)\s(?:địa chỉ\s)?(?P<place>[^.;\n]{2,90}?)(?=\s(?:với|để|nhằm|vào|từ ngày"
            r"|do|và|bị|được|sẽ)\b|[.;\n]|,\s(?:mở|với|do|từ|bắt|lúc|nhằm|dưới)|$)"
        ),
        # ณ มหาวิทยาลัย… / ที่ห้องสมุด…
        (
            r"(?:ณ|(?<=\s)ที่)\s?(?P<place>(?:ห้อง|หอ|โรง|มหา|ศูนย์|สำนัก|วิทยา|ค่าย|อาคาร|สถาบัน|คณะ|สวน"
            r"|ลาน|จังหวัด|อำเภอ|เมือง|บ้าน|เขต)[^\n]{1,80}?)"
            r"(?=\s(?:เปิด|รับ|สมัคร|อ่าน|กำหนด|โดย|ใน|ปีนี้|ปีการ|ทั้งนี้|เวลา|เพื่อ|ตั้งแต่|ระหว่าง|วันที่|และเปิด|ซึ่ง"
            r"|มี|พร้อม|ผู้|ลงทะเบียน|ส่ง|จัด|ภายใต้|หัวข้อ)|\n|$)"
        ),
        # di Universitas …
        (
            r"\bdi\s(?P<place>(?-i:[A-Z])[^.;\n]{1,80}?)"
            r"(?=\s(?:dengan|untuk|pada|yang|dan akan|mulai|oleh|lewat|melalui|dibatalkan|ditunda"
            r"|akan|telah)\b|[.;\n]|$)"
        ),
        # at Lanna University of Education, in Green Valley
        (
            r"\b(?:at|in)\s(?:the\s)?(?P<place>(?-i:[A-Z])[^.;\n(]{1,80}?)"
            r"(?=\s(?:from|for|on|with|to|by|where|which|starting|and will|is|has|was|will"
            r"|under)\b|[.;(\n]|,\s(?:from|on|with|where|starting|and|which)|$)"
        ),
    )
)
_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
_BULLETS = re.compile(r"\s[○●■◆◎▪•|]|\s{2,}")
_BRACKETS = re.compile(r"\s?[（(][^（）()]*[)）]")
_LEADING = re.compile(r"^(?:於|在|假|ณ\s?|di\s|tại\s|at\s|the\s(?=[a-z]))")


def place_of(
    text: str, simple: str, fields: Sequence[Labeled], sentences: Sequence[tuple[int, int]]
) -> tuple[str, str]:
    """Return the place and the words it came from; both "" where none is told.

    A label's value counts before a sentence; of sentences those with the day (*sentences*, as
    offsets), others only if they call it the place. *simple* is *text* made simple, sign by sign.
    """
    for each in fields:
        if each.sort == "place" and (place := _clean(text[each.start : each.end])):
            return place, text[each.begin : each.end].strip()
    whole = (0, len(simple))
    spans = [(forms, each) for each in sentences for forms in (_NAMED, _HELD_AT)]
    for forms, (start, end) in (*spans, (_NAMED, whole)):
        for form in forms:
            for found in form.finditer(simple, start, end):
                place = _clean(text[slice(*found.span("place"))])
                if place and not _is_time(place):
                    return place, text[slice(*found.span())].strip()
    return "", ""


def _clean(value: str) -> str:
    """Return a place without brackets, bullets and signs around; "" for what is none."""
    value = _BULLETS.split(value.strip())[0]
    value = _BRACKETS.sub("", value)
    if days := tokens(value, "", _SOME_YEAR):
        value = value[: days[0].start]
    value = _LEADING.sub("", value.strip()).strip(' 　。．.,、，;；:：-–"“”')
    if not FEWEST_CHARACTERS <= len(value) <= MOST_CHARACTERS or _ADDRESS.search(value):
        return ""
    return "" if _ONLY_ONLINE.fullmatch(value) else value


def _is_time(place: str) -> bool:
    """Tell a month or a clock from a place: "in March", 13時に."""
    return bool(_MONTHS.match(place)) or bool(re.match(r"[\d:：時时年月日]+", place))


def online_of(text: str, html: str) -> tuple[str, str]:
    """Return the address by which to take part and the words around it; "" where none is told.

    A meeting's own host counts anywhere, links included; any other address only in a line that
    tells how to take part, and no form to sign up by.
    """
    for line in text.split("\n"):
        for found in _ADDRESS.finditer(line):
            before = _SENTENCE.split(line[: found.start()])[-1]
            is_told = _JOINING.search(before) and not _FORM.search(before + found[0])
            if _is_meeting(found[0]) or is_told:
                return found[0].rstrip(".,)"), line.strip()
    for address in _HREF.findall(html):
        if _is_meeting(address):
            return address.replace("&amp;", "&"), address
    return "", ""


def is_online(text: str) -> bool:
    """Tell whether the text says that one can take part from afar."""
    return bool(ONLINE.search(text))


def _is_meeting(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return bool(_MEETING.search(host))


def is_only_online(place: str) -> bool:
    """Tell whether a place is none: "Online", オンライン（Zoom）."""
    return bool(place) and bool(_ONLY_ONLINE.fullmatch(place))
