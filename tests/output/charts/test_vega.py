"""Altair's charts: valid, labelled, and of the same numbers as the figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from archcalc import ArchcalcError, sweep
from archcalc.base.errors import MissingPackage
from archcalc.output.charts import figure, heat_map, vega
from archcalc.output.charts.palette import of_lines
from tests.output.charts.pictures import NAMES, pictures

every = pytest.mark.parametrize("name", NAMES)


def encodings(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "encoding" in spec:
        yield spec["encoding"]
    for key in ("layer", "vconcat", "concat"):
        for part in spec.get(key, []):
            yield from encodings(part)


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows]


@every
def test_a_chart_says_what_it_shows(name: str) -> None:
    picture = pictures()[name]
    spec = vega(picture).to_dict()  # validates against Vega-Lite's schema
    text = spec["title"]["text"]
    assert (text if isinstance(text, str) else " ".join(text)) == picture.title
    assert spec["description"] == picture.alt
    assert spec["usermeta"] == {"embedOptions": {"renderer": "svg"}}


@every
def test_axes_have_the_pictures_words_and_marks_tooltips(name: str) -> None:
    picture = pictures()[name]
    found = list(encodings(vega(picture).to_dict()))
    assert picture.x in {e["x"]["title"] for e in found if "x" in e}
    assert picture.y in {e["y"]["title"] for e in found if "y" in e}
    tooltips = [tooltip["field"] for e in found for tooltip in e.get("tooltip", [])]
    assert {"exact", "digits"} & set(tooltips)
    assert all(tooltip.get("title") for e in found for tooltip in e.get("tooltip", []))


@every
def test_the_data_are_the_frames(name: str) -> None:
    picture = pictures()[name]
    rows = rows_of(vega(picture).to_dict())
    column = {"heat": "value", "closed_form": "exact"}.get(picture.kind, "y")
    expected = set(picture.frame[column].to_list())
    assert {row[column] for row in rows} == expected


def test_lines_of_one_resolution_share_their_colour() -> None:
    colours = of_lines([("a 96", "96"), ("b 96", "96"), ("a 224", "224")])
    assert colours["a 96"] == colours["b 96"] != colours["a 224"]
    spec = vega(pictures()["memory of two nets"]).to_dict()
    scales = [e["color"]["scale"] for e in encodings(spec) if "color" in e]
    for scale in scales:
        assert len(set(scale["range"])) == 2
        assert len(scale["domain"]) == 4


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [spec["mark"]] if "mark" in spec else [m for part in spec["layer"] for m in marks(part)]


def test_shares_at_one_width_are_a_bar() -> None:
    spec = vega(pictures()["shares at one width"]).to_dict()
    assert [mark["type"] for mark in marks(spec)] == ["bar"]
    assert spec["encoding"]["x"]["type"] == "ordinal"
    assert spec["encoding"]["y"]["stack"] == "zero"
    spec = vega(pictures()["shares"]).to_dict()
    assert [mark["type"] for mark in marks(spec)] == ["area"]


def test_the_front_is_a_step_line() -> None:
    spec = vega(pictures()["accuracy"]).to_dict()
    lines = [mark for mark in marks(spec) if mark["type"] == "line"]
    assert [line["interpolate"] for line in lines] == ["step-after"]


def test_a_legend_that_leaves_lines_out_says_so() -> None:
    picture = pictures()["many lines"]
    spec = vega(picture).to_dict()
    legends = [e["color"]["legend"] for e in encodings(spec) if "color" in e]
    for legend in legends:
        assert legend["values"] == list(picture.labelled)[::-1]
        assert legend["title"] == ["resolution", f"({len(picture.labelled)} of 57 lines)"]


def test_no_logarithm_of_0() -> None:
    scales = {
        name: vega(pictures()[name]).to_dict()["encoding"]["color"]["scale"]["type"]
        for name in ("heat", "no MAdds")
    }
    assert scales == {"heat": "log", "no MAdds": "linear"}


def test_resolutions_that_are_not_square_have_a_place_each() -> None:
    spec = vega(pictures()["closed form, not square"]).to_dict()
    for encoding in encodings(spec):
        assert encoding["x"]["type"] == "ordinal"
        assert encoding["x"]["sort"] == ["96", "224x96", "160x224", "224x160"]


def test_charts_load_nothing_from_outside() -> None:
    for name in NAMES:
        spec = vega(pictures()[name]).to_dict()
        assert "url" not in str(spec).replace(spec["$schema"], "")


def test_too_many_marks_for_a_browser() -> None:
    picture = heat_map(sweep("mobilenet_v1", widths="0.01:1:0.01", resolutions="32:132:1"))
    with pytest.raises(ArchcalcError, match="at most 5,000 marks, not 10,100"):
        vega(picture)
    assert figure(picture)


def test_without_altair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "archcalc.output.charts.altair", None)
    with pytest.raises(MissingPackage, match=r"needs altair: pip install 'archcalc\[charts\]'"):
        vega(pictures()["cost"])
