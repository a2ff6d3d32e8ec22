"""How a document's bytes become text, whatever its server and its author say about them.

Labels mean what browsers mean by them (https://encoding.spec.whatwg.org/#names-and-labels): a page
that says EUC-KR is read as windows-949, one that says GB2312 as GB18030, since that is what is
really in them.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

import chardet

from aggregator.errors import ParseError

#: Share of the characters beyond ASCII that may be damaged; more, and the charset is another one.
#: Counted over those only: a page of 30 kB markup and 500 Thai letters would hide any damage.
_TOLERATED = 0.02

#: So many damaged characters a nearly empty page may have where no charset fits better: a summary
#: cut in the middle of a character, twice.
_FEW = 2

#: With so many multi-byte sequences, bytes that are valid UTF-8 are UTF-8, whatever is declared.
#: Korean or Chinese text passes for UTF-8 with a chance of about 0.2 a character: 1e-7 for ten.
_SURELY_UTF8 = 10

#: Browsers look for a `<meta>` in the first 1,024 bytes and go on when they found none; old pages
#: carry scripts before it.
_DECLARED_WITHIN = 4096

#: Python's codec -> the wider one that browsers use under the same label.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jis_2004": "euc_jp",
    "iso2022_jp_2": "iso2022_jp",
    "iso2022_jp_2004": "iso2022_jp",
    "iso2022_jp_ext": "iso2022_jp",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "utf-16": "utf-16-le",
    "utf-8-sig": "utf-8",
}

#: Labels of the specification that Python does not know.
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "cseucpkdfmtjapanese": "euc_jp",
    "windows-949": "cp949",
    "ksc_5601": "cp949",
    "iso-ir-149": "cp949",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "x-cp1258": "cp1258",
    "unicode-1-1-utf-8": "utf-8",
}

#: Codecs a document may ask for. Python has others that no page is written in and that cost dearly
#: (idna takes quadratic time) or hide markup (utf-7); UTF-32 is XML's.
_READ = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp932", "euc_jp", "iso2022_jp"}
    | {"cp949", "gb18030", "big5hkscs", "cp874", "cp866", "koi8-r", "koi8-u", "mac-roman"}
    | {f"cp{number}" for number in range(1250, 1259)}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
)

#: Servers send these as a default, and every byte is a letter in them: they are believed last.
_WESTERN = frozenset({"cp1252", "cp1254", "iso8859-15", "mac-roman"})

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # "<" in wide characters, https://www.w3.org/TR/xml/#sec-guessing
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)

#: What detection may answer beside UTF-8, by the language of the source (chardet's names).
_LIKELY = {
    "ja": ("shift_jis_2004", "cp932", "euc_jis_2004", "iso2022_jp_2"),
    "ko": ("cp949", "euc_kr"),
    "zh": ("gb18030", "big5hkscs"),
    "th": ("cp874", "tis-620"),
    "vi": ("cp1258",),
    "id": ("cp1252",),
    "en": ("cp1252",),
}

_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'<>]{1,40})")
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# Bytes that ISO 8859 has no characters for; pages mean by them what Windows or UTF-8 does.
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_SURE = re.compile(rf"(?:[\x00-\x7f]*+[^\x00-\x7f]){{{_SURELY_UTF8}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, the codec that read it, and how many characters were damaged (U+FFFD, C1 controls)."""

    text: str
    codec: str
    damaged: int
    foreign: int  #: characters beyond ASCII

    @property
    def sound(self) -> bool:
        """Whether no more is damaged than a cut character here and there."""
        return self.damaged <= self.foreign * _TOLERATED


def decode(
    body: bytes, *, content_type: str = "", charset: str | None = None, language: str = ""
) -> Decoded:
    """Give the text of an HTML or XML document.

    The source's own `charset` decides alone. Else the first of these that fits the bytes: the byte
    order mark (before the header, as in browsers), the header, what the document declares, UTF-8,
    what detection finds among the charsets of `language`. Western charsets come last.

    Raises:
        ParseError: `charset` is unknown, or no charset fits.
    """
    if charset is not None:
        codec = codec_of(charset)
        if codec is None:
            raise ParseError(f"the source's charset {charset!r} is not known")
        return _sound_or_refused([_decode(body, codec)])
    tried: list[Decoded] = []
    for codec in _candidates(body, content_type, language):
        tried.append(_decode(body, codec))
        if tried[-1].sound:
            return tried[-1]
    return _sound_or_refused(tried)


