"""The data of pictures of lessons and of compared nets equal those of the tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from archcalc import ArchcalcError, build, count
from archcalc.cost.counting.across import across
from archcalc.output.charts import figure, shares_by_net, shares_by_size
from archcalc.output.charts.lessons import (
    activation_curves,
    manifold,
    pruned_arrays,
    separable_ratio,
)
from archcalc.output.charts.picture import KINDS
from archcalc.studies.lessons import (
    EXAMPLE_WEIGHTS,
    activations,
    embed,
    prune_filters,
    prune_weights,
    spiral,
    sweep_separable,
)
from tests.output.charts.pictures import NO_MADDS, picture_of

NETS = ("mobilenet_v1", "mobilenet_v2")


@pytest.mark.parametrize("quantity", ["madds", "params"])
def test_every_bar_is_one_whole(quantity: str) -> None:
    names = [*NETS, "googlenet", "faster_rcnn_inception_v2"]
    costs = [count(build(name)) for name in names]
    picture = shares_by_net(across(costs, "op"))
    assert len(picture.order) <= KINDS + 1
    label = {"madds": "MAdds", "params": "parameters"}[quantity]
    for cost in costs:
        rows = picture.frame[picture.frame["bar"] == f"{cost.net.title}: {label}"]
        assert rows["y"].sum() == pytest.approx(100)
        exact = sum(int(text.replace(",", "")) for text in rows["exact"])
        assert exact == getattr(cost, quantity)


def test_sizes_of_each_net_add_up() -> None:
    costs = [count(build(name)) for name in NETS]
    picture = shares_by_size(across(costs, "size"))
    for cost in costs:
        rows = picture.frame[picture.frame["series"] == cost.net.title]
        assert rows["y"].sum() == pytest.approx(100)
    assert list(dict.fromkeys(picture.frame["stage"])) == [
        "112x112", "56x56", "28x28", "14x14", "7x7", "1x1",
    ]  # fmt: skip


def test_no_shares_of_nothing() -> None:
    nothing = [count(build(NO_MADDS)), count(build(NO_MADDS))]
    with pytest.raises(ArchcalcError, match="no MAdds and no parameters"):
        shares_by_net(across(nothing, "op"))
    with pytest.raises(ArchcalcError, match="no MAdds"):
        shares_by_size(across(nothing, "size"))


def test_the_ratio_is_the_closed_form() -> None:
    picture = picture_of("separable")
    for row in picture.frame.to_dict("records"):
        kernel = int(row["series"][0])
        exact = Fraction(1, row["x"]) + Fraction(1, kernel**2)
        assert Fraction(row["exact"]) == exact
        assert row["y"] == pytest.approx(100 * float(exact))
    with pytest.raises(ArchcalcError, match="out_channels"):
        separable_ratio([sweep_separable("kernel", [3, 5])])


def test_curves_are_the_lesson() -> None:
    table = activations(("relu", "hard_swish"), points=17)
    for derivative in (False, True):
        frame = activation_curves(table, derivative=derivative).frame
        for curve in table.curves:
            own = frame[frame["series"] == curve.function.label]
            expected = curve.derivative if derivative else curve.value
            assert own["y"].tolist() == expected.tolist()
            assert own["x"].tolist() == curve.x.tolist()


def test_panels_of_the_spiral() -> None:
    draws = [embed(spiral(30), m) for m in (2, 5)]
    frame = manifold(draws).frame
    for draw in draws:
        own = frame[frame["panel"] == f"m = {len(draw.matrix)}"]
        assert own[["x", "y"]].to_numpy().T.tolist() == draw.back["pinv"].tolist()
    assert frame[frame["panel"] == "input"]["x"].tolist() == draws[0].x[0].tolist()
    with pytest.raises(ArchcalcError, match="the same points"):
        manifold([embed(spiral(30), 2), embed(spiral(20), 3)])


def test_what_is_cut_is_crossed_out() -> None:
    pruned = prune_weights(EXAMPLE_WEIGHTS, threshold=0.5)
    picture = pruned_arrays({"weights": pruned})
    cells = {(row["y"], row["x"]): row for row in picture.frame.to_dict("records")}
    for (y, x), cell in cells.items():
        assert cell["kept"] == (abs(EXAMPLE_WEIGHTS[y][x]) >= 0.5)
        assert float(cell["text"]) == EXAMPLE_WEIGHTS[y][x]
    (axes,) = figure(picture).axes
    assert len(axes.lines) == int((~pruned.kept).sum())
    assert len(axes.patches) == pruned.weights.size
    with pytest.raises(ArchcalcError, match="one or two dimensions"):
        pruned_arrays({"x": prune_filters([[[1.0, 2.0]], [[3.0, 4.0]]], ratio=0.5)})
