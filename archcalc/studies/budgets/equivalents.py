"""`equivalent`: which width, resolution, prune ratio or other net costs as much as a variant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.names import COSTS, resolution_name
from archcalc.base.tables import Record, Table
from archcalc.base.units import format_decimal, format_signed_percent, percent_change
from archcalc.cost.counting.table import count
from archcalc.cost.scaling.grid import QUANTITIES, GridPart, prune_text
from archcalc.cost.scaling.sweeping import Source
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph import Net
from archcalc.language.graph.build import Prune, Ratio, build
from archcalc.language.loading import load
from archcalc.studies.budgets.lines import Lines

CLOSE_PERCENT = 5.0
"""Percent beyond which a note says that the nearest is not near."""
FAR_PERCENT = 25.0
"""Percent beyond which another net is not listed."""


@dataclass(frozen=True)
class EquivalentTable(Table):
    """A variant, and others of equal cost ``by``.

    Each answer has its costs and their difference from the given variant, in percent.
    ``answer``: what is changed (width, resolution, prune, net). ``match``: "nearest" or "not
    above" in the cost, or both; ``same``: all values of the same cost. Of these the largest net
    is given, or for equal nets the roundest value: the width or ratio with the fewest digits, the
    side divisible by the largest of 32, 16, 8 …
    """

    kind: ClassVar[str] = "equivalent"
    net: Net
    by: str
    convention: Convention
    asked: Record
    answers: tuple[Record, ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.net.title} · equal {COSTS[self.by]} · {self.convention.name}"

    def records(self) -> list[Record]:
        return [self.asked, *self.answers]

    def to_dict(self) -> Record:
        return {
            "by": self.by,
            "convention": self.convention.name,
            "asked": self.asked,
            "answers": list(self.answers),
            "notes": list(self.notes()),
        }

    def notes(self) -> Sequence[str]:
        return [*self.remarks, f"{self.convention.name}: {self.convention.about}"]


def equivalent(
    spec: Source,
    *,
    width: Ratio | None = None,
    resolution: int | str | tuple[int, int] | None = None,
    prune: Prune = None,
    by: str = "madds",
    convention: str | Convention = "paper",
    multiple: int = 8,
    dtype: str = "f32",
    nets: int = 3,
) -> EquivalentTable:
    """Return variants that cost as much as the given variant of ``spec``.

    Each answer changes one thing of the printed net: the width (all multiples of 10⁻⁴), the
    resolution (all sides), the uniform prune ratio (all multiples of 10⁻⁴), or the net (the zoo's
    others, printed or at a variant of published accuracy; the ``nets`` nearest within 25 %). For
    the first three: the nearest in cost, and the nearest that costs no more. Impossible variants
    are left out, as is an answer that changes nothing and is not near. ``by``: a column of `Grid`.

    Raises ArchcalcError for bad values, ShapeError for an impossible resolution.
    """
    if by not in QUANTITIES:
        raise UnknownName("cost", by, QUANTITIES)
    if type(nets) is not int or nets < 0:
        raise ArchcalcError(f"nets: an integer of at least 0, not {nets!r}")
    spec = load(spec)
    chosen = convention_named(convention)
    lines = Lines(spec, by, chosen, multiple, dtype)
    net = build(
        spec,
        width=1 if width is None else width,
        resolution=resolution,
        prune=prune,
        multiple=multiple,
    )
    totals = count(net, chosen, dtype=dtype).totals
    asked = _Asked(net, {name: totals[name] for name in QUANTITIES}, by)
    answers: list[Record] = []
    remarks: list[str] = []
    for name in ("width", "resolution", "prune"):
        found, said = _along(asked, lines, name)
        answers += found
        remarks += [f"{name}: {text}" for text in said]
    if nets:
        near = [one for one in map(asked.other, lines.others()) if _off(one, by) <= FAR_PERCENT]
        near.sort(key=lambda record: abs(record[by] - asked.target))
        answers += near[:nets]
        if not near:
            remarks.append(
                f"net: no other of the zoo comes within {format_decimal(FAR_PERCENT)} % of equal "
                "cost"
            )
    return EquivalentTable(net, by, chosen, asked.record(), tuple(answers), tuple(remarks))


def _along(asked: _Asked, lines: Lines, name: str) -> tuple[list[Record], list[str]]:
    """Return the answers that change one thing, and remarks on them."""
    by = asked.by
    if lacks := lines.lacks(name):
        return [], [f"no answer: {lacks}"]
    if asked.changes_only(name):
        return [], ["no answer: it would be the variant itself"]
    part, left_out = lines.along(name, asked.target)
    if np.ptp(getattr(part.totals, by)) == 0:
        return [], [f"does not change {COSTS[by]}"]
    remarks = [left_out] if left_out else []
    found = list(asked.nearest(part, name))
    if _off(found[0], by) > CLOSE_PERCENT:
        remarks.append(f"no value comes near to equal {COSTS[by]}")
    # the net as it is printed, with nothing changed, answers nothing unless it is near
    plain = [r for r in found if r[by] == lines.printed and _off(r, by) > CLOSE_PERCENT]
    for record in plain:
        off = f", {format_signed_percent(record[f'{by}_percent'], 1)}" if asked.target else ""
        remarks.append(f"{record['match']} is the net as printed{off}: left out")
    return [record for record in found if record not in plain], remarks


@dataclass(frozen=True)
class _Asked:
    """The given variant, compared with others."""

    net: Net
    totals: Record
    by: str

    @property
    def target(self) -> int:
        return int(self.totals[self.by])

    def changes_only(self, name: str) -> bool:
        """Return whether an answer of this kind would be the variant itself."""
        changed = {
            "width": self.net.width != 1,
            "resolution": self.net.size != self.net.graph.reference[1:],
            "prune": bool(self.net.prune),
        }
        return not any(differs for kind, differs in changed.items() if kind != name)

    def record(self) -> Record:
        """Return the variant itself, with the columns of an answer."""
        net = self.net
        what: Record = {
            "answer": "asked",
            "match": "",
            "same": "",
            "model": net.name,
            "width": net.width,
        }
        what |= {"resolution": net.resolution, "prune": prune_text(net.prune)}
        return self._compared(what, self.totals)

    def nearest(self, part: GridPart, name: str) -> Iterator[Record]:
        """Yield the nearest of a list of variants, and the nearest that costs no more."""
        costs = getattr(part.totals, self.by)
        index = _nearest(costs, self.target)
        below = np.flatnonzero(costs <= self.target)
        under = int(below[costs[below].argmax()]) if below.size else None
        if under is not None and costs[under] == costs[index]:
            yield self._of(part, costs == costs[index], name, "nearest, not above")
            return
        yield self._of(part, costs == costs[index], name, "nearest")
        if under is not None:
            yield self._of(part, costs == costs[under], name, "not above")

    def other(self, part: GridPart) -> Record:
        """Return the nearest variant of another net."""
        index = _nearest(getattr(part.totals, self.by), self.target)
        return self._at(part, index, "net", "nearest", "")

    def _of(self, part: GridPart, same: npt.NDArray[np.bool_], name: str, match: str) -> Record:
        """Return the largest in MAdds and parameters of variants of the same cost.

        Of equal ones, the roundest value.
        """
        values = {"width": part.widths, "resolution": part.resolutions, "prune": part.prunes}[name]
        index = np.flatnonzero(same)
        first, last = _short(values[int(index[0])]), _short(values[int(index[-1])])
        for costs in (part.totals.madds, part.totals.params):
            index = index[costs[index] == costs[index].max()]
        chosen = min(index.tolist(), key=lambda i: (*_roundness(values[i]), i))
        span = first if first == last else f"{first} to {last}"
        return self._at(part, chosen, name, match, span)

    def _at(self, part: GridPart, index: int, name: str, match: str, span: str) -> Record:
        width, side, prune = part.choice(index)
        what: Record = {"answer": name, "match": match, "same": span, "model": part.spec.name}
        what |= {"width": float(width), "resolution": resolution_name(*side)}
        what |= {"prune": prune_text(prune)}
        return self._compared(
            what, {cost: int(getattr(part.totals, cost).ravel()[index]) for cost in QUANTITIES}
        )

    def _compared(self, what: Record, totals: Record) -> Record:
        """Return a record: the variant, its costs, and their differences in percent."""
        differences = {
            f"{name}_percent": percent_change(self.totals[name], totals[name], 4)
            for name in QUANTITIES
        }
        return {**what, **totals, **differences}


def _off(record: Record, by: str) -> float:
    """Return a record's absolute difference from equal cost, in percent."""
    percent = record[f"{by}_percent"]
    return float("inf") if percent is None else abs(percent)


def _nearest(costs: npt.NDArray[np.int64], target: int) -> int:
    return int(np.abs(costs - target).argmin())


def _short(value: Any) -> str:
    return str(resolution_name(*value)) if isinstance(value, tuple) else str(value)


def _roundness(value: Any) -> tuple[int, int]:
    """Return a key that is least for the roundest value.

    Sides divisible by 32, or else by the next lower power of two; ratios with few digits.
    """
    halvings = gcd(value[0], 32) if isinstance(value, tuple) else 0
    return -halvings, len(_short(value))
