"""`crosscheck`: our multiply-adds against fvcore's and FlopCounterMode's, layer by layer."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.base.number import Number
from archcalc.language.graph.net import Net
from archcalc.language.ops import Terms
from archcalc.models.nets.build import provenance, to_torch
from archcalc.models.nets.crosscheck_table import CrosscheckRow, CrosscheckTable
from archcalc.models.nets.equivalent import equivalent
from archcalc.models.nets.observe import Observed, cannot_run, observe, private_copy, zero_input

if TYPE_CHECKING:
    from torch import nn

_FVCORE_WORK = ("addmm", "bmm", "conv", "einsum", "linear", "matmul", "mm")
"""The operators of fvcore that are multiply-adds."""
_FVCORE_TERMS = {
    "batch_norm": "norm",
    "adaptive_avg_pool2d": "global_pool",
    "grid_sampler": "resample",
}
"""Our names of its other operators; the rest keep theirs."""

Known = Callable[[Observed], "tuple[str, Terms] | None"]
"""Returns the label and the terms of a layer; None for one unknown to archcalc."""


def crosscheck(
    net_or_module: Net | nn.Module, input_shape: Sequence[int] | None = None
) -> CrosscheckTable:
    """Count a net, or any torch module, with archcalc, fvcore and torch's FlopCounterMode.

    ``input_shape``: (channels, height, width) of one image, or with the batch in front; required
    for a module that is not from `to_torch`. All count a copy in eval mode: the module, its hooks,
    modes and statistics stay unchanged. FlopCounterMode runs on the meta device; it counts 2 FLOPs
    per multiply-add and is halved. fvcore runs on the CPU, since it traces.

    Raises MissingPackage without torch or fvcore, and ArchcalcError for a module that cannot be
    copied or run there.
    """
    _import_fvcore()
    if isinstance(net_or_module, Net):
        if input_shape is not None:
            raise ArchcalcError("a Net has its own input: build it at another resolution")
        return _crosscheck_net(net_or_module)
    module = private_copy(net_or_module)
    model = type(net_or_module).__name__
    for origin in provenance(module).values():
        model, input_shape = origin.net, input_shape or origin.net_input
    if input_shape is None:
        raise ArchcalcError("the crosscheck of a torch module needs its input_shape")
    return _compare(module, tuple(input_shape), model, _by_module)


def _crosscheck_net(net: Net) -> CrosscheckTable:
    """Count the net by our rules, and its torch module by the other counters."""
    import torch

    with torch.device("meta"):
        module = to_torch(net)
    # Counting reads no weights: zeros need no random draws.
    module = module.to_empty(device="cpu").eval()
    for value in (*module.parameters(), *module.buffers()):
        value.detach().zero_()
    origins = provenance(module)

    def by_node(layer: Observed) -> tuple[str, Terms] | None:
        if layer.path not in origins:
            return None
        node = net.graph.by_id[origins[layer.path].id]
        terms = node.op.terms(net.inputs_of(node), net.shapes[node.id])
        return node.op.label, terms.times(node.count)

    return _compare(module, net.input_shape, net.title, by_node)


def _by_module(layer: Observed) -> tuple[str, Terms] | None:
    """Count each layer of a module by its type and its shapes."""
    label, total = "", Terms()
    for given, made in layer.calls if layer.leaf else ():
        found = equivalent(layer.module, given, made)
        if found is None:
            return None
        label, total = found[0], _sum(total, found[1])
    return (label, total) if label else None


def _compare(
    module: nn.Module, shape: tuple[int, ...], model: str, known: Known
) -> CrosscheckTable:
    """Run the counters on ``module``, which is private, on the CPU and in eval mode."""
    import torch

    batched = (1, *shape) if len(shape) == 3 else shape
    with torch.random.fork_rng(devices=[]):  # a forward may draw random numbers
        fvcore = _fvcore(module, batched)
        observed, flops = observe(module, batched)
    origins = provenance(module)
    rows: list[CrosscheckRow] = []
    ours = 0
    terms: dict[str, Counter[str]] = {"fvcore": Counter(), "flopcounter": Counter()}
    for layer in observed:
        counted, halved = fvcore.own(layer), layer.flops // 2
        found = known(layer)
        origin = origins.get(layer.path)
        name = origin.id if origin else layer.path or type(layer.module).__name__
        if found is not None:
            label, cost = found
            madds = _int(cost.conv) + _int(cost.linear)
            extra = _fvcore_extra(layer.module, cost)
            ours += madds
            terms["fvcore"] += extra
            agreed = counted.total() - extra.total() == halved == madds
            if madds or not agreed:
                rows.append(CrosscheckRow(name, label, madds, counted.total(), halved, agreed))
            continue
        work = sum(counted[operator] for operator in _FVCORE_WORK)
        for operator in counted.keys() - set(_FVCORE_WORK):
            terms["fvcore"][_FVCORE_TERMS.get(operator, operator)] += counted[operator]
        if work or halved or _has_parameters(layer):
            label = origin.op if origin else _describe(layer)
            terms["fvcore"]["uncounted"] += work
            terms["flopcounter"]["uncounted"] += halved
            rows.append(CrosscheckRow(name, label, None, counted.total(), halved, None))
    totals = {"ours": ours, "fvcore": fvcore.total, "flopcounter": flops // 2}
    differences = {}
    for tool, named in terms.items():
        rest = totals[tool] - ours - named.total()
        differences[tool] = {**dict(sorted((+named).items())), "unexplained": rest}
    return CrosscheckTable(
        model=model,
        input=shape,
        layers=tuple(rows),
        totals=totals,
        differences=differences,
        uncounted={"fvcore": fvcore.skipped},
    )


def _fvcore_extra(module: nn.Module, terms: Terms) -> Counter[str]:
    """Return what fvcore counts beyond a known layer's multiply-adds, by term."""
    from torch import nn

    # One operation to normalise an element, one more to scale and shift it.
    extra = Counter(norm=_int(terms.norm) * (1 if getattr(module, "affine", True) is False else 2))
    # Only the average: fvcore has no rule for max pooling.
    if not isinstance(module, nn.AdaptiveMaxPool2d):
        extra["global_pool"] = _int(terms.global_pool)
    extra["resample"] = 4 * _int(terms.resample)
    return extra


