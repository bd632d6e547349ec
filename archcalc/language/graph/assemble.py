"""From expanded rows to a Graph: adds nodes on the width-1 net and checks the printed cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archcalc.base.errors import ShapeError, known_names, shorten
from archcalc.base.limits import CHANNELS, NODES, PARTS
from archcalc.base.names import sides_text, size_text
from archcalc.language.blocks import BlockType
from archcalc.language.graph.graph import Graph, Node
from archcalc.language.graph.grouping import Grouping, Layout
from archcalc.language.graph.groups import (
    Fixed,
    Joined,
    Proportional,
    Rule,
    Scaled,
    Squeeze,
    squeeze_width,
)
from archcalc.language.graph.tensor import Tensor, printed_shape, repeated
from archcalc.language.ops import IntShape, Operator
from archcalc.language.ops.pool import Pool
from archcalc.language.spec.calls import INPUT, LOST, PART, Call, Expanded, Instance
from archcalc.language.spec.lines import Line, Scale, Stated
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.spec import Spec


def assemble(spec: Spec, expanded: Expanded, problems: Problems, *, asserted: bool) -> Graph | None:
    """Return the graph of ``expanded``, or None after adding to ``problems``.

    ``asserted``: whether printed cells are compared; they are those of the file's own parameters.
    """
    return _Assembler(spec, problems, asserted=asserted).run(expanded)


class _Assembler:
    def __init__(self, spec: Spec, problems: Problems, *, asserted: bool) -> None:
        self.spec = spec
        self.problems = problems
        self.asserted = asserted
        self.grouping = Grouping()
        self.nodes: list[Node] = []
        self.parts = 0
        self.layouts: list[Layout] = []
        self.values: dict[str, Tensor | None] = {LOST: None}
        self.within: dict[str, Tensor] = {}

    def run(self, expanded: Expanded) -> Graph | None:
        channels, height, width = self.spec.input
        source = self.grouping.new(INPUT, Fixed(channels), 0)
        self.values[INPUT] = Tensor(INPUT, source, (channels, height, width))
        stages: list[int] = []
        size: tuple[int, int] | None = None
        for instance in expanded.instances:
            self._instance(instance)
            output = self.values.get(instance.output)
            changes = output is not None and output.shape[1:] != size
            size = output.shape[1:] if output is not None else size
            stage = (stages[-1] if stages else 0) + changes
            stages += [stage] * (len(self.nodes) - len(stages))
            if len(self.nodes) > NODES:
                self.problems.add(instance.line.line, "rows", f"expected at most {NODES} layers")
                return None
        outputs = {name: self.values.get(path) for name, path in expanded.outputs}
        kept = {name: value for name, value in outputs.items() if value is not None}
        if self.problems or len(kept) < len(outputs):
            return None
        return self._graph(kept, expanded, stages)

    # -- rows and their printed cells

    def _instance(self, instance: Instance) -> None:
        line = instance.line
        for path in instance.inputs:
            if path.startswith(PART):
                self.values[path] = self._part(path.removeprefix(PART), line)
        before = {path: self.values.get(path) for path in instance.inputs}
        for path, value in before.items():
            self.values[path] = self._entering(value, instance)
        for call in instance.calls:
            self._call(call, instance)
        self.values.update(before)
        if self.asserted and instance.last and "output" in line.asserts:
            value = self.values.get(instance.output)
            self.values[instance.output] = self._compare(value, line.asserts["output"])

    def _part(self, name: str, line: Line) -> Tensor | None:
        """Return the value of a part of a row above: its last layer's."""
        if name not in self.within:
            row = next((node.row_id for node in self.nodes if name.startswith(node.block)), "")
            parts = [part for part in self.within if part.startswith(f"{row}.")]
            ending = known_names(name, parts) if parts else ""
            self.problems.add(line.line, f"from '{shorten(name)}'", f"no such part{ending}")
        return self.within.get(name)

    def _entering(self, value: Tensor | None, instance: Instance) -> Tensor | None:
        """Return a row's input, compared with the row's input cell."""
        line = instance.line
        if self.asserted and instance.first and "input" in line.asserts:
            value = self._compare(value, line.asserts["input"])
        try:
            return value if value is None else repeated(value, instance.count)
        except ShapeError as error:
            self.problems.add(line.line, line.op.value, str(error))
            return None

    def _compare(self, value: Tensor | None, cell: Stated) -> Tensor | None:
        """Assert one printed size; later rows may match either size."""
        printed: IntShape = cell.value
        if len(cell.value) == 2:  # a height and a width alone assert no channels
            if value is None:
                return None
            printed = (value.channels, *cell.value)
        if value is None:
            # After an error, later rows are checked against the printed size.
            name = f"printed at line {cell.line}"
            group = self.grouping.new(name, Fixed(printed[0]), len(self.nodes))
            return Tensor(name, group, printed)
        if printed == value.shape:
            return replace(value, printed=None)
        if printed != value.printed:
            self.problems.add(cell.line, cell.cell, f"inferred {size_text(value.shape)}")
        return replace(value, printed=printed)

    def _call(self, call: Call, instance: Instance) -> None:
        given = [self.values.get(path) for path in call.inputs]
        inputs = [value for value in given if value is not None]
        self.values[call.path] = None
        if call.what is None or len(inputs) < len(given):
            return
        emitter = _Emitter(self, call.path, call, instance)
        try:
            shares_input = isinstance(call.what, Operator) and call.what.shares_input
            if not shares_input:
                inputs = [repeated(value, call.count) for value in inputs]
            self._assert_filter(call, inputs[0])
            if isinstance(call.what, BlockType):
                made: Any = call.what.expand(emitter, *inputs)
            else:
                width = None if call.out is None else emitter.scaled(call.out)
                made = emitter.apply(call.what, *inputs, part=call.what.name, width=width)
            if shares_input:
                made = repeated(made, call.count)
                self.nodes[-1] = replace(self.nodes[-1], count=made.count)
            self.values[call.path] = made
        except (ShapeError, ValueError) as error:
            self.problems.add(call.line, instance.line.op.value, str(error))

    def _assert_filter(self, call: Call, value: Tensor) -> None:
        """Compare the input channels that a printed filter names."""
        cell = call.asserts.get("in_channels")
        if cell is None or not self.asserted:
            return
        flat = call.asserts.get("operator", cell).value == "linear"
        possible = [c * h * w if flat else c for c, h, w in value.possible_shapes]
        if cell.value not in possible:
            self.problems.add(cell.line, cell.cell, f"inferred {possible[0]} input channels")

    # -- nodes

    def add(self, op: Operator, inputs: Sequence[Tensor], rule: Any, emitter: _Emitter) -> Tensor:
        """Add a node; raises ShapeError where its inputs do not fit."""
        path, line = emitter.path, emitter.instance.line
        layout = self._layout(op, inputs, path, rule)
        self.parts += len(layout)
        if self.parts > PARTS:
            raise ShapeError(f"expected concatenations of at most {PARTS} parts in all")
        channels = self.grouping.channels(layout)
        if channels > CHANNELS:
            raise ShapeError(f"expected at most {CHANNELS} channels, found {channels}")
        shapes = [value.shape for value in inputs]
        op.check(shapes, channels)
        shape: Any = op.shape(shapes, channels)
        if min(shape) < 1:
            raise ShapeError(f"{op.label}: nothing is left of {size_text(shapes[0])}")
        self._assert_whole(op, inputs[0], line)
        counts = sorted({value.count for value in inputs} - {1})
        if len(counts) > 1:
            raise ShapeError(f"{op.label}: inputs run {counts[0]} and {counts[1]} times")
        count = counts[0] if counts else 1
        for split in (inputs[0].layout, layout):
            self.grouping.divide(split, getattr(op, "groups", 1))
        self.layouts.append(layout)
        self.nodes.append(
            Node(
                id=path,
                op=op,
                inputs=tuple(value.id for value in inputs),
                channels=(),
                row=line.number,
                row_id=emitter.instance.row_id,
                copy=emitter.instance.copy,
                stage=0,
                count=count,
                line=emitter.call.line,
            )
        )
        made = Tensor(path, layout, shape, count, printed_shape(op, inputs, shape))
        part = path
        while part != emitter.instance.row_id and part:
            self.within[part] = made
            part = part.rpartition(".")[0]
        return made

    def _layout(self, op: Operator, inputs: Sequence[Tensor], path: str, rule: Any) -> Layout:
        match op.channel_rule:
            case "keep":
                return inputs[0].layout
            case "concat":
                return tuple(group for value in inputs for group in value.layout) * op.stacks
            case "tie":
                return self.grouping.tie([value.layout for value in inputs])
        if isinstance(rule, _Same):
            return rule.layout
        if rule is None:
            raise TypeError(f"{path}: {op.name} has channels of its own and was given no width")
        return self.grouping.new(path.removesuffix(f".{op.name}"), rule, len(self.nodes))

    def _assert_whole(self, op: Operator, value: Tensor, line: Line) -> None:
        """Check that a pool printed as 7x7 that covers the whole map has an input of 7x7."""
        if not isinstance(op, Pool) or not op.whole or op.kernel is None:
            return
        if not self.asserted or line.borrowed:
            return
        if op.kernel not in [shape[1:] for shape in value.possible_shapes]:
            cell = f"kernel {sides_text(*op.kernel)}"
            found = f"inferred {sides_text(*value.shape[1:])}, the whole map (global: true)"
            self.problems.add(line.op.line, cell, found)

    # -- the result

    def _graph(
        self, outputs: Mapping[str, Tensor], expanded: Expanded, stages: Sequence[int]
    ) -> Graph | None:
        layouts = [
            (node.row_id, stage, layout)
            for node, stage, layout in zip(self.nodes, stages, self.layouts, strict=True)
        ]
        never = [0, *(group for value in outputs.values() for group in value.layout)]
        lines = getattr(self.spec.document.get("widths"), "lines", {})
        groups = self.grouping.groups(layouts, never, expanded.widths, self.problems, lines)
        if self.problems:
            return None
        return Graph(
            name=self.spec.name,
            nodes=tuple(
                replace(node, stage=stage, channels=tuple(map(self.grouping.name, layout)))
                for node, (_, stage, layout) in zip(self.nodes, layouts, strict=True)
            ),
            groups=groups,
            input_channels=(self.grouping.name(0),),
            reference=self.spec.input,
            outputs=tuple(value.id for value in outputs.values()),
            output_names=tuple(outputs),
            rounding=expanded.rounding,
            errata={i.row_id: i.line.erratum for i in expanded.instances if i.line.erratum},
        )


