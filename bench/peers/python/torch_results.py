"""PyTorch's S, dW, db and dZ of the layers on stdin (JSON), in our order: all entries, or some and two sums.

Each case is {"layer", "batch", "dtype", "whole"}; the matrices come from the seeds of bench/conv/problem.ts.
"""

import json
import sys
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F

from layer import filters_in_our_order, image_in_our_order, problem


def results(layer, batch: int, dtype: str) -> dict:
    P = problem(layer, batch, dtype)
    W, b, Z = (torch.from_numpy(M).requires_grad_() for M in (P.W, P.b, P.Z))
    S = F.conv2d(Z, W, b, stride=layer.s, padding=layer.pad, groups=layer.groups)
    dW, db, dZ = torch.autograd.grad(S, (W, b, Z), torch.from_numpy(P.dS))
    return {
        "S": image_in_our_order(S.detach().numpy()),
        "dW": filters_in_our_order(dW.numpy()),
        "db": db.numpy(),
        "dZ": image_in_our_order(dZ.numpy()),
    }


def told(M: np.ndarray, whole: bool):
    """All entries; or the number of them, 16 from the first to the last, Σ x and Σ ((k mod 13) − 6) x_k, largest |x|."""
    if whole:
        return M.tolist()
    exact = M.astype(np.float64)
    weights = np.arange(M.size) % 13 - 6
    places = [(M.size - 1) * k // 15 for k in range(16)]
    return {
        "count": M.size,
        "entries": M[places].tolist(),
        "sum": float(exact.sum()),
        "weighted": float(weights @ exact),
        "largest": float(np.abs(M).max()),
    }


cases = json.load(sys.stdin)
for case in cases:
    found = results(SimpleNamespace(**case["layer"]), case["batch"], case["dtype"])
    case["results"] = {name: told(M, case["whole"]) for name, M in found.items()}
json.dump({"made_by": f"PyTorch {torch.__version__}", "cases": cases}, sys.stdout)