def codec_of(label: str) -> str | None:
    """Name Python's codec for a charset label as browsers understand it; None: not one we read."""
    label = label.strip().lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _READ else None


def _candidates(body: bytes, content_type: str, language: str) -> Iterable[str]:
    """Name the codecs to try, likely ones first, each once; detection only runs when it is due."""
    declared = list(_declared(body, content_type))
    first = [codec for codec in declared if codec not in _WESTERN]
    yield from dict.fromkeys([*first, "utf-8"])
    western = [codec for codec in declared if codec in _WESTERN]
    detected = _detected(body, language, western=bool(western))
    later = [detected, *western] if detected else western
    yield from (codec for codec in dict.fromkeys(later) if codec not in first)


def _declared(body: bytes, content_type: str) -> Iterable[str]:
    if signature := next((codec for mark, codec in _SIGNATURES if body.startswith(mark)), None):
        yield signature
    if _is_surely_utf8(body):
        yield "utf-8"
    head = body[:_DECLARED_WITHIN]
    inside = (pattern.search(head) for pattern in (_XML_DECLARATION, _META))
    labels = (found[1].decode("ascii", "replace") for found in inside if found)
    for label in (_of_header(content_type), *labels):
        codec = codec_of(label)
        # A declaration that we can read as ASCII is not in wide characters, whatever it says.
        if codec and not codec.startswith(("utf-16", "utf-32")):
            yield codec


def _of_header(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset", "")
    return charset if isinstance(charset, str) else ""


def _is_surely_utf8(body: bytes) -> bool:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _SURE.match(text) is not None


def _detected(body: bytes, language: str, *, western: bool) -> str | None:
    """Let chardet choose; a Western charset is no choice for Thai unless it was declared."""
    likely = _LIKELY.get(language.partition("-")[0].lower())
    among = {"utf-8", *(likely or (name for names in _LIKELY.values() for name in names))}
    if western:
        among.add("cp1252")
    found = chardet.detect(
        body,
        include_encodings=sorted(among),
        no_match_encoding="utf-8",
        compat_names=False,
        prefer_superset=True,
    )
    return codec_of(found["encoding"] or "")


def _decode(body: bytes, codec: str) -> Decoded:
    for mark, name in _SIGNATURES[:5]:
        if name == codec and body.startswith(mark):
            body = body[len(mark) :]
            break
    text = body.decode(codec, "euc-jp-extension" if codec == "euc_jp" else "replace")
    damaged = text.count("\ufffd")
    if codec.startswith("iso8859"):
        damaged += len(_CONTROL.findall(text))
    return Decoded(text=text, codec=codec, damaged=damaged, foreign=_foreign(text))


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _sound_or_refused(tried: list[Decoded]) -> Decoded:
    best = min(tried, key=lambda decoded: decoded.damaged)
    # A control character is a letter lost; the rest can be read, and the text is held later on.
    if best.sound or best.damaged <= _FEW or "\ufffd" not in best.text:
        return best
    share = best.damaged / best.foreign
    raise ParseError(
        f"the text cannot be read: as {best.codec}, {best.damaged} of {best.foreign} characters "
        f"beyond ASCII ({share:.0%}) are damaged"
    )


def _euc_jp_extension(error: UnicodeError) -> tuple[str, int]:
    """Read what Python's EUC-JP lacks and browsers have: ①, ㈱, 髙 (NEC's and IBM's additions).

    They stand in rows 13 and 89-92, where Shift_JIS as Windows has it (cp932) knows them. A pair
    that is no character is one damaged character, not two, or the pairs after it fall apart.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error  # of encoding; nothing is encoded here
    pair = error.object[error.start : error.start + 2]
    if len(pair) < 2 or min(pair) < 0xA1:
        return "\ufffd", error.end
    row, cell = pair[0] - 0xA0, pair[1] - 0xA0
    lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
    trail = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell <= 63 else 0x40)
    text = bytes((lead, trail)).decode("cp932", "replace") if lead <= 0xEF else "\ufffd"
    return text[:1], error.start + 2


codecs.register_error("euc-jp-extension", _euc_jp_extension)
