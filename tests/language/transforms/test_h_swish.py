"""h-swish @N against the two nets that the paper prints, and against Table 1's own column."""

from __future__ import annotations

from typing import Any

import pytest

from archcalc import ArchcalcError, Spec, build, count, load, transform
from tests.each import each


def kinds(spec: Spec) -> list[tuple[str, str]]:
    """Return (row, activation) of every activation outside squeeze-and-excite."""
    return [
        (node.row_id, node.op.label)
        for node in build(spec).graph.nodes
        if node.op.name == "activation" and ".se." not in node.id
    ]


@pytest.mark.parametrize(
    ("name", "channels"), [("mobilenet_v3_large", 80), ("mobilenet_v3_small", 40)]
)
def test_v3_is_h_swish_at_its_own_channels(name: str, channels: int) -> None:
    """Figure 6: "placing h-swish at all layers with 80 channels or more (V3)"."""
    spec = load(name)
    for least in (channels, channels - 1):
        changed = transform(spec, {"h_swish": least})
        assert changed.document["rows"] == spec.document["rows"]
        assert kinds(changed) == kinds(spec)
    assert kinds(transform(spec, f"h_swish={channels + 1}")) != kinds(spec)


# the #out column of V3-Large's Table 1 after its first row, up to the classifier
OUT = [16, 24, 24, 40, 40, 40, 80, 80, 80, 80, 112, 112, 160, 160, 160, 960, 1280]


@each("least", [1, 16, 17, 24, 40, 80, 81, 112, 160, 960, 961, 1280])
def test_rows_of_table_1_from_that_many_channels_on(least: int) -> None:
    found = dict(kinds(transform(load("mobilenet_v3_large"), f"h_swish={least}")))
    assert list(found.values()) == ["hard_swish"] + [
        "hard_swish" if out >= least else "relu" for out in OUT
    ]


def test_it_costs_nothing_and_begins_anew() -> None:
    spec = load("mobilenet_v3_large")
    early, late = transform(spec, "h_swish=16"), transform(spec, "h_swish=112")
    for one in (early, late):
        assert count(build(one)).totals["madds"] == count(build(spec)).totals["madds"]
    # what the printed net had is what decides, not what an earlier step left
    assert transform(early, "h_swish=112") == late
    assert transform(late, "h_swish=16") == early


def test_other_nets_keep_their_activation_before_it() -> None:
    found = [kind for _, kind in kinds(transform(load("mobilenet_v2"), "h_swish=64"))]
    begin = found.index("hard_swish")
    assert set(found[:begin]) == {"relu6"}
    assert set(found[begin:]) == {"hard_swish"}
    vgg = dict(kinds(transform(load("vgg16"), "h_swish=512")))
    assert vgg["conv_9"] == "relu"
    assert vgg["conv_11"] == "hard_swish"


@each(
    ("name", "value", "message"),
    [
        ("mobilenet_v3_large", "0", "expected a whole number from 1 to"),
        ("mobilenet_v3_large", "sixteen", "expected a whole number from 1 to"),
        ("mobilenet_v3_large", 16.0, "expected a whole number from 1 to"),
        ("mobilenet_v3_large", True, "expected a whole number from 1 to"),
        ("mobilenet_v3_large", "²", "expected a whole number from 1 to"),
        ("mobilenet_v3_large", 1281, "no row with an activation has 1281 channels or more"),
        ("googlenet", 128, "cannot be applied within 'reduced', a block of layers"),
    ],
)
def test_what_is_refused(name: str, value: Any, message: str) -> None:
    with pytest.raises(ArchcalcError, match=message):
        transform(load(name), {"h_swish": value})
