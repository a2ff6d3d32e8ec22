"""Facts and the answers wanted -> weights: logistic regression, solved with numpy alone.

The facts are columns of numbers and, most of them zero, the pieces of texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Steps of the solver, after which the weights hardly move; and how many of them it remembers.
STEPS = 60
REMEMBERED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Rows of pieces, as places in a list of all and how strongly each is there."""

    columns: Any  #: these rise
    rows: Any
    strengths: Any
    by_row: Any  #: the order in which the rows rise
    height: int
    width: int

    @classmethod
    def of(cls, texts: Sequence[Mapping[str, float]], places: Mapping[str, int]) -> "Pieces":
        """Return the pieces of the texts that have a place."""
        found = [
            (places[piece], row, strength)
            for row, text in enumerate(texts)
            for piece, strength in text.items()
            if piece in places
        ]
        columns, rows, strengths = zip(*sorted(found), strict=True) if found else ((), (), ())
        return cls(
            columns=np.array(columns, np.int64),
            rows=np.array(rows, np.int64),
            strengths=np.array(strengths, np.float32)[:, None],
            by_row=np.argsort(np.array(rows, np.int64), kind="stable"),
            height=len(texts),
            width=len(places),
        )

    def times(self, weights: Any) -> Any:
        """Return what each row's pieces weigh together."""
        order = self.by_row
        values = weights[self.columns[order]] * self.strengths[order]
        return _summed(values, self.rows[order], self.height)

    def turned_times(self, values: Any) -> Any:
        """Return for each piece what the rows it stands in are worth together."""
        return _summed(values[self.rows] * self.strengths, self.columns, self.width)


def _summed(values: Any, places: Any, length: int) -> Any:
    """Return the sum of the values of each place; *places* rise."""
    total = np.zeros((length, values.shape[1]), np.float32)
    there, starts = np.unique(places, return_index=True)
    if len(there):
        total[there] = np.add.reduceat(values, starts, axis=0)
    return total


def softmax(weights: Any) -> Any:
    """Return the shares that the weights of a row's answers make."""
    odds = np.exp(weights - weights.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def logistic(weights: Any) -> Any:
    """Return the chances that the weights of answers make, each for itself."""
    return 1.0 / (1.0 + np.exp(-weights))


def solved(
    facts: Any, pieces: Pieces, wanted: Any, held: float, shares: Callable[[Any], Any]
) -> tuple[Any, Any]:
    """Return the weights of facts and pieces for each answer, and the answers' biases.

    *wanted* are the shares that each row should get, *held* is how much weights are held down
    (half of it times their squares is added to the loss), *shares* is `softmax` or `logistic`.
    """
    answers, split = wanted.shape[1], facts.shape[1]
    size = (split + pieces.width) * answers

    def loss(point: Any) -> tuple[float, Any]:
        weights = point[:size].reshape(-1, answers)
        told = shares(facts @ weights[:split] + pieces.times(weights[split:]) + point[size:])
        missed = told - wanted
        sure = np.clip(told, 1e-9, 1.0)
        cost = -(wanted * np.log(sure)).sum(dtype=float)
        if shares is logistic:
            cost -= ((1 - wanted) * np.log(np.clip(1 - told, 1e-9, 1.0))).sum(dtype=float)
        slope = np.vstack([facts.T @ missed, pieces.turned_times(missed)]) + held * weights
        cost += held / 2 * (weights**2).sum(dtype=float)
        return float(cost), np.concatenate([slope.ravel(), missed.sum(axis=0)])

    point = _lowest(loss, np.zeros(size + answers, np.float32))
    return point[:size].reshape(-1, answers), point[size:]


def _lowest(loss: Callable[[Any], tuple[float, Any]], point: Any) -> Any:
    """Return where the loss is least: L-BFGS (Nocedal and Wright, Numerical Optimization, 7.4)."""
    cost, slope = loss(point)
    past: list[tuple[Any, Any]] = []
    for _ in range(STEPS):
        way, length = _way(slope, past), 1.0
        while True:
            step = np.float32(length) * way
            next_cost, next_slope = loss(point + step)
            if next_cost <= cost + 1e-4 * length * float(slope @ way) or length < 1e-6:
                break
            length /= 2
        if float(step @ (next_slope - slope)) > 0:
            past = [*past, (step, next_slope - slope)][-REMEMBERED:]
        point, cost, slope = point + step, next_cost, next_slope
    return point


def _way(slope: Any, past: Sequence[tuple[Any, Any]]) -> Any:
    if not past:
        return -slope / max(1.0, float(np.linalg.norm(slope)))
    way = -slope
    shares = []
    for step, change in reversed(past):
        share = float(step @ way) / float(step @ change)
        shares.append(share)
        way = way - np.float32(share) * change
    step, change = past[-1]
    way = way * np.float32(float(step @ change) / float(change @ change))
    for (step, change), share in zip(past, reversed(shares), strict=True):
        back = float(change @ way) / float(step @ change)
        way = way + np.float32(share - back) * step
    return way
