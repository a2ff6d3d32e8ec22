"""Feeds of the usual shapes, with summaries in the languages of our sources."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

SITE = "https://news.example"

TEXTS = (
    (
        "学びの共同体　公開研究会のご案内 & 申し込み",
        "子どもたちが互いに聴き合い、学び合う授業を参観しました。協議会で学びの事実が語られました。",
    ),
    (
        "배움의 공동체 수업 공개 안내",
        "학생들이 서로의 이야기를 듣고 함께 배우는 수업을 참관하고 배움의 사실을 나누었습니다.",
    ),
    (
        "学习共同体公开课与研讨",
        "教师们观察学生如何倾听、如何合作学习，并在课后研讨中分享各自看到的学习事实。",
    ),
    (
        "Sinh hoạt chuyên môn theo nghiên cứu bài học",
        "Giáo viên quan sát cách học sinh lắng nghe và học cùng nhau, rồi chia sẻ khi thảo luận.",
    ),
    (
        "ชุมชนแห่งการเรียนรู้ เปิดชั้นเรียน",
        "ครูสังเกตว่านักเรียนฟังกันและเรียนรู้ร่วมกันอย่างไร แล้วแลกเปลี่ยนกันหลังสอน",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One shape of feed: how it is written, and how its server calls it."""

    name: str
    content_type: str
    write: Callable[[int, int], bytes]


def rss(items: int, number: int) -> bytes:
    """Write an RSS 2.0 feed as blogs do; each `number` gives other items."""
    written = "\n".join(_rss_item(number * items + each) for each in range(items))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>News</title>\n<link>{SITE}/</link>\n<description>News</description>\n"
        f"<language>ja</language>\n<ttl>60</ttl>\n{written}\n</channel>\n</rss>\n"
    ).encode()


def atom(items: int, number: int) -> bytes:
    """Write an Atom feed likewise."""
    written = "\n".join(_atom_entry(number * items + each) for each in range(items))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">\n<title>News</title>\n'
        f'<id>{SITE}/</id>\n<link href="{SITE}/"/>\n<updated>2026-11-16T08:15:00Z</updated>\n'
        f"{written}\n</feed>\n"
    ).encode()


KINDS = (
    Kind(name="RSS 2.0", content_type="application/rss+xml; charset=utf-8", write=rss),
    Kind(name="Atom", content_type="application/atom+xml; charset=utf-8", write=atom),
)


def _rss_item(each: int) -> str:
    title, summary, day = _said(each)
    return (
        f"<item>\n<title>{title}</title>\n<link>{SITE}/articles/{each}?from=rss&amp;page=1</link>\n"
        f'<guid isPermaLink="false">{SITE}/?p={each}</guid>\n'
        f"<pubDate>{day:02} Nov 2026 08:15:00 +0900</pubDate>\n<dc:creator>山田 花子</dc:creator>\n"
        "<category><![CDATA[授業研究]]></category>\n<category>公開研究会</category>\n"
        f"<description>{summary}</description>\n</item>"
    )


def _atom_entry(each: int) -> str:
    title, summary, day = _said(each)
    address = f"{SITE}/articles/{quote('学び')}-{each}"
    return (
        f"<entry>\n<title>{title}</title>\n<id>tag:news.example,2026:{each}</id>\n"
        f'<link rel="alternate" type="text/html" href="{address}"/>\n'
        f"<published>2026-11-{day:02}T08:15:00+09:00</published>\n"
        f"<updated>2026-11-{day:02}T09:15:00+09:00</updated>\n"
        '<author><name>山田 花子</name></author>\n<category term="授業研究"/>\n'
        f'<summary type="html">{summary}</summary>\n</entry>'
    )


def _said(each: int) -> tuple[str, str, int]:
    """Give title, summary with a link and a picture, and the day of the month."""
    title, summary = TEXTS[each % len(TEXTS)]
    markup = (
        f'<p><img src="{SITE}/i/{each}.jpg" alt=""/>{summary}</p>'
        f'<p>{summary} <a href="/articles/{each}">…</a></p>'
    )
    return f"{escape(title)} {each}", escape(markup), each % 28 + 1