@dataclass(frozen=True)
class _Same:
    """The width of another value, group by group."""

    layout: Layout


@dataclass(frozen=True)
class _Emitter:
    """A block's emitter: nodes are added under its path, widths follow its row's ``scale``."""

    net: _Assembler
    path: str
    call: Call
    instance: Instance

    def scope(self, part: str) -> _Emitter:
        return replace(self, path=f"{self.path}.{part}")

    def apply(self, op: Operator, *inputs: Any, part: str, width: Any = None) -> Any:
        return self.net.add(op, inputs, width, self.scope(part))

    def block(self, block: BlockType, *inputs: Any, part: str) -> Any:
        return block.expand(self.scope(part), *inputs)

    def scaled(self, channels: int) -> Rule:
        scale: Scale = self.call.scale
        return Fixed(channels) if scale.fixed else Scaled(channels, scale.least)

    def fixed(self, channels: int) -> Rule:
        return Fixed(channels)

    def ratio(self, source: Any, channels: int) -> Rule:
        if self.call.scale.fixed:
            return Fixed(channels)
        return Proportional(channels, source.layout, source.channels)

    def squeeze(self, source: Any, ratio: int, divisor: int) -> Rule:
        base = squeeze_width(source.channels, ratio, divisor)
        return Squeeze(base, source.layout, ratio, divisor)

    def multiple(self, source: Any, times: int) -> Rule:
        return Joined(source.channels * times, source.layout * times)

    def same(self, source: Any) -> _Same:
        return _Same(source.layout)
