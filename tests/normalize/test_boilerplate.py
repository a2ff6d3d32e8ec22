"""Boilerplate: what systems add goes, what people wrote stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalize.boilerplate import without_invitation, without_name

NAMES = {"学び新聞", "manabi shimbun"}


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("公開研究会を開催 | 学び新聞", "公開研究会を開催"),
        ("公開研究会を開催｜学び新聞", "公開研究会を開催"),
        ("公開研究会を開催 - Manabi Shimbun", "公開研究会を開催"),
        ("公開研究会を開催 – ＭＡＮＡＢＩ　ＳＨＩＭＢＵＮ", "公開研究会を開催"),
        ("学び新聞：公開研究会を開催", "公開研究会を開催"),
        ("公開研究会 - 第3回 - 学び新聞", "公開研究会 - 第3回"),
        # What a person wrote:
        ("学び新聞", "学び新聞"),
        ("学び新聞の十年", "学び新聞の十年"),
        ("公開研究会 - 第3回", "公開研究会 - 第3回"),
        ("学び新聞-", "学び新聞-"),
        ("", ""),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_headline(title: str, meant: str) -> None:
    assert without_name(title, NAMES) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("学びを語り合った。続きを読む", "学びを語り合った。"),
        ("学びを語り合った… [続きを読む]", "学びを語り合った…"),
        ("学びを語り合った。\n詳しくはこちら", "学びを語り合った。"),
        ("교사들이 모였다. 더보기", "교사들이 모였다."),
        ("교사들이 모였다… 자세히 보기 >", "교사들이 모였다…"),
        ("教师走进课堂。阅读全文", "教师走进课堂。"),
        ("教師走進課堂⋯ 繼續閱讀 →", "教師走進課堂⋯"),
        ("Các giáo viên tham dự. Xem thêm", "Các giáo viên tham dự."),
        ("ครูร่วมกันเรียนรู้ อ่านต่อ", "ครูร่วมกันเรียนรู้"),
        ("Guru berkumpul. Selengkapnya »", "Guru berkumpul."),
        ("Teachers met. Read more", "Teachers met."),
        ("Teachers met. [Continue reading Lessons open to all]", "Teachers met."),
        ("Teachers met. The post Lessons appeared first on School News.", "Teachers met."),
        ("Teachers met.\nThe post A first appeared on B.", "Teachers met."),
        # What a person wrote:
        ("子どもは続きを読むのを楽しみにしている", "子どもは続きを読むのを楽しみにしている"),
        ("Children who read more learn more words", "Children who read more learn more words"),
        ("They want to read more", "They want to read more"),
        ("그는 책을 더 보기로 했다", "그는 책을 더 보기로 했다"),
        ("", ""),
    ],
)
def test_an_invitation_to_read_on_is_no_part_of_a_text(text: str, meant: str) -> None:
    assert without_invitation(text) == meant


@given(st.text())
def test_any_text_only_becomes_shorter(text: str) -> None:
    assert text.startswith(without_invitation(text))
    assert without_name(text, NAMES) in text
