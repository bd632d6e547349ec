"""The result of a search: the number of fitting variants, the best ones, the front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from archcalc.base.document import EMPTY, Block, Cell, Column, Note, Section, TableBlock, Text, Tone
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_decimal, format_exact, format_fixed, format_ms
from archcalc.output.present.costs import cost_head, count_cell
from archcalc.output.present.remarks import saying
from archcalc.output.present.words import budget_words, convention_note, place_words

if TYPE_CHECKING:
    from archcalc.studies.budgets.frontier import Frontier

_BASIS: dict[str, Tone] = {"published": "good", "extrapolated": "warning", "interpolated": ""}
_COSTS = {"madds": 0, "params": 0, "weight_bytes": 3, "peak_memory_bytes": 2}
"""The costs of a choice, with the priority of each."""


def present(found: Frontier, t: Messages, *, lines: int | None = None) -> Section:
    """Return the choices, the best first, and the front; ``lines``: maximum rows."""
    chosen = found if lines is None else found.head(lines)
    records = chosen.records()
    blocks: list[Block] = [Text(text) for text in _summary(t, found)]
    if records:
        blocks.append(choices_table(t, records, ranked=True))
        front = found.front
        if len(front) > 1:
            shown = front if lines is None else front[-lines:]
            blocks.append(choices_table(t, shown, caption=t("search.front", number=len(front))))
            if len(shown) < len(front):
                blocks.append(Text(t("search.cheaper", number=len(front) - len(shown))))
    models = ", ".join(dict.fromkeys(own.family.model for own in found.candidates))
    title = f"{models} · {budget_words(t, found.budget)} · {found.convention.name}"
    # the last note is the convention
    notes = [Note(saying(t, text)) for text in found.notes()[:-1]]
    return Section("frontier", title, [*blocks, *notes, convention_note(t, found.convention)])


def _summary(t: Messages, found: Frontier) -> Iterator[str]:
    """Yield the number of variants that fit, the best, and the nearest to a given net."""
    numbers = {"number": format_exact(len(found)), "all": format_exact(found.considered)}
    # only the first is known to be within a latency limit
    yield t("search.may_fit" if found.measured and len(found) else "search.fit", **numbers)
    if len(found):
        yield t("search.best", choice=_choice(t, found.best))
    if found.near:
        yield t("search.near", net=found.near["to"], choice=_choice(t, found.near))


def _choice(t: Messages, record: Record) -> str:
    """Return a choice and its accuracy in words."""
    from archcalc.studies.budgets.frontier import name_of

    net, _, ratio = name_of(record).partition(" pruned ")
    name = t("equivalent.pruned", net=net, ratio=ratio) if ratio else net
    if record["top1"] is None:
        return t("search.no_top1", net=name)
    return t(
        "search.top1_from" if record["source"] else "search.top1",
        net=name,
        top1=format_decimal(record["top1"]),
        basis=t(f"search.{record['basis']}"),
        source=place_words(t, record["source"] or ""),
    )


def choices_table(
    t: Messages, records: Sequence[Record], *, caption: str = "", ranked: bool = False
) -> TableBlock:
    """Return variants with costs and accuracy, without columns of equal values."""
    fields = list(_fields(t, records, ranked=ranked))
    return TableBlock(
        caption,
        [column for column, _ in fields],
        [[cells[index] for _, cells in fields] for index in range(len(records))],
    )


def _fields(
    t: Messages, records: Sequence[Record], *, ranked: bool
) -> Iterator[tuple[Column, list[Cell]]]:
    """Yield the columns worth showing, each with its cells."""

    def field(column: Column, cells: Iterator[Cell]) -> tuple[Column, list[Cell]]:
        return column, list(cells)

    def differs(name: str) -> bool:
        return len({str(one[name]) for one in records}) > 1

    def text(name: str) -> Iterator[Cell]:
        return (Cell(str(one[name] or "")) for one in records)

    if ranked:
        yield field(Column(t("search.rank"), numeric=True, short="", priority=4), text("rank"))
    if differs("model"):
        yield field(Column(t("table.net")), text("model"))
    yield field(Column("α", numeric=True), (Cell(format_decimal(one["width"])) for one in records))
    yield field(Column("ρ", numeric=True), text("resolution"))
    if any(one["prune"] for one in records):
        yield field(Column(t("table.prune"), wide=True), text("prune"))
    if differs("set"):
        yield field(Column(t("search.set"), wide=True), text("set"))
    for name, priority in _COSTS.items():
        head = cost_head(t, name)
        short = t("search.peak") if name == "peak_memory_bytes" else None
        column = Column(head, numeric=True, priority=priority, short=short)
        yield field(column, (_cost(name, one[name]) for one in records))
    if any(one["latency_ms"] is not None for one in records):
        yield field(Column("ms", numeric=True), (_ms(one["latency_ms"]) for one in records))
    yield field(Column("top-1", numeric=True), (_top1(one["top1"]) for one in records))
    yield field(Column(t("search.basis"), priority=1), (_basis(t, one["basis"]) for one in records))
    if any(one["source"] for one in records):
        yield field(Column(t("table.source"), wide=True, priority=5), text("source"))


def _cost(name: str, value: int) -> Cell:
    return Cell(format_bytes(value)) if name.endswith("_bytes") else count_cell(value)


def _ms(value: float | None) -> Cell:
    return EMPTY if value is None else Cell(format_ms(value))


def _top1(value: Any) -> Cell:
    return Cell("?") if value is None else Cell(format_fixed(value, 2))


def _basis(t: Messages, basis: str | None) -> Cell:
    return Cell(t(f"search.{basis or 'unknown'}"), tone=_BASIS.get(basis or "", "dim"))
