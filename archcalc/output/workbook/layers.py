"""The sheet of layers: sizes, MAdds and params of each, by the operators' rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archcalc.base.names import sides_text
from archcalc.base.number import Formula
from archcalc.cost.counting.layer import DTYPES, LayerCost
from archcalc.cost.counting.table import CostTable
from archcalc.language.graph import Node
from archcalc.language.graph.groups import total
from archcalc.language.ops import Shape, elements
from archcalc.language.spec.calls import INPUT
from archcalc.output import palette
from archcalc.output.workbook.book import Sheet
from archcalc.output.workbook.knobs import Knobs

HEADS = (
    "id", "row", "block", "stage", "op", "kernel", "stride", "groups", "count", "from",
    "in_c", "in_h", "in_w", "out_c", "out_h", "out_w", "madds", "params", "madds_share",
    "params_share", "flops", "weight_bytes", "activation_bytes", "traffic_bytes",
    "arithmetic_intensity", "live_bytes", "fits",
)  # fmt: skip
AT: Mapping[str, int] = {name: column for column, name in enumerate(HEADS)}
"""The column of each head."""
_WIDTHS = (
    24, 20, 22, 7, 15, 8, 7, 8, 7, 24, 8, 7, 7, 8, 7, 7, 15, 13, 9, 9, 15, 14, 15, 14, 10, 14, 6,
)  # fmt: skip


@dataclass(frozen=True)
class LayerCells:
    """The cells of the layers; ``row_of``: the sheet's row of each node."""

    sheet: Sheet
    count: int
    row_of: dict[str, int]

    def range(self, head: str) -> str:
        """Return a reference to all layers' cells of one column, from any sheet."""
        return self.sheet.column(AT[head], 1, self.count)


