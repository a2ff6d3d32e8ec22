"""Sentences: nothing lost, nothing cut where one goes on."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES
from aggregator.text.sentences import split
from bench.scores import Score
from bench.sentences.__main__ import FLOORS, below, own, parallel
from bench.sentences.corpus import score
from bench.sentences.own import OWN
from bench.sentences.train import MODEL, model, texts, written

SIGNS = st.text(
    st.sampled_from(
        [*" \t\n\u3000\r", *".!?。！？…", *"\"'”」』）(“「", *"aB9é", *"学びの", *"한국", *"กา"]
    ),
    max_size=60,
)


def sentences(text: str, language: str) -> list[str]:
    return [sentence for sentence, _ in split(text, language)]


@settings(deadline=None)
@given(SIGNS | st.text(max_size=40), st.sampled_from(sorted(LANGUAGES)))
@example("  a. B\n\n c ", "en")
@example(" \n ", "th")
def test_the_pieces_joined_are_the_text(text: str, language: str) -> None:
    pieces = split(text, language)

    assert "".join(sentence + tail for sentence, tail in pieces) == text
    assert all(tail == "" or tail.isspace() for _, tail in pieces)
    if text.strip():
        assert all(sentence.strip() and sentence == sentence.rstrip() for sentence, _ in pieces)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_new_line_always_cuts(language: str) -> None:
    assert split("abc \n\n def\n", language) == [("abc", " \n\n "), ("def", "\n")]


def test_a_text_without_words_is_at_most_one_empty_sentence() -> None:
    assert split("", "ja") == []
    assert split(" \n", "ja") == [("", " \n")]


def test_white_space_before_the_first_sentence_belongs_to_it() -> None:
    assert split("\n Good. Bye.", "en") == [("\n Good.", " "), ("Bye.", "")]


CASES = [
    ("ja", ["授業を公開した。", "参加者は百人だった！", "次は？", "未定"]),
    ("ja", ["校長は「学び合う。」と述べた。", "「よい。」", "皆が笑った。"]),
    ("ja", ["「できた！」など声が上がった。", "（終わり。）", "以上"]),
    ("ko", ["수업을 공개했다.", "참가자는 백 명이었다."]),
    ("ko", ["교장은 “함께 배운다.”라고 말했다.", "“좋다.”", "모두 웃었다."]),
    ("ko", ["2026. 11. 19. 열린 연수에 J. Kim 교사가 왔다.", "끝났다."]),
    ("ja", ["校長は次のように述べた。「学び合う。」", "皆が笑った。"]),
    ("ja", ["終わりだ。", '"次は？"と聞いた。']),
    ("ko", ["“함께 배운다.” 교장이 말했다.", "모두 웃었다."]),
    ("ko", ["“좋다. 정말 좋다.”라고 말했다.", "“좋다.", "정말 좋다.”", "모두 웃었다."]),
    ("ko", ["교장은 다음과 같이 말했다. “함께 배운다.”", "끝났다."]),
    ("zh-Hans", ["学校公开了课堂。", "“很好！”他说。", "“再见！”", "会后大家离开。"]),
    ("zh-Hans", ["会议结束了。", '"很好，"他说。', '"再见。"']),
    ("zh-Hans", ["他累了......", "大家休息。"]),
    ("zh-Hant", ["研究由A.B.團隊進行.", "結果公布."]),
    ("vi", ["TP. Hồ Chí Minh mở lớp.", "GS. Nguyễn An nói… rồi cười.", "Hết."]),
    ("vi", ["Họ đi Ý.", "Sau đó họ về."]),
    ("vi", ["Trường mở cửa lớp học cho giáo viên", "Trong buổi sáng, mọi người cùng dự giờ."]),
    ("vi", ["Trường Mở Cửa Lớp Học Cho Giáo Viên Trong Buổi Sáng của ngày thứ hai."]),
    ("id", ["Dr. A.S. Budi, S.Pd. hadir di Jl. Merdeka.", "Acara selesai!", "Terima kasih."]),
    ("en", ["Dr. J. Smith came, e.g. on Monday.", "“Good.”", "Yahoo! is a name."]),
    ("en", ["It was 3.5 hours.", "He left?", "Yes."]),
]
HARD = [
    ("ja", ["校長は「生徒が『できた。』と言った。うれしかった。」と話した。", "会場が沸いた。"]),
    ("ja", ["平均は3.5点だった。", "詳しくは https://example.org/?q=1&r=2 を見る。", "終わり。"]),
    ("ja", ["Yahoo!ニュースが伝えた。", "え……？", "そうだ。"]),
    (
        "ja",
        [
            "文科省は授業時間を減らす方針を固める",
            "文科省は来年度から新しい基準を定める。",
            "意見を募る。",
        ],
    ),
    ("ja", ["「子どもが学ぶ。教師も学ぶ。」と校長は話した。", "皆がうなずいた。"]),
    (
        "ko",
        [
            "교육부, 수업 시간을 줄이기로 했다",
            "교육부는 내년부터 새 기준을 적용한다고 밝혔다.",
            "의견을 받는다.",
        ],
    ),
    ("ko", ["학생들은 어제보다 오늘 더 많이 말했고 집에 가다 친구를 만났다.", "모두 웃었다."]),
    (
        "ko",
        ["평균은 3.5점이었다.", "자세한 내용은 https://example.org/a.b?c=d 에서 본다.", "끝났다."],
    ),
    ("ko", ["그는 말을 잇지 못했다…", "교실은 조용했다."]),
    ("ko", ["교장은 '아이가 “됐다.”라고 외쳤다'고 전했다.", "모두 웃었다."]),
    ("zh-Hans", ["学生高喊“下课了！”。", "老师笑了。"]),
    ("zh-Hans", ["平均分是3.5分。", "详见https://example.org/?q=1。", "会议结束。"]),
    ("zh-Hans", ["他问：“谁说‘不行。’了？”", "没有人回答。"]),
    ("zh-Hant", ["校長說：「學生喊『做到了！』。」", "大家鼓掌。"]),
    (
        "vi",
        [
            "Lớp học ở TP. HCM có 1.200 học sinh.",
            "Điểm trung bình là 7.5.",
            "Xem www.example.org/a.b để biết thêm.",
        ],
    ),
    ("vi", ["PGS. TS. Lê Văn A. nói “Tốt.” rồi cười.", "Hết."]),
    (
        "vi",
        [
            "Bộ mở lớp bồi dưỡng cho giáo viên cả nước",
            "Ông cho biết lớp học bắt đầu vào tháng sau.",
        ],
    ),
    (
        "id",
        [
            "Harganya Rp. 5.000 per buku.",
            "Prof. Dr. Budi hadir.",
            "Lihat https://example.org/a.b?c=d untuk jadwal.",
        ],
    ),
    ("id", ["Ia berkata, “Bagus.” lalu tersenyum.", "Selesai…", "Semua pulang."]),
    (
        "id",
        [
            "Kementerian membuka kelas untuk semua guru",
            "Meskipun hujan, banyak guru datang ke sekolah itu.",
        ],
    ),
]


@pytest.mark.parametrize(("language", "expected"), CASES + HARD)
def test_sentences_are_cut_where_they_end(language: str, expected: list[str]) -> None:
    space = "" if LANGUAGES[language].unspaced else " "

    assert sentences(space.join(expected), language) == expected


def test_korean_sentences_without_a_space_between_are_cut() -> None:
    assert sentences("공개했다.참가했다.", "ko") == ["공개했다.", "참가했다."]


THAI = (
    "โรงเรียนเปิดชั้นเรียนให้ครูจากทุกจังหวัดเข้ามาเรียนรู้ร่วมกันเมื่อวันศุกร์ที่ผ่านมา",
    "อย่างไรก็ตาม ครูหลายคนกล่าวว่ายังมีเวลาไม่เพียงพอ",
    "นอกจากนี้ ทางโรงเรียนจะจัดงานอีกครั้งในเดือนธันวาคม",
)


def test_thai_is_cut_at_the_spaces_that_end_sentences() -> None:
    assert sentences(" ".join(THAI), "th") == list(THAI)


@pytest.mark.parametrize(
    "text",
    [
        "กรุงเทพฯ จัดงาน! ใครมาบ้าง?",
        "ครูทุกคนเปิดชั้นเรียน และ เรียนรู้ร่วมกัน",
        "มีครู 2,569 คน จาก 77 จังหวัด",
        "งานของ School as Learning Community ที่กรุงเทพฯ",
    ],
)
def test_thai_numbers_names_and_clauses_that_go_on_are_not_cut(text: str) -> None:
    assert sentences(text, "th") == [text]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("sign", ["。", ".", "!”", '"', "A ", "ก ", "「", "…", "“a. ", ".” "])
def test_a_text_without_end_is_cut_in_no_time(language: str, sign: str) -> None:
    text = f"{sign * 5_000}x"

    assert "".join(a + b for a, b in split(text, language)) == text


def test_what_is_scored_are_the_boundaries_between_lines() -> None:
    lines = ["Headline", "One. Two.", "Three."]

    def by_points(text: str, language: str) -> list[tuple[str, str]]:
        return split(text, language)

    terminated, every = score(lines, "en", by_points)

    assert every == Score(right=1, said=2, real=2)
    assert terminated == Score(right=1, said=2, real=1)


@pytest.mark.parametrize("language", sorted(OWN))
def test_our_own_texts_are_cut_where_their_sentences_end(language: str) -> None:
    space = "" if language in ("ja", "zh-Hans", "zh-Hant") else " "

    for text in OWN[language]:
        assert sentences(space.join(text), language) == list(text)


def test_our_own_texts_are_cut_as_well_as_they_were() -> None:
    assert below(own()) == []


def test_news_is_cut_as_well_as_it_was(shared: Path) -> None:
    figures = parallel(shared / "parallel")

    assert below(figures) == []
    assert figures.keys() | own().keys() == json.loads(FLOORS.read_text("utf-8")).keys()


@pytest.mark.slow
def test_the_thai_model_is_what_its_script_makes_of_the_fitted_half_and_our_texts(
    shared: Path,
) -> None:
    made = model([*texts(shared / "parallel"), *written()])

    assert made == json.loads(MODEL.read_text("utf-8"))
