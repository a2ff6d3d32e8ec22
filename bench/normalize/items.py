"""Items as the parser gives them, addresses absolute: invented, in all languages, each new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from aggregator.model import Item, Source

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

#: Sentences to draw from, by language; with them a summary has 150 to 600 characters.
SENTENCES = {
    "ja": (
        "学びの共同体の公開研究会が十一月に県内の小学校で開かれ、百二十人の教師が参加した。",
        "子どもたちは四人の小グループで資料を読み、分からないところを互いに訊き合っていた。",
        "授業のあとの協議会では、どこで学びが成立し、どこでつまずいたかが具体的に語られた。",
        "校長は「すべての子どもの学びの権利を保障したい」と話し、来年度も研究を続けるという。",
        "参加費は無料で、申し込みは学校のホームページから12月10日まで受け付けている。",
    ),
    "ko": (
        "배움의 공동체 수업 연구회가 지난 19일 경기도의 한 중학교에서 열려 교사 120명이 참가했다.",
        "학생들은 네 명씩 모둠을 이루어 자료를 읽고 모르는 것을 서로 물으며 수업에 참여했다.",
        "수업이 끝난 뒤 교사들은 배움이 일어난 지점과 주춤거린 지점을 구체적으로 이야기했다.",
        "교장은 모든 아이의 배움을 보장하는 학교를 만들겠다고 말하며 내년 계획을 밝혔다.",
        "참가 신청은 학교 누리집에서 12월 10일까지 할 수 있으며 참가비는 없다.",
    ),
    "zh-Hans": (
        "学习共同体学校本月举行开放课堂活动，来自全省的一百二十名教师走进教室观摩。",
        "学生四人一组阅读资料，遇到不懂的地方就互相询问，课堂安静而专注。",
        "课后研讨会上，教师们具体讨论了学习在哪里发生，又在哪里停了下来。",
        "校长表示，要保障每一个孩子的学习权利，明年将继续开展这项研究。",
        "报名截止日期为12月10日，可在学校网站上免费登记。",
    ),
    "zh-Hant": (
        "學習共同體學校本月舉行開放課堂活動，來自全國的一百二十名教師走進教室觀摩。",
        "學生四人一組閱讀資料，遇到不懂的地方就互相詢問，課堂安靜而專注。",
        "課後研討會上，教師們具體討論了學習在哪裡發生，又在哪裡停了下來。",
        "校長表示，要保障每一個孩子的學習權利，明年將繼續進行這項研究。",
        "報名截止日期為12月10日，可在學校網站上免費登記。",
    ),
    "vi": (
        "Ngày hội nghiên cứu bài học vừa được tổ chức tại một trường trung học ở Bắc Giang.",
        "Học sinh ngồi theo nhóm bốn người, cùng đọc tài liệu và hỏi nhau những điều chưa hiểu.",
        "Sau giờ dạy, giáo viên thảo luận cụ thể về những khoảnh khắc học sinh học được.",
        "Hiệu trưởng cho biết nhà trường muốn bảo đảm quyền học tập của mỗi học sinh.",
    ),
    "th": (
        "โรงเรียนแห่งหนึ่งในเชียงใหม่เปิดชั้นเรียนให้ครูจากทั่วประเทศเข้ามาสังเกตการสอน ",
        "นักเรียนนั่งเป็นกลุ่มสี่คน อ่านเอกสารและถามเพื่อนเมื่อไม่เข้าใจ ",
        "หลังเลิกเรียนครูร่วมกันสะท้อนคิดว่าการเรียนรู้เกิดขึ้นที่ใดและหยุดลงที่ใด ",
        "ผู้อำนวยการกล่าวว่าโรงเรียนต้องการประกันสิทธิในการเรียนรู้ของเด็กทุกคน ",
    ),
    "id": (
        "Sebuah sekolah menengah di Bandung membuka kelasnya untuk seratus dua puluh guru.",
        "Siswa duduk berempat, membaca bahan bersama, dan saling bertanya bila belum mengerti.",
        "Seusai pelajaran para guru membahas kapan siswa belajar dan kapan mereka terhenti.",
        "Kepala sekolah ingin menjamin hak belajar setiap anak pada tahun ajaran mendatang.",
    ),
    "en": (
        "A secondary school opened its classrooms to a hundred and twenty teachers last week.",
        "Students sat in groups of four, read together and asked one another what was unclear.",
        "After the lesson the teachers discussed when learning happened and when it stopped.",
        "The principal said that the school wants to protect every child's right to learn.",
    ),
}

#: Country, language, zone and how its sites date their entries.
_PLACES: dict[str, tuple[str, str, Callable[[datetime], str]]] = {
    "ja": ("jp", "Asia/Tokyo", lambda at: at.strftime("%a, %d %b %Y %H:%M:%S +0900")),
    "ko": ("kr", "Asia/Seoul", lambda at: at.strftime("%Y-%m-%d %H:%M")),
    "zh-Hans": ("cn", "Asia/Shanghai", lambda at: f"{at.year}年{at.month}月{at.day}日"),
    "zh-Hant": ("tw", "Asia/Taipei", lambda at: at.strftime("%Y-%m-%dT%H:%M:%S+08:00")),
    "vi": ("vn", "Asia/Ho_Chi_Minh", lambda at: at.strftime("%d/%m/%Y %H:%M")),
    "th": ("th", "Asia/Bangkok", lambda at: at.strftime("%a, %d %b %Y %H:%M:%S +0700")),
    "id": ("id", "Asia/Jakarta", lambda at: at.strftime("%a, %d %b %Y %H:%M:%S +0700")),
    "en": ("int", "UTC", lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of item to measure."""

    name: str
    languages: tuple[str, ...]
    has_markup: bool
    has_body: bool


