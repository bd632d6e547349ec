"""Headline figures: tiles with what papers print and the change, printed figures, bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archcalc import CostTable
from archcalc.base.messages import Messages
from archcalc.base.units import format_exact, format_quantity, format_signed_percent, percent_change
from archcalc.cost.scaling.grid import QUANTITIES
from dashboard.kit.html import show_template
from dashboard.kit.printed import Badge
from dashboard.shell.here import Here


@dataclass(frozen=True)
class Tile:
    """One tile. ``data``: attributes for tests and scripts; ``way``: "less", "more", "same"."""

    head: str
    figure: str
    detail: str
    data: Mapping[str, object] = field(default_factory=dict)
    way: str = ""
    change: str = ""
    printed: Sequence[Badge] = ()


@dataclass(frozen=True)
class Bar:
    """One bar beside its name and its figure; ``parts``: (percent of the widest, colour)."""

    name: str
    text: str
    parts: Sequence[tuple[float, str]]
    data: Mapping[str, object] = field(default_factory=dict)


def show_bars(here: Here, bars: Sequence[Bar]) -> None:
    """Show bars below each other, each with parts in a row."""
    if bars:
        show_template(__file__, "bars.html", here.t, bars=bars)


def show_tiles(here: Here, tiles: Sequence[Tile]) -> None:
    """Show figures side by side."""
    show_template(__file__, "tiles.html", here.t, tiles=tiles)


def show_totals(
    here: Here,
    table: CostTable,
    baseline: CostTable | None = None,
    badges: Sequence[Badge] = (),
) -> None:
    """Show the totals of a table, against a baseline where there is one.

    ``badges``: the printed figures, each shown on the tile of its quantity.
    """
    show_tiles(here, totals(here.t, table, baseline, badges))


def show_printed(
    here: Here, badges: Sequence[Badge], label: str, judged: Sequence[str] = ()
) -> None:
    """Show printed figures in a line; those of the quantities ``judged`` with their verdicts."""
    if badges:
        show_template(__file__, "chips.html", here.t, figures=badges, label=label, judged=judged)


def totals(
    t: Messages,
    table: CostTable,
    baseline: CostTable | None = None,
    badges: Sequence[Badge] = (),
) -> list[Tile]:
    """Return the tiles of a table's totals."""
    mine, theirs = table.totals, None if baseline is None else baseline.totals
    return [
        Tile(
            head=t(f"dashboard.tile_{name}"),
            figure=format_quantity(name, mine[name]),
            detail=format_exact(mine[name]),
            data={"data-total": name, "data-value": mine[name]},
            printed=[one for one in badges if one.quantity == name],
            **({} if theirs is None else _change(name, theirs[name], mine[name])),
        )
        for name in QUANTITIES
    ]


def _change(name: str, before: int, after: int) -> dict[str, str]:
    """Return which way a total has changed, and by how much: "-91.4M (-30.39%)", or "0"."""
    if after == before:
        return {"way": "same", "change": format_quantity(name, 0)}
    way, sign = ("less", "") if after < before else ("more", "+")
    share = format_signed_percent(percent_change(before, after))
    text = f"{sign}{format_quantity(name, after - before)}"
    return {"way": way, "change": f"{text} ({share})" if share else text}
