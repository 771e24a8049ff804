"""How torch computes in training."""

import torch


def prepare_torch(seed: int) -> None:
    """Have torch compute on one thread, and draw from `seed`."""
    # Processor cores are shared: one thread is faster than two that wait for each other.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
