"""Builds model values for tests: each has sensible defaults, a test names what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from aggregator.model import (
    Article,
    Edition,
    Entry,
    Outputs,
    Pipeline,
    Place,
    Schedule,
    Scope,
    Source,
    Standing,
    Story,
    Translation,
    TranslationState,
)

#: The moment that tests call now; nothing is later.
NOW = datetime(2026, 3, 20, 6, 0, tzinfo=UTC)

#: Language -> country, time zone, name of a source, title and summary as written, in English.
WORDS = {
    "ja": (
        "jp",
        "Asia/Tokyo",
        "東京学びの会",
        "「学びの共同体」公開研究会に全国から600人の教師が集う",
        "茅ヶ崎市の小学校で公開研究会が開かれ、授業を見合い、子どもの学びの事実について語り合った。",
        "Six hundred teachers from all over Japan meet at an open lesson study conference",
        "A primary school in Chigasaki opened its classrooms to teachers who observe lessons.",
    ),
    "ko": (
        "kr",
        "Asia/Seoul",
        "배움의공동체연구회",
        "경기도교육청, 혁신학교 100곳에서 수업 나눔의 날 운영",
        "교사들이 서로의 교실을 열고 학생의 배움을 중심으로 수업을 성찰하는 자리가 마련됐다.",
        "Gyeonggi education office holds lesson sharing days at a hundred innovation schools",
        "Teachers opened their classrooms to one another and reflected on what students learn.",
    ),
    "zh-Hans": (
        "cn",
        "Asia/Shanghai",
        "中国教育新闻网",
        "北京多所学校推进学习共同体课堂改革",
        "教师从“教”的研究转向“学”的研究，课堂上每一个孩子都被倾听。",
        "Beijing schools move ahead with learning community classrooms",
        "Teachers turn from studying teaching to studying learning; every child is listened to.",
    ),
    "zh-Hant": (
        "tw",
        "Asia/Taipei",
        "學習共同體教育網",
        "新北市國中小辦理學習共同體公開授課，邀請家長走進教室",
        "公開授課後，觀課教師聚焦學生的對話與學習歷程，進行專業回饋。",
        "New Taipei schools open their lessons to parents",
        "After the lessons, observers talked about the students' dialogue and how they learned.",
    ),
    "vi": (
        "vn",
        "Asia/Ho_Chi_Minh",
        "Giáo dục và Thời đại",
        "Sinh hoạt chuyên môn theo nghiên cứu bài học: giáo viên lắng nghe học sinh nhiều hơn",
        "Nhiều trường tiểu học ở Bắc Giang tập trung quan sát việc học của từng em.",
        "Lesson study in Vietnam: teachers listen to their students more",
        "Primary schools in Bac Giang renew their teachers' meetings and observe each child learn.",
    ),
    "th": (
        "th",
        "Asia/Bangkok",
        "สถาบันพัฒนาครู",
        "โรงเรียนในฐานะชุมชนแห่งการเรียนรู้ขยายผลสู่โรงเรียนทั่วประเทศ",
        "ครูเปิดชั้นเรียนและสะท้อนคิดร่วมกัน โดยมุ่งมองการเรียนรู้ของผู้เรียนทุกคนเป็นสำคัญ",
        "School as Learning Community spreads to schools all over Thailand",
        "Teachers open their lessons and reflect together on how every student learns.",
    ),
    "id": (
        "id",
        "Asia/Jakarta",
        "Komunitas Guru Belajar",
        "Guru di Sumedang membuka kelas untuk belajar bersama lewat lesson study",
        "Setelah mengamati pelajaran, para guru mendiskusikan bagaimana setiap siswa belajar.",
        "Teachers in Sumedang open their classrooms to learn together by lesson study",
        "After the lesson the teachers discuss how each student learned.",
    ),
    "en": (
        "int",
        "UTC",
        "International Network",
        "Call for papers: the conference of School as Learning Community",
        "Teachers and researchers are invited to send proposals until the end of May.",
        "Call for papers: the conference of School as Learning Community",
        "Teachers and researchers are invited to send proposals until the end of May.",
    ),
}


def source(language: str = "ja", **changes: Any) -> Source:
    """Return a source in a language, with that language's usual country."""
    country, zone, name, *_ = WORDS[language]
    made = Source(
        id=f"{country}-source",
        name=name,
        name_en=f"Teachers of {country.upper()}",
        country=country,
        language=language,
        homepage=f"https://{country}.example.org/",
        url=f"https://{country}.example.org/feed",
        format="rss",
        kinds=("news",),
        timezone=zone,
    )
    return replace(made, **changes)


