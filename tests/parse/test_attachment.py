"""The text of attached files, from PDFs written here by hand."""

import random
import zlib
from collections.abc import Sequence

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Item
from aggregator.parse.attachment import parse_attachment
from tests.parse.test_anything import sound, source

ADDRESS = "https://school.example/minutes.pdf"

#: How old programs wrote each language: character map, Python's codec, collection, a line of text.
LEGACY = [
    ("90ms-RKSJ-H", "cp932", "Japan1", "学びの共同体の公開研究会を開きます。①㈱髙"),
    ("EUC-H", "euc_jp", "Japan1", "子どもの学びの事実を語り合う。"),
    ("UniJIS-UCS2-H", "utf-16-be", "Japan1", "校内研修の記録（第三回）"),
    ("KSCms-UHC-H", "cp949", "Korea1", "배움의 공동체 수업을 공개합니다. 똠"),
    ("UniKS-UTF16-H", "utf-16-be", "Korea1", "교사들이 서로의 교실을 열었다."),
    ("GBK-EUC-H", "gbk", "GB1", "教师从研究教转向研究学。镕"),
    ("UniGB-UCS2-H", "utf-16-be", "GB1", "课堂上每一个孩子都被倾听。"),
    ("ETen-B5-H", "big5", "CNS1", "公開授課後，觀課教師聚焦學生的對話。"),
]


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def written(objects: Sequence[bytes]) -> bytes:
    """Write a PDF of numbered objects; the first is the catalog."""
    body = b"%PDF-1.4\n"
    places = []
    for number, told in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + end % (len(objects) + 1, len(body))


def font(cmap: str, ordering: str) -> list[bytes]:
    """A font that is not in the file, as objects 3 to 5."""
    collection = f"<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>"
    descendant = f"<</Type/Font/Subtype/CIDFontType0/BaseFont/F/CIDSystemInfo{collection}"
    box = "[0 -200 1000 900]"
    heights = "/Ascent 800/Descent -200/CapHeight 700"
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/{cmap}/DescendantFonts[4 0 R]>>".encode(),
        f"{descendant}/FontDescriptor 5 0 R/DW 1000>>".encode(),
        f"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox{box}{heights}>>".encode(),
    ]


LATIN = [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"null", b"null"]


def pdf(
    contents: Sequence[bytes],
    fonts: Sequence[bytes] = LATIN,
    entries: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """Write a page for each content; `more` are objects from number 6 on."""
    first = 6 + len(more)
    pages = [first + 2 * number for number in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        *fonts,
        *more,
    ]
    for number, content in zip(pages, contents, strict=True):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>>>" % (number + 1),
            content if content.startswith(b"<<") else stream(content, entries),
        ]
    return written(objects)


def lines(texts: Sequence[str], codec: str = "cp1252", size: int = 12) -> bytes:
    shown = (b"<%s> Tj T*\n" % text.encode(codec).hex().encode() for text in texts)
    return b"BT /F1 %d Tf %d TL 50 800 Td\n" % (size, size) + b"".join(shown) + b"ET"


def read(body: bytes) -> Item:
    document = Document(
        source_id="x",
        url=ADDRESS,
        role="attachment",
        final_url=ADDRESS,
        content_type="application/pdf",
        body=body,
        key="article-7",
    )
    (item,) = parse_attachment(document, source("html-list")).items
    return item


# --- texts


@pytest.mark.parametrize(("cmap", "codec", "ordering", "text"), LEGACY)
def test_fonts_that_are_not_in_the_file_are_read(
    cmap: str, codec: str, ordering: str, text: str
) -> None:
    item = read(pdf([lines([text], codec)], font(cmap, ordering)))

    assert item.body == f"<p>{text}</p>"


def test_the_item_is_its_articles_and_leaves_its_title_and_link_alone() -> None:
    item = read(pdf([lines(["a < b & c"])]))

    assert item == Item(key="article-7", link="", body="<p>a &lt; b &amp; c</p>")


def test_lines_are_joined_and_a_short_one_ends_a_paragraph() -> None:
    texts = [
        "Teachers of the whole region came to",
        "see the lesson of the",
        "fourth grade.",
        "Fin",
    ]

    assert read(pdf([lines(texts)])).body == (
        "<p>Teachers of the whole region came to see the lesson of the</p>"
        "<p>fourth grade.</p><p>Fin</p>"
    )


def test_lines_of_japanese_are_joined_without_a_space() -> None:
    texts = ["午前中は全学級の授業を公開し、", "午後は協議会で語り合いました。"]
    item = read(pdf([lines(texts, "utf-16-be")], font("UniJIS-UCS2-H", "Japan1")))

    assert item.body == f"<p>{''.join(texts)}</p>"


def test_pages_stand_one_after_the_other() -> None:
    assert read(pdf([lines(["one"]), lines(["two"])])).body == "<p>one</p><p>two</p>"


def test_a_broken_page_does_not_take_the_others_along() -> None:
    body = pdf([lines(["one"]), lines(["two"])]).replace(
        b"/Type/Page/Parent", b"/Type/Oops/Parent", 1
    )

    assert "two" in read(body).body


def test_no_more_than_200_pages_are_read() -> None:
    assert read(pdf([lines(["page"])] * 250)).body.count("page") == 200


def test_no_more_than_500000_characters_are_read() -> None:
    letters = sum(map(str.isalpha, read(pdf([lines(["x" * 50] * 790, size=1)] * 16)).body))

    assert 400_000 < letters <= 500_000


