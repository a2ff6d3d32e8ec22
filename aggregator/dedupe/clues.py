"""What tells of one story in any language: figures, names, countries and the field's concepts."""

import re
from dataclasses import dataclass
from functools import cached_property

from aggregator.text.countries import countries_named
from aggregator.text.figures import figures
from aggregator.text.languages import is_latin
from aggregator.text.simplified import simplified

#: Languages that share Chinese letters.
_HAN = frozenset({"ja", "zh-Hans", "zh-Hant"})

_WORD = re.compile("[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’.-]*[A-Za-zÀ-ɏḀ-ỿ]")
_POSSESSIVE = re.compile("['’]s$")
_HAN_RUN = re.compile("[一-鿿]{2,}")

#: Letters of the shortest word that counts as a name among other Latin words.
_NAME = 3


@dataclass(frozen=True)
class Clues:
    """What is compared of an article's title and opening beside its meaning."""

    title: str
    opening: str  #: the title too
    language: str
    concepts: frozenset[str] = frozenset()  #: of the glossary, by id

    @cached_property
    def figures(self) -> frozenset[float]:
        """All figures."""
        return figures(self.opening)

    @cached_property
    def title_figures(self) -> frozenset[float]:
        """Those of the title, which tell one meeting of a series from another."""
        return figures(self.title)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names and other capital words in Latin letters; among other letters, all such words."""
        words = [_POSSESSIVE.sub("", each) for each in _WORD.findall(self.opening)]
        if self.is_latin:
            words = [each for each in words if len(each) >= _NAME and each[0].isupper()]
        return frozenset(each.casefold() for each in words)

    @cached_property
    def han(self) -> frozenset[str]:
        """Each two Chinese letters side by side, simplified."""
        if self.language not in _HAN:
            return frozenset()
        runs = _HAN_RUN.findall(simplified(self.opening))
        return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The network's countries that are named, by code."""
        return countries_named(self.opening, self.language)

    @property
    def is_latin(self) -> bool:
        """Tell whether the language writes names in Latin letters, as their owners do."""
        return is_latin(self.language)
