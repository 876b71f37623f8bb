"""A network's f, ∇f, outputs, Jv, Jᵀu and Gv by PyTorch's automatic differentiation, on θ in our order.

θ is one flat tensor and every W and b a view of it, so that gradients come out in our order by themselves. Run alone it
reads cases on stdin (JSON) and writes their results: see test/fixtures/makeTorchNetwork.ts. With a number of threads it
answers lines as peer.py does: {"case", "what", "ms"} by {"ms"}, and {"case", "what", "probe": true} by {"probe"}.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from philox import uniform


def numbers(seed: int, count: int, dtype: str, scale: float = 1) -> torch.Tensor:
    """randomMatrix(count, 1, { seed, low: −1 }), times a scale."""
    return torch.from_numpy((scale * (2 * uniform(seed, count) - 1)).astype(dtype))


def instances(case: dict) -> tuple:
    """Z as l × d × a × b, and y, one-hot: column k has its 1 at k mod n_L."""
    l, outputs, dtype = case["l"], case["outputs"], case["dtype"]
    a, b, d = (case["input"][name] for name in "abd")
    Z = numbers(2, d * a * b * l, dtype).reshape(l, b, a, d).permute(0, 3, 2, 1).contiguous()
    return Z, torch.eye(outputs, dtype=getattr(torch, dtype))[torch.arange(l) % outputs]


def outputs_of(layers: list, theta: torch.Tensor, Z: torch.Tensor) -> torch.Tensor:
    """z^{L+1}: l × n_L."""
    at = 0
    for L in layers:
        per, h, dOut = L["d"] // L["groups"], L["h"], L["dOut"]
        W, b = theta[at : at + dOut * per * h * h], theta[at + dOut * per * h * h :][:dOut]
        at += dOut * (per * h * h + 1)
        if L["kind"] == "full":
            Z = ours(Z) @ W.reshape(per, dOut) + b
            Z = Z if L["isLinear"] else F.relu(Z)
            continue
        filters = W.reshape(per, h, h, dOut).permute(3, 0, 2, 1)
        Z = F.conv2d(Z, filters, b, stride=L["s"], padding=L["pad"], groups=L["groups"])
        Z = Z if L["isLinear"] else F.relu(Z)
        if L["pool"]:
            Z = (F.max_pool2d if L["pool"]["kind"] == "max" else F.avg_pool2d)(Z, L["pool"]["q"])
    return ours(Z)


def ours(Z: torch.Tensor) -> torch.Tensor:
    """vec(Z) of each instance: the channel fastest, then the vertical place."""
    return Z if Z.dim() == 2 else Z.permute(0, 3, 2, 1).flatten(1)


def loss_of(name: str, z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Σ ξ."""
    if name == "squared":
        return ((z - y) ** 2).sum()
    return (y.sum(1) * torch.logsumexp(z, 1)).sum() - (y * z).sum()


def functions(case: dict) -> dict:
    """By name, what a case may be asked for."""
    Z, y = instances(case)
    layers, l, perC, loss = case["layers"], case["l"], 1 / case["C"], case["loss"]
    theta = numbers(1, case["n"], case["dtype"], case["scale"])
    v, u = numbers(3, case["n"], case["dtype"]), numbers(4, y.numel(), case["dtype"]).reshape(y.shape)
    moved = theta.clone().requires_grad_()

    def model(theta):
        return outputs_of(layers, theta, Z)

    def gradient():
        f = perC * (moved @ moved) / 2 + loss_of(loss, model(moved), y) / l
        return f.detach(), torch.autograd.grad(f, moved)[0]

    def bent(z, Jv):
        return torch.func.jvp(torch.func.grad(lambda z: loss_of(loss, z, y)), (z,), (Jv,))[1]

    def product():
        """Forward and backward mode."""
        z, Jv = torch.func.jvp(model, (theta,), (v,))
        return perC * v + torch.func.vjp(model, theta)[1](bent(z, Jv))[0] / l

    def doubly():
        """Backward twice: Jv as the derivative of Jᵀu in u."""
        z = model(moved)
        w = torch.zeros_like(z, requires_grad=True)
        (back,) = torch.autograd.grad(z, moved, w, create_graph=True)
        (Jv,) = torch.autograd.grad(back, w, v, retain_graph=True)
        return perC * v + torch.autograd.grad(z, moved, bent(z.detach(), Jv))[0] / l

    return {
        "gradient": gradient,
        "Gv": product,
        "Gv, backward twice": doubly,
        "Jv": lambda: torch.func.jvp(model, (theta,), (v,))[1],
        "JTu": lambda: torch.func.vjp(model, theta)[1](u)[0],
        "outputs": lambda: model(theta),
    }


def told(M: torch.Tensor) -> dict:
    """How many numbers, 64 of them from the first to the last, Σ x, Σ ((k mod 13) − 6) x_k, the largest |x|."""
    exact = M.detach().numpy().astype(np.float64).ravel()
    places = [(exact.size - 1) * k // 63 for k in range(64)]
    weighted = float((np.arange(exact.size) % 13 - 6) @ exact)
    return {
        "count": exact.size,
        "entries": exact[places].tolist(),
        "sum": float(exact.sum()),
        "weighted": weighted,
        "largest": float(np.abs(exact).max()),
    }


def serve(threads: int) -> None:
    torch.set_num_threads(threads)
    print(json.dumps({"version": f"PyTorch {torch.__version__}, {threads} threads"}), flush=True)
    known, made = {}, None
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            reply, (known, made) = answer(json.loads(line), known, made)
        except Exception as error:  # the bench says it and goes on without this number
            reply = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        print(json.dumps(reply), flush=True)


def answer(request: dict, known: dict, made: str) -> tuple:
    key = json.dumps(request["case"])
    if key != made:
        known = functions(request["case"])
    call = known[request["what"]]
    if not request.get("probe"):
        return {"ms": window(call, request["ms"])}, (known, key)
    found = call()
    numbers = (found[1] if isinstance(found, tuple) else found).detach().numpy().ravel()
    return {"probe": [float(numbers[(numbers.size - 1) * k // 4]) for k in range(5)]}, (known, key)


def window(call, least: float) -> float:
    """Milliseconds of one call."""
    calls, start = 0, time.perf_counter()
    while True:
        call()
        calls += 1
        passed = (time.perf_counter() - start) * 1000
        if passed >= least:
            return passed / calls


def main() -> None:
    cases = json.load(sys.stdin)
    for case in cases:
        known = functions(case)
        f, g = known["gradient"]()
        found = {name: told(known[name]()) for name in ("outputs", "Jv", "JTu", "Gv", "Gv, backward twice")}
        case["results"] = {"f": float(f), "g": told(g), **found}
    json.dump({"made_by": f"PyTorch {torch.__version__}", "cases": cases}, sys.stdout)


if __name__ == "__main__":
    serve(int(sys.argv[1])) if len(sys.argv) > 1 else main()
