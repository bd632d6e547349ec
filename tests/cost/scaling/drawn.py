"""Random choices of widths, sizes, prune ratios and transforms of the zoo's nets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from archcalc.language.graph.build import graph_of
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec

SETS: dict[str, list[str]] = {
    "efficientnet_b0": ["", "se=off", "residual=ordinary,t=3", "kernel=3,head=classes:7"],
    "densenet121": ["", "act=swish", "head=classes:7"],
    "googlenet": ["", "act=hard_swish", "head=embedding:128"],
    "inception_v2": ["", "act=relu6", "head=classes:7"],
    "mnasnet_a1": ["", "se=off", "se=on,kernel=5", "conv=full"],
    "mnasnet_small": ["", "se=off,act=relu6", "se=on", "head=embedding:128"],
    "mobilenet_v1": [
        "",
        "act=relu6",
        "kernel=5",
        "head=classes:7",
        "kernel=3x5,head=landmarks:68",
        "conv=full",
    ],
    "mobilenet_v1_conv": ["", "act=swish", "head=multilabel:40"],
    "mobilenet_v2": [
        "",
        "se=on",
        "kernel=5,se=on",
        "act=relu,head=regression:4",
        "residual=ordinary,t=3",
        "conv=full,residual=none",
        "bottleneck=nonlinear",
    ],
    "mobilenet_v3_large": [
        "",
        "se=off",
        "se=on",
        "act=relu",
        "kernel=3",
        "residual=ordinary",
        "t=4",
    ],
    "mobilenet_v3_large_minimalistic": ["", "se=on", "act=hard_swish,kernel=5"],
    "mobilenet_v3_small": ["", "se=off", "se=on,kernel=7", "act=relu6,se=off"],
    "mobilenet_v3_small_minimalistic": ["", "se=on,act=hard_swish"],
    "mobilenet_v4_conv_small": ["", "kernel=5,t=4", "act=relu6,head=multilabel:40"],
    "nasnet_a_mobile": ["", "act=swish", "head=embedding:128"],
    "proxylessnas_mobile": ["", "se=on,t=6", "kernel=3", "act=relu,head=classes:10"],
    "resnet18": ["", "act=relu6", "head=multilabel:40"],
    "resnet50": ["", "se=on", "head=embedding:128"],
    "se_inception": ["", "se=off", "act=swish,se=off"],
    "se_resnet50": ["", "se=off", "act=relu6,se=off", "head=regression:4"],
    "shufflenet_1_5": ["", "kernel=5", "act=hard_swish,head=classes:10"],
    "shufflenet_2_0": ["", "kernel=3x5", "act=relu6"],
    "vgg16": ["", "act=relu6", "conv=separable", "head=classes:10"],
}
"""Nets of every kind, and transforms that apply to each."""

ZOO = list(SETS)

Draw = Callable[[Any], Any]

ratios = st.integers(0, 9500).map(lambda k: f"{k / 10_000:.4f}")
sides = st.integers(32, 320)
resolutions = st.one_of(sides, st.tuples(sides, sides), sides.map(str))


@st.composite
def widths(draw: Draw, name: str) -> str:
    """Draw a width multiplier, 1 where the net has no other."""
    if load(name).head.rounding is None:
        return "1"
    return f"{draw(st.integers(500, 25_000)) / 10_000:.4f}"


@st.composite
def prunes(draw: Draw, source: str | Spec) -> Any:
    """Draw nothing, one ratio, or ratios by stage, row and group at once."""
    graph = graph_of(load(source))
    stages = st.sampled_from([f"stage_{group.stage}" for group in graph.prunable])
    rows = st.sampled_from([group.rows[0] for group in graph.prunable])
    groups = st.sampled_from([group.name for group in graph.prunable])
    named = st.dictionaries(st.one_of(stages, rows, groups), ratios, min_size=1, max_size=5)
    return draw(st.one_of(st.just(0), ratios, named))
