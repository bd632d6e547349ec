"""`count`: the cost of a net layer by layer, and sums of layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, TypedDict

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.names import size_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_bytes, format_count, format_exact, format_percent, percent
from archcalc.cost.counting.layer import DTYPES, KEYS, LayerCost
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph import Net
from archcalc.language.graph.liveness import peak_memory
from archcalc.language.ops import elements
from archcalc.language.spec.schema import Claim


class CountOptions(TypedDict, total=False):
    """How costs are counted: keywords of `count`, of `sweep` and of what is made of them."""

    convention: str | Convention
    batch: int
    dtype: str


@dataclass(frozen=True)
class CostTable(Table):
    """The cost of a net, layer by layer, under one convention."""

    kind: ClassVar[str] = "costs"
    net: Net
    convention: Convention
    layers: tuple[LayerCost, ...]
    peak_memory_bytes: int
    batch: int = 1
    dtype: str = "f32"

    @property
    def title(self) -> str:
        batch = f", batch {self.batch}" if self.batch != 1 else ""
        return (
            f"{self.net.title} · {size_text(self.net.input_shape)} · {self.convention.name}{batch}"
        )

    @cached_property
    def madds(self) -> int:
        """Multiply-adds of one forward pass of the batch."""
        return sum(layer.madds for layer in self.layers)

    @cached_property
    def params(self) -> int:
        """Learnable scalars that the convention counts."""
        return sum(layer.params for layer in self.layers)

    @property
    def totals(self) -> Record:
        """Sums over all layers; peak memory is a maximum over time."""
        flops = 2 * self.madds
        traffic = sum(layer.traffic_bytes for layer in self.layers)
        return {
            "madds": self.madds,
            "params": self.params,
            "flops": flops,
            "weight_bytes": sum(layer.weight_bytes for layer in self.layers),
            "activation_bytes": sum(layer.activation_bytes for layer in self.layers),
            "peak_memory_bytes": self.peak_memory_bytes,
            "arithmetic_intensity": round(flops / traffic, 4) if traffic else 0.0,
        }

    def summary(self) -> Sequence[str]:
        """Return the totals in one line."""
        totals = self.totals
        weights, peak = totals["weight_bytes"], totals["peak_memory_bytes"]
        counts = f"{format_exact(self.madds)} MAdds, {format_exact(self.params)} parameters"
        sizes = f"{format_bytes(weights)} of weights ({self.dtype}), peak memory"
        return [f"totals: {counts}, {sizes} {format_bytes(peak)}"]

    def by(self, key: str) -> GroupedTable:
        """Return sums of layers by "layer", "block", "row", "op" or "stage"."""
        if key not in KEYS:
            raise UnknownName("grouping", key, KEYS)
        groups: dict[str, list[LayerCost]] = {}
        for layer in self.layers:
            groups.setdefault(KEYS[key](layer.node), []).append(layer)
        return GroupedTable(self, key, {name: tuple(layers) for name, layers in groups.items()})

    def figure(self, quantity: str, row: str | None = None) -> Fraction | int | None:
        """Return a count of the net or of one row or operator, or its share in percent.

        ``quantity``: "madds", "params", "madds_share" or "params_share", as in claims. None for
        a share without a row, or of a total of 0.
        """
        name = quantity.removesuffix("_share")
        whole: int = getattr(self, name)
        if row is None:
            return whole if name == quantity else None
        rows = self.by("row").groups
        layers = rows[row] if row in rows else self.by("op").groups[row]
        part: int = sum(getattr(layer, name) for layer in layers)
        if name == quantity:
            return part
        return Fraction(100 * part, whole) if whole else None

    def head(self) -> Record:
        """Return the net and the settings: the first fields of the JSON."""
        return {
            "model": self.net.name,
            "width": self.net.width,
            "resolution": self.net.resolution,
            "prune": self.net.prune,
            "set": self.net.spec.caption,
            "convention": self.convention.name,
            "batch": self.batch,
            "dtype": self.dtype,
            "totals": self.totals,
        }

    def to_dict(self) -> Record:
        return {**self.head(), "rows": [layer.to_dict() for layer in self.layers]}

    def records(self) -> list[Record]:
        return [layer.record() for layer in self.layers]

    def notes(self) -> Sequence[str]:
        """Return the convention in words and the errata of the rows."""
        errata = [f"erratum, {row}: {text}" for row, text in self.net.graph.errata.items()]
        return [f"{self.convention.name}: {self.convention.about}", *errata]


def group_record(table: CostTable, key: str | int, layers: Sequence[LayerCost]) -> Record:
    """Return the sums of some layers of ``table``; shares are in percent of its totals."""
    madds, params = sum(one.madds for one in layers), sum(one.params for one in layers)
    return {
        "key": key,
        "layers": len(layers),
        "madds": madds,
        "params": params,
        "madds_share": percent(madds, table.madds, 6),
        "params_share": percent(params, table.params, 6),
    }


@dataclass(frozen=True)
class GroupedTable(Table):
    """Layers of a `CostTable` summed by one key, in order of first appearance."""

    kind: ClassVar[str] = "costs"
    table: CostTable
    key: str
    groups: dict[str, tuple[LayerCost, ...]]

    @property
    def title(self) -> str:
        return f"{self.table.title} · by {self.key}"

    def madds(self, name: str) -> int:
        """Multiply-adds of one group."""
        return sum(layer.madds for layer in self.groups[name])

    def params(self, name: str) -> int:
        """Parameters of one group."""
        return sum(layer.params for layer in self.groups[name])

    def records(self) -> list[Record]:
        """Return one record a group; shares are in percent of the table's totals."""
        return [group_record(self.table, key, layers) for key, layers in self.groups.items()]

    def to_dict(self) -> Record:
        return {**self.table.head(), "by": self.key, "groups": self.records()}

    def summary(self) -> Sequence[str]:
        return self.table.summary()

    def notes(self) -> Sequence[str]:
        """Return the table's notes, and the errata of printed shares."""
        return [*self.table.notes(), *self._printed_shares()]

    def share_errata(self) -> list[ShareErratum]:
        """Return the printed shares with an erratum that differ from this table."""
        table, found = self.table, []
        for claim in table.net.spec.claims:
            counted_alike = claim.convention == table.convention.name
            if (
                claim.row not in self.groups
                or not counted_alike
                or not is_claim_on(claim, table.net)
            ):
                continue
            for quantity, why in claim.erratum.items():
                exact = table.figure(quantity, claim.row)
                if quantity.endswith("_share") and exact is not None:
                    name, printed = quantity.removesuffix("_share"), claim.figures[quantity]
                    whole = getattr(table, name)
                    found.append(ShareErratum(claim.row, name, printed, float(exact), whole, why))
        return found

    def _printed_shares(self) -> list[str]:
        return [
            f"erratum, {one.row}: the paper prints {one.printed}, computed "
            f"{format_percent(one.computed)} of {format_count(one.whole)} {one.quantity}; {one.why}"
            for one in self.share_errata()
        ]


