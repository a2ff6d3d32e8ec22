"""What a site's robots.txt lets us do; decides only, reads nothing.

https://www.rfc-editor.org/rfc/rfc9309
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from protego import Protego

from aggregator.model import Robots
from aggregator.text.urls import DEFAULT_PORTS, host_of

#: Bytes that are read of a robots.txt; RFC 9309, 2.5 asks for 500 KiB at least.
MAX_BYTES = 512 * 1024

#: Seconds; some sites ask for minutes and hours, at which nobody would read them at all.
LONGEST_DELAY_S = 30.0


class Rules:
    """What one origin lets one robot do."""

    def __init__(self, robots: Robots, agent: str) -> None:
        self.address = address_of(robots.origin)
        self._agent = agent
        self._rules = None if robots.text is None else Protego.parse(robots.text)
        asked = self._rules.crawl_delay(agent) if self._rules else None
        #: The gap that the origin asks for between two requests, as far as we keep to it.
        self.delay_s = min(asked or 0.0, LONGEST_DELAY_S)

    @property
    def readable(self) -> bool:
        """False if nothing may be asked, since nobody knows what is allowed (2.3.1.4)."""
        return self._rules is not None

    def allow(self, url: str) -> bool:
        """Tell whether the URL may be fetched."""
        return self._rules is not None and self._rules.can_fetch(url, self._agent)


def agent_of(user_agent: str) -> str:
    """Return the name by which robots.txt calls us: the product in front of its version."""
    return user_agent.partition("/")[0].strip()


def origin_of(url: str) -> str:
    """Return scheme://host[:port] of an absolute URL; a default port is left out."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    name = f"[{host}]" if ":" in host else host
    default = parts.port in (None, DEFAULT_PORTS.get(parts.scheme))
    return f"{parts.scheme}://{name}" if default else f"{parts.scheme}://{name}:{parts.port}"


def address_of(origin: str) -> str:
    """Return where an origin's robots.txt is."""
    return f"{origin}/robots.txt"


def is_told(status: int) -> bool:
    """Tell whether an answer says what is allowed (2.3.1).

    A robots.txt that is not there allows all. A server that fails or is asked too often may have
    one, so nobody knows.
    """
    return status < 500 and status != 429


def text_of(body: bytes) -> str:
    """Return the text of a robots.txt, or of its first `MAX_BYTES`, up to the last whole line."""
    text = body.decode("utf-8-sig", "replace")
    if len(body) < MAX_BYTES:
        return text
    # Half a line may forbid much more than the whole one.
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1]


class Book:
    """The rules that are known, by origin; each text is read once."""

    def __init__(self, user_agent: str, known: Mapping[str, Robots]) -> None:
        self._agent = agent_of(user_agent)
        self._known = dict(known)
        self._rules: dict[str, Rules] = {}
        self._origins: dict[str, list[str]] = {}  # by host
        for origin in known:
            self._origins.setdefault(host_of(origin), []).append(origin)

    def __contains__(self, origin: str) -> bool:
        return origin in self._known

    def add(self, robots: Robots) -> None:
        """Keep what was just learned."""
        self._known[robots.origin] = robots
        self._origins.setdefault(host_of(robots.origin), []).append(robots.origin)

    def unread(self, host: str) -> list[str]:
        """Return the host's known origins that `read` must be called for."""
        return [origin for origin in self._origins.get(host, ()) if origin not in self._rules]

    def read(self, origin: str) -> None:
        """Read a known origin's text; half a MiB of rules takes a second."""
        self._rules[origin] = Rules(self._known[origin], self._agent)

    def rules(self, origin: str) -> Rules:
        """Return what an origin, whose text was read, lets us do."""
        return self._rules[origin]

    def delay_s(self, host: str) -> float:
        """Return the longest gap that an origin of the host asks for, 0 if none does."""
        found = (self._rules.get(origin) for origin in self._origins.get(host, ()))
        return max((rules.delay_s for rules in found if rules), default=0.0)
