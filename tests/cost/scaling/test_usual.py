"""The usual variants: the papers' own, all of which can be built."""

from __future__ import annotations

import archcalc
from archcalc import build
from archcalc.cost.scaling.usual import ENOUGH, fine_widths, usual_resolutions, usual_widths
from archcalc.language.graph.build import parse_resolution
from archcalc.language.spec.spec import Spec
from tests.each import each

GROUPED = """\
archcalc: 1
name: grouped
input: 48x32x3
rounding: {method: truncate, min: 2}
rows:
- {id: stem, op: conv2d 3x3, out: 8, s: 2}
- {op: conv2d 3x3, out: 8, groups: 4}
"""
"""Four groups cannot share the channels of most widths."""


@each("name", archcalc.zoo_names())
def test_every_choice_can_be_built_and_the_papers_own_are_among_them(name: str) -> None:
    net = build(name)
    widths, sides = usual_widths(net), usual_resolutions(net)
    assert len(sides) >= ENOUGH
    assert net.size in sides
    for width in fine_widths(net):
        for side in (sides[0], sides[-1]):
            build(name, width=width, resolution=side)
    for claim in net.spec.claims:
        assert f"{claim.width:g}" in widths
        assert parse_resolution(claim.resolution, net.size) in sides
    assert (len(widths) > 1) == (net.spec.rounding is not None)
    assert widths == sorted(widths, key=float)
    assert set(widths) <= set(fine_widths(net))


def test_the_mobilenets_resolutions() -> None:
    assert [side for side, _ in usual_resolutions(build("mobilenet_v1"))] == [128, 160, 192, 224]
    # of V3's paper one is printed: the others are those of V1 and V2
    sides = usual_resolutions(build("mobilenet_v3_large"))
    assert [side for side, _ in sides] == [96, 128, 160, 192, 224]


def test_the_nets_own_variant_is_among_them() -> None:
    net = build("mobilenet_v2", width=0.6, resolution="200x104")
    assert "0.6" in usual_widths(net)
    assert (200, 104) in usual_resolutions(net)


def test_resolutions_keep_the_shape_of_the_input() -> None:
    sides = usual_resolutions(build(Spec(GROUPED)))
    assert (48, 32) in sides
    assert all(height > width for height, width in sides)


def test_widths_that_grouped_layers_cannot_split_are_left_out() -> None:
    net = build(Spec(GROUPED))
    widths = usual_widths(net)
    assert {"0.5", "1"} <= set(widths)
    assert "0.25" not in widths
    for width in fine_widths(net):
        first = build(net.spec, width=width).graph.nodes[0].id
        assert build(net.spec, width=width).shapes[first][0] % 4 == 0
