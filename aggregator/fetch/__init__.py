"""fetch: takes Requests -> gives Fetched | NotModified | Unfetched | Postponed, as they come.

`Guard` decides which addresses may be reached, `Limits` how long, how much and how often. Between
the answers comes what hosts let robots do (`Robots`), where they had to be asked. No answer holds
more secrets than its request, which is given back unchanged, name and password included.
`poster` posts to the operator's own endpoints instead, `Downloads` brings files from there.
"""

from aggregator.fetch.download import Downloads
from aggregator.fetch.fetcher import Fetcher
from aggregator.fetch.guard import Guard
from aggregator.fetch.post import poster
from aggregator.fetch.visit import Limits

__all__ = ["Downloads", "Fetcher", "Guard", "Limits", "poster"]
