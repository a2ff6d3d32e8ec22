"""Near copies: what is one text with changes, and what only looks like one."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.dedupe.index import MOST_IN_BAND, Index, Trace
from aggregator.dedupe.near import distances, likeness
from aggregator.dedupe.shingles import bands, signature, writing, written
from aggregator.model import Article, Verdict
from bench.near.__main__ import FLOORS, below, figures, own, parallel
from tests.builders import article
from tests.dedupe import placed

FIRST = "第3回公開研究会のお知らせ\n5月16日の13時から体育館で公開研究会を開きます。\n{}"
REST = "国語の授業を見合い、子どもたちの学びの事実について語り合います。申し込みは事務室へ。"
NOTICE = FIRST.format(REST)


def told(text: str, **changes: Any) -> Article:
    """Return an article of a source of its own that says *text*, its title first."""
    title, _, rest = text.partition("\n")
    name = str(changes.get("id", title))
    made = replace(
        article(), id=name, source_id=name, key=name, url=f"https://{name}.example.org/x"
    )
    return replace(
        made, **{"title": title, "summary": rest, "body": "", "content_hash": text} | changes
    )


def verdict(text: str, **changes: Any) -> Verdict:
    """Return the verdict on a text that comes after the notice."""
    return placed(told(NOTICE, id="first"), told(text, **{"id": "second"} | changes))[1]


def test_a_repost_with_changes_is_of_the_story_and_not_the_same() -> None:
    found = verdict(NOTICE.replace("語り合います", "話し合う会です") + "（学校だより）")
    assert (found.story_id, found.same_as) == ("first", None)
    assert found.evidence[0] == "near copy"
    assert found.evidence[1].endswith("% of the letters")
    assert found.evidence[2] == "same numbers"


def test_paragraphs_in_another_order_are_a_copy() -> None:
    title, when, rest = NOTICE.split("\n")
    assert verdict("\n".join([title, rest, when])).story_id == "first"


def test_a_body_tells_more_than_a_summary() -> None:
    body = f"<h2>新着</h2><p>{NOTICE}</p>".replace("\n", "</p><p>")
    assert verdict("新着情報", body=body).story_id == "first"


def test_traditional_chinese_is_a_copy_of_simplified() -> None:
    one = told("學習共同體公開授課\n新北市國中邀請家長走進教室，觀察學生對話與學習歷程。", id="a")
    two = told("学习共同体公开授课\n新北市国中邀请家长走进教室，观察学生对话与学习历程。", id="b")
    assert [each.story_id for each in placed(one, two)] == ["a", "a"]


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("第3回", "第4回"),
        ("第3回", "第三十回"),
        ("5月16日", "6月16日"),
        ("13時", "14時"),
        ("5月16日", "５月１７日"),
    ],
)
def test_another_number_is_another_notice(said: str, other: str) -> None:
    assert verdict(NOTICE.replace(said, other)).story_id == "second"


@pytest.mark.parametrize(
    ("text", "said", "other"),
    [
        ("Open lesson on 3 {} for all teachers of the town, in the hall.", "March", "April"),
        ("Pertemuan guru kelas {} di aula sekolah kami untuk semua.", "VII", "VIII"),
        ("โรงเรียนเปิดชั้นเรียนในวันที่ 3 {} ที่หอประชุมใหญ่ของโรงเรียน", "มีนาคม", "เมษายน"),
        ("โรงเรียนเปิดชั้นเรียนในวันที่ {} ที่หอประชุมใหญ่ของโรงเรียน", "๓", "๔"),
        ("第{}届学习共同体研讨会将在北京市海淀区举行，欢迎各位教师参加。", "三", "四"),
        ("The school of the town took in {} children in this year.", "1,200", "1,300"),
        ("Họp lần thứ {} của các giáo viên trong huyện về bài học này.", "ba", "năm"),
    ],
)
def test_numbers_are_known_in_each_language(text: str, said: str, other: str) -> None:
    one, two = written(text.format(said)), written(text.format(other))
    assert likeness(one, one) is not None
    assert likeness(one, two) is None


def test_the_same_number_written_in_another_way_is_the_same() -> None:
    assert verdict(NOTICE.replace("第3回", "第三回").replace("16日", "１６日")).story_id == "first"


def test_a_number_that_is_left_out_is_not_changed() -> None:
    assert verdict(NOTICE.replace("の13時", "")).story_id == "first"


def test_titles_alone_are_no_copies() -> None:
    found = placed(
        told("公開研究会のお知らせです", id="a"), told("公開研究会のお知らせでした", id="b")
    )
    assert [each.story_id for each in found] == ["a", "b"]


def test_headlines_that_differ_by_a_word_are_no_copies() -> None:
    first = told("실바 메서드(The Silva Method)의 원리와 그 적용", id="first")
    second = told("실바 메서드(The Silva Method)의 효과와 그 적용", id="second")
    assert placed(first, second)[1].story_id == "second"


def test_an_article_that_tells_it_among_others_is_no_copy() -> None:
    more = (
        "図書館では週に二時間静かに本を読む。給食では地元の野菜を味わう。運動会は雨のため延びた。"
    )
    assert verdict(NOTICE + more + more[::-1]).story_id == "second"


def test_weeks_later_it_is_a_new_notice() -> None:
    late = article().published + timedelta(days=15)
    assert verdict(NOTICE + "また", published=late).story_id == "second"
    assert verdict(NOTICE + "また", published=late - timedelta(days=1)).story_id == "first"


def chain() -> list[Article]:
    """Return three texts: the second is like both others, which are not like each other."""
    parts = [
        "あいうえおかきくけこさしすせそ",
        "たちつてとなにぬねのはひふへほ",
        "まみむめもやゆよらりるれろわを",
    ]
    other = [part[::-1] for part in parts]
    texts = [
        "".join(parts),
        "".join(parts[:2]) + parts[2][:6] + other[2][:9],
        parts[0][:9] + other[1][:9] + "".join(parts[1][:12]) + parts[2][:6] + other[2][:9],
    ]
    # The first four signs are the title.
    return [
        told(f"{text[:4]}\n{text[4:]}{'山川海空' * 6}", id=str(number))
        for number, text in enumerate(texts)
    ]


def test_a_copy_of_a_copy_joins_only_what_is_like_the_first() -> None:
    first, second, third = chain()
    alone = placed(second, third)
    assert alone[1].story_id == second.id
    stories = [each.story_id for each in placed(first, second, third)]
    assert stories == [first.id, first.id, third.id]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_texts_that_are_all_alike_are_one_story_in_any_order(order: tuple[int, ...]) -> None:
    ends = ["", "（転載）", "　以上。", "詳しくは学校へ。"]
    every = [told(NOTICE + end, id=str(number)) for number, end in enumerate(ends)]
    every[3] = told(FIRST.format(REST[::-1]), id="3")  # and one is not
    found = placed(*(every[number] for number in order))
    groups: dict[str, set[str]] = {}
    for each in found:
        groups.setdefault(each.story_id, set()).add(each.article_id)
    assert sorted(map(sorted, groups.values())) == [["0", "1", "2"], ["3"]]
    assert all(story in members for story, members in groups.items())


def test_a_phrase_that_many_say_finds_nobody_and_takes_no_more_rows() -> None:
    said = "お問い合わせは学校の事務室までお願いいたします"
    texts = [told(f"{said}\n以上", id=str(number)) for number in range(40)]
    every = [Trace.of(text, writing(text)) for text in texts]
    index = Index({})
    kept = [len(index.add(each)) for each in every]
    assert kept[0] > 0
    assert all(index.closest(each.sought) == [] for each in every)
    assert kept[MOST_IN_BAND:] == [0] * (40 - MOST_IN_BAND)


LETTERS = st.text("abcあい", max_size=40)


def slow_distance(piece: str, text: str) -> int:
    """Return the same as `distances`, by the table everybody knows."""
    row = [0] * (len(text) + 1)
    for number, letter in enumerate(piece, 1):
        last, row = row, [number]
        for at, other in enumerate(text, 1):
            row.append(min(row[-1] + 1, last[at] + 1, last[at - 1] + (letter != other)))
    return min(row)


@settings(deadline=None)
@given(st.lists(st.text("abcあい", min_size=1, max_size=32), min_size=1, max_size=5), LETTERS)
def test_distances_are_those_of_the_table(pieces: list[str], text: str) -> None:
    assert distances(pieces, text) == [slow_distance(piece, text) for piece in pieces]


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_mutual_and_holds_for_any_text(one: str, two: str) -> None:
    assert likeness(written(one), written(two)) == likeness(written(two), written(one))


def test_bands_are_what_they_were() -> None:
    """They are stored: whoever changes how they are made has to say so in a migration."""
    found = bands(signature(written(NOTICE)), 1467)
    assert (len(found), sum(found)) == (36, -23997153409742116935)


def test_near_copies_are_found_as_well_as_they_were() -> None:
    found, wrong = figures(own())
    assert below({name: value for name, value in found.items() if " " in name}) == [], wrong


@pytest.mark.slow
def test_planted_copies_are_found_as_well_as_they_were(shared: Path) -> None:
    found, wrong = figures(parallel(shared / "parallel"))
    assert below({name: value for name, value in found.items() if " " in name}) == [], wrong


def test_floors_are_read() -> None:
    assert json.loads(FLOORS.read_text("utf-8"))
    assert below({"recall of nothing": 0.5}) == ["recall of nothing: 0.5000 < 1.0000"]
