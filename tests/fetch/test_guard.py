"""Which addresses may be reached. Nothing here resolves or connects: resolvers are stubs."""

import ipaddress
from collections.abc import Callable, Sequence
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import FetchError, ForbiddenAddressError
from aggregator.fetch import Guard
from aggregator.fetch.guard import REFUSED_V4, is_public
from aggregator.text.urls import without_credentials

PUBLIC = "93.184.216.34"

REFUSED = (
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",  # Teredo
    "2001:0:5ef5:79fd:0:0:80ff:fffe",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:c0a8:101::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
)

SPELLINGS = (
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "2130706433.",
    "0x7f000001",
    "0x7F.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.0.1",
    "１２７.０.０.１",
    "１２７。０。０。１",
    "127｡0｡0｡1",
    "①②⑦.0.0.1",
    "２１３０７０６４３３",
    "0",
    "0x0",
    "[::1]",
    "::1",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:7F00:0001]",
    "[64:ff9b::127.0.0.1]",
    "localhost",
    "localhost.",
    "localhost..",
    "LOCALHOST",
    "ｌｏｃａｌｈｏｓｔ",
    "any.localhost",
    "169.254.169.254.",
    "0xa9fea9fe",
    "2852039166",
)

NO_HOSTS = (
    "",
    ".",
    "..",
    "[]",
    "127.0.0.1.1",
    "256.0.0.1",
    "1.2.3.256",
    "4294967296",
    "0x100000000",
    "1..1",
    "a.08",
    "school.example.1",
    "%31%32%37.0.0.1",
    "127.0.0.1 ",
    "127.0.0.1\x00.example",
    "school example",
    "local\u00adhost",
    "学び.example",
    "::1::",
    "1:2",
    "-.example",
)


def everywhere(address: str) -> Callable[[str, int], Sequence[str]]:
    """Return a resolver that knows all names, each at this address."""
    return lambda host, port: [address]


@pytest.mark.parametrize("address", REFUSED)
def test_a_name_that_leads_to_a_refused_address_is_refused(address: str) -> None:
    guard = Guard(resolve=everywhere(address))

    with pytest.raises(ForbiddenAddressError, match=r"school\.example is not, or not only"):
        guard.addresses("school.example", 80)


