"""PyTorch, eager, on the CPU: conv2d and its gradients; unfold and fold for φ and its transpose."""

import torch
import torch.nn.functional as F

from layer import filters_in_our_order, image_in_our_order, probe, problem


def start(threads: int) -> str:
    torch.set_num_threads(threads)
    return f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"


def prepare(layer, batch, dtype, what, memory_format=torch.contiguous_format):
    P = problem(layer, batch, dtype)
    W, b, Z, dS = (torch.from_numpy(M) for M in (P.W, P.b, P.Z, P.dS))
    W, Z, dS = (M.to(memory_format=memory_format) for M in (W, Z, dS))
    if what in ("phi", "vTP"):
        return unfolding(layer, batch, Z, what)
    options = {"stride": layer.s, "padding": layer.pad, "groups": layer.groups}

    def forward():
        with torch.inference_mode():
            return F.conv2d(Z, W, b, **options)

    def backward():
        pair, zero = [layer.s, layer.s], [0, 0]
        return torch.ops.aten.convolution_backward(
            dS, Z, W, [layer.dOut], pair, [layer.pad] * 2, [1, 1], False, zero, layer.groups, [True] * 3
        )

    wanted = [M.clone().requires_grad_() for M in (W, b, Z)]

    def both():
        S = F.conv2d(wanted[2], wanted[0], wanted[1], **options)
        return S, torch.autograd.grad(S, wanted, dS)

    def probes():
        if what == "fwd":
            return probe(image_in_our_order(forward().numpy()))
        dW, db, dZ = both()[1] if what == "fwd+bwd" else (backward()[k] for k in (1, 2, 0))
        return (
            probe(filters_in_our_order(dW.numpy())) + probe(db.numpy()) + probe(image_in_our_order(dZ.numpy()))
        )

    return {"fwd": forward, "bwd": backward, "fwd+bwd": both}[what], probes


def unfolding(layer, batch, Z, what):
    """φ(Z): l × (c, i, j) × (p, q) here; ours has i before j and p before q."""
    L = layer
    options = {"kernel_size": L.h, "stride": L.s, "padding": L.pad}
    with torch.inference_mode():
        V = F.unfold(Z, **options)

        def phi():
            return F.unfold(Z, **options)

        def transposed():
            return F.fold(V, (L.a, L.b), **options)

    def probes():
        if what == "vTP":
            return probe(image_in_our_order(transposed().numpy()))
        axes = phi().reshape(batch, L.d, L.h, L.h, L.aOut, L.bOut)
        return probe(axes.permute(0, 5, 4, 1, 3, 2).reshape(-1).numpy())

    return {"phi": phi, "vTP": transposed}[what], probes
