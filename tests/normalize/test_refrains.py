"""What a source says again and again: what is learned, and what tells something and is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from aggregator.model import Item
from aggregator.normalize import read_articles, refrains, with_refrains
from aggregator.normalize.refrains import LEAST, MOST
from tests import builders

SOURCE = builders.source("ja", name="学び新聞", name_en="Manabi Shimbun")
DEEDS = (
    "授業を公開した",
    "教師を迎えた",
    "研究会を開いた",
    "校舎を新しくした",
    "本を贈られた",
    "劇を演じた",
)
MANY = [f"{place}の学校が{deed}" for place in ("北", "南") for deed in DEEDS]


def items(make: Callable[[str], tuple[str, str, str]], *, number: int = len(MANY)) -> list[Item]:
    """Return items, each made of another sentence: title, summary and body."""
    return [
        Item(
            key=f"k{place}", link=f"https://jp.example.org/{place}", title=title, summary=s, body=b
        )
        for place, (title, s, b) in enumerate(map(make, MANY[:number]))
    ]


def test_a_line_at_the_end_of_most_texts_is_learned() -> None:
    found = items(lambda said: (said, f"<p>{said}。</p><p>学校を、地域の真ん中に</p>", ""))

    assert refrains(SOURCE, found) == ("学校を、地域の真ん中に",)


def test_a_line_around_most_bodies_is_learned() -> None:
    found = items(lambda said: (said, "", f"<p>学びの窓から</p><p>{said}。</p><p>編集部</p>"))

    assert refrains(SOURCE, found) == ("学びの窓から", "編集部")


def test_what_most_titles_end_or_begin_with_is_learned() -> None:
    found = items(lambda said: (f"{said} | 電子版 | 学び新聞", "", ""))
    others = items(lambda said: (f"学びの窓 » {said}", "", ""))

    assert refrains(SOURCE, found) == ("電子版",)
    assert refrains(SOURCE, others) == ("学びの窓",)


@pytest.mark.parametrize(
    "make",
    [
        lambda said: (said, f"{said}。<p>会場：市民会館</p>", ""),
        lambda said: (said, f"{said}。<p>お問い合わせは 03-1234-5678 まで</p>", ""),
        lambda said: (said, "学びを語り合う。<p>どなたでも参加できます</p>", ""),
        lambda said: (said, f"{said}。", ""),
        lambda said: (f"【お知らせ】{said}", "", ""),
        lambda said: (f"お知らせ：{said}", "", ""),
        lambda said: (f"第{len(said)}回{said[0]} | 授業研究会", "", ""),
    ],
    ids=["place", "number", "same text", "no line", "bracket", "colon", "nothing left"],
)
def test_what_tells_something_is_not_learned(make: Callable[[str], tuple[str, str, str]]) -> None:
    assert refrains(SOURCE, items(make)) == ()


def test_few_items_or_a_part_of_many_teach_nothing() -> None:
    few = items(lambda said: (said, f"{said}。<p>編集部</p>", ""), number=LEAST - 1)
    half = items(lambda said: (said, f"{said}。<p>{'編集部' if '北' in said else said}</p>", ""))

    assert refrains(SOURCE, few) == refrains(SOURCE, half) == ()


def test_what_happens_at_one_place_teaches_nothing() -> None:
    found = items(lambda said: (said, f"{said}。<p>市民会館 大ホール</p>", ""))

    assert refrains(SOURCE, found) != ()
    assert refrains(replace(SOURCE, kinds=("event",)), found) == ()
    assert refrains(replace(SOURCE, format="ical"), found) == ()


def test_only_what_is_new_is_learned_and_not_without_end() -> None:
    found = items(lambda said: (said, f"{said}。<p>編集部</p><p>学びの窓から</p>", ""))
    full = with_refrains(SOURCE, [f"句{number}" for number in range(MOST)])

    assert refrains(with_refrains(SOURCE, ("学びの窓から",)), found) == ("編集部",)
    assert refrains(replace(SOURCE, keep=("編集部", "学びの窓から")), found) == ()
    assert refrains(full, found) == ()


def test_articles_go_without_what_was_learned() -> None:
    found = items(
        lambda said: (f"{said} | 電子版", f"{said}。<p>編集部</p>", f"<p>{said}</p>編集部")
    )
    source = with_refrains(SOURCE, refrains(SOURCE, found))

    read = read_articles(source, [[each] for each in found], {}, builders.NOW, None)

    for said, article in zip(MANY, read, strict=True):
        shown = (article.title, article.summary, article.body)  # type: ignore[union-attr]
        assert shown == (said, f"{said}。", f"<p>{said}</p>")
