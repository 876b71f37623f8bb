"""SymPy's side of `npm run bench -- derive`: a line "name" asks for one task, a line of JSON answers with its time.

Every task begins with an empty cache and new symbols. An identity is checked within the time; of a derivative only the
differentiation is timed, and that it is right is checked afterwards.
"""

import json
import sys
import time

import sympy
from sympy import Matrix, MatrixSymbol, SparseMatrix, Symbol, Trace, eye, kronecker_product, symbols, zeros
from sympy.core.cache import clear_cache


def entries(name, rows, cols):
    """A matrix of symbols."""
    return Matrix(rows, cols, lambda i, j: Symbol(f"{name}_{i}_{j}"))


def holds(left, right):
    """Whether two matrices are equal as polynomials of their entries."""
    return (left - right).expand() == zeros(*left.shape)


def product():
    A, X, B = entries("A", 3, 4), entries("X", 4, 2), entries("B", 2, 5)
    return holds((A * X * B).vec(), kronecker_product(B.T, A) * X.vec())


def mixed():
    A, B, X, C = entries("A", 2, 3), entries("B", 4, 2), entries("X", 3, 2), entries("C", 2, 3)
    return holds(kronecker_product(A, B) * kronecker_product(X, C), kronecker_product(A * X, B * C))


def commutation():
    X = entries("X", 5, 6)
    K = SparseMatrix(30, 30, {(j + 6 * i, i + 5 * j): 1 for i in range(5) for j in range(6)})
    return holds(K * X.vec(), X.T.vec())


def layer():
    h, d, a, b, filters = 2, 2, 4, 5, 3
    a_out, b_out = a - h + 1, b - h + 1
    Z, W = entries("Z", d, a * b), entries("W", filters, h * h * d)
    places = [(p, q) for q in range(b_out) for p in range(a_out)]
    offsets = [(i, j, c) for c in range(d) for j in range(h) for i in range(h)]
    phi = Matrix(len(offsets), len(places), lambda r, k: Z[offsets[r][2], offsets[r][0] + places[k][0] + a * (offsets[r][1] + places[k][1])])
    ones = {}
    for k, (p, q) in enumerate(places):
        for r, (i, j, c) in enumerate(offsets):
            ones[(r + len(offsets) * k, c + d * (i + p + a * (j + q)))] = 1
    P = SparseMatrix(len(offsets) * len(places), d * a * b, ones)
    return holds((W * phi).vec(), kronecker_product(eye(len(places)), W) * (P * Z.vec()))


def squares():
    m, n, k = symbols("m n k", positive=True, integer=True)
    W, X, Y = MatrixSymbol("W", m, n), MatrixSymbol("X", n, k), MatrixSymbol("Y", m, k)
    found = Trace((W * X - Y).T * (W * X - Y)).diff(W)
    return lambda: same(found, 2 * (W * X - Y) * X.T, {m: 2, n: 3, k: 4})


def quadratic():
    n = symbols("n", positive=True, integer=True)
    A, x = MatrixSymbol("A", n, n), MatrixSymbol("x", n, 1)
    found = (x.T * A * x).diff(x)
    return lambda: same(found, A * x + A.T * x, {n: 3})


def same(left, right, sizes):
    """Whether two matrix expressions are equal, at sizes that are numbers."""
    return holds(left.subs(sizes).doit().as_explicit(), right.subs(sizes).doit().as_explicit())


tasks = {task.__name__: task for task in (product, mixed, commutation, layer, squares, quadratic)}
print(json.dumps({"version": sympy.__version__}), flush=True)
for line in sys.stdin:
    clear_cache()
    start = time.perf_counter()
    try:
        found = tasks[line.strip()]()
        ms = 1000 * (time.perf_counter() - start)
        answer = {"ms": ms, "right": bool(found() if callable(found) else found)}
    except Exception as error:  # what SymPy cannot do is said beside its name
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