@pytest.mark.parametrize("content", [b"", b"q 100 0 0 100 0 0 cm /X Do Q", b"0 0 m 9 9 l S"])
def test_a_pdf_of_pictures_alone_is_a_scan_and_no_failure(content: bytes) -> None:
    picture = stream(b"\0" * 3, b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8")
    item = read(pdf([content], more=[picture]))

    assert (item.body, item.details) == ("", (("scanned", "1"),))


# --- what is refused


def encrypted(password: str) -> bytes:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    made.cell(text="minutes")
    made.set_encryption(
        owner_password="owner",
        user_password=password,
        encryption_method=EncryptionMethod.RC4,
        permissions=AccessPermission.none(),
    )
    return bytes(made.output())


def test_an_encrypted_pdf_is_refused() -> None:
    with pytest.raises(ParseError, match="encrypted"):
        read(encrypted("secret"))


def test_a_pdf_that_may_be_read_but_not_printed_is_read() -> None:
    assert read(encrypted("")).body == "<p>minutes</p>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "an empty document"),
        (b" \n<!DOCTYPE html><html>", "an HTML page"),
        (b"<html lang=ko>", "an HTML page"),
        (b"PK\x03\x04", r"a zip archive \(an Office or HWPX file\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office or HWP file"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"minutes", "a document that begins b'minutes'"),
        (b"x" * 2000 + b"%PDF-1.4", "a document that begins"),
    ],
)
def test_what_is_no_pdf_is_named(body: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=f"expected a PDF, got {said}"):
        read(body)


def test_a_pdf_after_a_line_of_warnings_is_read() -> None:
    assert read(b"<br>PHP Notice\n" + pdf([lines(["x"])])).body == "<p>x</p>"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_pdf_that_was_cut_off_is_refused(share: float) -> None:
    body = pdf([lines(["one"])])

    with pytest.raises(ParseError, match="broken"):
        read(body[: int(len(body) * share)])


# --- what keeps programs busy


def packed(data: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(data) for _ in range(times)) + packer.flush()


@pytest.mark.parametrize(
    ("content", "filters"),
    [
        (packed(b" " * (1 << 20), 64), b"/Filter/FlateDecode"),
        (packed(b"(a)Tj " * 100_000, 20), b"/Filter /Fl"),
        (zlib.compress(packed(b" " * (1 << 20), 64)), b"/Filter[/FlateDecode/FlateDecode]"),
        (b"\x80\x0b\x60" * 100_000, b"/Filter/LZWDecode"),
        (b"q " * 5_000_000, b""),
    ],
)
def test_contents_that_grow_without_measure_are_refused(content: bytes, filters: bytes) -> None:
    with pytest.raises(ParseError, match="unpacks to more"):
        read(pdf([content], entries=filters))


def form(content: bytes, target: int) -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return stream(content, entries % target)


@pytest.mark.parametrize(
    "forms",
    [
        [form(b"/X Do /X Do", 6)],
        [form(b"/X Do /X Do", 7), form(b"/X Do", 6)],
        [form(b"/X Do " * 10, 7 + number) for number in range(12)] + [form(b"", 6)],
        [form(b"/X Do", 7 + number) for number in range(100)] + [form(b"", 6)],
    ],
)
def test_drawings_inside_each_other_without_end_are_refused(forms: list[bytes]) -> None:
    with pytest.raises(ParseError, match="inside each other without end"):
        read(pdf([b"/X Do"], more=forms))


def test_resources_that_stand_elsewhere_are_followed() -> None:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 7 0 R"
    forms = [stream(b"/X Do /X Do", entries), b"<</XObject<</X 6 0 R>>>>"]

    with pytest.raises(ParseError, match="inside each other without end"):
        read(pdf([b"/X Do"], more=forms))


def test_a_drawing_with_text_in_it_is_read() -> None:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"

    assert read(pdf([b"/X Do"], more=[stream(lines(["x"]), entries)])).body == "<p>x</p>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids[6 0 R]", b"/Kids[2 0 R]"),
        (b"/Count 1", b"/Count 99999999"),
        (b"xref\n0 8", b"xref\n0 999999999"),
        (b"/Size 8", b"/Size 2147483647"),
        (b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
        (b"/Contents 7 0 R", b"/Contents 6 0 R"),
        (b"/Length ", b"/Length 9999999"),
        (b"[0 0 595 842]", b"[0 0 1e30 1e30]"),
        (b"startxref", b"startxerf"),
    ],
)
def test_loops_and_giant_numbers_end_soon(old: bytes, new: bytes) -> None:
    body = pdf([lines(["x"])])
    assert old in body

    try:
        item = read(body.replace(old, new))
    except ParseError as err:
        assert str(err)
        return

    assert item.body in ("", "<p>x</p>")


# --- anything


@settings(deadline=None)  # the machine may be busy
@given(body=st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_parse_error(body: bytes) -> None:
    for document in (body, b"%PDF-1.4\n" + body):
        try:
            assert sound(read(document))
        except ParseError as err:
            assert str(err)


@settings(deadline=None)  # the machine may be busy
@given(seed=st.integers(0, 1 << 32), changes=st.integers(1, 60))
def test_a_damaged_pdf_gives_a_text_or_a_parse_error(seed: int, changes: int) -> None:
    body = bytearray(pdf([lines(["one", "two"])], entries=b"", more=[form(b"/X Do", 3)]))
    chance = random.Random(seed)  # noqa: S311 - it is to be repeated
    for _ in range(changes):
        body[chance.randrange(9, len(body))] = chance.randrange(256)
    try:
        assert sound(read(bytes(body)))
    except ParseError as err:
        assert str(err)
