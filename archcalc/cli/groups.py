"""``archcalc groups``: which channels must keep one width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcalc.cli._options import (
    Files,
    Force,
    Format,
    Lang,
    Model,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
)
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen

if TYPE_CHECKING:
    from archcalc.language.graph.describe import GroupTable

EXAMPLE = "archcalc groups mobilenet_v2 --prune 0.5"


def groups(
    model: Model,
    *,
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """List the channel groups: widths, rules, and the rows they tie."""
    from archcalc.cli._model import net_of
    from archcalc.language.graph.describe import GroupTable

    chosen = Output.of(format_, output, force=force, language=lang)
    net = net_of(
        model,
        width=width,
        resolution=resolution,
        prune=prune,
        multiple=multiple,
        param=param,
        sets=set_,
    )
    table = GroupTable(net)
    chosen.emit(table, lambda screen: _show(table, screen))


def _show(table: GroupTable, screen: Screen) -> None:
    screen.line(table.title, "bold")
    screen.table(_grid(table), _grid(table, rows_below=True))
    screen.blank()
    for note in table.notes():
        screen.line(
            f"{note}; dim, and marked ·: what is given, the net's input and output, or follows"
        )


def _grid(table: GroupTable, *, rows_below: bool = False) -> Grid:
    """Lay out the groups; on a narrow screen rows stand below, where a group ties several."""
    grid = Grid(
        (
            Column("group"),
            Column("width", right=True),
            Column("stage", right=True),
            Column("rule", fold=True),
            *([] if rows_below else [Column("rows", fold=True)]),
        )
    )
    for record in table.records():
        width, base = record["width"], record["base"]
        style = "" if record["prunable"] else "dim"
        grid.add(
            record["name"] if record["prunable"] else f"{record['name']} ·",
            str(width) if width == base else f"{base} → {width}",
            str(record["stage"]),
            record["rule"],
            *([] if rows_below else [record["rows"]]),
            style=style,
        )
        if rows_below and ", " in record["rows"]:
            grid.add("", "", "", f"ties {record['rows']}", style="dim")
    return grid
