"""Every block against the papers' formulas, torch, its own layers and the grid."""

from __future__ import annotations

import pytest
import torch
from pydantic import ValidationError
from torch.utils.flop_counter import FlopCounterMode

from archcalc import Net, SpecError, build, count, sweep, to_torch
from archcalc.language.blocks import BLOCKS
from archcalc.language.spec.spec import Spec
from tests.each import each
from tests.language.blocks.cases import CASES, Case

HEAD = "archcalc: 1\nname: one\ninput: 12x12x8\nrounding: {method: divisible, divisor: 2}\nrows:\n"
cases = each("case", [case for listed in CASES.values() for case in listed])


def spec_of(rows: str) -> Spec:
    return Spec(HEAD + "".join(f"- {row}\n" for row in rows.splitlines()))


def net_of(case: Case) -> Net:
    return build(spec_of(case.rows))


def test_every_block_has_cases() -> None:
    assert set(CASES) == set(BLOCKS)
    assert all(CASES.values())


@cases
def test_shape_and_parameters_are_those_of_the_paper_and_of_torch(case: Case) -> None:
    net = net_of(case)
    module = to_torch(net).eval()
    with torch.no_grad():
        made = module(torch.zeros(2, *net.input_shape))
    assert tuple(made.shape) in ((2, *case.shape), (2, case.shape[0]))
    assert net.shapes[net.graph.nodes[-1].id] == case.shape
    held = sum(parameter.numel() for parameter in module.parameters())
    assert count(net).params == case.params == held


@cases
def test_multiply_adds_are_those_of_its_parts_and_of_torch(case: Case) -> None:
    net = net_of(case)
    table = count(net, "paper:no_norm")
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        to_torch(net).eval()(torch.zeros(1, *net.input_shape))
    weighted = [layer.terms for layer in table.layers]
    assert 2 * sum(one.conv + one.linear for one in weighted) == counter.get_total_flops()
    assert table.madds == sum(layer.madds for layer in table.layers)


@cases
def test_the_grid_equals_count(case: Case) -> None:
    spec = spec_of(case.rows)
    if "linear" in case.rows or "fc" in case.rows:
        widths, sides = ["0.5", "1"], [12]
    else:
        widths, sides = ["0.5", "1", "2"], [12, 16]
    for record in sweep(spec, widths=widths, resolutions=sides, multiple=2).records():
        net = build(spec, width=record["width"], resolution=record["resolution"])
        alone = count(net).totals
        assert {name: record[name] for name in ("madds", "params", "peak_memory_bytes")} == {
            name: alone[name] for name in ("madds", "params", "peak_memory_bytes")
        }


ACTIVATIONS = {
    "adjust": [1, 1, 0, 0],  # before the 1x1 convolution, where there is one
    "bneck": [2, 1, 4],  # none after the projection; two within squeeze-and-excite
    "bottleneck": [2, 1, 3, 3, 3],  # the last three are not linear
    "conv": [1, 0, 0, 0, 0],
    "dense_layer": [2, 1],
    "linear": [0, 1],
    "predictor": [0, 0, 1, 0],
    "residual": [2, 2, 3, 2],  # the last of a block is after the addition
    "sepconv": [2, 0, 2],
    "shuffle_unit": [2, 2],
    "squeeze_excite": [2],
    "transition": [1, 1],
    "uib": [2, 1, 2],
}
"""How many activations the papers' drawings of each case have."""


def test_activations_are_those_of_the_papers_drawings() -> None:
    for name, listed in CASES.items():
        for case, expected in zip(listed, ACTIVATIONS.get(name, [0] * len(listed)), strict=True):
            made = [node for node in net_of(case).graph.nodes if node.row_id not in ("a", "b")]
            assert sum(node.op.name == "activation" for node in made) == expected, case


def test_a_shuffle_unit_adds_at_least_one_channel() -> None:
    unit = "{op: shuffle_unit, out: 4, groups: 1, s: 2, act: relu}"
    assert build(spec_of("{op: conv2d 1x1, out: 3}\n" + unit)).shapes
    with pytest.raises(SpecError, match="more than the input's 4"):
        build(spec_of("{op: conv2d 1x1, out: 4}\n" + unit))


