"""Printed figures and their verdicts as data, grouped by printed table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

from archcalc.base.tables import Record, Table
from archcalc.cost.claims.printed import PrintedTable, printed_tables

Verdict = Literal["reproduced", "erratum", "close", "differs", "not computable"]
VERDICTS: tuple[Verdict, ...] = ("reproduced", "erratum", "close", "differs", "not computable")
CLOSE_PERCENT = 5.0
"""Percent within which a figure is *close* if neither reproduced nor an erratum."""

TRAINED = "an accuracy of the authors' training"
ON_A_PHONE = "measured on the authors' phone, never compared with this machine"
OTHER_PARAMETERS = "printed for the file's own parameters"
NO_FIRST_ROW = "no other row of its table prints that figure"
NOT_THERE = "the net does not have it"
NOT_COMPUTABLE = {"top1": TRAINED, "top5": TRAINED, "map": TRAINED, "latency": ON_A_PHONE}
"""Why some quantities are never computed, by their names up to the first "_"."""


@dataclass(frozen=True)
class ClaimResult:
    """One printed figure and its verdict. ``printed`` is text; shares are in percent."""

    id: str | None
    table: str | None
    row: str
    model: str
    width: float
    resolution: int | str
    quantity: str
    convention: str
    printed: str
    computed: int | float | None
    match: str | None
    verdict: Verdict
    difference_percent: float | None
    note: str | None
    source: str | None
    reason: str | None = None
    """Why the figure cannot be computed; in JSON only as the end of `note`."""

    @property
    def remark(self) -> str:
        """The claim's erratum or note on the figure, or ""."""
        return (self.note or "").removesuffix(self.reason or "").removesuffix("; ")

    @property
    def is_counted(self) -> bool:
        """Whether figures of its kind are computed."""
        return self.computed is not None or self.quantity.split("_")[0] not in NOT_COMPUTABLE

    def to_dict(self) -> Record:
        """Return the figure as in `check --format json`."""
        return {name: value for name, value in asdict(self).items() if name != "reason"}


@dataclass(frozen=True)
class ClaimGroup:
    """The results of one printed table, in its order of rows."""

    table: PrintedTable
    results: tuple[ClaimResult, ...]

    @property
    def rows(self) -> list[list[ClaimResult]]:
        """The results of each row of the table."""
        rows: list[list[ClaimResult]] = []
        previous = None
        for one in self.results:
            claim = (one.model, one.id, one.row, one.width, one.resolution, one.convention)
            seen = {other.quantity for other in rows[-1]} if rows else set()
            if claim != previous or one.quantity in seen:
                rows.append([])
            rows[-1].append(one)
            previous = claim
        return rows

    @property
    def quantities(self) -> list[str]:
        """The printed quantities, in printed order."""
        return self.table.order(one.quantity for one in self.results)


NAMED = 4
"""Maximum number of nets in a title."""


@dataclass(frozen=True)
class ClaimTable(Table):
    """The claims of one net or of several."""

    kind: ClassVar[str] = "claims"
    results: tuple[ClaimResult, ...]

    @property
    def title(self) -> str:
        nets = list(dict.fromkeys(one.model for one in self.results))
        named = ", ".join(nets) if len(nets) <= NAMED else f"{len(nets)} nets"
        return f"printed against computed: {named}"

    def records(self) -> list[Record]:
        return [result.to_dict() for result in self.results]

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """The number of figures by verdict."""
        counted = Counter(result.verdict for result in self.results)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def groups(self) -> list[ClaimGroup]:
        """The results by printed table."""
        return grouped(self.results)

    @property
    def passed(self) -> bool:
        """Whether no figure differs."""
        return not self.verdicts["differs"]

    def notes(self) -> Sequence[str]:
        """Return the number of verdicts of each kind."""
        return [", ".join(f"{count} {verdict}" for verdict, count in self.verdicts.items())]


def grouped(results: Sequence[ClaimResult]) -> list[ClaimGroup]:
    """Return the results by table, those of `printed_tables` first, in printed order."""
    known = printed_tables()
    groups: dict[tuple[str | None, str | None], list[ClaimResult]] = {}
    for one in results:
        # a name such as "table 3" is unique only within its paper
        key = (one.table, None if one.table in known else one.source)
        groups.setdefault(key, []).append(one)
    found = []
    for (name, source), members in groups.items():
        title = source or name or members[0].model
        table = known.get(name or "") or PrintedTable(name or title, title)
        found.append(ClaimGroup(table, _in_printed_order(members, table.rows)))
    shown = {name: index for index, name in enumerate(known)}
    found.sort(key=lambda group: shown.get(group.table.name, len(shown)))
    return found


def _in_printed_order(
    members: Sequence[ClaimResult], rows: Sequence[str]
) -> tuple[ClaimResult, ...]:
    """Return the results in the order of ``rows``, those of other rows after them."""
    place: dict[str | None, int] = {claim: index for index, claim in enumerate(rows)}
    return tuple(sorted(members, key=lambda one: place.get(one.id, len(place))))
