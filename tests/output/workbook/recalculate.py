"""Workbooks recalculated with other inputs, and their values."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import formulas
import openpyxl

from archcalc import CostTable
from tests.language.graph.simulation import simulate

SOFFICE = shutil.which("soffice")
TOTALS = {
    "total_madds": "madds",
    "total_params": "params",
    "total_flops": "flops",
    "total_weight_bytes": "weight_bytes",
    "total_activation_bytes": "activation_bytes",
    "peak_memory_bytes": "peak_memory_bytes",
}
"""The defined names of a workbook's totals, and those of the JSON."""
LAYERS = ("madds", "params", "weight_bytes", "activation_bytes", "flops")


def with_inputs(data: bytes, inputs: Mapping[str, Any]) -> openpyxl.Workbook:
    """Return a workbook whose named cells hold other values; its formulas have none yet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, value in inputs.items():
        ((sheet, cell),) = book.defined_names[name].destinations
        book[sheet][cell.replace("$", "")] = value
    return book


def by_libreoffice(book: openpyxl.Workbook, folder: Path) -> openpyxl.Workbook:
    """Return the workbook as LibreOffice recalculates it."""
    assert SOFFICE is not None
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "in.xlsx")
    command = [
        SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
        "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "in.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with warnings.catch_warnings():
        # LibreOffice adds extensions of its own for data bars, which openpyxl leaves out
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(folder / "out" / "in.xlsx", data_only=True)


def by_formulas(book: openpyxl.Workbook, folder: Path) -> openpyxl.Workbook:
    """Return the workbook as the Python library `formulas` recalculates it."""
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "book.xlsx")
    model = formulas.ExcelModel().loads(str(folder / "book.xlsx")).finish()
    model.calculate()
    model.write(dirpath=str(folder / "out"))
    (made,) = (folder / "out").iterdir()
    return openpyxl.load_workbook(made, data_only=True)


def named(book: openpyxl.Workbook, name: str, names: openpyxl.Workbook | None = None) -> Any:
    """Return what the cell of a defined name holds."""
    ((sheet, cell),) = (names or book).defined_names[name].destinations
    by_case = {title.upper(): title for title in book.sheetnames}
    return book[by_case[sheet.upper()]][cell.replace("$", "")].value


def layers(book: openpyxl.Workbook) -> list[dict[str, Any]]:
    """Return the rows of sheet Layers, by the names of its heads."""
    by_case = {title.upper(): title for title in book.sheetnames}
    heads, *rows = book[by_case["LAYERS"]].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def assert_holds(
    book: openpyxl.Workbook, table: CostTable, names: openpyxl.Workbook | None = None
) -> None:
    """Assert that every total and every layer is what `count` says."""
    totals = table.totals
    assert {n: named(book, n, names) for n in TOTALS} == {n: totals[k] for n, k in TOTALS.items()}
    found = layers(book)
    alive, made = simulate(table.net)
    size = totals["activation_bytes"] // made
    assert [row["live_bytes"] for row in found] == [size * elements for elements in alive[1:]]
    assert [row["id"] for row in found] == [layer.node.id for layer in table.layers]
    for row, layer in zip(found, table.layers, strict=True):
        for head in LAYERS:
            assert row[head] == getattr(layer, head), (layer.node.id, head)
        sizes = [row[head] for head in ("in_c", "in_h", "in_w", "out_c", "out_h", "out_w")]
        assert sizes == [*layer.inputs[0], *layer.output], layer.node.id
        assert row["groups"] == layer.groups
        kernel = layer.kernel
        assert row["kernel"] == (f"{kernel[0]}x{kernel[1]}" if kernel else None)
        assert abs(row["arithmetic_intensity"] - layer.intensity) < 1e-4
        assert row["fits"] == 1
    for title, head in (("BY TYPE", "op"), ("BY STAGE", "stage"), ("BY ROW", "row")):
        assert_sums(book, title, head, found)


def assert_sums(
    book: openpyxl.Workbook, title: str, head: str, layers: list[dict[str, Any]]
) -> None:
    """Assert that a sheet of sums has one row a group of layers, and one of all."""
    sheet = next(sheet for sheet in book if sheet.title.upper() == title)
    _, *groups, (_, *total) = list(sheet.iter_rows(values_only=True, max_col=6))
    sums = {name: [0, 0, 0] for name in dict.fromkeys(row[head] for row in layers)}
    for row in layers:
        for place, amount in enumerate((1, row["madds"], row["params"])):
            sums[row[head]][place] += amount
    assert {name: numbers for name, *numbers, _, _ in groups} == sums
    whole = [sum(column) for column in zip(*sums.values(), strict=True)]
    assert total[:3] == whole
    for _, _, madds, params, *shares in groups:
        expected = [madds / (whole[1] or 1), params / (whole[2] or 1)]
        assert all(abs(a - b) < 1e-9 for a, b in zip(shares, expected, strict=True))
