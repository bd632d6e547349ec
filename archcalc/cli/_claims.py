"""How claims look on a screen: every printed table with what is computed beside it."""

from __future__ import annotations

from collections import Counter

from archcalc.base.units import Figure, format_exact
from archcalc.cli._screen import Column, Grid, Screen
from archcalc.cost.claims.printed import words_of
from archcalc.cost.claims.results import ClaimGroup, ClaimResult, ClaimTable, Verdict
from archcalc.cost.counting.table import count
from archcalc.language.graph.build import build
from archcalc.language.spec.schema import DELTAS
from archcalc.language.spec.spec import Spec

_STYLES = {
    "reproduced": "green",
    "erratum": "yellow",
    "close": "cyan",
    "differs": "bold red",
    "not computable": "dim",
}
_MARKS: dict[Verdict, str] = {
    "reproduced": "=",
    "erratum": "†",
    "close": "≈",
    "differs": "≠",
    "not computable": "?",
}
_TRUNCATED = "⌊"
_SHORT = {"Pixel 1": "P-1", "Pixel 2": "P-2", "Pixel 3": "P-3"}


def show_claims(claims: ClaimTable, screen: Screen) -> None:
    """Show table after table as printed, with verdicts, and how many there are of each."""
    reasons: dict[str, dict[str, None]] = {}
    for group in claims.groups:
        screen.line(_title(group), "bold")
        grids = [
            _grid(group, nets=nets, exact=exact, words=words)
            for nets in (True, False)
            for exact, words in ((True, True), (False, True), (False, False))
        ]
        screen.table(*grids)
        shown = next((grid for grid in grids if screen.fits(grid)), grids[-1])
        if shown in grids[3:] and len(nets := _nets(group)) > 1:
            screen.items([("·", f"nets: {', '.join(nets)}")], "dim")
        screen.items(_remarks(group))
        screen.blank()
        for one in group.results:
            if one.verdict == "not computable":
                reasons.setdefault(one.reason or "", {})[_quantity(one)] = None
    if reasons:
        screen.items(
            [("·", f"{', '.join(of)}: {why}") for why, of in reasons.items()],
            "dim",
        )
    screen.line(_legend(claims), "dim")
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


def _title(group: ClaimGroup) -> str:
    """Name the table, its net where it is one, and the conventions that it counts by."""
    table, nets = group.table, _nets(group)
    parts = [table.title if table.name in table.title else f"{table.name} · {table.title}"]
    if len(nets) == 1 and nets[0] != table.title:
        parts.append(nets[0])
    by_convention: dict[str, dict[str, None]] = {}
    for one in group.results:
        if one.is_counted and one.quantity not in DELTAS:
            by_convention.setdefault(one.convention, {})[one.row] = None
    usual, *others = sorted(by_convention, key=lambda name: -len(by_convention[name])) or [""]
    if usual:
        also = [f"{', '.join(by_convention[name])}: {name}" for name in others]
        parts.append("; ".join([usual, *also]))
    return " · ".join(parts)


def _grid(group: ClaimGroup, *, nets: bool, exact: bool, words: bool) -> Grid:
    """Lay a table out as it is printed; ``nets``: name them, ``words``: verdicts in words."""
    counted = {one.quantity for one in group.results if one.is_counted}
    nets = nets and len(_nets(group)) > 1
    columns = [Column("row", fold=True), *([Column("net")] if nets else [])]
    for quantity in group.quantities:
        head = words_of(quantity)
        columns.append(Column(head if nets or words else _SHORT.get(head, head), right=True))
        if quantity in counted:
            columns.append(Column("computed", right=True))
            columns += [Column("verdict")] if words else []
    grid = Grid(tuple(columns))
    for row in group.rows:
        results = {one.quantity: one for one in row}
        cells, styles = [row[0].row], [""]
        if nets:
            cells.append(_net(row[0]))
            styles.append("dim")
        for quantity in group.quantities:
            own = _cells(results.get(quantity), exact=exact, words=words)
            width = 1 if quantity not in counted else 3 if words else 2
            cells += own[:width]
            style = _STYLES[results[quantity].verdict] if quantity in results else ""
            styles += [*[""] * (width - 1), style] if width > 1 else [style.removeprefix("dim")]
        grid.add(*cells, style=styles)
    return grid


def _cells(one: ClaimResult | None, *, exact: bool, words: bool) -> list[str]:
    """Return the printed figure, the computed one and the verdict; each is used where it fits."""
    if one is None:
        return ["", "", ""]
    if not one.is_counted:
        return [one.printed + (" †" if one.verdict == "erratum" else ""), "", ""]
    computed = _computed(one, exact=exact)
    if words:
        return [one.printed, computed, _verdict(one)]
    return [one.printed, f"{_mark(one)} {computed}".strip()]


def _remarks(group: ClaimGroup) -> list[tuple[str, str]]:
    """Return errata with the figure that each is of, and notes with their row, each text once."""
    remarks: dict[tuple[str, str], dict[str, None]] = {}
    for one in group.results:
        note = one.remark
        if one.verdict == "erratum" and note:
            remarks.setdefault(("†", note), {})[f"{one.row} {_quantity(one)}"] = None
        elif note:
            remarks.setdefault(("·", note), {})[one.row] = None
    return [(mark, f"{_few(list(of))}: {note}") for (mark, note), of in remarks.items()]


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more"


def _legend(claims: ClaimTable) -> str:
    used = Counter(one.verdict for one in claims.results if one.is_counted)
    marks = [f"{mark} {verdict}" for verdict, mark in _MARKS.items() if used[verdict]]
    if any(one.match == "truncated" for one in claims.results):
        marks.insert(1, f"{_TRUNCATED} reproduced, cut and not rounded")
    return ", ".join(marks)


def _nets(group: ClaimGroup) -> list[str]:
    return list(dict.fromkeys(one.model for one in group.results))


def _net(result: ClaimResult) -> str:
    return result.model if result.width == 1 else f"{result.model}@{result.width:g}"


def _quantity(result: ClaimResult) -> str:
    """Return the quantity in words; the times of several phones are one quantity."""
    return "latency" if _is_time(result.quantity) else words_of(result.quantity)


def _is_time(quantity: str) -> bool:
    return quantity.startswith("latency_") and quantity not in DELTAS


def _mark(result: ClaimResult) -> str:
    return _TRUNCATED if result.match == "truncated" else _MARKS[result.verdict]


def _verdict(result: ClaimResult) -> str:
    """Return the verdict, with how far off the computed figure is where that matters."""
    if result.verdict == "reproduced":
        return f"reproduced {_TRUNCATED}" if result.match == "truncated" else "reproduced"
    percent = None if result.quantity in DELTAS else result.difference_percent
    return result.verdict if percent is None else f"{result.verdict} {percent:+.2f}%"


def _computed(result: ClaimResult, *, exact: bool) -> str:
    """Return the computed figure, with every digit or as the printed one is written."""
    if result.computed is None:
        return ""
    if exact and isinstance(result.computed, int):
        return format_exact(result.computed)
    return Figure.parse(result.printed).beside(result.computed)
