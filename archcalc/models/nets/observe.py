"""Observes a torch module: every layer that runs, its shapes and FlopCounterMode's count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError
from archcalc.models.nets.fold_norm import (
    FORWARD_HOOKS,
    eval_copy,
    first_line,
    is_leaf,
    layers_and_above,
)

if TYPE_CHECKING:
    import torch
    from torch import nn

Dims = tuple[int, ...]

_HOOKS = (*FORWARD_HOOKS, "_backward_hooks", "_backward_pre_hooks")


@dataclass
class Observed:
    """A module that ran: a layer, or one with layers below it."""

    path: str
    module: nn.Module
    leaf: bool
    calls: list[tuple[Dims, Dims]] = field(default_factory=list)
    """Shapes of the first input and output of each call, with the batch."""
    flops: int = 0
    """FlopCounterMode's FLOPs in its own forward, without the modules that it calls."""
    called: set[str] = field(default_factory=set)
    """Paths of the modules that its forward called."""


def private_copy(module: nn.Module) -> nn.Module:
    """Return a copy of ``module`` on the CPU, in eval mode, without the user's hooks.

    A user's hook may store its input and must not run on a dummy one; torch's own hooks compute
    weights and stay. Raises ArchcalcError for a module that cannot be copied.
    """
    copy = eval_copy(module).to("cpu")
    for part in copy.modules():
        for name in _HOOKS:
            hooks = getattr(part, name, None) or {}
            for key in [k for k, hook in hooks.items() if not _is_torch_hook(hook)]:
                del hooks[key]
    return copy


def zero_input(module: nn.Module, shape: Sequence[int]) -> torch.Tensor:
    """Return zeros of ``shape`` in the dtype of the module's weights, on the CPU."""
    import torch

    dtypes = [value.dtype for value in module.parameters() if value.is_floating_point()]
    dtype = dtypes[0] if dtypes else torch.get_default_dtype()
    return torch.zeros(tuple(shape), dtype=dtype, device="cpu")


def observe(module: nn.Module, shape: Sequence[int]) -> tuple[list[Observed], int]:
    """Run ``module``, which must be private, once on the meta device, without computing.

    Returns every module that ran, in the order of first calls, and FlopCounterMode's total
    FLOPs. Raises ArchcalcError if it cannot run on an input of ``shape``.
    """
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    module = module.to("meta")
    example = zero_input(module, shape).to("meta")
    counter = FlopCounterMode(display=False)
    with (
        _watched(module, counter.get_total_flops) as observed,
        torch.no_grad(),
        torch.device("meta"),
        counter,
    ):
        try:
            module(example)
        except Exception as error:  # a module may fail in any way
            raise cannot_run(module, shape, error) from error
    return list(observed.values()), counter.get_total_flops()


def cannot_run(module: nn.Module, shape: Sequence[int], error: Exception) -> ArchcalcError:
    """Return the error for a ``module`` that failed on an input of ``shape``."""
    return ArchcalcError(
        f"{type(module).__name__} cannot run on an input of {tuple(shape)}: {first_line(error)}"
    )


@contextmanager
def _watched(module: nn.Module, flops: Callable[[], int]) -> Iterator[dict[str, Observed]]:
    """Hook every layer of ``module`` and every module above one; yield what ran, by path."""
    observed: dict[str, Observed] = {}
    running: list[tuple[str, int, int]] = []  # path, FLOPs at its start, FLOPs of its children

    def start(path: str) -> Callable[..., None]:
        def before(part: nn.Module, _: Any) -> None:
            if running:
                observed[running[-1][0]].called.add(path)
            observed.setdefault(path, Observed(path, part, is_leaf(part)))
            running.append((path, flops(), 0))

        return before

    def end(_: nn.Module, inputs: Any, named: Any, output: Any) -> None:
        path, at_start, below = running.pop()
        inclusive = flops() - at_start
        observed[path].flops += inclusive - below
        observed[path].calls.append((_first_shape((inputs, named)), _first_shape(output)))
        if running:
            caller, its_start, its_below = running[-1]
            running[-1] = caller, its_start, its_below + inclusive

    handles = []
    for path, part in layers_and_above(module):
        handles.append(part.register_forward_pre_hook(start(path)))
        handles.append(part.register_forward_hook(end, with_kwargs=True))
    try:
        yield observed
    finally:
        for handle in handles:
            handle.remove()


def tensors(output: Any) -> Iterator[torch.Tensor]:
    """Yield the tensors of a value: of mappings, lists and tuples those inside."""
    import torch

    if isinstance(output, torch.Tensor):
        yield output
    elif isinstance(output, Mapping):
        for value in output.values():
            yield from tensors(value)
    elif isinstance(output, list | tuple):
        for value in output:
            yield from tensors(value)


def _first_shape(value: Any) -> Dims:
    return next((tuple(tensor.shape) for tensor in tensors(value)), ())


def _is_torch_hook(hook: object) -> bool:
    return type(hook).__module__.startswith("torch.")
