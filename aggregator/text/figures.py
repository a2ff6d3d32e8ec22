"""The figures that a text tells, as one number each, however its language writes them."""

import math
import re
import unicodedata

from aggregator.text.dates import japanese, minguo, thai

#: Words and letters that multiply the digits before them, by their powers of ten.
_SCALES = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
    "ribu": 3, "juta": 6, "miliar": 9, "triliun": 12,
    "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9,
    "พัน": 3, "หมื่น": 4, "แสน": 5, "ล้าน": 6, "พันล้าน": 9,
    "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7,
    "億": 8, "亿": 8, "兆": 12,
    "천": 3, "만": 4, "백만": 6, "천만": 7, "억": 8, "조": 12,
}  # fmt: skip

#: Years that are counted from another one, by the word before them, and what makes them common.
_ERAS = {
    **{name: japanese.ERAS[name][2] for name in ("令和", "平成", "昭和")},
    **dict.fromkeys(("民國", "民国"), minguo.BEFORE),
    "พ.ศ.": -thai.BUDDHIST,
}

#: Buddhist years are written without a word in Thai: no other number of four digits is so common.
_BUDDHIST = range(1900 + thai.BUDDHIST, 2100 + thai.BUDDHIST)

_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_ERA = "|".join(map(re.escape, _ERAS))
_FIGURE = re.compile(
    rf"(?P<era>{_ERA})?\s?(?P<said>\d(?:[\d.,]*\d)?)(?:\s?(?P<scale>{_SCALE})(?![a-z]))?"
)
_IN_THREES = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_WITH_PART = re.compile(r"\d+[.,]\d+")
_BETWEEN = re.compile("[.,]")


def figures(text: str) -> frozenset[float]:
    """Return the numbers that *text* writes in digits: 1.5 million and 150万 are one.

    Years of Japanese eras, of the Republic of China and of the Buddhist calendar are common ones.
    """
    return frozenset(map(_value, _FIGURE.finditer(_folded(text))))


def amounts(text: str) -> dict[str, float]:
    """Return the numbers in digits by how they are written; 1億2000万 and 2만 5천 are one each."""
    folded = _folded(text)
    found: dict[str, float] = {}
    start, end, total, last = 0, -2, 0.0, math.inf
    for each in _FIGURE.finditer(folded):
        value, scale = _value(each), _SCALES.get(each["scale"] or "", 0)
        if folded[end : each.start()].strip() or end < 0 or scale >= last:
            start, total = each.start(), 0.0
        end, total, last = each.end(), total + value, scale
        found.pop(folded[start : each.start()].strip(), None)
        found[folded[start:end].strip()] = round(total, 3)
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _value(found: re.Match[str]) -> float:
    said, scale, era = found["said"], found["scale"], found["era"]
    if _IN_THREES.fullmatch(said) and not scale:
        value = float(_BETWEEN.sub("", said))
    elif _WITH_PART.fullmatch(said):
        value = float(said.replace(",", "."))
    else:
        value = float(_BETWEEN.sub("", said)[:15])
    if scale:
        return round(value * 10.0 ** _SCALES[scale], 3)
    if era:
        return value + _ERAS[era]
    return value - thai.BUDDHIST if value in _BUDDHIST else value
