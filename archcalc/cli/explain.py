"""``archcalc explain``: what a reader of the paper trips over."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from archcalc.base.units import format_exact, format_signed, format_signed_percent
from archcalc.cli._options import Files, Force, Format, Lang, SpecName
from archcalc.cli._output import TABLE, Output
from archcalc.cli._screen import Screen

if TYPE_CHECKING:
    from archcalc.cost.claims.explain import Change, Explanation, Remark, RemarkKind

EXAMPLE = "archcalc explain mobilenet_v3_small"

_SECTIONS: dict[RemarkKind, str] = {
    "convention": "Counted by another convention: as usual → as its table counts",
    "pitfall": "Read otherwise: as it is → as misread, or as others build it",
    "note": "Worth knowing",
    "misprint": "Misprinted or stale: printed → counted",
    "close": "Close, within 5 %: printed → counted",
    "differs": "Off, and unexplained: printed → counted",
    "truncated": "Cut, not rounded: printed → counted",
}
_SHOWN = 3
"""Figures of one remark; --format json has all."""


def explain(
    model: SpecName,
    format_: Format = TABLE,
    output: Files = None,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Explain what is easily misread in the paper.

    Conventions, misprints and unstated settings, each with the figure before and after.
    """
    from archcalc.cli._model import spec_of
    from archcalc.cost.claims.explain import explain as explained

    chosen = Output.of(format_, output, force=force, language=lang)
    table = explained(spec_of(model))
    chosen.emit(table, lambda screen: _show(table, screen))


def _show(table: Explanation, screen: Screen) -> None:

    cost = table.table
    screen.line(cost.net.spec.title, "bold")
    screen.line(
        f"{cost.title}: {format_exact(cost.madds)} MAdds, {format_exact(cost.params)} params"
    )
    if not table.remarks:
        screen.line("nothing is known to be misread")
    lines = [[_cells(change) for change in _distinct(one)] for one in table.remarks]
    widths = [max(map(len, cells)) for cells in zip(*chain.from_iterable(lines), strict=True)]
    shown = ""
    for remark, figures in zip(table.remarks, lines, strict=True):
        if remark.kind != shown:
            screen.blank()
            screen.line(_SECTIONS[remark.kind], "bold")
        shown = remark.kind
        screen.items([("·", _text(remark, cost.net.title))])
        for cells in figures[:_SHOWN]:
            screen.line(_aligned(cells, widths), "cyan")
        if len(figures) > _SHOWN:
            screen.line(f"    and {len(figures) - _SHOWN} more", "dim")
    for note in table.notes():
        screen.blank()
        screen.line(note, "dim")


def _text(remark: Remark, net: str) -> str:
    if remark.kind not in ("convention", "pitfall", "note"):
        return f"{remark.where}: {remark.what}" if remark.what else remark.where
    variants = dict.fromkeys(change.net for change in remark.changes if change.net != net)
    places = "; ".join((*([remark.where] if remark.where else []), *variants))
    return f"{remark.what} ({places})" if places else remark.what


def _distinct(remark: Remark) -> list[Change]:
    """Return the changes of a remark, those that read alike once."""
    return list({tuple(_cells(change)): change for change in remark.changes}.values())


def _cells(change: Change) -> list[str]:
    """Return net, quantity, the figure before and after, and the distance."""
    from archcalc.base.names import quantity_head
    from archcalc.base.units import Figure

    distance = format_signed_percent(change.difference_percent)
    if change.instead is not None:
        before, after = format_exact(int(change.counted or 0)), format_exact(change.instead)
        if change.difference is not None and distance[1:] == "0.00%":
            distance = format_signed(change.difference)
        if change.printed:
            distance += f" = {change.printed} as printed"
    else:
        before, after = change.printed or "", ""
        if change.counted is not None:
            after = Figure.parse(before).beside(change.counted)
    return [quantity_head(change.quantity), before, after, distance]


def _aligned(cells: list[str], widths: list[int]) -> str:
    quantity, before, after, distance = cells
    arrow = f" → {after:>{widths[2]}}  {distance}" if after else ""
    return f"    {quantity:<{widths[0]}}  {before:>{widths[1]}}{arrow}"
