"""Workbooks: their formulas are the counts, at other inputs too, and hostile text stays text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from archcalc import Spec, build, check, count, load
from archcalc.base.number import Formula
from archcalc.base.units import Figure
from archcalc.output.formats import write
from archcalc.output.workbook import to_workbook
from archcalc.output.workbook.book import LONGEST_TEXT, Book, cut_text
from archcalc.output.workbook.classes import classes_of
from tests.hostile import TEXTS, Hostile, few_texts, net_of
from tests.output.workbook.recalculate import TOTALS, assert_holds, by_formulas, named, with_inputs
from tests.output.workbook.small import small
from tests.zoo import FEW, few

EXCEL_2007 = {
    "AND", "COUNTIF", "IF", "INT", "ISNUMBER", "MAX", "MIN", "OR", "ROUND", "SUM", "SUMIF",
}  # fmt: skip
CLASSIFIERS = ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small", "resnet18", "googlenet"]


@cache
def workbook(name: str) -> bytes:
    return to_workbook(count(build(small() if name == "small" else name)))


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@pytest.mark.parametrize(
    "name",
    few(
        ["small", *CLASSIFIERS, "nasnet_a_mobile", "ssdlite_mobilenet_v2"], of=["small", *FEW[1:3]]
    ),
)
def test_cached_values_are_the_counts(name: str) -> None:
    """Who only reads the file, as previewers and data frames do, reads what `count` says."""
    table = count(build(small() if name == "small" else name))
    assert_holds(opened(workbook(name), values=True), table)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "variant"),
    [
        ({"width": 0.29, "resolution": 45}, {"width": "0.29", "resolution": 45}),
        ({"prune": 0.5, "prune_stage_2": 0.25}, {"prune": {"stage_1": 0.5, "stage_2": 0.25}}),
        ({"width": 1.3, "prune": 0.37}, {"width": "1.3", "prune": 0.37}),
    ],
    ids=["width and resolution", "stages", "width and prune"],
)
def test_a_recalculated_workbook_is_the_count(
    inputs: dict[str, float], variant: dict[str, str], tmp_path: Path
) -> None:
    book = with_inputs(workbook("small"), inputs)
    net = build(small(), **variant)  # type: ignore[arg-type]
    assert_holds(by_formulas(book, tmp_path), count(net), book)


def test_every_input_is_followed(tmp_path: Path) -> None:
    inputs = {
        "width": 0.7, "resolution": 40, "resolution_width": 24, "classes": 77, "divisor": 4,
        "batch": 3, "prune": 0.5, "prune_stage_2": 0.25,
    }  # fmt: skip
    book = with_inputs(workbook("small"), inputs)
    spec = small().with_params(k=77).replace(rounding={"method": "divisible", "divisor": 4})
    prune = {"stage_1": 0.5, "stage_2": 0.25}
    net = build(spec, width="0.7", resolution="40x24", prune=prune)
    assert_holds(by_formulas(book, tmp_path), count(net, batch=3), book)


@pytest.mark.slow
def test_a_net_is_written_as_it_is_pruned(tmp_path: Path) -> None:
    """What only groups and rows say of a pruning stands beside the groups, and is followed."""
    prune = {"stage_2": 0.5, "bottleneck_2": 0.25, "left.1": 0.5}
    data = to_workbook(count(build(small(), prune=prune)))
    book = with_inputs(data, {"width": 1.4})
    net = build(small(), prune=prune, width="1.4")
    assert_holds(by_formulas(book, tmp_path), count(net), book)


def test_what_cannot_be_built_is_said(tmp_path: Path) -> None:
    spec = Spec(
        "archcalc: 1\nname: cut\ninput: 8x8x3\nrows:\n- {op: conv2d 3x3, out: 8}\n- {op: reorg}\n",
        "cut.yaml",
    )
    data = to_workbook(count(build(spec)))
    for side, fits in ((10, True), (7, False)):
        book = with_inputs(data, {"resolution": side})
        said = named(by_formulas(book, tmp_path / str(side)), "check", book)
        assert said.startswith("this net can be built") is fits


@pytest.mark.parametrize("name", ["small", "mobilenet_v3_small", "faster_rcnn_mobilenet_v1"])
def test_formulas_are_those_of_excel_2007_and_short_enough(name: str) -> None:
    book = opened(workbook(name))
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 100
    assert max(map(len, formulas)) < 8192
    unquoted = (re.sub(r'"[^"]*"', "", formula) for formula in formulas)
    assert {f for text in unquoted for f in re.findall(r"([A-Z]+)\(", text)} <= EXCEL_2007


def test_the_sweep_is_the_counts_of_its_widths_and_sizes() -> None:
    rows = [*opened(workbook("small"), values=True)["Sweep"].iter_rows(values_only=True)]
    starts = [at for at, row in enumerate(rows) if "resolution →" in str(row[0])]
    assert len(starts) == 2
    for start, quantity in zip(starts, ("madds", "params"), strict=True):
        sides = rows[start][1:]
        assert set(sides) >= {18, 32, 36}  # 4, 7 and 8 sevenths of its 32 pixels
        for row in (rows[start + 1], rows[start + 7]):
            net = build(small(), width=str(row[0]), resolution=sides[0])
            assert row[1] == getattr(count(net), quantity)
    assert (rows[starts[0] + 1][0], rows[starts[0] + 7][0]) == (0.25, 1.4)


def test_no_sheet_is_empty() -> None:
    book = opened(workbook("mobilenet_v1"), values=True)
    assert {"Inputs", "Layers", "Channels", "Claims", "Sweep", "About"} <= set(book.sheetnames)
    assert all(sheet.max_row > 1 for sheet in book)


def test_inputs_and_totals_have_names() -> None:
    names = set(opened(workbook("mobilenet_v2")).defined_names)
    assert {"width", "resolution", "classes", "divisor", "prune", "prune_stage_1"} <= names
    assert set(TOTALS) <= names


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_classes_drive_what_the_parameter_drives(name: str) -> None:
    spec = load(name)
    net = build(spec)
    found = classes_of(net)
    assert found.parameter in spec.params
    other = build(spec.with_params(**{str(found.parameter): 31}))
    for group in net.graph.groups:
        assert found.rule(group, 31).base == other.graph.group[group.name].base


def test_the_same_table_gives_the_same_bytes() -> None:
    assert to_workbook(count(build(small()))) == to_workbook(count(build(small())))


def test_claims_stand_beside_what_is_printed() -> None:
    rows = list(opened(workbook("mobilenet_v1"), values=True)["Claims"].iter_rows(values_only=True))
    results = check(load("mobilenet_v1"))
    heads, found = rows[0], rows[1 : 1 + len(results)]
    at = {name: index for index, name in enumerate(heads)}
    for row, one in zip(found, results, strict=True):
        assert (row[at["printed"]], row[at["verdict"]]) == (one.printed, one.verdict)
        assert row[at["computed"]] == (one.computed and pytest.approx(one.computed, rel=1e-14))
        if one.computed is not None and one.difference_percent is not None:
            printed = float(Figure.parse(one.printed).value)
            assert row[at["difference"]] == pytest.approx(one.computed / printed - 1)
            assert 100 * row[at["difference"]] == pytest.approx(one.difference_percent, abs=0.01)


@pytest.mark.parametrize("kind", few_texts())
def test_hostile_text_stays_text(kind: str, tmp_path: Path) -> None:
    text = TEXTS[kind]
    live = to_workbook(count(net_of(text)))
    write(Hostile(text), tmp_path / "x.xlsx")
    for data, formulas in ((live, True), ((tmp_path / "x.xlsx").read_bytes(), False)):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert not [name for name in file.namelist() if "link" in name.lower()]
            parts = [file.read(name).decode() for name in file.namelist() if "rels" in name]
            assert not [part for part in parts if 'TargetMode="External"' in part]
        cells = [c for s in opened(data) for row in s.iter_rows() for c in row]
        told = [c for c in cells if c.data_type == "f"]
        assert bool(told) is formulas
        assert not [c.value for c in told if "HYPERLINK" in c.value or "cmd" in c.value]


def test_long_text_is_cut_with_a_mark() -> None:
    assert len(cut_text("x" * 40_000)) == LONGEST_TEXT
    assert cut_text("x" * 40_000).endswith("…")
    assert cut_text("short") == "short"


def test_a_too_long_formula_raises() -> None:
    sheet = Book("x").sheet("Layers")
    with pytest.raises(Exception, match="formula of 9000 characters"):
        sheet.put(0, 0, Formula("1" * 9000), 1)
