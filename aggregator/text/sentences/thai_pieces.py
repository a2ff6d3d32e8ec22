"""What a piece of a Thai text is like, from one space to another: the evidence of a sentence."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from aggregator.text.sentences.thai_spaces import Token

LONGEST = 20  #: tokens of a piece; a sentence of news has six

_SAYS = ("กล่าว", "บอก", "เผย")
_DEPTHS = dict.fromkeys("(“‘", 1) | dict.fromkeys(")”’", -1)
_MANY = 14  #: tokens of a piece, from which on their number tells no more
#: The length of a piece by its letters: four steps an octave, from eight letters to 256.
_STEPS = tuple(min(20, int(4 * math.log2(max(letters, 8))) - 12) for letters in range(257))


def pieces(tokens: Sequence[Token]) -> Iterator[list[tuple[str, ...]]]:
    """Yield for each of *tokens* the evidence of the pieces that end with it, the shortest first.

    It is how long a piece is, what it begins and ends with, whether a quotation is whole in it,
    whether somebody says something, and whether the text begins or ends with it.
    """
    quotes = _sums(token.text.count('"') for token in tokens)
    depths = _sums(sum(_DEPTHS.get(sign, 0) for sign in token.text) for token in tokens)
    says = _sums(any(word in token.text for word in _SAYS) for token in tokens)
    for end, token in enumerate(tokens):
        is_last = end == len(tokens) - 1
        found: list[tuple[str, ...]] = []
        for start in range(end, max(-1, end - LONGEST), -1):
            first, last = tokens[start].first[1], token.last[1]
            step = _STEPS[min(token.end - tokens[start].start, len(_STEPS) - 1)]
            depth = max(-1, min(depths[end + 1] - depths[start], 1))
            said = min(2, says[end + 1] - says[start])
            half = step // 2
            found.append(
                (
                    f"piece={step}",
                    f"piece#{min(_MANY, end - start + 1)}",
                    f"piece of{(quotes[end + 1] - quotes[start]) % 2}{depth}",
                    f"piece said{said}",
                    f"piece={half},said{min(1, said)}",
                    f"piece={first},{last}",
                    f"piece={first},{half}",
                    f"piece={half},{last}",
                    f"piece={half},begins" if start == 0 else f"piece={half},within",
                    f"piece={half},ends" if is_last else f"piece={half},goes on",
                )
            )
        yield found


def _sums(values: Iterable[int]) -> list[int]:
    """Return what the values before each place add up to."""
    return list(accumulate(values, initial=0))
