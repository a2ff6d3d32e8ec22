"""Recurring conferences, told apart from newsletters and from single meetings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalize.events import series_of

SAME: dict[str, list[tuple[str, int, int | None]]] = {
    "ja": [
        ("第14回学びの共同体国際会議、2027年3月にタイ・チェンマイで開催", 14, 2027),
        ("第13回 学びの共同体 国際会議のご案内", 13, None),
        ("第十二回学びの共同体国際会議 報告", 12, None),
        ("【参加者募集】第１５回学びの共同体国際会議", 15, None),
    ],
    "ko": [
        ("제21회 배움의 공동체 전국 세미나 개최", 21, None),
        ("제20회 배움의공동체 전국세미나 자료집", 20, None),
        ("2026 제19차 배움의 공동체 전국 세미나 성황리에 마쳐", 19, 2026),
    ],
    "zh-Hans": [
        ("第九届学习共同体全国年会邀请函", 9, None),
        ("关于举办第10届学习共同体全国年会的通知", 10, None),
        ("第八届学习共同体全国年会圆满闭幕", 8, None),
    ],
    "zh-Hant": [
        ("第八屆課堂研究國際研討會徵稿", 8, None),
        ("2025第七屆課堂研究國際研討會議程", 7, 2025),
        ("115年度第九屆課堂研究國際研討會報名", 9, 2026),
    ],
    "vi": [
        ("Hội thảo quốc tế lần thứ 14 về Trường học như Cộng đồng học tập", 14, None),
        (
            "Thông báo số 1: Hội thảo quốc tế lần thứ ba về Trường học như Cộng đồng học tập",
            3,
            None,
        ),
    ],
    "th": [
        ("ประชุมนานาชาติโรงเรียนในฐานะชุมชนแห่งการเรียนรู้ ครั้งที่ 14", 14, None),
        ("ขอเชิญร่วมประชุมนานาชาติโรงเรียนในฐานะชุมชนแห่งการเรียนรู้ ครั้งที่ ๑๓", 13, None),
        ("การประชุมนานาชาติโรงเรียนในฐานะชุมชนแห่งการเรียนรู้ ครั้งที่ 12 ปี 2568", 12, 2025),
    ],
    "id": [
        ("Konferensi Nasional Lesson Study ke-6", 6, None),
        ("Konferensi Nasional Lesson Study ke-7: Call for Papers", 7, None),
        ("Konferensi Nasional Lesson Study Kelima Berjalan Sukses", 5, None),
    ],
    "en": [
        ("The 14th International Conference of School as Learning Community: Chiang Mai", 14, None),
        ("Thirteenth International Conference on School as Learning Community - Report", 13, None),
        (
            "Call for Papers: 15th International Conference of School as Learning Community",
            15,
            None,
        ),
    ],
}


@pytest.mark.parametrize("language", SAME)
def test_editions_share_their_key(language: str) -> None:
    series = [series_of(title, language) for title, _, _ in SAME[language]]
    assert len({each.key for each in series if each}) == 1
    assert len([each for each in series if each]) == len(series)
    assert [(each.number, each.year) for each in series if each] == [
        (number, year) for _, number, year in SAME[language]
    ]


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("会報「まなびあい」第132号を発行しました", "ja"),
        ("학교 소식지 제88호가 나왔습니다", "ko"),
        ("《课堂观察》2026年第11期目录", "zh-Hans"),
        ("電子報第215期", "zh-Hant"),
        ("Bản tin số 57", "vi"),
        ("จดหมายข่าว ฉบับที่ 42", "th"),
        ("Buletin Edisi 38", "id"),
        ("Network Newsletter No. 41: Classrooms That Wait", "en"),
        ("Lesson Study Quarterly, vol. 12", "en"),
        ("The first lesson after the conference", "en"),
        ("Second language teachers meeting in Jakarta", "en"),
        ("教育委員会、第3回の会合", "ja"),
        ("第1回研究会のお知らせ", "ja"),
        ("Seminar 2026", "en"),
        ("", "en"),
    ],
)
def test_issues_and_single_meetings_are_no_series(title: str, language: str) -> None:
    assert series_of(title, language) is None


@pytest.mark.parametrize(
    ("title", "number", "year"),
    [
        ("Lesson Study Conference '26", None, 2026),
        ("Lesson Study Conference 2025 - Call for Papers", None, 2025),
        ("XIV Lesson Study Conference", 14, None),
        ("The Twenty-First Lesson Study Conference", 21, None),
    ],
)
def test_a_year_or_a_roman_number_tells_an_edition_too(
    title: str, number: int | None, year: int | None
) -> None:
    series = series_of(title, "en")
    assert series is not None
    assert (series.key, series.number, series.year) == ("en:conference lesson study", number, year)


def test_another_conference_has_another_key() -> None:
    first = series_of("The 8th Lesson Study Conference", "en")
    other = series_of("The 8th Small Schools Conference", "en")
    assert first is not None
    assert other is not None
    assert first.key != other.key


@given(st.text(max_size=120), st.sampled_from(("ja", "ko", "zh-Hans", "vi", "th", "id", "en")))
def test_any_title_gives_a_series_with_a_key_or_none(title: str, language: str) -> None:
    series = series_of(title, language)
    assert series is None or series.key.startswith(f"{language.partition('-')[0]}:")