class ShareErratum(NamedTuple):
    """A wrong printed share of a row or operator, with the computed one in percent."""

    row: str
    quantity: str
    """The quantity that it is a share of: "madds" or "params"."""
    printed: str
    computed: float
    whole: int
    """The net's total of the quantity."""
    why: str


def is_claim_on(claim: Claim, net: Net) -> bool:
    """Return whether a claim is on this width, input size and these parameters, unpruned."""
    reference = net.graph.reference[1:]
    size = (claim.resolution, claim.resolution) if claim.resolution else reference
    return (
        claim.set is None
        and net.spec.params == {**net.spec.head.params, **claim.param}
        and (claim.width, size, net.prune or 0) == (net.width, net.size, 0)
    )


def count(
    net: Net, convention: str | Convention = "paper", *, batch: int = 1, dtype: str = "f32"
) -> CostTable:
    """Return the cost of every layer of ``net``.

    ``convention``: a name of `CONVENTIONS`. ``batch``: images of one forward pass; MAdds and
    activations are for all of them. ``dtype``: "f32", "f16" or "int8", for bytes.
    """
    chosen = convention_named(convention)
    if dtype not in DTYPES:
        raise UnknownName("dtype", dtype, DTYPES)
    if type(batch) is not int or batch < 1:
        raise ArchcalcError(f"batch: an integer of at least 1, not {batch!r}")
    size = DTYPES[dtype]
    lies_in = net.graph.buffers
    counts = {node.id: node.count for node in net.graph.nodes}
    sizes = {
        name: elements(shape) * counts.get(name, 1) * batch * size
        for name, shape in net.shapes.items()
    }
    layers = []
    for node in net.graph.nodes:
        inputs = tuple(net.inputs_of(node))
        output = net.shapes[node.id]
        terms = node.op.terms(inputs, output)
        weight_bytes: Any = (terms.weights + terms.biases + terms.norm_params) * size
        moved = sum(elements(shape) for shape in (*inputs, output)) * node.count * batch * size
        layers.append(
            LayerCost(
                node=node,
                inputs=inputs,
                output=output,
                terms=terms,
                madds=chosen.madds(node.op, inputs, output, terms) * node.count * batch,
                params=chosen.params(terms),
                weight_bytes=weight_bytes,
                activation_bytes=sizes[node.id] if lies_in[node.id] == node.id else 0,
                traffic_bytes=moved + weight_bytes,
            )
        )
    return CostTable(net, chosen, tuple(layers), peak_memory(net.graph, sizes), batch, dtype)
