"""The way from the address that is asked, over its redirects, to an answer; asks nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from aggregator.errors import FetchError, ForbiddenAddressError
from aggregator.fetch.secret import Secret
from aggregator.text.urls import host_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An answer that leads elsewhere."""

    status: int
    target: httpx2.URL


@dataclass(slots=True, kw_only=True)
class Trip:
    """Where one request is, and what it may still do."""

    url: httpx2.URL
    left_s: float  #: of its deadline
    max_redirects: int
    headers: Mapping[bytes, bytes] = field(default_factory=dict)
    secret: Secret = field(default_factory=Secret)
    obeys_robots: bool = False
    hosts: set[str] = field(default_factory=set)  #: all that it needed so far
    lost: bool = False  #: its redirects lead nowhere
    came_from: str = ""  #: host of the redirect that led here; "" if it is no redirect's target
    host: str = field(init=False)  #: whose turn is needed
    _permanent: bool = True  #: all its redirects were, so far
    _moved_to: httpx2.URL | None = None
    _seen: set[httpx2.URL] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.host = host_of(str(self.url))

    @property
    def shown(self) -> str:
        """The address where it is, as it may be given out."""
        return self.secret.shown(self.url)

    @property
    def moved_to(self) -> str | None:
        """Where the first, unbroken row of permanent redirects led."""
        return self.secret.shown(self._moved_to) if self._moved_to else None

    def follow(self, redirect: Redirect) -> None:
        """Go where the redirect leads.

        Raises:
            FetchError: it was there already, or that is one redirect too many.
            ForbiddenAddressError: the key would go where it does not belong.
        """
        self._seen.add(self.url)
        self.lost = redirect.target in self._seen or len(self._seen) > self.max_redirects
        if redirect.target in self._seen:
            raise FetchError("It redirects in a circle (some sites do so without cookies)")
        if self.lost:
            raise FetchError(f"It redirects more than {self.max_redirects} times")
        if not self.secret.may_go_to(redirect.target):
            raise ForbiddenAddressError("It redirects with the source's key to another host")
        self._permanent = self._permanent and redirect.status in PERMANENT
        if self._permanent:
            self._moved_to = redirect.target
        self.came_from, self.url = self.host, redirect.target
        self.host = host_of(str(self.url))
