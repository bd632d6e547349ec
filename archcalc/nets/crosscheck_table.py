"""Our multiply-adds beside those of other counters, as data: what `crosscheck` returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from archcalc.errors import MissingPackage

if TYPE_CHECKING:
    import pandas as pd


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
class CrosscheckTable:
    """What three counters say of one net, on an input of shape ``input``."""

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

    def to_frame(self) -> pd.DataFrame:
        """Return `records` as a pandas frame; raises MissingPackage without pandas."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingPackage("a data frame", "pandas", "frames") from error
        return pd.DataFrame(self.records())
