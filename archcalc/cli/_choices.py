"""How searched variants, their front and equivalent ones look on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.base.names import VariantName
from archcalc.base.tables import Record
from archcalc.base.units import format_bytes, format_count, format_exact
from archcalc.cli._costs import show_notes
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cost.scaling.ranges import parse_range

if TYPE_CHECKING:
    from archcalc.studies.budgets import EquivalentTable, StageFront

LINES = 10
"""Choices that are printed where nothing else is asked for; files hold all of them."""

_COSTS = {
    "madds": "MAdds",
    "params": "params",
    "weight_bytes": "weights",
    "activation_bytes": "activations",
    "peak_memory_bytes": "peak",
}
_BASIS_STYLES = {"published": "green", "interpolated": "", "extrapolated": "yellow"}


def refuse_unused(
    *,
    stages: bool,
    against: str | None,
    seed: int | None,
    max_latency: str | None,
    finalists: int | None,
) -> None:
    """Refuse an option of a search that would change nothing; None is one that is not given."""
    for option, value in (("--against", against), ("--seed", seed)):
        if value is not None and not stages:
            raise ArchcalcError(f"{option}: only with --stages")
    if finalists is not None and max_latency is None:
        raise ArchcalcError("--finalists: only with --max-latency, which measures them")


def one_value(option: str, text: str | None) -> str | None:
    """Read an option of which ``--stages`` takes one value, where a search takes a range."""
    if text is None:
        return None
    values = parse_range(text, option)
    if len(values) > 1:
        what = option.removeprefix("--").removesuffix("s")
        raise ArchcalcError(f"{option}: --stages takes one {what}, not '{shorten(text)}'")
    return values[0]


def show_equivalent(found: EquivalentTable, screen: Screen) -> None:
    """Show the variant asked about, and what costs as much, with the differences."""
    screen.line(found.title, "bold")
    screen.blank()
    names = list(_COSTS)
    screen.table(
        _equivalents(found, names),
        _equivalents(found, [name for name in names if name != "activation_bytes"]),
        _equivalents(found, ["madds", "params", "peak_memory_bytes"]),
        _equivalents(found, ["madds", "params", "peak_memory_bytes"], match=False),
    )
    show_notes(found.notes(), screen)


def show_stages(found: StageFront, screen: Screen) -> None:
    """Show per-stage ratios with what they cost, and what a uniform width needs instead."""
    screen.line(found.title, "bold")
    records = found.records()
    if records:
        screen.blank()
        screen.table(_stages(found, records, exact=True), _stages(found, records, exact=False))
    show_notes(found.notes(), screen)


def _equivalents(found: EquivalentTable, costs: Sequence[str], *, match: bool = True) -> Grid:
    grid = Grid(
        (
            Column("variant", fold=True),
            *([Column("match", fold=True)] if match else []),
            *(
                column
                for name in costs
                for column in (Column(_COSTS[name], right=True), Column("%", right=True))
            ),
        )
    )
    for record in found.records():
        cells = [_variant(record), *([record["match"] or record["answer"]] if match else [])]
        for name in costs:
            percent = record[f"{name}_percent"]
            asked = record["answer"] == "asked"
            cells.append(_cost(name, record[name]))
            cells.append("" if asked or percent is None else f"{percent:+.1f}")
        grid.add(*cells, style="bold" if record["answer"] == "asked" else "")
    return grid


def _variant(record: Record) -> str:
    """Return what is changed, or which net it is."""
    if record["answer"] in ("width", "resolution", "prune"):
        name = {"width": "α", "resolution": "ρ"}.get(record["answer"], "prune")
        value = record[record["answer"]]
        same = f" ({record['same']})" if " " in record["same"] else ""
        return f"{name} {value:g}{same}" if isinstance(value, (int, float)) else f"{name} {value}"
    pruned = f" pruned {record['prune']}" if record["prune"] else ""
    return f"{VariantName.of_record(record)}{pruned}"


def _stages(found: StageFront, records: Sequence[Record], *, exact: bool) -> Grid:
    against = found.against
    costs = list(dict.fromkeys(["madds", "params", against]))
    grid = Grid(
        (
            *(Column(name.replace("stage_", "s"), right=True) for name in found.stages),
            *(Column(_COSTS[name], right=True) for name in costs),
            Column("uniform", right=True),
            Column("%", right=True),
        )
    )
    for record in records:
        needed, percent = record[f"uniform_{against}"], record["difference_percent"]
        grid.add(
            *(f"{record[name]:g}" for name in found.stages),
            *(format_exact(record[n]) if exact else _cost(n, record[n]) for n in costs),
            "-" if needed is None else _cost(against, needed),
            "" if percent is None else f"{percent:+.1f}",
        )
    return grid


def _cost(name: str, value: int) -> str:
    return format_bytes(value) if name.endswith("_bytes") else format_count(value)
