"""A text -> its sentences, nothing lost."""

from aggregator.text.sentences.cut import split

__all__ = ["split"]
