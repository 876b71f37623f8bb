"""PyTorch with the channel fastest in memory (channels_last), as ours are."""

import torch

import torch_peer


def start(threads: int) -> str:
    return f"{torch_peer.start(threads)}, channels last"


def prepare(layer, batch, dtype, what):
    return torch_peer.prepare(layer, batch, dtype, what, torch.channels_last)