def _int(term: Number) -> int:
    assert isinstance(term, int)  # a built net holds plain numbers
    return term


def _has_parameters(layer: Observed) -> bool:
    """Whether a layer, or the forward of a module above layers, has weights of its own."""
    return next(layer.module.parameters(recurse=layer.leaf), None) is not None


def _describe(layer: Observed) -> str:
    name = type(layer.module).__name__
    return name if layer.leaf else f"{name}, outside its layers"


def _sum(a: Terms, b: Terms) -> Terms:
    names = a.nonzero().keys() | b.nonzero().keys()
    return Terms(**{name: getattr(a, name) + getattr(b, name) for name in names})


@dataclass(frozen=True)
class _Fvcore:
    """fvcore's counts by module path and operator."""

    counts: dict[str, Counter[str]]
    total: int
    skipped: dict[str, int]

    def own(self, layer: Observed) -> Counter[str]:
        """Return its counts in a layer, or in a module outside the layers that it calls."""
        counts = Counter(self.counts.get(layer.path, Counter()))
        for path in () if layer.leaf else layer.called:
            counts.subtract(self.counts.get(path, Counter()))
        return counts


def _fvcore(module: nn.Module, shape: tuple[int, ...]) -> _Fvcore:
    import torch

    analysis = _import_fvcore()(module, zero_input(module, shape))
    # It warns of operators that it does not count, which are in the table, and of torch's
    # deprecations.
    analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
    analysis.tracer_warnings("none").ancestor_mode("caller")
    with torch.no_grad(), torch.device("cpu"):
        try:
            found = analysis.by_module_and_operator()
        except Exception as error:  # a module may fail in any way
            raise cannot_run(module, shape, error) from error
    counts = {
        path: Counter({op: int(n) for op, n in found[analysis.canonical_module_name(path)].items()})
        for path, _ in module.named_modules(remove_duplicate=False)
    }
    skipped = {op: int(n) for op, n in sorted(analysis.unsupported_ops().items())}
    return _Fvcore(counts, counts[""].total(), skipped)


def _import_fvcore() -> Any:
    """Return fvcore's counter; its import warns of torch's deprecations."""
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise MissingPackage("crosscheck", "torch", "crosscheck") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from fvcore.nn import FlopCountAnalysis
    except ImportError as error:
        raise MissingPackage("crosscheck", "fvcore", "crosscheck") from error
    return FlopCountAnalysis
