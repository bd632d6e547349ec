"""`export`: what each thing becomes in each format."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

import archcalc
from archcalc import ArchcalcError, export
from archcalc.base.errors import MissingPackage
from archcalc.base.tables import Records
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output import charts
from archcalc.output.charts.writing import to_bytes
from archcalc.output.drawing import draw
from archcalc.output.exporting.export import ExportWarning, suffixes_of
from archcalc.output.files.ours import guard, sealed
from archcalc.output.formats import format_names
from tests.hostile import TEXTS, few_texts, net_of, spec_of

NET = "mobilenet_v1"
SVG = "{http://www.w3.org/2000/svg}svg"


def costs() -> archcalc.CostTable:
    return archcalc.count(archcalc.build(NET))


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


@pytest.mark.parametrize(
    "thing", [NET, Path("x"), archcalc.load(NET)], ids=["name", "path", "spec"]
)
def test_a_spec_is_the_papers_table(tmp_path: Path, thing: Any) -> None:
    if isinstance(thing, Path):
        thing = tmp_path / "own.yaml"
        thing.write_text(archcalc.load(NET).to_yaml())
    rows = rows_of(export(thing, tmp_path / "a.csv"))
    assert len(rows) == 22
    assert rows[1]["filter"] == "3x3x32 dw"
    assert sum(int(row["MAdds"]) for row in rows) == costs().madds
    assert "printed 's2'" in rows[17]["erratum"]
    text = export(thing, tmp_path / "a.tex").read_text()
    assert r"Conv dw / s2 [1] & 3x3x1024 dw & 7x7x1024 &" in text
    assert r"[1] Erratum: printed 's2'" in text
    assert r"\caption{MobileNet V1 " in text
    assert "arXiv:1704.04861, table 1" in text


def test_a_net_and_its_costs_are_its_layers(tmp_path: Path) -> None:
    table = costs()
    for index, thing in enumerate((table.net, table)):
        for name in ("csv", "json", "md", "parquet", "tex"):
            path = export(thing, tmp_path / f"{index}.{name}")
            assert path.read_bytes() == archcalc.output.formats.format_of(path).encode(table)
    assert pq.read_table(tmp_path / "0.parquet").num_rows == len(table.layers)


def test_a_net_is_counted_as_asked(tmp_path: Path) -> None:
    net = archcalc.build(NET)
    path = export(net, tmp_path / "a.json", convention="fvcore", batch=2, dtype="int8")
    expected = archcalc.count(net, "fvcore", batch=2, dtype="int8")
    assert json.loads(path.read_text()) == expected.to_dict()


def test_pictures_of_a_net(tmp_path: Path) -> None:
    spec = archcalc.load(NET)
    net = archcalc.build(spec)
    svgs = [
        export(thing, tmp_path / f"{index}.svg").read_text()
        for index, thing in enumerate((spec, net, costs(), draw(net)))
    ]
    assert set(svgs) == {sealed(draw(net).svg, "svg")}
    assert ET.fromstring(svgs[0]).tag == SVG
    with Image.open(export(net, tmp_path / "a.png")) as image:
        assert image.info["Software"].startswith("archcalc")
    drawn = json.loads(export(draw(net), tmp_path / "a.json").read_text())
    assert drawn == draw(net).to_dict()


def test_charts(tmp_path: Path) -> None:
    grid = sweep(NET, widths="0.5,1", resolutions="128,224")
    search = archcalc.search([NET], archcalc.Budget(madds=10**8))
    things = {
        "grid": (grid, charts.heat_map(grid)),
        "line": (one := sweep(NET, widths="0.5,1"), charts.cost_by_width(one)),
        "stage": (costs().by("stage"), charts.by_stage(costs())),
        "op": (costs().by("op"), charts.by_op(costs())),
        "search": (search, charts.accuracy(search.records())),
        "picture": (charts.heat_map(grid), charts.heat_map(grid)),
    }
    for name, (thing, picture) in things.items():
        path = export(thing, tmp_path / f"{name}.svg")
        assert path.read_bytes() == to_bytes(charts.figure(picture), ".svg")
        assert ET.fromstring(path.read_text()).tag == SVG
    with Image.open(export(grid, tmp_path / "a.png")) as image:
        assert image.width > image.height > 500


def test_grids_are_their_records(tmp_path: Path) -> None:
    grid = sweep(NET, widths="0.5,1", resolutions="128,224")
    rows = rows_of(export(grid, tmp_path / "a.csv"))
    assert [int(row["madds"]) for row in rows] == [r["madds"] for r in grid.records()]


@pytest.mark.usefixtures("undrawn", "unlettered")
def test_a_report(tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    table = archcalc.count(archcalc.build(spec_of("plain")), "fvcore")
    page = export(table, tmp_path / "a.html", language="zh").read_text()
    assert f"{table.madds:,}" in page
    assert "fvcore" in page
    assert 'lang="zh-Hans"' in page


def test_files_of_others_stay(tmp_path: Path) -> None:
    spec = spec_of("plain")
    for name in sorted(suffixes_of(spec) - {"html", "pdf"}):  # as reports are
        path = tmp_path / f"thesis.{name}"
        path.write_text("years of work")
        with pytest.raises(ArchcalcError, match=rf"thesis\.{name}: .*; --force overwrites it"):
            export(spec, path)
        assert path.read_text() == "years of work"
        export(spec, path, force=True)
        export(spec, path)
        guard(path)


def test_another_table_of_ours_is_not_this_one(tmp_path: Path) -> None:
    path = export(NET, tmp_path / "a.csv")
    export("mobilenet_v1_conv", path)
    with pytest.raises(ArchcalcError, match="--force"):
        export("mobilenet_v2", path)


@pytest.mark.parametrize(
    ("thing", "name", "message"),
    [
        (NET, "a.doc", r"a\.doc: a Spec is not written as '\.doc' \(known: \.csv, \.html, "),
        (NET, "a", r"a: a suffix is needed \(known: \.csv"),
        (Records("x", [{"a": 1}]), "a.html", r"a Records is not written as '\.html'"),
        (Records("x", [{"a": 1}]), "a.svg", "x: this table has no picture"),
        (7, "a.csv", "not a int"),
        ("no_such_net", "a.csv", "unknown model 'no_such_net'"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, thing: Any, name: str, message: str) -> None:
    with pytest.raises(ArchcalcError, match=message) as caught:
        export(thing, tmp_path / name)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_reported_before_anything_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingPackage, match="pyarrow"):
        export(NET, tmp_path / "a.parquet")


def test_missing_glyphs_are_reported(tmp_path: Path) -> None:
    with pytest.warns(ExportWarning, match="a.png: no font here has 👩"):
        export(net_of(TEXTS["emoji"]), tmp_path / "a.png")


@pytest.mark.parametrize("kind", few_texts())
def test_hostile_specs_go_through_every_format(tmp_path: Path, kind: str) -> None:
    text = TEXTS[kind]
    spec = spec_of(text)
    for name in (*format_names(), "svg", "yaml"):
        path = export(spec, tmp_path / f"a.{name}")
        guard(path)
    assert archcalc.load(tmp_path / "a.yaml").title == text
    ET.parse(tmp_path / "a.svg")
    assert len(list(tmp_path.iterdir())) == len(format_names()) + 2


def test_the_papers_table_alone(tmp_path: Path) -> None:
    for name in ("csv", "tex", "md"):
        whole = export(NET, tmp_path / f"a.{name}").read_text()
        alone = export(NET, tmp_path / f"b.{name}", costs=False).read_text()
        assert "MAdds" in whole
        assert "MAdds" not in alone
        assert "printed 's2'" in alone
