"""Vega-Lite as dicts: what each part builds is valid against the schema."""

from __future__ import annotations

import json

from archcalc.output.charts.vega import (
    INK,
    calculate,
    categorical,
    chart,
    click,
    field,
    group,
    marks,
    only,
    tooltip,
    where,
)
from tests.output.charts.schema import valid

ROWS = [{"x": 1, "y": 2.5, "net": "a"}, {"x": 2, "y": 3.5, "net": 'b"</script>'}]


def test_a_chart_of_all_parts_is_vega_lite() -> None:
    place = {"x": field("x", "Q", "cost", scale={"type": "log"}), "y": field("y", "O")}
    colour = categorical("net", ["a", "b"], ["#000000", "#ffffff"], legend=None)
    dots = marks(
        "point",
        {
            **place,
            "color": colour,
            "fill": where("datum.x > 1", colour, "transparent"),
            "size": where("datum.x > 1", 75, 34),
            "tooltip": tooltip(net="network", about="in words"),
        },
        transform=[*calculate(about="datum.net + datum.x"), only("datum.x > 0")],
        params=[click("open", "net", "x")],
        filled=True,
    )
    rule = marks("rule", {"x": place["x"]}, data="limit", color=INK)
    layers = [group([dots], data="rows", transform=[only("datum.y > 0")]), rule]
    spec = valid(chart(layers, {"rows": ROWS, "limit": [{"x": 3}]}, height=300, padding=0))
    assert json.loads(json.dumps(spec)) == spec
    assert spec["datasets"]["rows"] == ROWS
    assert (spec["width"], spec["height"], spec["padding"]) == ("container", 300, 0)


def test_a_field_without_a_title_has_none() -> None:
    # else Vega-Lite would write the field's own name on the axis
    assert field("x", "Q") == {"field": "x", "type": "quantitative", "title": None}
    assert [one["title"] for one in tooltip(a="A", b="B")] == ["A", "B"]


def test_categories_keep_their_order() -> None:
    channel = categorical("net", ["b", "a"], ["red", "blue"])
    assert channel["sort"] == ["b", "a"] == channel["scale"]["domain"]
    assert channel["scale"]["range"] == ["red", "blue"]
