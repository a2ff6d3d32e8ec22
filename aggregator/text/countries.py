"""The countries whose sites are read: names, clocks and languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from aggregator.text.languages.table import is_latin


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country, or the network itself (`int`)."""

    code: str  #: lower-case ISO 3166-1 alpha-2, or "int"
    name: str  #: English
    zone: str  #: IANA name of the zone most of its sites write in
    languages: tuple[str, ...]  #: codes of `LANGUAGES`, the usual one first


# Taiwan, Singapore and Indonesia have one zone each for this purpose: Indonesia's sites write
# WIB, WITA or WIT when they mean another than Jakarta's. The network writes in UTC.
_ALL = (
    Country(code="jp", name="Japan", zone="Asia/Tokyo", languages=("ja",)),
    Country(code="kr", name="South Korea", zone="Asia/Seoul", languages=("ko",)),
    Country(code="cn", name="China", zone="Asia/Shanghai", languages=("zh-Hans",)),
    Country(code="tw", name="Taiwan", zone="Asia/Taipei", languages=("zh-Hant",)),
    Country(code="vn", name="Vietnam", zone="Asia/Ho_Chi_Minh", languages=("vi",)),
    Country(code="th", name="Thailand", zone="Asia/Bangkok", languages=("th",)),
    Country(code="id", name="Indonesia", zone="Asia/Jakarta", languages=("id",)),
    Country(code="sg", name="Singapore", zone="Asia/Singapore", languages=("en", "zh-Hans")),
    Country(code="us", name="United States", zone="America/New_York", languages=("en",)),
    Country(code="int", name="International", zone="UTC", languages=("en",)),
)

#: Every country a source may name, by code.
COUNTRIES: Mapping[str, Country] = MappingProxyType({each.code: each for each in _ALL})

#: What texts call the countries of the network, by language: names, and in Latin letters the words
#: for their people and what is theirs. 日, 中, 韩 and their like are parts of other words.
_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "jp": "japan japanese", "kr": "korea korean koreans", "cn": "china chinese",
        "tw": "taiwan taiwanese", "vn": "vietnam vietnamese", "th": "thailand thai thais",
        "id": "indonesia indonesian indonesians", "sg": "singapore singaporean singaporeans",
    },
    "id": {
        "jp": "jepang", "kr": "korea", "cn": "tiongkok cina china", "tw": "taiwan",
        "vn": "vietnam", "th": "thailand", "id": "indonesia", "sg": "singapura",
    },
    "vi": {
        "jp": "nhật", "kr": "hàn_quốc", "cn": "trung_quốc", "tw": "đài_loan", "vn": "việt_nam",
        "th": "thái_lan", "id": "indonesia", "sg": "singapore",
    },
    "ja": {
        "jp": "日本", "kr": "韓国", "cn": "中国", "tw": "台湾", "vn": "ベトナム",
        "th": "タイの タイ、", "id": "インドネシア", "sg": "シンガポール",
    },
    "ko": {
        "jp": "일본", "kr": "한국", "cn": "중국", "tw": "대만 타이완", "vn": "베트남", "th": "태국",
        "id": "인도네시아", "sg": "싱가포르",
    },
    "th": {
        "jp": "ญี่ปุ่น", "kr": "เกาหลี", "cn": "จีน", "tw": "ไต้หวัน", "vn": "เวียดนาม",
        "th": "ประเทศไทย", "id": "อินโดนีเซีย", "sg": "สิงคโปร์",
    },
    "zh-Hans": {
        "jp": "日本", "kr": "韩国", "cn": "中国", "tw": "台湾", "vn": "越南", "th": "泰国",
        "id": "印尼 印度尼西亚", "sg": "新加坡",
    },
    "zh-Hant": {
        "jp": "日本", "kr": "韓國 南韓", "cn": "中國", "tw": "台灣 臺灣", "vn": "越南",
        "th": "泰國", "id": "印尼", "sg": "新加坡",
    },
}  # fmt: skip


def countries_named(text: str, language: str) -> frozenset[str]:
    """Return which of the network's countries a text names, by code; of other languages, none."""
    pattern, codes = _named(language)
    return frozenset(codes[found] for found in pattern.findall(text.lower()))


@cache
def _named(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes = {
        name.replace("_", " "): code
        for code, names in _NAMES.get(language, {}).items()
        for name in names.split()
    }
    every = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    edge = r"\b" if is_latin(language) else ""
    return re.compile(f"{edge}(?:{every}){edge}" if codes else r"(?!)"), codes
