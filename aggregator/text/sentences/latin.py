"""Sentences of Vietnamese, Indonesian and English, and of what is written as they are."""

import re
from collections.abc import Iterator

from aggregator.text.sentences.quotes import CLOSERS, OPENERS

#: Abbreviations that end in a point inside a sentence, without their points, by language.
ABBREVIATIONS = {
    "en": frozenset(
        (
            "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "e.g", "i.e", "cf", "no",
            "nos", "vol", "fig", "figs", "eq", "ch", "pp", "p", "ed", "eds", "dept", "univ", "inc",
            "approx", "assoc", "ass'n", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
            "sept", "oct", "nov", "dec",
        )
    ),
    "vi": frozenset(
        (
            "tp", "tt", "tx", "q", "p", "h", "ts", "ths", "th.s", "pgs", "gs", "cn", "cô", "bs",
            "ks", "nsnd", "nsưt", "ngnd", "ngưt", "nxb", "tr", "st", "vd", "mr", "mrs", "ms", "dr",
        )
    ),
    "id": frozenset(
        (
            "dr", "drs", "dra", "ir", "h", "hj", "prof", "kh", "ust", "jl", "jln", "no", "gg",
            "kec", "kab", "kel", "ds", "tgl", "hlm", "hal", "vol", "bpk", "sdr", "sdri", "yth",
            "an", "a.n", "d.a", "u.p", "pt", "cv", "st", "mr", "mrs", "ms", "tn", "ny", "rp",
        )
    ),
}  # fmt: skip

# From the first sign of a run and never back: a run of thousands is looked at once.
_END = re.compile(rf"(?<![.!?。！？…])[.!?。！？…]++[{CLOSERS}]*+(?=\s|$)")
_LAST_WORD = re.compile(rf"[^\s{OPENERS}]*$")
_LONGEST_WORD = 24  #: no abbreviation is as long; a text without spaces is not searched whole
# One letter with a mark is a word: Ý is Italy.
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[A-Za-zĐ]")
_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,2}\.)+[A-Z][a-z]{0,2}")
_NEXT_LETTER = re.compile(rf"\s*[{OPENERS}]*(\w?)")

# A headline has no terminator: where its text follows on the same line, a word that no name begins
# with has a capital behind a word that has none. On both halves of a parallel news corpus it found
# boundaries and made hardly any wrong ones: F1 .943 -> .949 and .951 -> .958 (vi), .952 -> .954 and
# .960 -> .964 (id).
_BEGINNINGS = {
    "vi": (
        "Có|Các|Một|Những|Khi|Theo|Trong|Sau|Tuy|Nhưng|Vào|Đây|Họ|Tại|Với|Việc|Nếu|Tôi|Chúng|Từ"
        "|Trước|Nhiều|Để|Đó|Ngày|Ông|Bà|Người|Số|Cuộc|Hai|Dù|Mặc|Không|Do|Ngay|Tất|Cuối|Hầu|Rất|Tuần"
    ),
    "id": (
        "Ada|Para|Hal|Seorang|Sebuah|Mereka|Dia|Ia|Ini|Itu|Setelah|Ketika|Saat|Dalam|Pada|Namun"
        "|Tetapi|Beberapa|Menurut|Sejak|Jika|Kami|Kita|Dengan|Untuk|Karena|Sebelum|Selama|Saya"
        "|Tapi|Pihak|Meskipun|Walaupun|Sementara|Jumlah|Kebanyakan|Bagi|Sebagai|Selain|Kemudian"
        "|Bahkan|Tidak|Banyak|Berdasarkan|Tanpa"
    ),
    "en": (
        "There|He|She|They|This|That|These|But|When|After|While|Although|However|Some|Many|Most"
        "|According|If|We|You|His|Her"
    ),
}
_HEADLINE_END = {
    language: re.compile(rf"(?:^|\s)[^\W\d_A-ZĐ]\w*[\"”’)]?(?=\s+(?:{words})\s)")
    for language, words in _BEGINNINGS.items()
}
_HEADLINE = 20  #: characters, at least; and of the sentence that follows it


def latin_cuts(line: str, language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end."""
    stops = list(_stops(line, language))
    if headline := _headline(line, stops[0] if stops else len(line), language):
        yield headline
    yield from stops


def _headline(line: str, stop: int, language: str) -> int:
    """Return where the headline before the first sentence of *line* ends; 0 if there is none."""
    pattern = _HEADLINE_END.get(language)
    found = pattern.search(line, _HEADLINE, max(_HEADLINE, stop - _HEADLINE)) if pattern else None
    return found.end() if found else 0


def _stops(line: str, language: str) -> Iterator[int]:
    """Yield where a terminator ends a sentence of *line*."""
    for end in _END.finditer(line):
        following = _NEXT_LETTER.match(line, end.end())
        if following and following[1].islower():
            continue
        if not end[0].startswith(".") or not _is_abbreviation(line, end.start(), language):
            yield end.end()


def _is_abbreviation(line: str, point: int, language: str) -> bool:
    found = _LAST_WORD.search(line, max(0, point - _LONGEST_WORD), point)
    word = found[0] if found else ""
    return bool(
        _INITIAL.fullmatch(word)
        or _DEGREE.fullmatch(word)
        or word.lower() in ABBREVIATIONS.get(language, ABBREVIATIONS["en"])
    )
