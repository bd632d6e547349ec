"""The first sheet: the inputs and the totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archcalc.base.limits import CHANNELS, SIDE, WIDTH
from archcalc.base.names import paper_place
from archcalc.base.number import SCALE, Formula
from archcalc.base.units import format_exact
from archcalc.cost.counting.layer import DTYPES
from archcalc.cost.counting.table import CostTable
from archcalc.language.graph.groups import total
from archcalc.language.ops import Shape
from archcalc.output.workbook.book import Sheet
from archcalc.output.workbook.classes import Classes
from archcalc.output.workbook.knobs import Knobs
from archcalc.output.workbook.layers import LayerCells, input_bytes

_VALUE, _UNIT, _CHANGE, _WHAT = 1, 2, 3, 4
_FIRST = 5
_TOTALS = (
    ("total_madds", "MAdds", "madds", "multiply-adds of one forward pass of the batch"),
    ("total_params", "parameters", "params", "learnable scalars"),
    ("total_flops", "FLOPs", "flops", "2 × MAdds"),
    ("total_weight_bytes", "weights, bytes", "weight_bytes", "what the weights take on disk"),
    (
        "total_activation_bytes",
        "activations, bytes",
        "activation_bytes",
        "all that is materialised; norms and activations work in place",
    ),
    (
        "peak_memory_bytes",
        "peak memory, bytes",
        "live_bytes",
        "the largest sum of live activations, weights excluded",
    ),
)


@dataclass
class Inputs:
    """Writes the sheet: knobs first, totals after the layers."""

    sheet: Sheet
    table: CostTable
    classes: Classes
    row: int = _FIRST

    def write_knobs(self) -> Knobs:
        """Write title and input cells, and return them as formulas."""
        net, sheet = self.table.net, self.sheet
        sheet.widths(20, 18, 18, 14, 84)
        sheet.text(0, 0, net.title, "title")
        paper = net.spec.paper
        if paper is not None:
            where = f" ({paper_place(paper.arxiv)})" if paper.arxiv else ""
            sheet.text(1, 0, f"{paper.title}{where}", "soft")
        convention = self.table.convention
        sheet.text(2, 0, f"convention {convention.name}: {convention.about}", "soft")
        self._heads(
            _FIRST - 1,
            "input",
            "value",
            "in 1/10,000",
            "allowed",
            "what it is: change a yellow cell",
        )
        width = self._width()
        height, side = self._resolution()
        classes, divisor = self._classes(), self._divisor()
        stages = self._prunes()
        batch = self._knob(
            "batch", self.table.batch, "images of one forward pass", (1, 10**6), whole=True
        )
        size = self._knob(
            "bytes_per_value",
            DTYPES[self.table.dtype],
            "bytes of a weight and of an activation: "
            + ", ".join(f"{size} for {name}" for name, size in DTYPES.items()),
            (1, 16),
            whole=True,
        )
        return Knobs(width, height, side, stages, divisor, classes, batch, size)

    def write_input_shape(self, channels: Mapping[str, Formula], knobs: Knobs) -> None:
        """Write the bytes of the input, the first live value."""
        shape = self.input_shape(channels, knobs)
        size: Any = shape[0] * shape[1] * shape[2] * knobs.batch * knobs.size
        self.sheet.text(self.row, 0, "input_bytes", "soft")
        self.sheet.put(self.row, _VALUE, size, input_bytes(self.table), "soft count")
        self.sheet.text(self.row, _WHAT, "bytes of the input, which lives first", "aside")
        self.sheet.book.define("input_bytes", self.sheet.cell(self.row, _VALUE))
        self.row += 1

    def input_shape(self, channels: Mapping[str, Formula], knobs: Knobs) -> Shape:
        """Return the input's channels, height and width as formulas of any sheet."""
        return total(self.table.net.graph.input_channels, channels), knobs.height, knobs.side

    def write_totals(self, layers: LayerCells) -> None:
        """Write the totals of the layers, with those at the time of writing."""
        sheet, totals = self.sheet, self.table.totals
        self.row += 1
        self._heads(self.row, "total", "now", "as written", "change", "what it is")
        for name, label, head, about in _TOTALS:
            self.row += 1
            key = name.removeprefix("total_")
            whole = f"SUM({layers.range(head)})"
            if name == "peak_memory_bytes":
                whole = f"MAX({layers.range(head)},input_bytes)"
            sheet.text(self.row, 0, label)
            sheet.put(self.row, _VALUE, Formula(whole), totals[key], "strong count")
            sheet.number(self.row, _UNIT, totals[key], "soft count")
            sheet.text(self.row, _WHAT, about, "aside")
            sheet.book.define(name, sheet.cell(self.row, _VALUE))
            now, before = (sheet.here(self.row, at) for at in (_VALUE, _UNIT))
            change = Formula(f"IF({before}=0,0,{now}/{before}-1)")
            sheet.put(self.row, _CHANGE, change, 0.0, "change")
        self.row += 1
        self._check(layers)

    def _check(self, layers: LayerCells) -> None:
        """Write whether the cells give a valid net."""
        limits = f"width is above 0 and at most {WIDTH}, sides are whole numbers from 1"
        text = (
            f'IF(OR(width_e4<1,width_e4>{WIDTH * SCALE}),"{limits}",'
            f"IF(MIN({layers.range('fits')})<1,"
            '"no such net: see the layers whose column fits is 0","this net can be built"))'
        )
        self.sheet.text(self.row, 0, "check")
        self.sheet.put(self.row, _VALUE, Formula(text), "this net can be built", "said")
        self.sheet.book.define("check", self.sheet.cell(self.row, _VALUE))
        self.row += 1

    def _width(self) -> Formula:
        net = self.table.net
        about = "width multiplier α: scales channels, which are rounded by the rule on sheet About"
        if net.graph.rounding is None:
            about = "drives nothing: the spec states no rounding, so it has no width multiplier"
        self._knob("width", net.width, about, (0.0001, WIDTH))
        return self._scaled("width", net.width)

    def _resolution(self) -> tuple[Formula, Formula]:
        height, side = self.table.net.size
        square = height == side
        about = "input side in pixels" if square else "input height in pixels"
        tall = self._knob("resolution", height, about, (1, SIDE), whole=True)
        row = self.row
        wide = self._knob(
            "resolution_width", side, "input width in pixels: as the height unless you change it",
            (1, SIDE), whole=True,
        )  # fmt: skip
        if square:
            self.sheet.put(row, _VALUE, Formula("resolution"), side, "input")
        return tall, wide

    def _classes(self) -> Formula | None:
        found = self.classes
        drives = bool(found.slopes)
        if drives and found.parameter:
            about = f"classes of the classifier: the spec's parameter {found.parameter}"
        elif drives:
            about = "channels of the net's output"
        else:
            about = "drives nothing: in this net classes change more than widths, or there are none"
        cell = self._knob("classes", found.number, about, (1, CHANNELS), whole=True)
        return cell if drives else None

    def _divisor(self) -> Formula | None:
        rounding = self.table.net.graph.rounding
        drives = rounding is not None and rounding.method == "divisible"
        about = "scaled channels are rounded to multiples of it, and never below 90 %"
        if not drives:
            about = "drives nothing: scaled channels are " + (
                "not rounded to multiples" if rounding else "not known"
            )
        number = rounding.divisor if rounding and drives else None
        cell = self._knob("divisor", number, about, (1, CHANNELS), whole=True)
        return cell if drives else None

    def _prunes(self) -> dict[int, Formula]:
        net = self.table.net
        uniform = 0.0 if isinstance(net.prune, Mapping) else net.prune
        named = net.prune if isinstance(net.prune, Mapping) else {}
        self._knob(
            "prune", uniform,
            "share of the channels cut from every group that can be pruned, after width; kept "
            f"widths are multiples of {net.multiple}",
            (0, 0.9999), style="input share",
        )  # fmt: skip
        self._scaled("prune", uniform)
        stages = sorted({group.stage for group in net.graph.prunable})
        cells = {}
        for stage in stages:
            own = named.get(f"stage_{stage}")
            name, row = f"prune_stage_{stage}", self.row
            self._knob(
                name, own, f"the same for stage {stage} alone; empty: as prune", (0, 0.9999),
                style="input share",
            )  # fmt: skip
            text = f"IF(ISNUMBER({name}),ROUND({name}*{SCALE},0),prune_e4)"
            now = round((uniform if own is None else own) * SCALE)
            self.sheet.put(row, _UNIT, Formula(text), now, "soft count")
            cells[stage] = self.sheet.book.define(f"{name}_e4", self.sheet.cell(row, _UNIT))
        return cells

    def _scaled(self, name: str, now: float) -> Formula:
        """Write a knob in 1/10⁴ beside it, and return that cell."""
        row, text = self.row - 1, f"ROUND({name}*{SCALE},0)"
        self.sheet.put(row, _UNIT, Formula(text), round(now * SCALE), "soft count")
        return self.sheet.book.define(f"{name}_e4", self.sheet.cell(row, _UNIT))

    def _knob(
        self,
        name: str,
        value: float | None,
        about: str,
        limits: tuple[float, float],
        *,
        whole: bool = False,
        style: str = "input",
    ) -> Formula:
        sheet, row = self.sheet, self.row
        sheet.text(row, 0, name)
        sheet.number(row, _VALUE, value, style)
        sheet.text(
            row, _CHANGE, f"{format_exact(limits[0])} to {format_exact(limits[1])}", "soft right"
        )
        sheet.text(row, _WHAT, about, "aside")
        sheet.writer.data_validation(
            row, _VALUE, row, _VALUE,
            {
                "validate": "integer" if whole else "decimal",
                "criteria": "between", "minimum": limits[0], "maximum": limits[1],
                "ignore_blank": True, "error_title": name,
                "error_message": f"from {format_exact(limits[0])} to {format_exact(limits[1])}",
            },
        )  # fmt: skip
        self.row += 1
        return sheet.book.define(name, sheet.cell(row, _VALUE))

    def _heads(self, row: int, *names: str) -> None:
        for column, name in enumerate(names):
            right = 0 < column < _WHAT
            self.sheet.text(row, column, name, "head right" if right else "head")
