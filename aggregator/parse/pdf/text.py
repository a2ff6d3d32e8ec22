"""The text of a PDF, page by page, by pdfium.

Its objects stay here. It is not made for several threads at once; processes do not mind.
"""

import re
from collections.abc import Iterator

import pypdfium2

from aggregator.errors import ParseError
from aggregator.parse.pdf.guard import refuse_bombs

#: The signature stands here, if not at the very beginning (PDF 1.7, implementation note 13).
_BEGIN_WITHIN = 1024

_SIGNATURE = b"%PDF-"

#: What else servers send where a PDF is promised, by its first bytes.
_OTHERS = (
    (b"PK\x03\x04", "a zip archive (an Office or HWPX file)"),
    (b"\xd0\xcf\x11\xe0", "an old Office or HWP file"),
    (b"HWP Document File", "an HWP file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF text"),
)
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html\b|<head\b|<body\b)", re.IGNORECASE)

#: What pdfium gives for letters it cannot name, for the hyphen at the end of a line, for no break.
_UNNAMED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd-\uffff\ud800-\udfff]")
_HYPHEN = "\x02"

# Chromium's PDFs hold Thai letters with two marks twice: "ซึ่งเซึ่ ป็น" is "ซึ่งเป็น".
_TWICE = re.compile(
    "([\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,4})([\u0e00-\u0e7f]{1,2}?)\\1(?:[ ]|$)",
    re.MULTILINE,
)


def read_pages(pdf: bytes, pages: int) -> Iterator[str]:
    """Give the plain text of the first pages, "" for one that has none or is broken.

    A hyphen that parts a word at the end of a line is left out with the end of the line.

    Raises:
        ParseError: it is no PDF, encrypted or broken, or made to keep programs busy.
    """
    if _SIGNATURE not in pdf[:_BEGIN_WITHIN]:
        raise ParseError(f"expected a PDF, got {_what_is_it(pdf)}")
    refuse_bombs(pdf)
    document = _opened(pdf)
    try:
        for number in range(min(len(document), pages)):
            yield _text(document, number)
    finally:
        document.close()


def _what_is_it(body: bytes) -> str:
    if not body.strip():
        return "an empty document"
    if _HTML.match(body):
        return "an HTML page"
    named = (name for mark, name in _OTHERS if body.startswith(mark))
    return next(named, f"a document that begins {body[:20]!r}")


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as err:
        if err.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ParseError("the PDF is encrypted, and its password is not known") from err
        if err.err_code == pypdfium2.raw.FPDF_ERR_SECURITY:
            raise ParseError("the PDF is encrypted in a way that is not read") from err
        raise ParseError("the PDF is broken") from err


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:  # one broken page does not take the others along
        return ""
    try:
        words = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return ""
    try:
        text = words.get_text_bounded(errors="replace")
    finally:
        words.close()
        page.close()
    text = text.replace("\r\n", "\n").replace(f"{_HYPHEN}\n", "").replace(_HYPHEN, "")
    return _TWICE.sub(r"\1\2", _UNNAMED.sub("", text))
