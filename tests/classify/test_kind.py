"""What kind of thing an article is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.classify import kind_of, label
from aggregator.model import Enclosure, Kind
from aggregator.model.topics import Subject
from tests.builders import article, source

ALL: tuple[Kind, ...] = ("news", "event", "article", "research", "book", "video", "notice")


def kind(title: str = "学校の話", *details: tuple[str, str]) -> tuple[Kind, str]:
    return kind_of(replace(article(), title=title, details=details), replace(source(), kinds=ALL))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("第12回公開研究会 12月6日開催", "event"),
        ("배움의 공동체 세미나 12월 6일", "event"),
        ("学习共同体研讨会 12月6日举行", "event"),
        ("學習共同體工作坊 12/6", "event"),
        ("Hội thảo nghiên cứu bài học ngày 6/12", "event"),
        ("สัมมนาชุมชนแห่งการเรียนรู้ 6 ธ.ค. 2569", "event"),
        ("Lokakarya lesson study, 6 Desember", "event"),
        ("Lesson study conference, December 6", "event"),
        ("Call for papers: lesson study", "event"),
        ("논문 모집 안내", "event"),
        ("ขอเชิญร่วมงานเปิดชั้นเรียน", "event"),
        ("新刊『学びの共同体の挑戦』", "book"),
        ("Bedah buku: sekolah yang mendengarkan", "book"),
        ("【動画】小学校の授業", "video"),
        ("[영상] 교실의 하루", "video"),
        ("关于做好2026年中小学招生工作的通知", "notice"),
        ("홈페이지 점검 안내", "notice"),
        ("Pengumuman seleksi guru", "notice"),
        ("ประกาศผลการคัดเลือก", "notice"),
        ("教育部公告", "notice"),
        ("公開研究会に教師600人が集う", "news"),
        ("Teachers meet at a conference", "news"),
        ("หลังเปิดเทอม ครูพบปัญหา", "news"),
        ("Videos divide the school board", "news"),
    ],
)
def test_words_of_any_language_tell_the_kind(title: str, expected: Kind) -> None:
    found, because = kind(title)
    assert found == expected, because
    assert because


@pytest.mark.parametrize(
    ("detail", "expected", "because"),
    [
        (("starts", "2026-12-06"), "event", "starts 2026-12-06"),
        (("type", "journal article"), "research", "its record's type is journal article"),
        (("type", "departmental bulletin paper; 紀要"), "research", "its record's type is"),
        (("type", "VideoObject"), "video", "its record's type is VideoObject"),
        (("isbn", "978-4-00-000000-0"), "book", "has the ISBN 978-4-00-000000-0"),
        (("doi", "10.1/x"), "research", "has the DOI 10.1/x"),
    ],
)
def test_records_say_what_they_are(detail: tuple[str, str], expected: Kind, because: str) -> None:
    found, reason = kind("学校の話", detail)
    assert found == expected
    assert reason.startswith(because)


def test_what_is_sure_goes_before_what_a_title_says() -> None:
    assert kind("【動画】公開授業", ("starts", "2026-12-06"))[0] == "event"


def test_a_film_that_belongs_to_it_makes_a_video() -> None:
    film = Enclosure(url="https://a.example/film.mp4", type="video/mp4")
    made = replace(article(), enclosures=(film,))
    assert kind_of(made, replace(source(), kinds=ALL))[0] == "video"


def test_a_source_is_not_said_to_publish_what_it_does_not_but_for_events() -> None:
    scholarly = replace(source(), kinds=("research", "news"))
    assert kind_of(replace(article(), title="教育部公告"), scholarly)[0] == "research"
    invitation = replace(article(), title="研究会のご案内")
    assert kind_of(invitation, scholarly)[0] == "event"


def test_an_article_for_which_nothing_speaks_is_what_its_source_is_known_for() -> None:
    told = replace(article(), title="学校の話")
    subject = Subject(relevance=0.7, because="says 学校")
    made = label(told, replace(source(), kinds=("article", "book")), subject)
    assert (made.kind, made.because) == ("article", f"{source().id} publishes article")
    assert made.subject == subject


@given(title=st.text())
def test_every_title_has_a_kind_and_a_reason(title: str) -> None:
    found, because = kind(title)
    assert found in ALL
    assert because
