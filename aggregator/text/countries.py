"""The countries whose sites are read: names, clocks and languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


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
