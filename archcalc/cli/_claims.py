"""How claims and their verdicts look on a screen: a table of the paper, then its remarks."""

from __future__ import annotations

from itertools import groupby

from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cost import ClaimResult, ClaimTable, count
from archcalc.graph.build import build
from archcalc.spec.spec import Spec
from archcalc.units import format_count, format_exact

_STYLES = {
    "reproduced": "green",
    "erratum": "yellow",
    "close": "cyan",
    "differs": "bold red",
    "not computable": "dim",
}
_WORDS = {"madds": "MAdds", "madds_share": "MAdds share", "params_share": "params share"}


def show_claims(claims: ClaimTable, screen: Screen) -> None:
    """Show every figure with its verdict, table by table, and how many there are of each."""
    reasons: dict[str, dict[str, None]] = {}
    for (model, source), group in groupby(claims.results, lambda one: (one.model, one.source)):
        results = list(group)
        screen.line(f"{model} · {source}" if source else model, "bold")
        screen.table(
            _grid(results, exact=True),
            _grid(results, exact=False),
            _grid(results, exact=False, difference=False),
        )
        screen.items(_remarks(results))
        screen.blank()
        for one in results:
            if one.verdict == "not computable":
                reasons.setdefault(_note_and_reason(one)[1], {})[_quantity(one)] = None
    if reasons:
        screen.line("not computable:")
        screen.items([("·", f"{', '.join(of)}: {why}") for why, of in reasons.items()], "dim")
        screen.blank()
    for line in claims.notes():
        screen.line(line, "bold" if claims.passed else "bold red")


def show_unclaimed(spec: Spec, screen: Screen) -> None:
    """Show that a spec without claims is valid, with its totals."""
    table = count(build(spec))
    totals = table.totals
    screen.line(f"{spec.file}: valid", "green")
    screen.line(
        f"{table.title}: {len(spec.head.rows)} rows, {len(table.layers)} layers, "
        f"{format_exact(totals['madds'])} MAdds, {format_exact(totals['params'])} parameters; "
        "no claims to check"
    )


def _grid(results: list[ClaimResult], *, exact: bool, difference: bool = True) -> Grid:
    grid = Grid(
        (
            Column("row", fold=True),
            Column("figure"),
            Column("printed", right=True),
            Column("computed", right=True),
            *([Column("off by", right=True)] if difference else []),
            Column("verdict"),
        )
    )
    previous = None
    for one in results:
        claim = (one.id, one.row, one.width, one.resolution, one.convention)
        percent = one.difference_percent
        cells = [
            "" if claim == previous else one.row,
            _quantity(one),
            one.printed,
            _computed(one, exact=exact),
            *(["" if percent is None else _signed(percent)] if difference else []),
        ]
        grid.add(*cells, one.verdict, style=[*[""] * len(cells), _STYLES[one.verdict]])
        previous = claim
    return grid


def _remarks(results: list[ClaimResult]) -> list[tuple[str, str]]:
    """Return errata with the figure that each is of, and notes with their row, each text once."""
    remarks: dict[tuple[str, str], dict[str, None]] = {}
    for one in results:
        if one.verdict == "erratum" and one.note:
            remarks.setdefault(("†", one.note), {})[f"{one.row} {_quantity(one)}"] = None
        elif note := _note_and_reason(one)[0]:
            remarks.setdefault(("·", note), {})[one.row] = None
    return [(mark, f"{', '.join(of)}: {note}") for (mark, note), of in remarks.items()]


def _note_and_reason(result: ClaimResult) -> tuple[str, str]:
    """Return the note of a claim, and why this figure of it is not computable."""
    if result.verdict != "not computable":
        return result.note or "", ""
    note, _, reason = (result.note or "the net does not have it").rpartition("; ")
    return note, reason


def _quantity(result: ClaimResult) -> str:
    """Return the quantity in words, and the convention where it is not the usual one."""
    words = _WORDS.get(result.quantity, result.quantity.replace("_", " "))
    convention = result.convention.removeprefix("paper").removeprefix(":")
    counted = result.verdict != "not computable"
    return f"{words} {convention}" if convention and counted else words


def _signed(percent: float) -> str:
    text = f"{percent:+.2f}%"
    return "0.00%" if text.strip("+-0.%") == "" else text


def _computed(result: ClaimResult, *, exact: bool) -> str:
    computed = result.computed
    if computed is None:
        return ""
    if result.quantity.endswith("_share"):
        return f"{computed:.3f}%"
    if isinstance(computed, float):
        return f"{computed:g}"
    return format_exact(computed) if exact else format_count(computed, digits=5)
