"""NumPy's way: φ(Z) by a strided view and a copy, one product of its BLAS; back by h² strided sums."""

import ctypes
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from layer import filters_in_our_order, image_in_our_order, probe, problem


def start(threads: int) -> str:
    return f"NumPy {np.__version__}, {blas()}, {threads} threads"


def blas() -> str:
    """The kernel that the wheel's OpenBLAS has chosen for this processor."""
    folder = Path(np.__file__).parent.parent / "numpy.libs"
    for path in folder.glob("libscipy_openblas*"):
        name = ctypes.CDLL(str(path)).scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        return f"OpenBLAS ({name().decode()})"
    return "its own BLAS"


def prepare(layer, batch, dtype, what):
    if what in ("phi", "vTP"):
        raise ValueError("unfold and fold stand for φ and its transpose")
    P = problem(layer, batch, dtype)
    W = P.W.reshape(layer.groups, layer.dOut // layer.groups, -1)

    def forward():
        S = np.empty_like(P.dS)
        for l in range(batch):
            product = W @ columns(layer, P.Z[l])
            S[l] = product.reshape(S[l].shape) + P.b[:, None, None]
        return S

    def backward():
        dW, dZ = np.zeros_like(W), np.empty_like(P.Z)
        for l in range(batch):
            dS = P.dS[l].reshape(layer.groups, W.shape[1], -1)
            dW += dS @ columns(layer, P.Z[l]).transpose(0, 2, 1)
            dZ[l] = image(layer, W.transpose(0, 2, 1) @ dS)
        return dW.reshape(P.W.shape), P.dS.sum(axis=(0, 2, 3)), dZ

    def both():
        return forward(), backward()

    def probes():
        if what == "fwd":
            return probe(image_in_our_order(forward()))
        dW, db, dZ = backward()
        return probe(filters_in_our_order(dW)) + probe(db) + probe(image_in_our_order(dZ))

    return {"fwd": forward, "bwd": backward, "fwd+bwd": both}[what], probes


def columns(L, Z):
    """φ(Z) of each group: groups × (d/groups · h · h) × (aOut · bOut)."""
    padded = np.pad(Z, ((0, 0), (L.pad, L.pad), (L.pad, L.pad)))
    views = sliding_window_view(padded, (L.h, L.h), axis=(1, 2))[:, :: L.s, :: L.s]
    return views.transpose(0, 3, 4, 1, 2).reshape(L.groups, -1, L.aOut * L.bOut)


def image(L, V):
    """vᵀP_φ: every entry added to the pixel that it came from."""
    V = V.reshape(L.d, L.h, L.h, L.aOut, L.bOut)
    padded = np.zeros((L.d, L.a + 2 * L.pad, L.b + 2 * L.pad), V.dtype)
    for i in range(L.h):
        for j in range(L.h):
            padded[:, i : i + L.s * L.aOut : L.s, j : j + L.s * L.bOut : L.s] += V[:, i, j]
    return padded[:, L.pad : L.pad + L.a, L.pad : L.pad + L.b]