CJK = ("ja", "ko", "zh-Hans", "zh-Hant")
OTHERS = ("vi", "th", "id", "en")
SHAPES = (
    Shape(name="plain, CJK", languages=CJK, has_markup=False, has_body=False),
    Shape(name="plain, others", languages=OTHERS, has_markup=False, has_body=False),
    Shape(name="a few tags, CJK", languages=CJK, has_markup=True, has_body=False),
    Shape(name="a few tags, others", languages=OTHERS, has_markup=True, has_body=False),
    Shape(name="body of 2-4 KB", languages=tuple(SENTENCES), has_markup=True, has_body=True),
)


def source_of(language: str) -> Source:
    """Return a source in *language*."""
    country, zone, _ = _PLACES[language]
    return Source(
        id=f"bench-{language.lower()}",
        name=language,
        name_en=language,
        country=country,
        language=language,
        homepage=f"http://{country}.school.example/",
        url=f"http://{country}.school.example/feed.xml",
        format="rss",
        kinds=("news",),
        timezone=zone,
    )


def items_of(shape: Shape, language: str, count: int, batch: int = 0) -> list[tuple[Item]]:
    """Return *count* different items of a *shape*; every *batch* has others, always the same."""
    random = Random(f"{shape.name}\n{language}\n{batch}")  # noqa: S311 - no secret
    return [(_item(shape, language, batch * count + number, random),) for number in range(count)]


def _item(shape: Shape, language: str, number: int, random: Random) -> Item:
    address = f"{source_of(language).homepage}news/{number}?cat=2&utm_source=rss&utm_medium=feed"
    sentences = SENTENCES[language]
    at = NOW - timedelta(minutes=random.randrange(60 * 24 * 20))
    item = Item(
        key=address,
        link=address,
        title=f"{random.choice(sentences)[:40].strip()} ({number})",
        summary=_summary(sentences, shape, random),
        published=_PLACES[language][2](at),
        authors=(random.choice(sentences)[:4].strip(),),
    )
    return replace(item, body=_body(sentences, address, random)) if shape.has_body else item


def _summary(sentences: Sequence[str], shape: Shape, random: Random) -> str:
    length = random.randint(150, 600)
    text = ""
    while len(text) < length:
        text += random.choice(sentences) + ("" if text.isascii() else " ")
    text = text[:length]
    return (
        f'<p>{text[:80]}</p>\n<p><a href="http://school.example/more">{text[80:]}</a></p>'
        if shape.has_markup
        else text
    )


def _body(sentences: Sequence[str], address: str, random: Random) -> str:
    size = random.randint(2_000, 4_000)
    parts = [
        '<div class="entry"><p><img src="http://school.example/photo.jpg" width="600" alt=""></p>'
    ]
    while sum(len(part.encode()) for part in parts) < size:
        text = "".join(random.choices(sentences, k=2))
        parts.append(
            f'<p class="text" style="margin:0">{text[:60]}<strong>{text[60:]}</strong></p>'
        )
        if random.random() < 0.2:
            parts.append(f'<p><a href="{address}#{random.randrange(99)}">{text[:12]}</a>&nbsp;</p>')
    return "\n".join((*parts, "</div>"))
