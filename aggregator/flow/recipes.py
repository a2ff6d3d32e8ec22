"""What makes a source's results outdated: its entry, or a newer reader."""

import hashlib

from aggregator import classify, normalize, parse
from aggregator.model import Source


def recipe(source: Source) -> str:
    """Return a hash of all that decides how a source's bytes become articles.

    When it differs from the one a row was made with, the row is made again from the stored
    bytes, without asking the site.
    """
    versions = (parse.VERSION, normalize.VERSION, classify.VERSION)
    said = f"{source!r} {versions}"
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def question(source: Source) -> str:
    """Return a hash of what is asked and of whom: another one makes it another list."""
    said = f"{source.url} {source.format} {source.oai!r}"
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
