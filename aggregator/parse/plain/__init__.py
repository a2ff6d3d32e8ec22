"""Feeds of the usual shapes, read quickly: a guarded text -> feedparser's own result, or why not.

Each element that may stand in a plain feed is named here, with what feedparser makes of it. One
that is not named is passed over if feedparser has no rule for it either and it does not carry the
name of something that is read; else the feed is not plain, and feedparser must read it. So nothing
is guessed: reading, and finding out whether the feed is plain, are one walk.
"""

from aggregator.parse.plain.reader import Odd, Plain, read

__all__ = ["Odd", "Plain", "read"]
