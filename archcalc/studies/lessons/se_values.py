"""Squeeze-and-excite in its three steps, on actual values.

`excite` is Hu et al. 2018 (arXiv:1709.01507), equations 2 to 4, in numpy. `squeeze_excite` runs a
net on a real image and applies `excite` to the feature map and weights of one of its blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy.typing as npt

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import sides_text, size_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_exact, format_percent, percent
from archcalc.cost.counting.table import count
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.models.nets.fold_norm import eval_copy
from archcalc.studies.lessons.arrays import Floats, finite, frozen
from archcalc.studies.lessons.functions import function_named
from archcalc.studies.lessons.scans import digit, network_input
from archcalc.studies.lessons.se_in_graph import named_block
from archcalc.studies.lessons.se_in_module import run_block, seeded_module

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, eq=False)
class Weights:
    """The two layers of a block, from C channels to R and back."""

    reduce: Floats
    """W₁, (R, C)."""
    reduce_bias: Floats
    """(R,)"""
    expand: Floats
    """W₂, (C, R)."""
    expand_bias: Floats
    """(C,)"""


@dataclass(frozen=True, eq=False)
class Excitation:
    """All values from a feature map to the scaled one; arrays are read-only."""

    u: Floats
    """The feature map, (C, H, W)."""
    z: Floats
    """Squeeze: the mean of each channel, (C,)."""
    hidden: Floats
    """s1 = δ(W₁ z + b₁), (R,)."""
    s: Floats
    """Excite: the gate of each channel, σ(W₂ s1 + b₂), (C,)."""
    scaled: Floats
    """Scale: s_c · u_c, (C, H, W)."""


def excite(u: npt.ArrayLike, weights: Weights, *, act: str, gate: str) -> Excitation:
    """Squeeze, excite and scale a feature map.

    ``u``: (C, H, W). ``act`` and ``gate`` are δ and σ, by any name of an activation: ReLU and
    sigmoid in the paper, ReLU and h-sigmoid in MobileNetV3. Raises ArchcalcError where the
    weights do not fit the map.
    """
    feature_map = finite(u, "u")
    if feature_map.ndim != 3:
        raise ArchcalcError(f"u: (channels, height, width), not {feature_map.ndim} dimensions")
    channels, squeezed = len(feature_map), len(weights.reduce)
    shapes = {
        "reduce": (squeezed, channels),
        "reduce_bias": (squeezed,),
        "expand": (channels, squeezed),
        "expand_bias": (channels,),
    }
    for name, shape in shapes.items():
        found = getattr(weights, name).shape
        if found != shape:
            raise ArchcalcError(f"{name}: {shape} for {channels} channels, not {found}")
    delta, sigma = function_named(act), function_named(gate)
    z = feature_map.mean((1, 2))
    hidden = delta.value(weights.reduce @ z + weights.reduce_bias, 1.0)
    s = sigma.value(weights.expand @ hidden + weights.expand_bias, 1.0)
    return Excitation(
        feature_map,
        frozen(z),
        frozen(hidden),
        frozen(s),
        frozen(feature_map * s[:, None, None]),
    )


@dataclass(frozen=True, eq=False)
class SqueezeExciteRun(Table):
    """One block of a net on one image: its values, and the cost of each step."""

    net: Net
    block: str
    """The block's id; `blocks` lists all of the net."""
    blocks: tuple[str, ...]
    act: str
    """δ: the activation between the two layers."""
    gate: str
    """σ: the activation of the gate."""
    image: Floats
    """The net's input, (channels, height, width)."""
    weights: Weights
    values: Excitation
    steps: tuple[Record, ...] = field(repr=False)
    """One record per layer of the block: step, op, output, params, madds."""
    net_params: int
    net_madds: int
    seeded: bool
    """Whether the weights are random from a seed; else those of the given module."""

    @property
    def params(self) -> int:
        """Parameters of the block."""
        return sum(step["params"] for step in self.steps)

    @property
    def madds(self) -> int:
        """Multiply-adds of the block, under the convention "paper"."""
        return sum(step["madds"] for step in self.steps)

    @property
    def params_share(self) -> float:
        """The block's parameters in percent of the net's."""
        return percent(self.params, self.net_params) or 0.0

    @property
    def madds_share(self) -> float:
        """The block's multiply-adds in percent of the net's."""
        return percent(self.madds, self.net_madds) or 0.0

    @property
    def channels(self) -> list[Record]:
        """Return one record per channel: its mean before, its gate, its mean after."""
        after = self.values.scaled.mean((1, 2))
        return [
            {"channel": channel, "z": float(z), "gate": float(s), "scaled_mean": float(mean)}
            for channel, (z, s, mean) in enumerate(
                zip(self.values.z, self.values.s, after, strict=True)
            )
        ]

    @property
    def title(self) -> str:
        shape: tuple[int, ...] = self.values.u.shape
        map_size = sides_text(*shape[1:], shape[0])
        return f"squeeze-and-excite · {self.net.title} · {self.block} on {map_size}"

    def summary(self) -> Sequence[str]:
        """Return the block's share of the net."""
        params, madds = format_percent(self.params_share), format_percent(self.madds_share, 4)
        return [
            f"{format_exact(self.params)} parameters, {params} of the net",
            f"{format_exact(self.madds)} MAdds, {madds} of the net",
        ]

    def records(self) -> list[Record]:
        return list(self.steps)

    def notes(self) -> Sequence[str]:
        """Return the uncounted products, and a remark on random weights."""
        products = f"the scaling's {format_exact(self.values.u.size)} products"
        notes = [f"{products} count as no MAdds under the convention paper"]
        if self.seeded:
            notes.append(
                "the weights are drawn from a seed: which channel the gate raises is arbitrary"
            )
        return notes

    def to_dict(self) -> Record:
        values = self.values
        return {
            "model": self.net.name,
            "block": self.block,
            "act": self.act,
            "gate": self.gate,
            "shape": list(values.u.shape),
            "squeezed": len(values.hidden),
            "params": self.params,
            "madds": self.madds,
            "rows": self.records(),
            "hidden": values.hidden.tolist(),
            "channels": self.channels,
        }


