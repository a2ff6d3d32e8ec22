"""Terms of the glossary in a text: concepts, and a text with its language and country -> finds.

`spelling` makes texts comparable, `edges` knows where words end, `finding` decides what counts.
"""

from aggregator.text.terms.finding import Looked, Passed, Terms

__all__ = ["Looked", "Passed", "Terms"]
