"""Whether an address may be fetched: the decision, and the one place that resolves names."""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aggregator.errors import FetchError, ForbiddenAddressError
from aggregator.text.urls import without_credentials

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: IPv4 networks no website of the world lives in: the special-purpose registry
#: (https://www.iana.org/assignments/iana-ipv4-special-registry/), written out since the lists
#: inside Python's `ipaddress` differ from release to release. Metadata services: 169.254.169.254
#: is link-local, 100.100.100.200 shared, 192.0.0.192 a protocol assignment; Azure's is the last.
REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared (CGNAT)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "168.63.129.16/32",  # metadata and control of one cloud, in public address space
    )
)

#: The only IPv6 space that is handed out to the world's sites; loopback, unique local,
#: link-local, multicast and all else lie outside of it.
#: https://www.iana.org/assignments/ipv6-address-space/
PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")

#: What is not a site within it: https://www.iana.org/assignments/iana-ipv6-special-registry/.
#: Teredo (within the first) and 6to4 carry an IPv4 address, but no site is published on them.
REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)

#: Networks whose last 32 bits are the IPv4 address that is really reached: mapped addresses, and
#: NAT64, by which a machine without IPv4 sees every IPv4 site.
EMBEDDING_V6 = tuple(
    ipaddress.IPv6Network(network) for network in ("::ffff:0:0/96", "64:ff9b::/96")
)

_HOST = re.compile(r"[a-z0-9_][a-z0-9_.-]*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the addresses the system knows for a host, in the order to try them.

    Raises:
        OSError: the name is unknown, or nobody answers.
        UnicodeError: the name cannot be one (an empty or overlong label).
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Decides what may be fetched: public http and https hosts, and what is allowed by name.

    `allowances` leads a "host:port" to an "address:port" that would be refused otherwise, so that
    the demo and the tests can reach a server on loopback.
    """

    allowances: Mapping[str, str] = field(default_factory=dict)
    resolve: Callable[[str, int], Sequence[str]] = resolve_host

    def __post_init__(self) -> None:
        for target in self.allowances.values():
            _endpoint(target)

    def permit(self, url: str) -> None:
        """Return if the URL is of a kind that is fetched; its addresses are another matter.

        Raises:
            ForbiddenAddressError: another scheme than http and https, no host, or no valid port.
        """
        shown = without_credentials(url)
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as err:
            raise ForbiddenAddressError("The address is not a valid URL", url=shown) from err
        if parts.scheme not in ("http", "https"):
            kind = f"{parts.scheme}:" if parts.scheme else "an address without them"
            message = f"Only http: and https: are fetched, not {kind}"
            raise ForbiddenAddressError(message, url=shown)
        if not parts.hostname or port == 0:
            raise ForbiddenAddressError("The address names no host and port", url=shown)

    def addresses(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Return the addresses and ports that may be connected to for a host, best first.

        The connection must go to one of them: asking again could bring another answer
        (DNS rebinding). One refused address refuses all, since the next answer could be just it.

        Raises:
            ForbiddenAddressError: the host is, or leads to, an address that is not public.
            FetchError: the name cannot be resolved.
        """
        if known := self.known(host, port):
            return known
        name = plain_host(host)
        return _checked(name, self._resolved(name, port), port)

    def known(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Return what `addresses` would, if that needs no resolver; else nothing.

        Raises:
            ForbiddenAddressError: the host is an address that is not public.
        """
        allowed = self.allowance(host, port)
        if allowed:
            return (allowed,)
        name = plain_host(host)
        literal = _read_literal(name)
        return _checked(name, (str(literal),), port) if literal else ()

    def allowance(self, host: str, port: int) -> tuple[str, int] | None:
        """Return where an explicit allowance leads, None without one."""
        target = self.allowances.get(f"{plain_host(host)}:{port}")
        return _endpoint(target) if target else None

    def _resolved(self, name: str, port: int) -> Sequence[str]:
        # RFC 6761, 6.3: these names are loopback whatever a resolver says.
        if name == "localhost" or name.endswith(".localhost"):
            raise ForbiddenAddressError(f"{name} is this machine itself")
        try:
            found = self.resolve(name, port)
        except (OSError, UnicodeError) as err:
            raise FetchError(f"The name {name} could not be resolved") from err
        if not found:
            raise FetchError(f"The name {name} has no address")
        return found


def _checked(name: str, found: Sequence[str], port: int) -> tuple[tuple[str, int], ...]:
    if not all(is_public(address) for address in found):
        raise ForbiddenAddressError(f"{name} is not, or not only, at a public address")
    return tuple((address, port) for address in found)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one where the world's sites are."""
    try:
        ip: Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if not any(ip in network for network in EMBEDDING_V6):
            return ip in PUBLIC_V6 and not any(ip in network for network in REFUSED_V6)
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return not any(ip in network for network in REFUSED_V4)


def plain_host(host: str) -> str:
    """Return a host in the one spelling in which hosts are compared.

    Lower case, full-width characters narrow, no brackets, no dots at the end.
    """
    narrow = unicodedata.normalize("NFKC", host).replace("。", ".").lower()
    return narrow.removeprefix("[").removesuffix("]").rstrip(".")


def _endpoint(target: str) -> tuple[str, int]:
    address, _, port = target.rpartition(":")
    ip = ipaddress.ip_address(address.removeprefix("[").removesuffix("]"))
    return str(ip), int(port)


def _read_literal(name: str) -> Address | None:
    """Return the address that a host spells out, None if it is a name.

    Raises:
        ForbiddenAddressError: it is neither.
    """
    try:
        if ":" in name:
            return ipaddress.IPv6Address(name)
        if not _HOST.fullmatch(name):
            raise ValueError(name)
        return _read_ipv4(name)
    except ValueError as err:
        raise ForbiddenAddressError("The address names no valid host") from err


def _read_ipv4(name: str) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address in any spelling old resolvers accept, None for a name.

    One to four numbers, decimal, octal (017) or hexadecimal (0xf); the last fills what is left:
    127.1, 0x7f.1 and 2130706433 are one address. A host that ends in a number is an address or
    nothing. https://url.spec.whatwg.org/#concept-ipv4-parser

    Raises:
        ValueError: it ends in a number, but is no address.
    """
    parts = name.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    *head, last = (_read_number(part) for part in parts)
    if len(head) > 3 or any(number > 255 for number in head) or last >= 256 ** (4 - len(head)):
        raise ValueError(name)
    return ipaddress.IPv4Address(
        sum(number << 8 * (3 - place) for place, number in enumerate(head)) + last
    )


def _read_number(part: str) -> int:
    if not _NUMBER.fullmatch(part):
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)
