"""How bytes become text, beyond the cases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.parse.charset import codec_of, decode

SENTENCES = {
    "ja": "学びの共同体の公開研究会で、子どもの学びの事実を語り合う。",
    "ko": "교사들이 서로의 교실을 열고 학생의 배움을 성찰하였다.",
    "zh-Hans": "教师从研究教转向研究学，课堂上每一个孩子都被倾听。",
    "zh-Hant": "公開授課後，觀課教師聚焦學生的對話與學習歷程。",
    "th": "ครูเปิดชั้นเรียนและสะท้อนคิดร่วมกัน",
}
CODECS = [
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
    ("zh-Hans", "gb18030"),
    ("zh-Hant", "big5hkscs"),
    ("th", "cp874"),
]


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        (" EUC-JP ", "euc_jp"),
        ("ks_c_5601-1987", "cp949"),
        ("EUC-KR", "cp949"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("Big5", "big5hkscs"),
        ("TIS-620", "cp874"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf8", "utf-8"),
    ],
)
def test_labels_mean_what_browsers_mean_by_them(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize("label", ["", "nonsense", "utf-7", "idna", "base64", "rot13", "a\0b"])
def test_labels_that_no_page_may_use_are_not_known(label: str) -> None:
    assert codec_of(label) is None


@pytest.mark.parametrize(("language", "codec"), CODECS)
def test_one_undeclared_sentence_is_enough(language: str, codec: str) -> None:
    text = SENTENCES[language]

    assert decode(text.encode(codec), language=language).text == text


@pytest.mark.parametrize(("language", "codec"), CODECS)
@pytest.mark.parametrize("lie", ["utf-8", "iso-8859-1", "us-ascii"])
def test_a_false_header_does_not_win(language: str, codec: str, lie: str) -> None:
    text = SENTENCES[language]
    found = decode(text.encode(codec), content_type=f"text/html; charset={lie}", language=language)

    assert found.text == text


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("lie", ["shift_jis", "euc-jp", "euc-kr", "gb2312", "big5", "tis-620"])
def test_utf_8_is_seen_whatever_is_declared(language: str, lie: str) -> None:
    text = SENTENCES[language]
    found = decode(text.encode(), content_type=f"text/html; charset={lie}", language=language)

    assert found.text == text


def test_the_byte_order_mark_is_believed_before_the_header_and_is_no_text() -> None:
    found = decode(b"\xef\xbb\xbf\xe5\xad\xa6", content_type="text/html; charset=shift_jis")

    assert (found.text, found.codec) == ("学", "utf-8")


def test_the_header_is_believed_before_the_page() -> None:
    body = '<meta charset="euc-kr">学び'.encode("euc_jp")

    assert decode(body, content_type="text/html; charset=EUC-JP").text.endswith("学び")


def test_the_sources_charset_alone_decides() -> None:
    assert decode("学び".encode(), charset="cp1252").codec == "cp1252"


def test_an_unknown_charset_of_the_source_is_refused() -> None:
    with pytest.raises(ParseError, match="'klingon' is not known"):
        decode(b"x", charset="klingon")


def test_a_cut_character_is_replaced_and_counted() -> None:
    found = decode((SENTENCES["ja"] * 4).encode()[:-1])

    assert (found.codec, found.damaged) == ("utf-8", 1)


def test_text_in_two_charsets_is_refused() -> None:
    body = SENTENCES["th"].encode() + SENTENCES["th"].encode("cp874")

    with pytest.raises(ParseError, match=r"cannot be read: as .* are damaged"):
        decode(body, content_type="text/html; charset=utf-8", language="th")


def test_a_damaged_pair_in_euc_jp_does_not_spoil_its_neighbours() -> None:
    body = "学び".encode("euc_jp") + b"\xa9\xa1" + ("の共同体" * 30).encode("euc_jp")

    assert decode(body, charset="euc-jp").text == "学び\ufffd" + "の共同体" * 30


def test_the_extension_of_euc_jp_is_for_reading_only() -> None:
    with pytest.raises(UnicodeEncodeError):
        "😀".encode("euc-jp", "euc-jp-extension")


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=200), st.text(max_size=40), st.sampled_from(["", "ja", "ko", "th"]))
def test_arbitrary_bytes_give_text_or_a_parse_error(
    body: bytes, header: str, language: str
) -> None:
    try:
        found = decode(body, content_type=header, language=language)
    except ParseError:
        return

    found.text.encode()  # no half characters


@pytest.mark.parametrize(
    ("text", "language", "codec"),
    [(SENTENCES["ja"], "ja", "cp932"), (f"“{SENTENCES['th']}”…", "th", "cp874")],
)
def test_control_characters_are_damage_in_iso_8859(text: str, language: str, codec: str) -> None:
    """It has a character for every byte, but none that a page means by those from 80 to 9F."""
    found = decode(
        text.encode(codec), content_type="text/html; charset=iso-8859-5", language=language
    )

    assert (found.codec, found.text) == (codec, text)


def test_a_page_that_lost_nothing_but_quotation_marks_is_read_all_the_same() -> None:
    body = "„Škola“".encode("cp1250")

    assert decode(body, charset="iso-8859-2").damaged == 3
