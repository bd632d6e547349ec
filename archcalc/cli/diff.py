"""``archcalc diff``: two nets side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from archcalc.base.units import format_count, format_exact, format_fixed
from archcalc.cli._options import (
    Batch,
    Convention,
    Dtype,
    Files,
    Force,
    Format,
    Lang,
    Multiple,
    Param,
    Prune,
    Resolution,
    Set,
    Width,
    complete_model,
)
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Column, Grid, Screen

if TYPE_CHECKING:
    from archcalc.cost.counting.diff import DiffTable

EXAMPLE = "archcalc diff mobilenet_v2 mobilenet_v2@0.75-160"

Left = Annotated[
    str, typer.Argument(metavar="A", help="The first net.", autocompletion=complete_model)
]
Right = Annotated[
    str,
    typer.Argument(
        metavar="B", help="The second net, or another variant.", autocompletion=complete_model
    ),
]
_MARKS = {"same": " ", "changed": "~", "removed": "-", "added": "+"}
_STYLES = {"same": "dim", "changed": "", "removed": "red", "added": "green"}


def diff(
    a: Left,
    b: Right,
    *,
    convention: Convention = "paper",
    width: Width = None,
    resolution: Resolution = None,
    prune: Prune = None,
    multiple: Multiple = 8,
    param: Param = None,
    set_: Set = None,
    batch: Batch = 1,
    dtype: Dtype = "f32",
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Compare two nets, or two variants of one, block by block.

    Options apply to both, and stand before what NAME@WIDTH-RESOLUTION says. NAME+residual=none is
    a net with transforms of its own (list --transforms).
    """
    from archcalc.cli._model import net_of
    from archcalc.cost.counting.diff import diff as compare
    from archcalc.cost.counting.table import count

    chosen = Output.of(format_, output, force=force, language=lang)
    tables = [
        count(
            net_of(
                model,
                width=width,
                resolution=resolution,
                prune=prune,
                multiple=multiple,
                param=param,
                sets=set_,
            ),
            convention,
            batch=batch,
            dtype=dtype,
        )
        for model in (a, b)
    ]
    table = compare(*tables)
    chosen.emit(table, lambda screen: _show(table, screen))


def _show(table: DiffTable, screen: Screen) -> None:
    screen.line(table.title, "bold")
    totals = table.totals
    grid = Grid((Column(""), *(Column(head, right=True) for head in ("a", "b", "b / a"))))
    for words, name in (
        ("MAdds", "madds"),
        ("parameters", "params"),
        ("weight bytes", "weight_bytes"),
        ("activation bytes", "activation_bytes"),
        ("peak memory bytes", "peak_memory_bytes"),
    ):
        ratio = totals["ratio"][name]
        grid.add(
            words,
            format_exact(totals["a"][name]),
            format_exact(totals["b"][name]),
            "" if ratio is None else format_fixed(ratio, 4),
        )
    screen.table(grid)
    screen.blank()
    screen.table(
        _blocks(table, format_exact),
        _blocks(table, format_count),
        # exact counts again: to three digits a squeeze-and-excite changes no MAdds
        _blocks(table, format_exact, ops=False),
        _blocks(table, format_count, ops=False),
        _blocks(table, format_count, ops=False, sizes=False),
    )
    screen.blank()
    for note in table.notes():
        screen.line(f"~ {note}")
    screen.line("~ changed, + only in b, - only in a", "dim")


def _blocks(
    table: DiffTable, write: Callable[[int], str], *, ops: bool = True, sizes: bool = True
) -> Grid:
    """Lay out pairs of blocks; what is the same in both nets is written once."""
    grid = Grid(
        (
            Column(""),
            Column("block", fold=True),
            *([Column("op", fold=True)] if ops else []),
            *([Column("output", fold=True)] if sizes else []),
            *(Column(head, right=True) for head in ("MAdds a", "MAdds b", "params a", "params b")),
        )
    )
    for record in table.records():
        counts = [record[f"{name}_{side}"] for name in ("madds", "params") for side in ("a", "b")]
        grid.add(
            _MARKS[record["status"]],
            _both(record["a"], record["b"]),
            *([_both(record["op_a"], record["op_b"])] if ops else []),
            *([_both(record["output_a"], record["output_b"])] if sizes else []),
            *("" if number is None else write(number) for number in counts),
            style=_STYLES[record["status"]],
        )
    return grid


def _both(a: str | None, b: str | None) -> str:
    """Write what two nets have in one place."""
    if a is None or b is None or a == b:
        return a or b or ""
    return f"{a} → {b}"
