"""How much of what is said is right, and how much of what is real is found."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many things are said, are real, and are both; of nothing all is right."""

    right: int = 0
    said: int = 0
    real: int = 0

    @classmethod
    def of(cls, said: Set[object], real: Set[object]) -> Self:
        """Return the score of things said."""
        return cls(right=len(said & real), said=len(said), real=len(real))

    def __add__(self, other: "Score") -> "Score":
        return Score(
            right=self.right + other.right,
            said=self.said + other.said,
            real=self.real + other.real,
        )

    @property
    def precision(self) -> float:
        """Return the share of what is said that is real."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what is real that is said."""
        return self.right / self.real if self.real else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.said + self.real
        return 2 * self.right / both if both else 1.0
