"""A text -> its sentences, nothing lost."""

from aggregator.text.sentences.cut import lead, split

__all__ = ["lead", "split"]
