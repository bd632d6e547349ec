"""What Multipliers shows is what `count` says of every variant, and what papers print of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archcalc import build, count
from archcalc.base.errors import ArchcalcError
from archcalc.base.messages import messages
from archcalc.base.number import SCALE
from archcalc.base.units import format_quantity
from archcalc.output.charts.picture import KINDS
from archcalc.studies.budgets.plane import plane
from archcalc.studies.budgets.published_figures import published
from dashboard.app_pages.multipliers.data_accuracy import lines, points, variants_of
from dashboard.app_pages.multipliers.data_contributions import (
    OTHER,
    contributions,
    in_shape,
    parts_of,
)
from dashboard.app_pages.multipliers.data_equal_cost import curves, equal_of
from dashboard.app_pages.multipliers.data_files import files_of
from dashboard.app_pages.multipliers.data_heat import cells, unit_text
from dashboard.app_pages.multipliers.data_live import live
from dashboard.app_pages.multipliers.data_multipliers import (
    axis_of,
    fine_grid_of,
    grid_of,
    taken,
    usual_of,
)
from dashboard.shell.choice import Choice
from dashboard.shell.nets import built, zoo_spec
from tests.each import each

CHOICES = [
    Choice(),
    Choice("mobilenet_v1", 0.6125, 200, 0.3, "fvcore", "int8"),
    Choice("mobilenet_v3_large", 0.75, "224x160"),
    Choice("googlenet", resolution=192),
    Choice("mobilenet_v2", prune=(("stage_2", 0.5),)),
]


def _counted(choice: Choice, width: float, side: Any) -> dict[str, int]:
    prune = dict(choice.prune) if isinstance(choice.prune, tuple) else choice.prune or None
    net = build(choice.model, width=width, resolution=side, prune=prune)
    return count(net, choice.convention, dtype=choice.dtype).totals


@each("choice", CHOICES)
def test_what_a_knob_is_dragged_through_is_counted(choice: Choice) -> None:
    net = built(zoo_spec(choice.model), choice)
    rows = live(grid_of(net, choice), "madds", "stage")
    assert net.width in rows.widths
    assert len(rows.rows) == len(rows.widths) * len(rows.sides)
    for row in rows.rows[:: len(rows.rows) // 5]:
        totals = _counted(choice, row["width"], row["side"])
        assert row["y"] * rows.unit.size == pytest.approx(totals["madds"])
        for name in ("madds", "params", "weight_bytes", "peak_memory_bytes"):
            assert row[name] == format_quantity(name, totals[name])
        for name in ("madds", "params"):
            parts = [int(part) for part in row[f"{name}_parts"].split(" ")]
            assert len(parts) == len(rows.parts)
            assert sum(parts) == totals[name]


@each("choice", CHOICES)
def test_cells_are_counted_and_one_is_the_choice(choice: Choice) -> None:
    net = built(zoo_spec(choice.model), choice)
    found = cells(grid_of(net, choice), net, "peak_memory_bytes", *usual_of(net, choice))
    assert [cell for cell in found if cell["own"]] == [
        cell
        for cell in found
        if (float(cell["width"]), cell["resolution"]) == (net.width, str(net.resolution))
    ]
    assert sum(cell["own"] for cell in found) == 1
    for cell in found[::7]:
        totals = _counted(choice, float(cell["width"]), cell["resolution"])
        assert cell["value"] == totals["peak_memory_bytes"]
    assert unit_text(found, "peak_memory_bytes") in ("KiB", "MiB")
    assert unit_text(found, "madds") == ""


@pytest.mark.parametrize("by", ["stage", "op"])
def test_contributions_are_those_of_count(by: str) -> None:
    choice = Choice("mobilenet_v3_large", 0.75)
    net = built(zoo_spec(choice.model), choice)
    grid = grid_of(net, choice)
    along_width, along_side = contributions(grid, by, (224, 224)), contributions(grid, by, 0.75)
    own = [r for r in along_width if r["x"] == 0.75]
    assert [r for r in along_side if r["x"] == 224] == [{**r, "x": 224} for r in own]
    groups = count(net).by(by)
    for record in own:
        if record["part"] != OTHER:
            value = getattr(groups, record["quantity"])(record["part"])
            assert int(record["exact"].replace(",", "")) == value
    for records in (along_width, along_side):
        for quantity in ("madds", "params"):
            for place in {r["x"] for r in records}:
                shares = [
                    r["share"] for r in records if (r["x"], r["quantity"]) == (place, quantity)
                ]
                assert sum(shares) == pytest.approx(100)


def test_parts_beyond_the_colours_are_one() -> None:
    grid = plane(build("googlenet"), side_step=64, convention="ptflops")
    found = parts_of(grid, "op")
    assert len(found) == KINDS + 1
    for index, total in enumerate((grid.parts[0].totals.madds, grid.parts[0].totals.params)):
        assert (sum(pair[index] for pair in found.values()) == total[:, :, 0]).all()
    named = grid.sums("op")
    assert all((found[key][0] == named[key][0][:, :, 0]).all() for key in found if key != OTHER)


def test_only_resolutions_of_one_shape_have_a_place_on_an_axis() -> None:
    choice = Choice(resolution="224x160")
    (part,) = grid_of(built(zoo_spec(choice.model), choice), choice).parts
    assert (224, 160) in part.resolutions
    assert all(a == b for a, b in (part.resolutions[i] for i in in_shape(part)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_points_are_the_published_figures_with_their_counts(language: str) -> None:
    choice = Choice("mobilenet_v2")
    spec = zoo_spec(choice.model)
    found, unit = points(messages(language), variants_of(spec, choice), "madds")
    expected = published(spec)
    assert {(round(one["width"] * SCALE), one["resolution"]): one["top1"] for one in found} == {
        (width, side): one.top1 for (width, (side, _)), one in expected.items()
    }
    for one in found[::5]:
        totals = _counted(choice, one["width"], one["resolution"])
        assert one["x"] * unit.size == pytest.approx(totals["madds"])
        assert one["source"] in one["about"]
    assert lines(spec, "width")
    assert (
        points(messages(), variants_of(spec, Choice("mobilenet_v2", prune=0.5)), "madds")[0] == []
    )


def test_curves_begin_and_end_where_a_chart_can_draw_them() -> None:
    choice = Choice("mobilenet_v1")
    net = built(zoo_spec(choice.model), choice)
    found = curves(equal_of(net, choice, "madds", fine_grid_of(net, choice)))
    for level in {one["level"] for one in found}:
        own = [one for one in found if one["level"] == level]
        assert len(own) > 1
        assert [one["side"] for one in own] == sorted(one["side"] for one in own)
        assert sum(one["named"] for one in own) == 1


def test_a_click_is_read_as_a_link_is() -> None:
    choice = Choice(width=0.5, prune=0.3)
    assert taken(choice, 224, 1.4, "192") == Choice(width=1.4, resolution=192, prune=0.3)
    assert taken(choice, 224, "0.75", 224) == Choice(width=0.75, prune=0.3)
    for width, side in ((0, 224), ("wide", 224), (1, "huge"), (1, None)):
        with pytest.raises((ArchcalcError, ValueError)):
            taken(choice, 224, width, side)


def test_the_axis_of_a_net_without_a_width_is_the_resolution() -> None:
    assert axis_of(zoo_spec("vgg16"), "width") == "resolution"
    assert axis_of(zoo_spec("mobilenet_v1"), "width") == "width"


def test_files_are_the_view() -> None:
    choice = Choice("mobilenet_v1", 0.75)
    net = built(zoo_spec(choice.model), choice)
    files = {one.file: one for one in files_of(net, choice, "params")}
    plane = json.loads(files["mobilenet_v1@0.75_plane.json"].make())
    assert len(plane) == len(grid_of(net, choice))
    curve = json.loads(files["mobilenet_v1@0.75_equal_params.json"].make())
    assert curve["cost"] == count(net).params
    variants = json.loads(files["mobilenet_v1@0.75_variants.json"].make())
    assert sum(one["own"] for one in variants) == 1
    none = Choice("vgg16")
    names = [one.file for one in files_of(built(zoo_spec("vgg16"), none), none, "madds")]
    assert not any("equal" in name for name in names)
