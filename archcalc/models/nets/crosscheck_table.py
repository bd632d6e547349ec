"""Our multiply-adds beside those of other counters, as data: what `crosscheck` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from archcalc.base.names import sides_text
from archcalc.base.tables import Table
from archcalc.base.units import format_exact

TOOLS = {"ours": "archcalc", "fvcore": "fvcore", "flopcounter": "FlopCounter"}
"""The counters by key, as people know them."""


@dataclass(frozen=True)
class CrosscheckRow:
    """One layer, in multiply-adds."""

    id: str
    """Its node, or its module path where no spec is known."""
    op: str
    ours: int | None
    """None for a layer that archcalc does not know."""
    fvcore: int
    flopcounter: int
    equal: bool | None
    """Whether all three are one integer; None where ours is."""


@dataclass(frozen=True)
class CrosscheckTable(Table):
    """What three counters say of one net, on an input of shape ``input``."""

    kind: ClassVar[str] = "crosscheck"
    model: str
    input: tuple[int, ...]
    layers: tuple[CrosscheckRow, ...]
    """Every convolution and linear layer, what archcalc does not know, and whatever is not
    counted as its terms say."""
    totals: Mapping[str, int]
    """Whole net: "ours", "fvcore", "flopcounter"; "ours" is "at least" where `at_least`."""
    differences: Mapping[str, Mapping[str, int]]
    """Each tool's total − ours, by term; they add up, "unexplained" included."""
    uncounted: Mapping[str, Mapping[str, int]]
    """Operators that a tool met and did not count, with how often: "fvcore"."""

    @property
    def at_least(self) -> bool:
        """Whether archcalc does not know some layer, so that its total is a lower bound."""
        return any(row.ours is None for row in self.layers)

    @property
    def equal(self) -> bool:
        """Whether every known layer agrees to the unit and nothing is unexplained."""
        agreed = all(row.equal is not False for row in self.layers)
        return agreed and not any(terms["unexplained"] for terms in self.differences.values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain, JSON-able data."""
        return {
            "model": self.model,
            "input": list(self.input),
            "layers": self.records(),
            "totals": dict(self.totals),
            "at_least": self.at_least,
            "differences": {tool: dict(terms) for tool, terms in self.differences.items()},
            "uncounted": {tool: dict(names) for tool, names in self.uncounted.items()},
            "equal": self.equal,
        }

    def records(self) -> list[dict[str, Any]]:
        """Return one record a layer."""
        return [asdict(row) for row in self.layers]

    @property
    def title(self) -> str:
        *_, channels, height, width = (1, 1, *self.input)
        size = sides_text(height, width, channels)
        return f"{self.model} · {size} · multiply-adds by three counters"

    def notes(self) -> Sequence[str]:
        """Return each tool's difference by term, and what it did not count."""
        notes = []
        for tool, terms in self.differences.items():
            parts = [f"{name} {format_exact(number)}" for name, number in terms.items() if number]
            difference = format_exact(self.totals[tool] - self.totals["ours"])
            named = f": {', '.join(parts)}" if parts else ""
            notes.append(f"{TOOLS[tool]} - archcalc = {difference}{named}")
        for tool, names in self.uncounted.items():
            if names:
                listed = ", ".join(f"{name} ({number})" for name, number in names.items())
                notes.append(f"{TOOLS[tool]} met and did not count: {listed}")
        if self.at_least:
            notes.append("archcalc does not know every layer: its total is at least this")
        return notes
