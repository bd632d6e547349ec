"""A model of one's own: what the zoo's rows cost they cost here too, and a bad text tells why."""

from __future__ import annotations

from pathlib import Path

import pytest

from archcalc import ArchcalcError, SpecError, build, count, load, zoo_names
from archcalc.base.limits import FILE_BYTES
from archcalc.language.spec.sheet import Sheet
from dashboard.app_pages.your_model.data_model import (
    BLANK,
    MOST_ROWS,
    beside,
    beside_frame,
    editable,
    edited,
    examine,
    faults,
    frame,
    read_upload,
    safe_spec,
    sheet_of_frame,
    start_text,
)
from tests.each import each
from tests.zoo import few

SMALL = "archcalc: 1\nname: x\ninput: 8x8x3\ncolumns: [operator, out]\nrows:\n"


@pytest.mark.parametrize("name", few(zoo_names()))
def test_a_beginning_costs_what_the_zoo_s_net_costs(name: str) -> None:
    table, zoo = examine(start_text(name)).table, count(build(name))
    assert table is not None
    assert table.totals == zoo.totals
    # nothing that is printed of the net is said of another
    assert not table.net.spec.claims
    assert table.net.spec.paper is None


def test_every_figure_stands_beside_its_row() -> None:
    for name in (BLANK, "mobilenet_v1", "ssd300_vgg"):
        found = examine(start_text(name))
        ready = editable(found.text)
        assert ready is not None
        assert found.table is not None
        shown = beside_frame(beside(ready[1], found))
        assert len(shown) == len(ready[1].rows)
        assert shown["madds"].sum() == found.table.madds
        assert shown["params"].sum() == found.table.params


def _changed(name: str, row: int, column: str, text: str) -> tuple[Sheet, str]:
    ready = editable(start_text(name))
    assert ready is not None
    document, base = ready
    made = frame(base)
    assert edited(document, sheet_of_frame(made, base)) == start_text(name)
    made.loc[row, column] = text
    sheet = sheet_of_frame(made, base)
    return sheet, edited(document, sheet)


def test_an_edited_cell_is_counted() -> None:
    _, text = _changed("mobilenet_v2", 7, "n", "4")
    rows = load("mobilenet_v2").document["rows"]
    rows = [list(row) for row in rows]
    rows[6][4] = 4
    expected = count(build(load("mobilenet_v2").replace(rows=rows, pitfalls=[])))
    table = examine(text).table
    assert table is not None
    assert (table.madds, table.params) == (expected.madds, expected.params)


def test_a_fault_stands_beside_its_row() -> None:
    sheet, text = _changed("mobilenet_v2", 3, "operator", "botleneck")
    found = examine(text)
    assert found.table is None
    (fault,) = faults(found, sheet)
    assert fault.row == 3
    assert "did you mean 'bottleneck'" in fault.text
    assert "botleneck" in fault.source
    shown = beside_frame(beside(sheet, found))
    assert [row for row in shown.index if shown.loc[row, "state"]] == [3]
    assert shown.loc[3, "state"].startswith("✗")


def test_empty_rows_shift_no_fault_and_no_figure() -> None:
    ready = editable(start_text(BLANK))
    assert ready is not None
    document, base = ready
    empty = ("",) * len(base.columns)
    sheet = Sheet(base.columns, (empty, *base.rows, empty))
    found = examine(edited(document, sheet))
    assert [one.output for one in beside(sheet, found)][1:-1] == [
        one.output for one in beside(base, examine(start_text(BLANK)))
    ]
    wrong = Sheet(base.columns, (empty, *base.rows[:1], ("convv", "8", "1", "")))
    (fault,) = faults(examine(edited(document, wrong)), wrong)
    assert fault.row == 3


def test_a_fault_of_the_head_has_a_line_and_no_row() -> None:
    ready = editable(start_text(BLANK))
    assert ready is not None
    document, base = ready
    found = examine(edited(document, base, input="224x224"))
    (fault,) = faults(found, base)
    assert fault.row is None
    assert "224x224" in fault.source
    assert all(not one.faults for one in beside(base, found))


@each(
    "text",
    [
        "",
        "rows: [",
        "- a",
        "{}",
        SMALL,
        SMALL + "- [conv2d 3x3]\n",
        "a: &a [*a]",
        "x: \x00",
        "!!python/object:os.system x",
    ],
)
def test_a_broken_text_explains_itself(text: str) -> None:
    found = examine(text)
    assert found.table is None
    told = faults(found, None)
    assert told
    assert all(one.text and one.line >= 1 for one in told)
    ready = editable(text)
    assert ready is None or ready[1].rows == () or text.startswith("archcalc")


def test_a_text_reads_no_file_of_this_machine(tmp_path: Path) -> None:
    other = tmp_path / "secret.yaml"
    other.write_text(SMALL + "- [conv2d 3x3, 8]\n")
    inner = f"{{archcalc: 1, name: y, input: 8x8x3, rows: [{{extends: {other}}}]}}"
    for value in (str(other), f"'{other}'", "$k", inner, f"[{other}]", "../secret", "secret.yaml"):
        head = f"archcalc: 1\nname: x\ninput: 8x8x3\nparams: {{k: {other}}}\n"
        text = f"{head}rows:\n- {{extends: {value}}}\n"
        with pytest.raises(SpecError, match="a name of the zoo"):
            safe_spec(text)
        assert examine(text).table is None
    assert examine("archcalc: 1\nname: x\ninput: 224x224x3\nrows:\n- {extends: vgg16}\n").table


def test_uploads_are_bounded() -> None:
    text = start_text(BLANK)
    assert read_upload(text.encode(), "net.YAML") == text
    assert read_upload(b"\xef\xbb\xbfa: 1", "net.yml") == "a: 1"
    with pytest.raises(ArchcalcError, match="at most"):
        read_upload(b" " * (FILE_BYTES + 1), "net.yaml")
    with pytest.raises(ArchcalcError, match="one of the kinds"):
        read_upload(b"", "net.exe")
    with pytest.raises(ArchcalcError, match="line 2: not a text"):
        read_upload(b"a: 1\n\xff", "net.yaml")
    rows = "- [relu, ~]\n" * (MOST_ROWS + 1)
    assert editable(SMALL + rows) is None
    assert examine(SMALL + rows).table is not None
    bomb = SMALL + "- {repeat: 10000, rows: [{repeat: 10000, rows: [[relu, ~]]}]}\n"
    (fault,) = faults(examine(bomb), None)
    assert "at most" in fault.text
