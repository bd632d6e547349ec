"""Your model in a browser: an edited cell is counted, a broken file explains itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archcalc import CostTable, Spec
from archcalc.language.spec.sheet import sheet_of
from dashboard.app_pages.your_model.data_model import BLANK, edited, examine, start_text
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

pytestmark = pytest.mark.slow

See = Callable[..., Sight]
ROW = 35


def _type(sight: Sight, row: int, column: int, text: str) -> None:
    """Write into a cell of the editor; rows from 1, columns from 0."""
    grid = sight.page.get_by_test_id("stDataFrame").first.locator(".dvn-scroller")
    # behind the boxes that mark rows and the numbers stands the first column
    grid.click(position={"x": 130, "y": ROW * row + ROW // 2})
    for _ in range(column):
        sight.page.keyboard.press("ArrowRight")
    sight.page.keyboard.press("Enter")
    cell: Any = sight.page.locator("#portal input, #portal textarea").first
    cell.fill(text)
    cell.press("Enter")


def _counted(text: str) -> CostTable:
    table = examine(text).table
    assert table is not None
    return table


def _shows(sight: Sight, table: CostTable) -> None:
    for name in ("madds", "params"):
        expect(sight.total(name)).to_have_attribute("data-value", str(table.totals[name]))


def _with_cell(text: str, row: int, column: str, value: int) -> str:
    document = Spec(text).document
    rows = [list(one) for one in document["rows"]]
    rows[row - 1][document["columns"].index(column)] = value
    return edited(document, sheet_of({**document, "rows": rows}))


def test_an_edited_cell_is_counted_and_a_fault_stands_at_its_row(see: See) -> None:
    sight = see("your_model")
    text = start_text("mobilenet_v2")
    _shows(sight, _counted(text))
    wider = _with_cell(text, 3, "c", 32)
    _type(sight, 3, 2, "32")
    _shows(sight, _counted(wider))
    _type(sight, 4, 0, "botleneck")
    told = sight.page.locator(".st-key-faults")
    expect(told).to_contain_text("Row 4")
    expect(told).to_contain_text("did you mean 'bottleneck'?")
    expect(sight.total("madds")).to_have_count(0)
    _type(sight, 4, 0, "bottleneck")
    _shows(sight, _counted(wider))
    # what was edited is kept on the way to the text and back, and on other pages
    sight.page.get_by_text("As text", exact=True).click()
    expect(sight.page.get_by_role("textbox", name="Spec (YAML)")).to_have_value(wider)
    sight.page.get_by_role("link", name="Compare").first.click()
    sight.page.wait_for_url("**/compare*")
    sight.settle()
    sight.page.get_by_role("link", name="Your model").first.click()
    sight.page.get_by_text("As a table", exact=True).click()
    _shows(sight, _counted(wider))
    # another session has its own
    _shows(see("your_model"), _counted(text))


def test_a_file_is_counted_taken_along_and_given_back(see: See) -> None:
    sight = see("your_model")

    def upload(data: bytes) -> None:
        file = {"name": "net.yaml", "mimeType": "application/yaml", "buffer": data}
        sight.page.locator('input[type="file"]').set_input_files(file)

    upload(b"archcalc: 1\nname: \xff")
    expect(sight.page.get_by_role("alert")).to_contain_text("line 2: not a text")
    _shows(sight, _counted(start_text("mobilenet_v2")))
    upload(b"archcalc: 1\nname: x\nrows: [\n")
    expect(sight.page.locator(".st-key-faults")).to_contain_text("Line 3")
    text = _with_cell(start_text(BLANK), 3, "out", 48)
    upload(text.encode())
    _shows(sight, _counted(text))
    sight.page.get_by_test_id("stPopover").get_by_role("button").first.click()
    with sight.page.expect_download() as waiting:
        sight.page.get_by_role("button", name="YAML").click()
    assert Spec(Path(waiting.value.path()).read_bytes()) == Spec(text)
    sight.page.keyboard.press("Escape")
    sight.page.get_by_role("button", name="Use it on the other pages").click()
    expect(sight.page).to_have_url(re.compile("model=own%3Amy_net"))
    _shows(sight, _counted(text))
