"""Feeds as sites serve them: RSS and Atom, thirty items each, in Japanese, Korean and Chinese."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

ITEMS = 30

#: The newest item's date; the others are an hour older each.
NEWEST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)

#: Language -> what sentences are put together from.
PHRASES = {
    "ja": (
        "公開研究会では四年生の授業を参観し、",
        "子ども同士の学び合いを中心に協議が行われた。",
        "校長は「一人も取り残さない教室をめざす」と語り、",
        "来年度の研究計画について説明した。",
        "参加した教師からは質問が相次ぎ、",
        "小グループでの対話が深まっていく様子が報告された。",
    ),
    "ko": (
        "수업 공개의 날을 맞아 전국에서 교사들이 모였고 ",
        "학생들의 배움을 중심으로 협의회가 진행되었다. ",
        "교육청은 내년부터 학습공동체 지원을 늘리고 ",
        "작은 학교에도 전문 인력을 배치할 계획이라고 밝혔다. ",
        "참가자들은 질문과 경청의 의미를 나누며 ",
        "교실의 변화를 구체적인 사례로 소개했다. ",
    ),
    "zh-Hans": (
        "来自各地的教师走进课堂观察学生的学习，",
        "课后围绕倾听与对话展开了深入的研讨。",
        "教育局表示明年将扩大学习共同体试点范围，",
        "并为乡村学校提供持续的教研支持。",
        "与会专家认为真实的学习发生在安静的倾听之中，",
        "学校需要为每一个孩子创造安心的环境。",
    ),
}


def feed(number: int) -> tuple[str, str, bytes]:
    """Return the language, the format ("rss" or "atom") and the bytes of the feed of a number."""
    language = list(PHRASES)[number % 3]
    make = _atom if number % 2 else _rss
    chance = random.Random(number)  # noqa: S311 - the same feed for the same number
    items = [_item(number, place, language, chance) for place in range(ITEMS)]
    return language, "atom" if number % 2 else "rss", make(number, language, items).encode()


def _item(number: int, place: int, language: str, chance: random.Random) -> tuple[str, str, str]:
    """Return link, title and description (HTML) of an item."""
    phrases = PHRASES[language]
    text = "".join(chance.choice(phrases) for _ in range(20))
    title = f"{chance.choice(phrases).strip('，、。. ')} {number}-{place}"
    half = len(text) // 2
    html = f'<p>{text[:half]}</p><p>{text[half:]} <a href="/related/{place}">{title}</a></p>'
    return f"http://site{number}.example/news/{2026_000 + place}.html", title, html


def _escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rss(number: int, language: str, items: list[tuple[str, str, str]]) -> str:
    rows = [
        f"<item><title>{title}</title><link>{link}</link>"
        f'<guid isPermaLink="true">{link}</guid>'
        f"<pubDate>{format_datetime(NEWEST - timedelta(hours=place))}</pubDate>"
        f"<dc:creator>Editors</dc:creator><category>school</category>"
        f"<description>{_escaped(html)}</description></item>"
        for place, (link, title, html) in enumerate(items)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Site {number}</title><link>http://site{number}.example/</link>"
        f"<description>News</description><language>{language}</language>{''.join(rows)}"
        "</channel></rss>\n"
    )


def _atom(number: int, language: str, items: list[tuple[str, str, str]]) -> str:
    rows = [
        f'<entry><title>{title}</title><link href="{link}"/><id>{link}</id>'
        f"<updated>{(NEWEST - timedelta(hours=place)).isoformat()}</updated>"
        f"<published>{(NEWEST - timedelta(hours=place)).isoformat()}</published>"
        f"<author><name>Editors</name></author>"
        f'<summary type="html">{_escaped(html)}</summary></entry>'
        for place, (link, title, html) in enumerate(items)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">'
        f"<title>Site {number}</title><id>http://site{number}.example/</id>"
        f"<updated>{NEWEST.isoformat()}</updated>{''.join(rows)}</feed>\n"
    )