@pytest.mark.parametrize("address", REFUSED)
def test_a_refused_address_is_refused_as_a_host(address: str) -> None:
    guard = Guard(resolve=everywhere(PUBLIC))

    with pytest.raises(ForbiddenAddressError):
        guard.addresses(address, 80)


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_this_machine_is_refused_before_any_resolver_is_asked(host: str) -> None:
    asked: list[str] = []

    def resolve(name: str, port: int) -> Sequence[str]:
        asked.append(name)
        return [PUBLIC]

    with pytest.raises(ForbiddenAddressError):
        Guard(resolve=resolve).addresses(host, 80)
    assert asked == []


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_neither_a_name_nor_an_address_is_refused(host: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        Guard(resolve=everywhere(PUBLIC)).addresses(host, 80)


@pytest.mark.parametrize("refused", ["127.0.0.1", "fe80::1", "64:ff9b::7f00:1"])
def test_one_refused_address_among_public_ones_refuses_all(refused: str) -> None:
    guard = Guard(resolve=lambda host, port: [PUBLIC, refused, "1.1.1.1"])

    with pytest.raises(ForbiddenAddressError):
        guard.addresses("school.example", 80)


def test_public_addresses_are_given_in_the_resolvers_order() -> None:
    found = ["2606:2800:220:1::1946", PUBLIC, "64:ff9b::5db8:d822", "2001:200::1"]
    guard = Guard(resolve=lambda host, port: found)

    assert guard.addresses("school.example", 8080) == tuple((ip, 8080) for ip in found)


def test_a_public_address_in_an_old_spelling_is_taken_as_what_it_means() -> None:
    assert Guard().addresses("0x5db8d822", 80) == ((PUBLIC, 80),)


def test_the_resolver_gets_the_name_in_its_plain_form() -> None:
    asked: list[tuple[str, int]] = []

    def resolve(name: str, port: int) -> Sequence[str]:
        asked.append((name, port))
        return [PUBLIC]

    Guard(resolve=resolve).addresses("WWW.School.Example.", 443)

    assert asked == [("www.school.example", 443)]


@pytest.mark.parametrize("problem", [OSError("unknown"), UnicodeError("label too long")])
def test_a_name_that_cannot_be_resolved_is_an_error_of_ours(problem: Exception) -> None:
    def resolve(name: str, port: int) -> Sequence[str]:
        raise problem

    with pytest.raises(FetchError, match=r"school\.example could not be resolved") as caught:
        Guard(resolve=resolve).addresses("school.example", 80)
    assert caught.value.__cause__ is problem


def test_a_name_without_addresses_is_an_error_of_ours() -> None:
    with pytest.raises(FetchError, match="has no address"):
        Guard(resolve=lambda host, port: []).addresses("school.example", 80)


@pytest.mark.parametrize(
    ("target", "endpoint"),
    [("127.0.0.1:41234", ("127.0.0.1", 41234)), ("[::1]:41234", ("::1", 41234))],
)
def test_an_allowance_leads_to_its_address_unasked(target: str, endpoint: tuple[str, int]) -> None:
    guard = Guard(allowances={"manabi.example:80": target}, resolve=everywhere("10.0.0.1"))

    assert guard.addresses("Manabi.Example.", 80) == (endpoint,)
    assert guard.allowance("manabi.example", 80) == endpoint


@pytest.mark.parametrize(
    ("host", "port"), [("manabi.example", 81), ("www.manabi.example", 80), ("127.0.0.1", 41234)]
)
def test_an_allowance_holds_for_its_host_and_port_only(host: str, port: int) -> None:
    guard = Guard(
        allowances={"manabi.example:80": "127.0.0.1:41234"}, resolve=everywhere("127.0.0.1")
    )

    with pytest.raises(ForbiddenAddressError):
        guard.addresses(host, port)


@pytest.mark.parametrize("target", ["127.0.0.1", "localhost:80", "127.0.0.1:http"])
def test_an_allowance_that_names_no_address_and_port_is_a_mistake_of_the_caller(
    target: str,
) -> None:
    with pytest.raises(ValueError, match=r"."):
        Guard(allowances={"manabi.example:80": target})


@pytest.mark.parametrize(
    "url",
    [
        "http://school.example/",
        "https://school.example",
        "HTTPS://School.Example:8443/a?b#c",
        "http://name:secret@school.example/feed",
        "http://[2606:2800:220:1::1946]/",
    ],
)
def test_http_and_https_are_permitted(url: str) -> None:
    Guard().permit(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://school.example/",
        "gopher://school.example/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "ws://school.example/",
        "view-source:http://school.example/",
        "feed:http://school.example/",
        "//school.example/feed",
        "school.example/feed",
        "/feed",
        "",
        "http:school.example",
        "http://",
        "http:///feed",
        "http://:80/",
        "http://school.example:0/",
        "http://school.example:65536/",
        "http://school.example:port/",
        "http://[::1",
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        Guard().permit(url)


def test_a_refusal_shows_no_credentials() -> None:
    with pytest.raises(ForbiddenAddressError) as caught:
        Guard().permit("ftp://name:secret@school.example/")

    assert str(caught.value) == "Only http: and https: are fetched, not ftp:"
    assert caught.value.url == "ftp://school.example/"


@settings(deadline=None)
@given(name=st.text(), password=st.text(min_size=1))
def test_a_shown_url_holds_no_credentials(name: str, password: str) -> None:
    credentials = f"{quote(name, safe='')}:{quote(password, safe='')}"

    assert without_credentials(f"http://{credentials}@school.example/@at?a=b@c") == (
        "http://school.example/@at?a=b@c"
    )


@settings(deadline=None)
@given(
    address=st.sampled_from(REFUSED_V4).flatmap(lambda net: st.ip_addresses(network=str(net))),
    count=st.integers(1, 4),
    bases=st.lists(st.sampled_from(["{}", "0{:o}", "0x{:x}", "0X{:X}"]), min_size=4, max_size=4),
    wide=st.booleans(),
    dots=st.sampled_from(["", ".", ".."]),
)
def test_no_spelling_of_a_refused_ipv4_address_gets_through(
    address: ipaddress.IPv4Address, count: int, bases: list[str], wide: bool, dots: str
) -> None:
    bits = 8 * (5 - count)
    parts = [int(address) >> 8 * (3 - place) & 0xFF for place in range(count - 1)]
    numbers = [*parts, int(address) & (1 << bits) - 1]
    spelled = ".".join(base.format(n) for base, n in zip(bases, numbers, strict=False)) + dots
    if wide:
        spelled = "".join(chr(ord(c) + 0xFEE0) for c in spelled)

    with pytest.raises(ForbiddenAddressError):
        Guard(resolve=everywhere(PUBLIC)).addresses(spelled, 80)


@settings(deadline=None)
@given(address=st.ip_addresses(v=4))
def test_an_embedded_ipv4_address_is_judged_as_itself(address: ipaddress.IPv4Address) -> None:
    public = is_public(str(address))

    assert is_public(f"::ffff:{address}") == public
    assert is_public(f"64:ff9b::{address}") == public


@settings(deadline=None)
@given(address=st.ip_addresses(v=4) | st.ip_addresses(v=6, network="2000::/3"))
def test_nothing_is_public_that_the_standard_library_knows_to_be_special(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert address.is_global or not is_public(str(address))


def test_what_is_no_address_is_not_public() -> None:
    assert not is_public("school.example")
