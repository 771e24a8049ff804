"""How torch computes in training."""

from contextlib import nullcontext

import torch


def prepare_torch(seed: int) -> None:
    """Have torch compute on one thread, and draw from `seed`."""
    # Processor cores are shared: one thread is faster than two that wait for each other.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)


def narrow() -> torch.autocast | nullcontext[None]:
    """Sixteen bits inside, where the processor has instructions for them; elsewhere they take many times as long."""
    able = torch.cpu.get_capabilities()
    if able.get("avx512_bf16") or able.get("amx_bf16"):
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()
