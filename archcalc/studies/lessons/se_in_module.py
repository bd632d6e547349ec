"""Extracts the feature map and the weights of one block from a running torch module."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from archcalc.base.errors import ArchcalcError
from archcalc.language.graph import Net
from archcalc.models.nets.build import provenance, to_torch
from archcalc.studies.lessons.arrays import Floats, frozen
from archcalc.studies.lessons.scans import digit, network_input
from archcalc.studies.lessons.se_in_graph import SEBlock

if TYPE_CHECKING:
    import torch
    from torch import nn


class _Reached(Exception):
    """Stops a pass at the requested layer: the rest of the net is not needed."""


def seeded_module(net: Net, block: SEBlock, seed: int) -> nn.Module:
    """Return ``net`` with weights of ``seed`` and norms calibrated up to ``block``.

    Untrained norms are identities, with which the maps of a real image would grow or vanish from
    layer to layer. So their statistics are those of the first ten digits.
    """
    module = to_torch(net, seed=seed)
    from torch import nn

    for layer in module.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.momentum = None  # the mean over all passes, here of one
    images = network_input([digit(index) for index in range(10)], net.size, net.input_shape[0])
    _input_of(_paths(module, block)[block.pool], module.train(), images)
    return module.eval()


def run_block(module: nn.Module, block: SEBlock, x: Floats) -> tuple[Floats, dict[str, Floats]]:
    """Run ``module`` on ``x``, (1, channels, height, width), up to ``block``.

    Returns the feature map that the block gates, (C, H, W), and the block's weights by the names
    of `squeeze_excite.Weights`. Raises ArchcalcError for a module without that block.
    """
    paths = _paths(module, block)
    # the pooled map is the gated one
    feature_map = _array(_input_of(paths[block.pool], module, x)[0])
    weights = {}
    for name, node in (("reduce", block.reduce), ("expand", block.expand)):
        layer: Any = module.get_submodule(paths[node])
        matrix = _array(layer.weight.flatten(1))
        weights[name] = matrix
        bias = layer.bias
        weights[f"{name}_bias"] = frozen(np.zeros(len(matrix))) if bias is None else _array(bias)
    return feature_map, weights


def _paths(module: nn.Module, block: SEBlock) -> dict[str, str]:
    """Return the module paths of the block's layers by node id."""
    paths = {origin.id: path for path, origin in provenance(module).items()}
    missing = [node for _, node in block.steps if node not in paths]
    if missing:
        raise ArchcalcError(
            f"the module has no layer {missing[0]}: expected archcalc.to_torch's of this net"
        )
    return paths


def _input_of(path: str, module: nn.Module, x: Floats) -> torch.Tensor:
    """Run ``module`` on ``x`` up to the layer at ``path`` and return that layer's input."""
    import torch

    seen: list[torch.Tensor] = []

    def keep(_: nn.Module, inputs: tuple[Any, ...]) -> None:
        seen.append(inputs[0])
        raise _Reached

    hook = module.get_submodule(path).register_forward_pre_hook(keep)
    try:
        with torch.no_grad(), suppress(_Reached):
            module(_tensor(x, module))
    finally:
        hook.remove()
    return seen[0]


def _tensor(x: Floats, module: nn.Module) -> torch.Tensor:
    import torch

    like = next(module.parameters())
    return torch.tensor(x, dtype=like.dtype, device=like.device)


def _array(tensor: torch.Tensor) -> Floats:
    return frozen(np.array(tensor.detach().cpu().double().numpy()))
