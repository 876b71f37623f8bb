"""A layer's matrices as bench/conv/problem.ts makes them, in the layouts of Python's libraries, and back.

Ours are stored column by column: Z is d × a·b·l with data[c + d(i + a(j + b l))], so that its memory read in C order has
the axes (l, j, i, c). Python's libraries want (l, c, i, j).
"""

from types import SimpleNamespace

import numpy as np

from philox import uniform

SEEDS = {"W": 1, "b": 2, "Z": 3, "dS": 4}
PERIOD = 2**18


def filled(name: str, count: int, dtype: str) -> np.ndarray:
    """`count` numbers on [−1, 1) from the seed of the matrix; they repeat after PERIOD."""
    source = 2 * uniform(SEEDS[name], min(count, PERIOD)) - 1
    return np.resize(source, count).astype(dtype)


def problem(layer: SimpleNamespace, batch: int, dtype: str) -> SimpleNamespace:
    """W: dOut × d/groups × h × h, b: dOut, Z: l × d × a × b and dS: l × dOut × aOut × bOut, contiguous."""
    L = layer
    per = L.d // L.groups
    return SimpleNamespace(
        W=native(filled("W", L.dOut * per * L.h * L.h, dtype), (per, L.h, L.h, L.dOut), (3, 0, 2, 1)),
        b=filled("b", L.dOut, dtype),
        Z=native(filled("Z", L.d * L.a * L.b * batch, dtype), (batch, L.b, L.a, L.d), (0, 3, 2, 1)),
        dS=native(
            filled("dS", L.dOut * L.aOut * L.bOut * batch, dtype), (batch, L.bOut, L.aOut, L.dOut), (0, 3, 2, 1)
        ),
    )


def native(numbers: np.ndarray, axes: tuple, order: tuple) -> np.ndarray:
    return np.ascontiguousarray(numbers.reshape(axes).transpose(order))


def image_in_our_order(X: np.ndarray) -> np.ndarray:
    """(l, c, i, j) → our memory: S, Z and their gradients."""
    return np.asarray(X).transpose(0, 3, 2, 1).ravel()


def filters_in_our_order(W: np.ndarray) -> np.ndarray:
    """(k, c, i, j) → our memory: i fastest among the columns, then j, the channel slowest."""
    return np.asarray(W).transpose(1, 3, 2, 0).ravel()


def probe(numbers: np.ndarray) -> list:
    """Five entries from the first to the last: what bench/peers compares with ours."""
    last = numbers.size - 1
    return [float(numbers[(last * k) // 4]) for k in range(5)]
