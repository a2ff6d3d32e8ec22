"""Titles, texts and bodies without what sites put around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalize.cleaning import Cleaner
from tests import builders

CLEANER = Cleaner(
    builders.source(
        "ja",
        name="学び新聞",
        name_en="Manabi Shimbun",
        remove=("【会員限定】", "電子版", "詳細は紙面をご覧ください。", "ติดตามต่อในเพจ"),
        keep=("広告",),
    )
)


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("【会員限定】公開研究会を開催 | 電子版 | 学び新聞", "公開研究会を開催"),
        ("公開研究会を開催【会員限定】", "公開研究会を開催"),
        ("電子版：公開研究会を開催", "公開研究会を開催"),
        # What a person wrote:
        ("【お知らせ】公開研究会を開催", "【お知らせ】公開研究会を開催"),
        ("お知らせ | 公開研究会", "お知らせ | 公開研究会"),
        ("教科書の電子版", "教科書の電子版"),
        ("【会員限定】", "【会員限定】"),
        ("電子版", "電子版"),
    ],
)
def test_a_title_loses_names_and_phrases_at_its_ends(title: str, meant: str) -> None:
    assert CLEANER.title(title) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("授業を開く。\n語り合う。\nシェアする\nFacebook", "授業を開く。\n語り合う。"),
        ("PR\n授業を開く。", "授業を開く。"),
        ("授業を開く。続きを読む\n共有：", "授業を開く。"),
        ("授業を開く。\nシェアする\n続きを読む", "授業を開く。"),
        ("授業を開く。詳細は紙面をご覧ください。", "授業を開く。"),
        ("授業を開く。\n詳細は紙面をご覧ください。", "授業を開く。"),
        ("Giáo viên họp hôm nay. Theo VnExpress", "Giáo viên họp hôm nay."),
        ("ครูเปิดชั้นเรียน ติดตามต่อในเพจ", "ครูเปิดชั้นเรียน"),
        ("シェアする", ""),
        ("", ""),
        # What stands within, what a person wrote, what the entry keeps:
        ("授業を開く。\nシェアする\n語り合う。", "授業を開く。\nシェアする\n語り合う。"),
        ("意見をシェアする", "意見をシェアする"),
        ("授業を開く。\n広告", "授業を開く。\n広告"),
        ("会場：市民会館", "会場：市民会館"),
    ],
)
def test_a_text_loses_needless_lines_and_sentences_at_its_ends(text: str, meant: str) -> None:
    assert CLEANER.text(text) == meant


@pytest.mark.parametrize(
    ("html", "meant"),
    [
        (
            "<p>授業を開く。</p><div>シェアする<p><a href='/f'><img src='/f'>LINE</a></p></div>",
            "<p>授業を開く。</p>",
        ),
        ("<p>授業を開く。</p><p>&copy; 2026 <a href='/'>学び新聞</a></p>", "<p>授業を開く。</p>"),
        ("<p>授業を開く。<a href='/1'>続きを読む</a></p>", '<p>授業を開く。<a href="/1"></a></p>'),
        ("授業を開く。<br>詳細は紙面をご覧ください。", "授業を開く。<br>"),
        ("<p>授業を開く。</p><p>広告</p>", "<p>授業を開く。</p><p>広告</p>"),
        ("<p>授業を<b>開く</b>。", "<p>授業を<b>開く</b>。"),
        ("", ""),
    ],
)
def test_a_body_loses_what_a_text_would(html: str, meant: str) -> None:
    assert CLEANER.html(html) == meant


PIECES = st.sampled_from(
    (
        "学び新聞",
        "電子版",
        "【会員限定】",
        "シェアする",
        "続きを読む",
        "授業。",
        " | ",
        "\n",
        " ",
        "© 2026",
    )
)


@given(st.lists(PIECES, max_size=8).map("".join) | st.text())
def test_what_is_clean_stays_so(text: str) -> None:
    assert CLEANER.title(CLEANER.title(text)) == CLEANER.title(text)
    assert CLEANER.text(CLEANER.text(text)) == CLEANER.text(text)
    assert CLEANER.text(text) in text
    assert CLEANER.title(text).strip() in text or not text.strip()


@given(sign=st.sampled_from(["&#1;", "&#xB;", "&#12;", "&#xFFFE;", "&#xD800;", "&#x202e;"]))
def test_a_last_line_is_cut_whatever_its_character_references_are(sign: str) -> None:
    html = f"<p>教師が集う{sign}会。詳細は紙面をご覧ください。</p>"
    assert CLEANER.html(html).endswith("会。</p>")
