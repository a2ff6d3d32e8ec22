"""Few facts and the answers wanted -> weights: logistic regression by Newton's method.

`bench.topics.regression` is for many facts, most of them zero.
"""

from typing import Any

import numpy as np

#: Steps of the method, after which nothing moves any more.
STEPS = 50


def solved(facts: Any, wanted: Any, ridge: float, counted_as: Any = 1.0) -> Any:
    """Return the bias and a weight for each column of the facts.

    *ridge* is how strongly weights are drawn to zero, *counted_as* how much each row counts.
    """
    columns = np.column_stack([np.ones(len(facts)), facts])
    held = ridge * np.diag([0.0] + [1.0] * facts.shape[1])
    counts = np.broadcast_to(counted_as, len(facts))
    weights = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ ((likely - wanted) * counts) + held @ weights
        bend = (columns * (likely * (1 - likely) * counts)[:, None]).T @ columns + held
        weights -= np.linalg.solve(bend, slope)
    return weights
