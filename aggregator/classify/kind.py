"""An article's words and what its record says of itself -> its kind, with the reason.

One rule a line, the surest first; an article for which none speaks has its source's first kind.
A rule only chooses among the kinds its source publishes, but for events: these begin anywhere.
"""

import re
from collections.abc import Iterator, Sequence

from aggregator.model import Article, Kind, Source

#: What records say of themselves (dc:type, schema.org, OpenAIRE and the like), in any spelling.
_TYPES: tuple[tuple[str, Kind], ...] = (
    (r"event|conference object|symposium|セミナー|講演会", "event"),
    (r"videoobject|moving ?image|\bvideo\b|動画|영상", "video"),
    (r"\bbook\b|monograph|図書|단행본|图书|圖書", "book"),
    (r"journal ?article|research ?article|thesis|dissertation|preprint|紀要|논문", "research"),
)

#: Words of titles. Latin ones are whole words; other scripts have none of their letters around
#: to be told apart by, so only words are here that say one thing.
_TITLES: tuple[tuple[str, Kind], ...] = (
    (r"call for (papers|proposals|abstracts)|論文募集|発表募集", "event"),
    (r"논문 ?모집|발표 ?모집|征文|徵稿|徵文", "event"),
    (r"kêu gọi (gửi )?bài|mời viết bài|เปิดรับบทความ|panggilan makalah", "event"),
    (r"\b(save the date|registration (is )?open|webinar|symposium)\b", "event"),
    (
        r"参加者募集|参加申込|開催のお知らせ|開催案内|開催のご案内|講演会のご案内|研究会のご案内",
        "event",
    ),
    (r"참가자 ?모집|참가 ?신청|개최 ?안내|세미나 ?안내|연수 ?안내|설명회 ?안내|웨비나", "event"),
    (
        r"报名通知|开始报名|讲座预告|会议通知|研讨会通知|報名開始|開放報名|講座預告|研習報名|活動報名",
        "event",
    ),
    (r"thư mời (hội thảo|tham dự)|đăng ký tham dự|mời tham dự|thông báo hội thảo", "event"),
    (r"ขอเชิญ(ร่วม|เข้าร่วม|ชวน)|เปิดรับสมัครเข้าร่วม|เชิญชวนเข้าร่วม", "event"),
    (
        r"\b(undangan (seminar|lokakarya|webinar)|pendaftaran (peserta|seminar)|ikuti webinar)\b",
        "event",
    ),
    (r"\b(new book|book review|out in paperback)\b|新刊|書評|単行本|신간|서평|출간", "book"),
    (r"新书|书评|新書上市|新書發表", "book"),
    (r"sách mới|điểm sách|หนังสือใหม่|แนะนำหนังสือ|\b(buku baru|bedah buku|resensi)\b", "book"),
    (r"\b(video|dvd|youtube)\b|【動画】|\[動画\]|動画を?公開|動画配信", "video"),
    (r"\[영상\]|영상 ?공개|【视频】|\[视频\]|【影片】|影音", "video"),
    (r"คลิปวิดีโอ|วิดีทัศน์|\[คลิป\]", "video"),
    (r"お知らせ|について（通知）|について\(通知\)|入札|公示|告示|システムメンテナンス", "notice"),
    (r"공고|공지|알림|입찰|시행 ?안내|점검 ?안내", "notice"),
    (
        r"关于.{2,60}的(通知|公告|公示|通报)|通知公告|招标|公示$|關於.{2,60}(公告|通知)|公告|招標",
        "notice",
    ),
    (r"thông báo (số|về|mời thầu|tuyển)|công văn|v/v|ประกาศ|หนังสือเวียน|ประกวดราคา", "notice"),
    (r"\b(pengumuman|surat edaran|lelang|notice of|notice on|public notice|circular)\b", "notice"),
)

#: A day in a title, by which a meeting's word is an invitation and not a report: 12月6日, 6/12,
#: 12월 6일, ngày 6/12, 6 ธ.ค., 6 Desember, December 6.
_DAY = re.compile(
    r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일(（]?|\b\d{1,2}[/.]\d{1,2}\b|\b\d{1,2}\s?[-–~～]\s?\d{1,2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|ma[yi]|jun|jul|aug|agu|sep|oct|okt|nov|de[cs])"
    r"|(?:jan|feb|march|april|may|june|july|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}\b"
    r"|\d{1,2}\s(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|มกราคม|กุมภา|มีนา|เมษา"
    r"|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(conference|seminar|workshop|symposium|webinar|lecture|open class|study meeting)\b"
    r"|研究会|研究大会|公開授業|講演会|セミナー|シンポジウム|学会|フォーラム|研修会|説明会"
    r"|세미나|학술대회|포럼|워크숍|연수회|공개수업|설명회|컨퍼런스"
    r"|研讨会|论坛|讲座|年会|公开课|工作坊|研討會|論壇|講座|年會|公開課|研習"
    r"|\b(hội thảo|hội nghị|tọa đàm|tập huấn)\b|สัมมนา|ประชุมวิชาการ|อบรมเชิงปฏิบัติการ|เสวนา"
    r"|\b(lokakarya|konferensi|simposium|pelatihan)\b",
    re.IGNORECASE,
)

_TYPE_RULES = tuple((re.compile(words, re.IGNORECASE), kind) for words, kind in _TYPES)
_TITLE_RULES = tuple((re.compile(words, re.IGNORECASE), kind) for words, kind in _TITLES)
_VIDEO_HOSTS = re.compile(r"^https?://([\w-]+\.)*(youtube\.com/watch|youtu\.be/|vimeo\.com/\d)")


def kind_of(article: Article, source: Source) -> tuple[Kind, str]:
    """Return what the article is, and the reason."""
    for kind, because in _told(article):
        if kind in source.kinds or kind == "event":
            return kind, because
    return source.kinds[0], f"{source.id} publishes {source.kinds[0]}"


def _told(article: Article) -> Iterator[tuple[Kind, str]]:
    """Yield what speaks for a kind, the surest first."""
    details = article.details
    for name, value in details:
        if name == "starts" and value:
            yield "event", f"starts {value}"
    yield from _by_type([value for name, value in details if name == "type"])
    for name, value in details:
        if name in ("isbn", "issn", "doi") and value:
            yield "book" if name == "isbn" else "research", f"has the {name.upper()} {value}"
    if any(enclosure.type.startswith("video/") for enclosure in article.enclosures):
        yield "video", "a video belongs to it"
    if _VIDEO_HOSTS.match(article.url):
        yield "video", "its address is a video's"
    yield from _by_title(article.title)


def _by_type(values: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    for pattern, kind in _TYPE_RULES:
        for value in values:
            if pattern.search(value):
                yield kind, f"its record's type is {value}"


def _by_title(title: str) -> Iterator[tuple[Kind, str]]:
    meeting, day = _MEETING.search(title), _DAY.search(title)
    if meeting and day:
        yield "event", f"says {meeting[0]} with the day {day[0].strip()}"
    for pattern, kind in _TITLE_RULES:
        if found := pattern.search(title):
            yield kind, f"says {found[0].strip()}"
