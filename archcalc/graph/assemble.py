"""From expanded rows to a Graph: nodes, channel groups, and the printed cells asserted.

Wiring is decided on the width-1 net, so this pass carries that net's shapes along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archcalc.blocks import Block
from archcalc.errors import ShapeError, known_names
from archcalc.graph.graph import INPUT, Graph, Node
from archcalc.graph.groups import Fixed, Group, Joined, Ratio, Rule, Scaled, Squeeze, squeeze_width
from archcalc.limits import CHANNELS, COUNT, NODES
from archcalc.ops import IntShape, Operator
from archcalc.ops.pool import Pool
from archcalc.spec.expand import Call, Expanded, Instance
from archcalc.spec.problems import Problems
from archcalc.spec.rows import Line, Stated
from archcalc.spec.schema import size_text
from archcalc.spec.spec import Spec


@dataclass(frozen=True)
class Tensor:
    """The value of a node on the width-1 net.

    ``printed`` is the shape that it would have if a printed cell before it were right and the
    inferred shape wrong: so one fault is told once, not again in every later row.
    """

    id: str
    layout: tuple[int, ...]
    shape: IntShape
    count: int = 1
    printed: IntShape | None = None

    @property
    def channels(self) -> int:
        return self.shape[0]


@dataclass
class _Proto:
    """A channel group while it is being found."""

    name: str
    rule: Rule
    node: int


def assemble(spec: Spec, expanded: Expanded, problems: Problems, *, asserted: bool) -> Graph | None:
    """Return the graph of ``expanded``, or None where ``problems`` say why not.

    ``asserted``: whether printed cells are compared; they are of the file's own parameters.
    """
    return _Assembler(spec, problems, asserted=asserted).run(expanded)


class _Assembler:
    def __init__(self, spec: Spec, problems: Problems, *, asserted: bool) -> None:
        self.spec = spec
        self.problems = problems
        self.asserted = asserted
        self.nodes: list[Node] = []
        self.layouts: list[tuple[int, ...]] = []
        self.groups: list[_Proto] = []
        self.parent: list[int] = []
        self.values: dict[str, Tensor | None] = {"": None}
        self.stages: list[int] = []

    def run(self, expanded: Expanded) -> Graph | None:
        channels, height, width = self.spec.input
        source = self.new_group("input", Fixed(channels))
        self.values[INPUT] = Tensor(INPUT, (source,), (channels, height, width))
        stage, size = 0, None
        for instance in expanded.instances:
            start = len(self.nodes)
            self._instance(instance)
            output = self.values.get(instance.output)
            if output is not None and output.shape[1:] != size:
                stage, size = stage + 1, output.shape[1:]
            self.stages += [max(stage, 1)] * (len(self.nodes) - start)
            if len(self.nodes) > NODES:
                self.problems.add(instance.line.line, "rows", f"expected at most {NODES} layers")
                return None
        outputs = [(name, self.values.get(path)) for name, path in expanded.outputs]
        if self.problems or any(value is None for _, value in outputs):
            return None
        return self._graph(outputs, expanded)

    # -- rows

    def _instance(self, instance: Instance) -> None:
        line = instance.line
        before = {path: self.values.get(path) for path in instance.inputs}
        if self.asserted and instance.first and "input" in line.asserts:
            for path in before:
                self.values[path] = self._compare(before[path], line.asserts["input"], line)
        for call in instance.calls:
            self._call(call, line, instance)
        self.values.update(before)
        if self.asserted and instance.last and "output" in line.asserts:
            value = self.values.get(instance.output)
            self.values[instance.output] = self._compare(value, line.asserts["output"], line)

    def _compare(self, value: Tensor | None, cell: Stated, line: Line) -> Tensor | None:
        """Assert one printed size; what follows is inferred in the printed world too."""
        printed: IntShape = cell.value
        if value is None:
            # After a fault the printed size is all there is to go on, to find further faults.
            group = self.new_group(f"printed at line {line.line}", Fixed(printed[0]))
            return Tensor(f"printed {line.line}", (group,), printed)
        if printed == value.shape:
            return replace(value, printed=None)
        if printed != value.printed:
            self.problems.add(cell.line, cell.cell, f"inferred {size_text(value.shape)}")
        return replace(value, printed=printed)

    def _call(self, call: Call, line: Line, instance: Instance) -> None:
        inputs = [self.values.get(path) for path in call.inputs]
        self.values[call.path] = None
        if call.what is None or any(value is None for value in inputs):
            return
        known = [value for value in inputs if value is not None]
        emitter = _RowEmitter(self, call.path, call.scale_of or line, instance)
        try:
            known = [self._repeated(value, line.count) for value in known]
            self._assert_channels(call, known)
            if isinstance(call.what, Block):
                made = call.what.expand(emitter, *known)
            else:
                width = None if call.out is None else emitter.scaled(call.out)
                made = emitter.apply(call.what, *known, part=call.what.name, width=width)
            self.values[call.path] = made  # type: ignore[assignment]
        except (ShapeError, ValueError) as error:
            cell = line.op.value if isinstance(line.op.value, str) else "row"
            self.problems.add(call.line, cell, str(error))

    def _repeated(self, value: Tensor, count: int) -> Tensor:
        if count == 1:
            return value
        if value.count * count > COUNT:
            raise ShapeError(f"count: runs more than {COUNT} times")
        return replace(value, count=value.count * count)

    def _assert_channels(self, call: Call, inputs: Sequence[Tensor]) -> None:
        cell = call.asserts.get("in_channels")
        if cell is None or not self.asserted:
            return
        channels, height, width = inputs[0].shape
        features = channels * height * width if call.asserts.get("operator") else channels
        if call.asserts.get("operator") and call.asserts["operator"].value == "dwconv":
            features = channels
        if cell.value != features and (
            inputs[0].printed is None or cell.value != inputs[0].printed[0]
        ):
            self.problems.add(cell.line, cell.cell, f"inferred {features} input channels")

    # -- nodes

    def apply(
        self,
        op: Operator,
        inputs: Sequence[Tensor],
        path: str,
        rule: Rule | None,
        line: Line,
        instance: Instance,
    ) -> Tensor:
        """Add a node, on the width-1 net; raises ShapeError where the inputs do not fit."""
        layout = self._layout(op, inputs, path, rule)
        channels = sum(self._rule(group).base for group in layout)
        if channels > CHANNELS:
            raise ShapeError(f"{op.label}: expected at most {CHANNELS} channels, found {channels}")
        shapes = [value.shape for value in inputs]
        op.check(shapes, channels)
        shape: Any = op.shape(shapes, channels)
        if min(shape) < 1:
            raise ShapeError(f"{op.label}: a map of {size_text(shapes[0])} leaves nothing")
        self._assert_whole(op, inputs[0], line)
        counts = {value.count for value in inputs}
        if len(counts) > 1 and min(counts) != 1:
            raise ShapeError(
                f"{op.label}: inputs run {' and '.join(map(str, sorted(counts)))} times"
            )
        self.layouts.append(layout)
        self.nodes.append(
            Node(
                id=path,
                op=op,
                inputs=tuple(value.id for value in inputs),
                channels=(),
                row=line.number,
                row_id=instance.row_id,
                copy=instance.copy,
                stage=0,
                count=max(counts),
                line=line.line,
            )
        )
        return Tensor(path, layout, shape, max(counts), self._printed(op, inputs, shape))

    def _printed(self, op: Operator, inputs: Sequence[Tensor], shape: IntShape) -> IntShape | None:
        """Return the output's shape in the world where an earlier printed cell is right."""
        if all(value.printed is None for value in inputs):
            return None
        worlds = [value.printed or value.shape for value in inputs]
        channels = shape[0]
        if op.channel_rule in ("keep", "tie"):
            channels = worlds[0][0]
        elif op.channel_rule == "concat":
            channels = sum(world[0] for world in worlds)
        printed: Any = op.shape(worlds, channels)
        return None if printed == shape else printed

    def _assert_whole(self, op: Operator, value: Tensor, line: Line) -> None:
        """A pool printed as 7x7 that covers the whole map must find a map of 7x7."""
        if not self.asserted or not isinstance(op, Pool) or not op.whole or op.kernel is None:
            return
        if op.kernel not in (value.shape[1:], (value.printed or value.shape)[1:]):
            found = f"{value.shape[1]}x{value.shape[2]}"
            self.problems.add(
                line.op.line, f"kernel {op.kernel[0]}x{op.kernel[1]}", f"global: the map is {found}"
            )

    def _layout(
        self, op: Operator, inputs: Sequence[Tensor], path: str, rule: Rule | None
    ) -> tuple[int, ...]:
        match op.channel_rule:
            case "new":
                if rule is None:
                    raise TypeError(f"{path}: {op.name} makes channels and was given no width")
                if isinstance(rule, _Same):
                    return rule.layout
                if rule.base > CHANNELS:
                    raise ShapeError(f"expected at most {CHANNELS} channels, found {rule.base}")
                return (self.new_group(path.removesuffix(f".{op.name}"), rule),)
            case "keep":
                return inputs[0].layout
            case "concat":
                return tuple(group for value in inputs for group in value.layout)
            case "tie":
                return self._tie(op, inputs)

    # -- channel groups

    def new_group(self, name: str, rule: Rule) -> int:
        self.groups.append(_Proto(name, rule, len(self.nodes)))
        self.parent.append(len(self.parent))
        return len(self.parent) - 1

    def _root(self, group: int) -> int:
        while self.parent[group] != group:
            self.parent[group] = self.parent[self.parent[group]]
            group = self.parent[group]
        return group

    def _rule(self, group: int) -> Rule:
        return self.groups[self._root(group)].rule

    def _tie(self, op: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
        """Make the inputs' channels equal, group by group, and return their layout."""
        first = inputs[0]
        for other in inputs[1:]:
            if other.channels != first.channels:
                raise ShapeError(
                    f"{op.name}: {first.channels} and {other.channels} channels differ"
                )
            ours, theirs = self._roots(first.layout), self._roots(other.layout)
            widths = [[self._rule(g).base for g in side] for side in (ours, theirs)]
            if widths[0] == widths[1]:
                for a, b in zip(ours, theirs, strict=True):
                    self.parent[max(a, b)] = min(a, b)
            elif len(ours) == 1 or len(theirs) == 1:
                (whole,), parts = (ours, theirs) if len(ours) == 1 else (theirs, ours)
                self.groups[whole].rule = Joined(first.channels, tuple(str(part) for part in parts))
            else:
                raise ShapeError(f"{op.name}: two concatenations of different parts cannot be tied")
        return first.layout

    def _roots(self, layout: tuple[int, ...]) -> list[int]:
        return [self._root(group) for group in layout]

    # -- the result

    def _graph(
        self, outputs: Sequence[tuple[str, Tensor | None]], expanded: Expanded
    ) -> Graph | None:
        kept = [(name, value) for name, value in outputs if value is not None]
        names = {self._root(g): self.groups[self._root(g)].name for g in range(len(self.groups))}
        used = {g for layout in self.layouts for g in self._roots(layout)} | {0}
        never = {g for _, value in kept for g in self._roots(value.layout)} | {0}
        rows: dict[int, dict[str, None]] = {group: {} for group in used}
        for node, layout in zip(self.nodes, self.layouts, strict=True):
            for group in self._roots(layout):
                rows[group][node.row_id] = None
        bases = self._bases(names, used)
        groups = [
            Group(
                name=names[group],
                rule=self._named(self.groups[group].rule, names, bases, names[group]),
                prunable=group not in never and not isinstance(self.groups[group].rule, Joined),
                stage=self.stages[min(self.groups[group].node, len(self.stages) - 1)],
                rows=tuple(rows[group]),
            )
            for group in self._ordered(used)
        ]
        nodes = tuple(
            replace(node, stage=stage, channels=tuple(names[g] for g in self._roots(layout)))
            for node, stage, layout in zip(self.nodes, self.stages, self.layouts, strict=True)
        )
        if self.problems:
            return None
        return Graph(
            name=self.spec.name,
            nodes=nodes,
            groups=tuple(groups),
            input_channels=(names[0],),
            reference=self.spec.input,
            outputs=tuple(value.id for _, value in kept),
            output_names=tuple(name for name, _ in kept),
            rounding=self.spec.head.rounding,
            errata={i.row_id: i.line.erratum for i in expanded.instances if i.line.erratum},
        )

    def _ordered(self, used: set[int]) -> list[int]:
        """Return groups so that each stands after those that its rule reads."""
        done: dict[int, None] = {}
        pending = sorted(used)
        while pending:
            ready = [g for g in pending if set(self._reads(g)) <= done.keys()]
            if not ready:
                names = ", ".join(self.groups[g].name for g in pending[:4])
                self.problems.add(1, "rows", f"the widths of {names} depend on one another")
                return []
            done.update(dict.fromkeys(ready))
            pending = [g for g in pending if g not in done]
        return list(done)

    def _reads(self, group: int) -> list[int]:
        of = getattr(self.groups[group].rule, "of", ())
        return [self._root(int(g)) for g in of]

    def _bases(self, names: Mapping[int, str], used: set[int]) -> dict[str, int]:
        """Return the width of each group at multiplier 1, with the spec's own ``widths``."""
        bases = {names[group]: self.groups[group].rule.base for group in sorted(used)}
        known = [name for name in bases if name != "input"]
        lines = getattr(self.spec.document.get("widths"), "lines", {})
        for name, width in self.spec.head.widths.items():
            if name not in known:
                self.problems.add(
                    lines.get(name, 1),
                    f"widths.{name}",
                    f"no such channel group{known_names(name, known)}",
                )
            else:
                bases[name] = width
        return bases

    def _named(
        self, rule: Rule, names: Mapping[int, str], bases: Mapping[str, int], own: str
    ) -> Rule:
        """Return a rule that reads groups by name and starts from ``bases``."""
        given = self.spec.head.widths
        if isinstance(rule, Squeeze) and own in given:
            return Scaled(given[own])
        if isinstance(rule, (Fixed, Scaled)):
            return replace(rule, base=bases[own])
        of = tuple(names[self._root(int(g))] for g in rule.of)
        of_base = sum(bases[name] for name in of)
        if isinstance(rule, Ratio):
            return replace(rule, base=bases[own], of=of, of_base=of_base)
        if isinstance(rule, Squeeze):
            return replace(rule, base=squeeze_width(of_base, rule.ratio, rule.divisor), of=of)
        return replace(rule, base=of_base, of=of)


@dataclass(frozen=True)
class _Same:
    """A width that is another value's, group by group."""

    layout: tuple[int, ...]
    base: int


@dataclass(frozen=True)
class _RowEmitter:
    """What a block is given: nodes land under its path, widths follow its row's ``scale``."""

    net: _Assembler
    path: str
    line: Line
    instance: Instance

    def scope(self, part: str) -> _RowEmitter:
        return replace(self, path=f"{self.path}.{part}")

    def apply(self, op: Operator, *inputs: Any, part: str, width: Any = None) -> Any:
        return self.net.apply(op, inputs, f"{self.path}.{part}", width, self.line, self.instance)

    def block(self, block: Block, *inputs: Any, part: str) -> Any:
        return block.expand(self.scope(part), *inputs)

    def scaled(self, channels: int) -> Rule:
        scale = self.line.scale
        return Fixed(channels) if scale.fixed else Scaled(channels, scale.least)

    def ratio(self, source: Tensor, channels: int) -> Rule:
        return Ratio(channels, tuple(str(g) for g in source.layout), source.channels)

    def squeeze(self, source: Tensor, ratio: int, divisor: int) -> Rule:
        base = squeeze_width(source.channels, ratio, divisor)
        return Squeeze(base, tuple(str(g) for g in source.layout), ratio, divisor)

    def same(self, source: Tensor) -> _Same:
        return _Same(source.layout, source.channels)
