"""How an address has been asked so far, and how that went."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is remembered of asking one address, over all runs; `asked` is None before the first.

    All times are UTC.
    """

    source_id: str
    url: str
    asked: datetime | None = None  #: when it was last asked
    whole: datetime | None = None  #: when it was last asked without conditions
    conditional: int = 0  #: conditional requests since then
    failures: int = 0  #: in a row
    gone: int = 0  #: answers "410 Gone" in a row
    max_age_s: int | None = None  #: how long the server calls its answers fresh
    refresh_s: int | None = None  #: how seldom the document asks to be fetched
    not_before: datetime | None = None  #: it failed: the next try
    moved_to: str = ""  #: where it permanently redirects
    stopped: str = ""  #: why it is not asked any more
