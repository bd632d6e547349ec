"""The sheet of claims: printed and computed figures, and the difference as a formula."""

from __future__ import annotations

from collections.abc import Sequence

from archcalc.base.names import MARKS
from archcalc.base.number import Formula
from archcalc.base.units import Figure
from archcalc.cost.claims.results import VERDICTS, ClaimResult
from archcalc.output.workbook.book import Sheet

HEADS = (
    "table", "row", "width", "resolution", "quantity", "convention", "printed", "printed value",
    "computed", "difference", "verdict", "note", "source",
)  # fmt: skip
_NUMBERS = ("width", "resolution", "printed value", "computed", "difference")
_EXPLAINED = (
    "Computed when the workbook was written, for the width and resolution of each claim: these "
    "values do not follow the cells of sheet Inputs."
)


def write_claims(sheet: Sheet, results: Sequence[ClaimResult]) -> None:
    """Write one row per printed figure."""
    sheet.head(0, HEADS, left=2, numbers=_NUMBERS)
    sheet.widths(24, 28, 8, 11, 14, 14, 11, 15, 15, 11, 15, 70, 50)
    for row, one in enumerate(results, start=1):
        texts = {0: one.table, 1: one.row, 4: one.quantity, 5: one.convention, 6: one.printed}
        for column, text in texts.items():
            sheet.text(row, column, text)
        sheet.number(row, 2, one.width, "general")
        if isinstance(one.resolution, int):
            sheet.number(row, 3, one.resolution, "general")
        else:
            sheet.text(row, 3, one.resolution)
        printed = float(Figure.parse(one.printed).value)
        sheet.number(row, 7, printed, _style(printed))
        sheet.number(row, 8, one.computed, _style(one.computed))
        if one.computed is not None:
            before, after = sheet.here(row, 7), sheet.here(row, 8)
            change = one.computed / printed - 1 if printed else 0.0
            difference = Formula(f"IF({before}=0,0,{after}/{before}-1)")
            sheet.put(row, 9, difference, change, "change")
        sheet.text(row, 10, one.verdict)
        sheet.text(row, 11, one.note, "soft wrap")
        sheet.text(row, 12, one.source, "soft")
    last = len(results)
    sheet.writer.print_area(0, 0, last + 2, HEADS.index("note"))
    sheet.writer.autofilter(0, 0, last, len(HEADS) - 1)
    for verdict in VERDICTS:
        colours = {"bg_color": MARKS[verdict].tint, "font_color": MARKS[verdict].ink}
        look = sheet.book.writer.add_format(colours)
        sheet.writer.conditional_format(
            1, 10, last, 10,
            {"type": "cell", "criteria": "==", "value": f'"{verdict}"', "format": look},
        )  # fmt: skip
    sheet.text(last + 2, 0, _EXPLAINED, "soft")


def _style(value: float | None) -> str:
    return "count" if value is None or value == int(value) else "decimal"