def squeeze_excite(
    net: Net | str = "mobilenet_v3_small",
    image: npt.ArrayLike | None = None,
    *,
    block: str | None = None,
    module: nn.Module | None = None,
    seed: int = 0,
) -> SqueezeExciteRun:
    """Run ``net`` on a real image and return one of its squeeze-and-excite blocks.

    ``image``: (H, W) of values from 0 to 1, enlarged to the net's input; default: a digit 0.
    ``block``: its id (default: the first). ``module``: a module of `archcalc.to_torch` for this
    net, with weights of its own, in eval mode or not; it is not changed. Without one the weights
    are random from ``seed``, and the norms have the statistics of the first ten digits.

    Raises ArchcalcError for a net without squeeze-and-excite, UnknownName for an unknown block,
    and MissingPackage without torch or scikit-learn.
    """
    if not isinstance(net, Net):
        net = build(net)
    chosen, names = named_block(net, block)
    scan = finite(digit() if image is None else image, "image")
    if scan.ndim != 2:
        raise ArchcalcError(f"image: (height, width), not {scan.ndim} dimensions")
    x = network_input(scan[None], net.size, net.input_shape[0])
    run = seeded_module(net, chosen, seed) if module is None else eval_copy(module)
    u, layers = run_block(run, chosen, x)
    weights = Weights(**layers)
    table = count(net)
    costs = {layer.node.id: layer for layer in table.layers}
    # an activation's label is its name
    act, gate = (costs[node].node.op.label for node in (chosen.delta, chosen.sigma))
    return SqueezeExciteRun(
        net=net,
        block=chosen.name,
        blocks=names,
        act=act,
        gate=gate,
        image=frozen(x[0]),
        weights=weights,
        values=excite(u, weights, act=act, gate=gate),
        steps=tuple(
            {
                "step": step,
                "op": costs[node].node.op.label,
                "output": size_text(costs[node].output),
                "params": costs[node].params,
                "madds": costs[node].madds,
            }
            for step, node in chosen.steps
        ),
        net_params=table.params,
        net_madds=table.madds,
        seeded=module is None,
    )
