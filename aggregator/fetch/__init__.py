"""fetch: takes Requests -> gives Fetched | NotModified | Failure, each as soon as it is there.

`Guard` decides which addresses may be reached, `Limits` how long, how much and how often.
A Failure's subject is the request's URL unchanged, name and password included.
"""

from aggregator.fetch.guard import Guard
from aggregator.fetch.http import Fetcher, Limits

__all__ = ["Fetcher", "Guard", "Limits"]