def article(language: str = "ja", number: int = 1, **changes: Any) -> Article:
    """Return a source's article; another number is another, one day older, article."""
    country, _, _, title, summary, *_ = WORDS[language]
    published = NOW - timedelta(days=number, hours=1)
    url = f"https://{country}.example.org/articles/{number}"
    made = Article(
        id=str(uuid5(NAMESPACE_URL, url)),
        source_id=f"{country}-source",
        key=url,
        url=url,
        title=title,
        summary=summary,
        body=f"<p>{summary}</p>",
        language=language,
        authors=(),
        published=published,
        dated_by="rfc822",
        date_text="",
        first_seen=published + timedelta(minutes=30),
        backlog=False,
        content_hash=f"hash-{language}-{number}",
        text_hash=f"text-{language}-{number}",
    )
    return replace(made, **changes)


def place(language: str = "ja", number: int = 1, **changes: Any) -> Place:
    """Return an article at its source; changes are the article's."""
    return Place(article=article(language, number, **changes), source=source(language))


def story(language: str = "ja", number: int = 1, **changes: Any) -> Story:
    """Return a story of one article; `lead` and `others` make it of more."""
    lead = changes.pop("lead", place(language, number))
    others: tuple[Place, ...] = changes.pop("others", ())
    made = Story(id=lead.article.id, lead=lead, kind="news", places=(lead, *others))
    return replace(made, **changes)


def translation(text: str, state: str = "memory", **changes: Any) -> Translation:
    """Return a translated field."""
    return replace(Translation(text=text, state=TranslationState(state)), **changes)


def entry(language: str = "ja", number: int = 1, **changes: Any) -> Entry:
    """Return a story as English readers get it; `state` says how title and summary came about.

    `target="original"` gives the source's own words. `title` and `summary` may be texts.
    """
    target: str = changes.pop("target", "en")
    told: Story = changes.pop("story", None) or story(language, number)
    own = target == "original" or language == target
    state = changes.pop("state", "original" if own else "memory")
    untouched = state in ("original", "untranslated")
    lead = told.lead.article
    title, summary = (lead.title, lead.summary) if untouched else WORDS[language][5:7]
    for name, text in (("title", title), ("summary", summary)):
        given = changes.get(name, text)
        if isinstance(given, str):
            changes[name] = translation(given, state)
    changes.setdefault("updated", lead.published + timedelta(hours=1))
    return Entry(story=told, target=target, **changes)


def standing(review: str = "unreviewed", **changes: Any) -> Standing:
    """Return a story's standing."""
    return replace(Standing(), **({"review": review} | changes))


def pipeline(**changes: Any) -> Pipeline:
    """Return a pipeline with every output, in English and the original languages."""
    made = Pipeline(
        name="daily",
        title="Learning Community News",
        description="School reform in Asia, in English",
        scope=Scope(),
        targets=("en", "original"),
        schedule=Schedule(cron="0 5 * * *", timezone="Asia/Tokyo"),
        review="optional",
        outputs=Outputs(
            feeds=("all", "country", "from", "picks"), digest="daily", opml=True, site=True
        ),
    )
    return replace(made, **changes)


def edition(*entries: Entry, target: str = "en", **changes: Any) -> Edition:
    """Return an edition of the entries, newest first; changes are the pipeline's."""
    newest = sorted(entries, key=lambda e: e.story.lead.article.published, reverse=True)
    return Edition(pipeline=pipeline(**changes), target=target, entries=tuple(newest))
