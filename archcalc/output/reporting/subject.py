"""The subject of a report: nets with their costs, under one convention, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from archcalc.base.messages import Messages, messages
from archcalc.cost.claims.judge import check_all
from archcalc.cost.claims.results import ClaimTable
from archcalc.cost.counting.table import CostTable, CountOptions, count
from archcalc.language.graph import Net
from archcalc.models.latency import LatencyTable

ReportKind = Literal["net", "comparison", "lecture"]


@dataclass(frozen=True)
class Subject:
    """One report's nets and choices; costs are cached for all sections.

    ``kind``: "net" for one net, "comparison" for several, "lecture" for every printed table.
    ``latencies``: by the net's title (`Net.title`); may be empty.
    """

    kind: ReportKind
    nets: Sequence[Net]
    convention: str = "paper"
    batch: int = 1
    dtype: str = "f32"
    language: str = "en"
    latencies: Mapping[str, LatencyTable] = field(default_factory=dict)

    @cached_property
    def t(self) -> Messages:
        """The messages of its language."""
        return messages(self.language)

    @property
    def counting(self) -> CountOptions:
        """How every figure of the report is counted."""
        return {"convention": self.convention, "batch": self.batch, "dtype": self.dtype}

    @cached_property
    def costs(self) -> tuple[CostTable, ...]:
        """The cost of every net, in their order."""
        return tuple(count(net, **self.counting) for net in self.nets)

    @property
    def net(self) -> Net:
        """The only net, or the first."""
        return self.nets[0]

    @property
    def cost(self) -> CostTable:
        """The cost of the only net, or of the first."""
        return self.costs[0]

    @cached_property
    def claims(self) -> ClaimTable:
        """Every claim of the nets' specs, each spec once, with the file's own parameters."""
        return check_all(dict.fromkeys(net.spec.as_filed for net in self.nets))
