"""The result of `crosscheck`: our multiply-adds with those of other counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from archcalc.base.names import sides_text
from archcalc.base.tables import Table
from archcalc.base.units import format_exact

TOOLS = {"ours": "archcalc", "fvcore": "fvcore", "flopcounter": "FlopCounter"}
"""The names of the counters, by key."""


@dataclass(frozen=True)
class CrosscheckRow:
    """One layer, in multiply-adds."""

    id: str
    """Its node, or its module path without a spec."""
    op: str
    ours: int | None
    """None for a layer unknown to archcalc."""
    fvcore: int
    flopcounter: int
    equal: bool | None
    """Whether all three are equal; None where ours is None."""


@dataclass(frozen=True)
class CrosscheckTable(Table):
    """The multiply-adds of one net by three counters, on an input of shape ``input``."""

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
    """Operators that a tool does not count, with the number of calls: "fvcore"."""

    @property
    def at_least(self) -> bool:
        """Whether some layer is unknown to archcalc, so that its total is a lower bound."""
        return any(row.ours is None for row in self.layers)

    @property
    def equal(self) -> bool:
        """Whether every known layer is equal and nothing is unexplained."""
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
        """Return each tool's difference by term, and the operators that it does not count."""
        notes = []
        for tool, terms in self.differences.items():
            parts = [f"{name} {format_exact(number)}" for name, number in terms.items() if number]
            difference = format_exact(self.totals[tool] - self.totals["ours"])
            named = f": {', '.join(parts)}" if parts else ""
            notes.append(f"{TOOLS[tool]} - archcalc = {difference}{named}")
        for tool, names in self.uncounted.items():
            if names:
                listed = ", ".join(f"{name} ({number})" for name, number in names.items())
                notes.append(f"{TOOLS[tool]} does not count: {listed}")
        if self.at_least:
            notes.append("some layers are unknown to archcalc: its total is a lower bound")
        return notes
