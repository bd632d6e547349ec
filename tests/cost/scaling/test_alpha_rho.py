"""α²ρ² against the exact count: the reasons sum to the difference."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc.base.errors import ArchcalcError
from archcalc.cost.counting.table import count
from archcalc.cost.scaling.alpha_rho import AgainstClosedForm, closed_form
from archcalc.cost.scaling.sweeping import sweep
from archcalc.language.graph.build import build
from tests.cost.scaling.drawn import ZOO, resolutions, widths
from tests.each import each
from tests.zoo import few

NEITHER = """\
archcalc: 1
name: inner
input: 8x8x8
rounding: {method: truncate, min: 1}
rows:
- {op: conv2d, kernel: 1, out: 40}
- {op: conv2d, kernel: 3, out: 80}
- {op: conv2d, kernel: 1, out: 40}
"""


@pytest.mark.parametrize("name", few(ZOO))
@settings(max_examples=15)
@given(data=st.data())
def test_the_reasons_sum_to_the_difference(name: str, data: st.DataObject) -> None:
    net = build(name, width=data.draw(widths(name)), resolution=data.draw(resolutions))
    found = closed_form(net)
    assert found.exact == count(net).madds
    assert sum(found.reasons.values(), Fraction(0)) == found.exact - found.predicted
    alpha = Fraction(round(net.width * 10_000), 10_000)
    rho2 = Fraction(net.size[0] * net.size[1], 224 * 224)
    assert found.predicted == printed_madds(name) * alpha**2 * rho2


@cache
def printed_madds(name: str) -> int:
    return count(build(name)).madds


@each("name", ZOO)
def test_the_printed_net_is_its_own_closed_form(name: str) -> None:
    found = closed_form(build(name))
    assert found.reasons == {}
    assert found.difference_percent == 0


def test_where_nothing_is_rounded_the_layers_explain_it_all() -> None:
    """Half and double the width of V1, at resolutions that its strides divide."""
    for width, resolution in (("0.5", 192), ("2", 448), ("0.25", 128)):
        assert (
            "rounding"
            not in closed_form(build("mobilenet_v1", width=width, resolution=resolution)).reasons
        )


def test_layers_between_scaled_channels_need_no_reason(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("specs") / "inner.yaml"
    path.write_text(NEITHER)
    found = closed_form(build(path, width="0.5", resolution=16))
    # the first layer reads 8 channels that do not scale: α, where the closed form says α²
    assert found.reasons == {"first layer (its image does not scale)": Fraction(8 * 40 * 256) / 4}


def test_reasons_of_mobilenet_v1() -> None:
    """The first layer, depthwise layers and the classifier scale by α alone: α² is too low."""
    found = closed_form(build("mobilenet_v1", width="0.5"))
    assert set(found.reasons) == {
        "first layer (its image does not scale)",
        "depthwise layers (α, not α²)",
        "classifier (its outputs do not scale, nor its one pixel)",
    }
    assert all(part > 0 for part in found.reasons.values())
    records = found.records()
    assert [r["madds"] for r in records] == sorted((r["madds"] for r in records), reverse=True)
    assert sum(r["percent"] for r in records) == pytest.approx(found.difference_percent, abs=1e-3)


def test_the_head_of_v2_that_never_narrows() -> None:
    assert "layers that never narrow" in closed_form(build("mobilenet_v2", width="0.5")).reasons
    assert "layers that never narrow" not in closed_form(build("mobilenet_v2", width="1.4")).reasons


def test_a_linear_layer_over_a_map_follows_the_resolution() -> None:
    """VGG16 at 448: each convolution and the first fully connected layer cost four times."""
    found = closed_form(build("vgg16", resolution=448))
    assert set(found.reasons) == {"layers on one pixel (ρ does not matter)"}
    layers = 4096 * 4096, 4096 * 1000
    assert sum(found.reasons.values()) == -3 * sum(layers)


def test_a_grid_has_what_each_variant_has() -> None:
    grid = sweep("mobilenet_v2", widths="0.5,1,1.4", resolutions=["96", "224x160"], batch=2)
    for record in AgainstClosedForm(grid).records():
        alone = closed_form(
            build("mobilenet_v2", width=record["width"], resolution=record["resolution"])
        )
        assert record["madds"] == 2 * alone.exact
        assert record["closed_form"] == pytest.approx(2 * float(alone.predicted), rel=1e-12)
        assert record["difference_percent"] == pytest.approx(alone.difference_percent, abs=1e-4)


def test_pruning_has_no_closed_form() -> None:
    with pytest.raises(ArchcalcError, match="does not cover pruning"):
        closed_form(build("mobilenet_v1", prune=0.5))
    with pytest.raises(ArchcalcError, match="does not cover pruning"):
        AgainstClosedForm(sweep("mobilenet_v1", prunes=[0, 0.5]))
    assert AgainstClosedForm(sweep("mobilenet_v1", prunes=[0])).records()