class Writer:
    """Writes the layers in order; each refers to the cells of earlier ones."""

    def __init__(
        self,
        sheet: Sheet,
        table: CostTable,
        channels: Mapping[str, Formula],
        knobs: Knobs,
        *,
        input_shape: Shape,
    ) -> None:
        self.sheet, self.table, self.channels, self.knobs = sheet, table, channels, knobs
        self.graph = table.net.graph
        self.shapes: dict[str, Shape] = {INPUT: input_shape}
        self.bytes: dict[str, Formula] = {INPUT: Formula("input_bytes")}
        self.bytes_now = {INPUT: input_bytes(table)}
        self.lies_in, self.freed = self.graph.buffers, self.graph.freed
        self.live, self.live_now = self.bytes[INPUT], self.bytes_now[INPUT]

    def write(self) -> LayerCells:
        """Write every layer under its heads."""
        texts = {"id", "row", "block", "op", "kernel", "from"}
        self.sheet.head(0, HEADS, numbers={*HEADS} - texts)
        self.sheet.widths(*_WIDTHS)
        # print only the columns of a paper's table
        self.sheet.writer.print_area(0, 0, len(self.table.layers), AT["params_share"])
        rows = {}
        for row, layer in enumerate(self.table.layers, start=1):
            rows[layer.node.id] = row
            self._layer(row, layer)
        last = len(self.table.layers)
        self.sheet.writer.autofilter(0, 0, last, len(HEADS) - 1)
        for head, colour in (("madds_share", palette.MADDS), ("params_share", palette.PARAMS)):
            self.sheet.writer.conditional_format(
                1, AT[head], last, AT[head],
                {"type": "data_bar", "bar_color": colour, "min_type": "num", "min_value": 0},
            )  # fmt: skip
        return LayerCells(self.sheet, last, rows)

    def _layer(self, row: int, layer: LayerCost) -> None:
        node = layer.node
        self._said(row, layer)
        inputs = [self.shapes[name] for name in node.inputs]
        for head, number, now in zip(
            ("in_c", "in_h", "in_w"), inputs[0], layer.inputs[0], strict=True
        ):
            self._put(row, head, number, now)
        # later rules of the layer refer to its own cells, which are easier to follow
        own = self._cells(row, "in_c", "in_h", "in_w")
        inputs = [own, *inputs[1:]]
        shape = node.op.shape(inputs, self._channels(node, inputs))
        for head, number, now in zip(("out_c", "out_h", "out_w"), shape, layer.output, strict=True):
            self._put(row, head, number, now)
        output = self._cells(row, "out_c", "out_h", "out_w")
        self.shapes[node.id] = output
        self._window(row, layer, inputs)
        self._cost(row, layer, inputs, output)
        self._memory(row, layer, output)
        self._fits(row, node, inputs, output)

    def _said(self, row: int, layer: LayerCost) -> None:
        node, sheet = layer.node, self.sheet
        for head, text in (
            ("id", node.id),
            ("row", node.row_id),
            ("block", node.block),
            ("op", node.op.label),
            ("from", " + ".join(node.inputs)),
        ):
            sheet.text(row, AT[head], text)
        for head, number in (
            ("stage", node.stage),
            ("stride", node.op.stride_of()),
            ("count", node.count),
        ):
            sheet.number(row, AT[head], number)

    def _window(self, row: int, layer: LayerCost, inputs: Sequence[Shape]) -> None:
        kernel, now = layer.node.op.kernel_size(inputs), layer.kernel
        if kernel is not None and now is not None:
            text = sides_text(*now[:2])
            if any(isinstance(side, Formula) for side in kernel):
                self._put(row, "kernel", Formula(f'{kernel[0]}&"x"&{kernel[1]}'), text, "text")
            else:
                self.sheet.text(row, AT["kernel"], text)
        self._put(row, "groups", layer.node.op.groups_of(inputs), layer.groups)

    def _cost(self, row: int, layer: LayerCost, inputs: Sequence[Shape], output: Shape) -> None:
        node, knobs, convention = layer.node, self.knobs, self.table.convention
        terms = node.op.terms(inputs, output)
        madds = convention.madds(node.op, inputs, output, terms) * node.count
        self._put(row, "madds", madds * knobs.batch if _changes(madds) else madds, layer.madds)
        self._put(row, "params", convention.params(terms), layer.params)
        scalars: Any = terms.weights + terms.biases + terms.norm_params
        weights = scalars * knobs.size if _changes(scalars) else scalars
        self._put(row, "weight_bytes", weights, layer.weight_bytes)
        (here,) = self._cells(row, "madds")
        self._put(row, "flops", here * 2, layer.flops)
        table = self.table
        for head, whole, part in (
            ("madds_share", table.madds, layer.madds),
            ("params_share", table.params, layer.params),
        ):
            quantity = head.removesuffix("_share")
            (own,) = self._cells(row, quantity)
            share = Formula(f"IF(total_{quantity}=0,0,{own}/total_{quantity})")
            self._put(row, head, share, part / whole if whole else 0, "percent")

    def _memory(self, row: int, layer: LayerCost, output: Shape) -> None:
        node, knobs = layer.node, self.knobs
        size = elements(output) * node.count * knobs.batch * knobs.size
        kept = self.lies_in[node.id] == node.id
        self._put(row, "activation_bytes", size if kept else 0, layer.activation_bytes)
        self.bytes[node.id] = self.sheet.here(row, AT["activation_bytes"])
        self.bytes_now[node.id] = layer.activation_bytes
        (weights,) = self._cells(row, "weight_bytes")
        inputs: Any = sum(elements(self.shapes[name]) for name in node.inputs)
        moved = (inputs + elements(output)) * node.count * knobs.batch * knobs.size + weights
        self._put(row, "traffic_bytes", moved, layer.traffic_bytes)
        traffic, flops = self._cells(row, "traffic_bytes", "flops")
        intensity = Formula(f"IF({traffic}=0,0,ROUND({flops}/{traffic},4))")
        self._put(row, "arithmetic_intensity", intensity, layer.intensity, "decimal")
        self.live_now += layer.activation_bytes
        (own,) = self._cells(row, "activation_bytes")
        self._put(row, "live_bytes", self.live + own if kept else self.live, self.live_now)
        (self.live,) = self._cells(row, "live_bytes")
        for buffer in self.freed.get(node.id, ()):
            self.live = self.live - self.bytes[buffer]
            self.live_now -= self.bytes_now[buffer]

    def _fits(self, row: int, node: Node, inputs: Sequence[Shape], output: Shape) -> None:
        """Write whether the layer is valid: 1, or 0 where a map vanishes or a split fails."""
        tests = [f"MIN({','.join(map(str, output))})>=1"]
        for one, other in node.op.equalities(inputs, output[0]):
            if str(one) != str(other):
                tests.append(f"{one}={other}")
        whole = f"AND({','.join(tests)})" if len(tests) > 1 else tests[0]
        self._put(row, "fits", Formula(f"IF({whole},1,0)"), 1, "soft count")

    def _channels(self, node: Node, inputs: Sequence[Shape]) -> Any:
        if node.op.channel_rule == "keep":
            return inputs[0][0]
        if node.op.channel_rule == "concat":
            joined: Any = sum(shape[0] for shape in inputs)
            return joined * node.op.stacks
        return total(node.channels, self.channels)

    def _put(self, row: int, head: str, value: Any, now: Any, style: str = "count") -> None:
        self.sheet.put(row, AT[head], value, now, style)

    def _cells(self, row: int, *heads: str) -> Any:
        return tuple(self.sheet.here(row, AT[head]) for head in heads)


def input_bytes(table: CostTable) -> int:
    """Return the bytes of a batch of inputs."""
    channels, height, width = table.net.input_shape
    return channels * height * width * table.batch * DTYPES[table.dtype]


def _changes(value: Any) -> bool:
    """Return whether a value is a formula or a number other than 0."""
    return isinstance(value, Formula) or bool(value)
