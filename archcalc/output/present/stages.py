"""Per-stage prune ratios with their costs, and those of a uniform width."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.base.document import EMPTY, Block, Cell, Column, Note, Section, TableBlock
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import (
    format_bytes,
    format_decimal,
    format_exact,
    format_quantity,
    format_signed_percent,
)
from archcalc.output.present.costs import cost_head, count_cell
from archcalc.output.present.words import budget_words, convention_note
from archcalc.studies.budgets.stage_front import StageFront


def present(found: StageFront, t: Messages, *, lines: int | None = None) -> Section:
    """Return the front, the most MAdds first; ``lines``: maximum points."""
    shown = found if lines is None else found.head(lines)
    blocks: list[Block] = [stages_table(t, shown)] if len(found) else []
    title = t(
        "stages.title",
        net=found.net.title,
        cost=t(f"table.{found.against}"),
        budget=budget_words(t, found.budget),
    )
    return Section("stages", title, [*blocks, *_notes(t, found)])


def stages_table(t: Messages, found: StageFront, caption: str = "") -> TableBlock:
    """Return one row per point: the ratio of each stage, costs, the cost of a uniform width."""
    costs = list(dict.fromkeys(["madds", "params", found.against]))
    columns = [
        *(Column(name, numeric=True, short=_short(name)) for name in found.stages),
        *(Column(cost_head(t, name), numeric=True) for name in costs),
        Column(t("stages.uniform"), numeric=True),
        Column("%", numeric=True),
    ]
    rows = [_row(found, costs, record) for record in found.records()]
    return TableBlock(caption, columns, rows)


def _row(found: StageFront, costs: list[str], record: Record) -> list[Cell]:
    against = found.against
    needed, percent = record[f"uniform_{against}"], record["difference_percent"]
    signed = format_signed_percent(percent, 1).removesuffix("%")
    return [
        *(Cell(format_decimal(record[name])) for name in found.stages),
        *(_cost(name, record[name]) for name in costs),
        Cell("-" if needed is None else format_quantity(against, needed)),
        EMPTY if percent is None else Cell(signed),
    ]


def _cost(name: str, value: int) -> Cell:
    if name.endswith("_bytes"):
        return Cell(format_exact(value), short=format_bytes(value))
    return count_cell(value)


def _short(name: str) -> str:
    return name.replace("stage_", "s")


def _notes(t: Messages, found: StageFront) -> Iterator[Note]:
    yield Note(t("stages.no_accuracy"))
    evaluated, possible = format_exact(found.evaluated), format_exact(found.possible)
    key = "stages.all" if found.evaluated == found.possible else "stages.some"
    yield Note(t(key, front=len(found), evaluated=evaluated, possible=possible))
    most = found.uniform_most
    if found.net.spec.rounding is None:
        yield Note(t("stages.no_width", net=found.net.name))
    elif most is None:
        yield Note(t("stages.none_fits"))
    else:
        yield Note(t("stages.uniform_keeps", madds=format_exact(most)))
    yield Note(t("stages.uniform_is", cost=cost_head(t, found.against)), label=t("stages.uniform"))
    yield convention_note(t, found.convention)
