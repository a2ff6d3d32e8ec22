"""Terms of the glossary in a text: concepts, and a text with its language and country -> finds.

`spelling` makes texts comparable, `edges` knows where words end, `finding` decides what counts.
"""

from aggregator.text.terms.finding import Looked, Passed, Terms

#: Raised whenever the same glossary could find other terms in the same text.
VERSION = 1

__all__ = ["VERSION", "Looked", "Passed", "Terms"]
