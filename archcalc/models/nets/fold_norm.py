"""Folds batch norms into the convolutions before them, as deployed nets do.

In eval mode a batch norm scales and shifts each channel by constants, so a convolution followed by
a norm is one convolution with other weights.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, shorten

if TYPE_CHECKING:
    from torch import fx, nn

FORWARD_HOOKS = (
    "_forward_hooks",
    "_forward_hooks_with_kwargs",
    "_forward_hooks_always_called",
    "_forward_pre_hooks",
    "_forward_pre_hooks_with_kwargs",
)


def is_leaf(module: nn.Module) -> bool:
    """Whether ``module`` is one layer: it has no children, is torch's own, or is compiled.

    torch's containers are not layers; its composites are (attention, transformer layers), as
    their fast paths never call their children.
    """
    import torch
    from torch import nn

    if isinstance(module, torch.jit.ScriptModule) or next(module.children(), None) is None:
        return True
    # fx replaces a user's container by a plain nn.Module with children.
    if type(module) in {nn.Module, nn.Sequential, nn.ModuleList, nn.ModuleDict}:
        return False
    return type(module).__module__.startswith(("torch.nn.", "torch.ao.nn."))


def layers_and_above(module: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """Yield each module once, with the first of its paths, down to the layers."""
    seen: set[nn.Module] = set()
    pending = [("", module)]
    while pending:
        here, part = pending.pop()
        if part in seen:
            continue
        seen.add(part)
        yield here, part
        if not is_leaf(part):
            prefix = f"{here}." if here else ""
            below = [(f"{prefix}{name}", child) for name, child in part.named_children()]
            pending += reversed(below)


def eval_copy(module: nn.Module) -> nn.Module:
    """Return a private copy of ``module`` in eval mode; the original is not touched.

    Raises ArchcalcError for anything that is not a module or cannot be copied.
    """
    from torch import nn

    if not isinstance(module, nn.Module):
        raise ArchcalcError(f"expected a torch.nn.Module, not {type(module).__name__}")
    try:
        return copy.deepcopy(module).eval()
    except Exception as error:  # a module may raise anything
        raise ArchcalcError(
            f"{type(module).__name__} cannot be copied, and archcalc works on a copy only: "
            f"{first_line(error)}"
        ) from error


def fold_norm(module: nn.Module) -> tuple[nn.Module, dict[str, list[str]]]:
    """Fold every possible batch norm into the convolution before it.

    Returns an eval-mode copy, and for each convolution's path the paths of the norms folded into
    it. Paths are those of ``module``, which is not changed. A norm is folded if it has running
    statistics, its only input is a convolution without other users, both are called once, and
    neither has a hook, a parametrization or a forward of its own. Any other norm stays in the
    copy and is not in the mapping.

    Raises ArchcalcError if the module cannot be traced by `torch.fx`.
    """
    from torch import fx

    private = eval_copy(module)
    if is_leaf(private):
        return private, {}
    graph = _trace(private)
    absorbed: dict[str, list[str]] = {}
    for node in list(graph.nodes):
        pair = _foldable(private, graph, node)
        if pair is None:
            continue
        source, fused = pair
        _replace(private, str(source.target), fused)
        absorbed.setdefault(str(source.target), []).append(str(node.target))
        node.replace_all_uses_with(source)
        graph.erase_node(node)
    # Copies over only what the graph still calls, so the folded norms disappear.
    folded = fx.GraphModule(private, graph, type(module).__name__).eval()
    for name in FORWARD_HOOKS:  # tracing runs the hooks of every module but the root
        setattr(folded, name, getattr(private, name))
    return folded, absorbed


def _trace(module: nn.Module) -> fx.Graph:
    """Trace ``module`` as called with its required inputs only."""
    from torch import fx

    class LayerTracer(fx.Tracer):
        def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
            return is_leaf(m)

    # With an optional input as a proxy, a test such as `mask is None` would be wrong.
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(module.forward).parameters.items()
        if parameter.kind in kinds and parameter.default is not inspect.Parameter.empty
    }
    try:
        return LayerTracer().trace(module, concrete_args=defaults or None)
    except Exception as error:  # a forward may raise anything on a proxy
        raise ArchcalcError(
            f"{type(module).__name__} cannot be traced by torch.fx, so its norms cannot be "
            f"folded; measure it with runtime='eager' ({first_line(error)})"
        ) from error


def _foldable(root: nn.Module, graph: fx.Graph, node: fx.Node) -> tuple[fx.Node, nn.Module] | None:
    """Return the convolution to fold the norm at ``node`` into, and the folded one."""
    from torch import fx, nn
    from torch.nn.modules.batchnorm import _BatchNorm
    from torch.nn.utils.fusion import fuse_conv_bn_eval

    norm = _called(root, node)
    if not isinstance(norm, nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d):
        return None
    source = node.args[0] if len(node.args) == 1 and not node.kwargs else None
    if not isinstance(source, fx.Node) or set(source.users) != {node}:
        return None
    conv = _called(root, source)
    if not isinstance(conv, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        return None
    # A subclass with its own forward may do more: timm's also applies an activation.
    plain_norm = type(norm).forward is _BatchNorm.forward and norm.running_mean is not None
    if not plain_norm or norm.training or not (_is_bare(conv) and _is_bare(norm)):
        return None
    if not (_is_used_once(root, graph, conv) and _is_used_once(root, graph, norm)):
        return None
    fused: nn.Module = fuse_conv_bn_eval(conv, norm)
    exact = type(conv) in {nn.Conv1d, nn.Conv2d, nn.Conv3d}
    return (source, fused) if exact or _acts_alike(conv, norm, fused) else None


def _called(root: nn.Module, node: fx.Node) -> nn.Module | None:
    """Return the module that a node of the graph calls."""
    return root.get_submodule(str(node.target)) if node.op == "call_module" else None


def _is_bare(module: nn.Module) -> bool:
    """Whether a layer has no hook, no forward of its own and no computed weight."""
    if "forward" in vars(module) or any(getattr(module, name) for name in FORWARD_HOOKS):
        return False
    # Parametrizations and weight norms replace the parameter by one computed at each call.
    return all(name in module._parameters for name in ("weight", "bias"))


def _is_used_once(root: nn.Module, graph: fx.Graph, module: nn.Module) -> bool:
    """Whether the graph calls ``module`` once and does not read its parameters."""
    paths = {name for name, other in root.named_modules(remove_duplicate=False) if other is module}
    calls = [node for node in graph.nodes if node.op == "call_module" and node.target in paths]
    reads = [
        node
        for node in graph.nodes
        if node.op == "get_attr" and str(node.target).rpartition(".")[0] in paths
    ]
    return len(calls) == 1 and not reads


def _acts_alike(conv: nn.Module, norm: nn.Module, fused: nn.Module) -> bool:
    """Test a convolution of a user's class on data: it may pad or compute its weights itself.

    Computed weights (weight standardisation) would undo the folding. Large negative inputs beside
    small ones reveal non-linear behaviour.
    """
    import torch

    weight: Any = conv.weight
    sides = [4 + 3 * size for size in weight.shape[2:]]
    generator = torch.Generator().manual_seed(0)  # the global random state stays as it is
    shape = (1, conv.in_channels, *sides)
    noise = torch.randn(*shape, generator=generator, dtype=torch.float32, device="cpu")
    noise = noise.to(device=weight.device, dtype=weight.dtype)
    tolerance = torch.finfo(weight.dtype).eps ** 0.5
    for scale in (1.0, -100.0):
        try:
            with torch.no_grad():
                expected, found = norm(conv(noise * scale)), fused(noise * scale)
                error, size = (found - expected).abs().max(), expected.abs().max()
        except Exception:  # noqa: BLE001  # a forward that fails is not folded
            return False
        if not bool(error <= tolerance * size):
            return False
    return True


def _replace(root: nn.Module, path: str, module: nn.Module) -> None:
    """Put ``module`` at ``path`` below ``root``."""
    parent, _, name = path.rpartition(".")
    setattr(root.get_submodule(parent), name, module)


def first_line(error: Exception) -> str:
    """Return an error's type and the first line of its text."""
    text = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {shorten(text, 160)}" if text else type(error).__name__