DEFAULTS = {
    "conv": {"stride": 1, "pad": "same", "dilation": 1, "bn": False, "bias": None, "groups": 1},
    "dwconv": {"stride": 1, "pad": "same", "dilation": 1, "bn": False, "multiplier": 1},
    "sepconv": {"stride": 1, "dilation": 1, "bn": False, "bias": None, "linear_end": False},
    "bottleneck": {"kernel": (3, 3), "stride": 1, "linear": True, "shortcut": "narrow"},
    "bneck": {"kernel": (3, 3), "stride": 1, "conv": "separable", "se": None},
    "dense_layer": {"bottleneck": 4},
    "linear": {"bias": True, "act": None},
    "predictor": {"kernel": (1, 1), "values": 0, "classes": 0, "depthwise": False, "linear": False},
    "residual": {"stride": 1, "stride_on": "first", "shortcut": "wide", "conv": "full"},
    "shuffle_unit": {"first_groups": None, "kernel": (3, 3), "stride": 1},
    "transition": {"kernel": (1, 1)},
    "uib": {"variant": None, "start": None, "kernel": None, "stride": 1, "pad": "same"},
}


def test_what_a_row_leaves_out() -> None:
    for name, expected in DEFAULTS.items():
        fields = BLOCKS[name].model_fields
        assert {field: fields[field].default for field in expected} == expected


MOST = 2**20
BOUNDS = [
    ("conv", {"kernel": 1, "out": 1}, {"out": (1, MOST), "dilation": (1, 255), "stride": (1, 255)}),
    ("conv", {"kernel": 1, "out": 1}, {"groups": (1, None)}),
    ("dwconv", {"kernel": 1}, {"multiplier": (1, MOST), "dilation": (1, 255)}),
    ("sepconv", {"kernel": 1, "out": 1}, {"dilation": (1, 255), "out": (1, MOST)}),
    ("bottleneck", {"act": None, "out": 1, "t": 1}, {"t": (1, MOST), "stride": (1, 255)}),
    ("bneck", {"act": None, "out": 1, "exp": 1}, {"exp": (1, MOST)}),
    ("uib", {"act": None, "out": 1, "exp": 1}, {"exp": (1, MOST)}),
    ("dense_layer", {"layers": [1], "growth": 1, "act": None}, {"bottleneck": (1, MOST)}),
    (
        "predictor",
        {"anchors": 1},
        {"anchors": (1, MOST), "values": (0, MOST), "classes": (0, MOST)},
    ),
    ("shuffle_unit", {"out": 4, "groups": 1, "act": None}, {"groups": (1, None)}),
    ("shuffle_unit", {"out": 4, "groups": 1, "act": None}, {"first_groups": (1, None)}),
]


@each(("name", "given", "bounds"), BOUNDS)
def test_bounds_are_in_and_what_is_beyond_is_refused(
    name: str, given: dict[str, object], bounds: dict[str, tuple[int, int | None]]
) -> None:
    block = BLOCKS[name]
    for field, (least, most) in bounds.items():
        for value in (least, most):
            if value is not None:
                assert getattr(block(**given | {field: value}), field) == value
        for value in (least - 1, most and most + 1, 1.0, True):
            if value is not None:
                with pytest.raises(ValidationError):
                    block(**given | {field: value})


@each(
    ("rows", "words"),
    [
        ("{op: shuffle_unit, out: 10, groups: 2, s: 2, act: relu}", "a multiple of 4"),
        ("{op: shuffle_unit, out: 16, groups: 2, act: relu}", "expected the input's 8 channels"),
        ("{op: shuffle_unit, out: 8, groups: 2, s: 2, act: relu}", "more than the input's 8"),
        ("{op: predictor, anchors: 1}", "predicts 0 values"),
        ("{op: transition, compression: 0.1, act: relu}", "nothing is left of 8"),
        ("{op: transition, compression: 0, act: relu}", "above 0 and at most 1"),
        ("{op: transition, compression: 1.01, act: relu}", "above 0 and at most 1"),
        ("{op: residual, layers: [[1x1, 8]], act: relu, stride_on: 3x3}", "no 3x3 convolution"),
        ("{op: se, se: {ratio: 0}}", "above 0 and at most 1"),
        ("{op: se, se: {ratio: true}}", "a ratio above 0 and at most 1, such as 0.25"),
    ],
)
def test_what_a_block_cannot_be_is_refused(rows: str, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        build(spec_of(rows))


def test_one_map_is_no_sum() -> None:
    with pytest.raises(SpecError, match="add"):
        build(spec_of("{id: a, op: relu}\n{op: add, from: [a]}"))
