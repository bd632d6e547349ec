"""The blocks of several nets in line, as a table: what differs is coloured and has a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archcalc import CostTable
from archcalc.base.tables import Record
from archcalc.base.units import format_exact
from archcalc.cost.counting.aligned import AlignedTable, Place
from archcalc.cost.counting.diff import STATUSES
from dashboard.app_pages.compare.data_compare import LETTERS, above_text, hidden_change
from dashboard.kit.html import show_template
from dashboard.shell.here import Here

_QUANTITIES = ("madds", "params")


def show_aligned(here: Here, table: AlignedTable, places: Sequence[Place], letters: str) -> None:
    """Show some places of a table, all totals below; ``letters``: of the nets on the page."""
    show_template(
        __file__,
        "aligned.html",
        here.t,
        caption=here.say("caption", convention=table.tables[0].convention.name),
        nets=[(letter, one.net.title) for letter, one in zip(letters, table.tables, strict=True)],
        quantities=_QUANTITIES,
        rows=[list(_cells(place, len(table.tables))) for place in places],
        sums=[_sums(table.tables[0], one) for one in table.tables],
    )


def legend(here: Here) -> None:
    """Say what the signs mean."""
    statuses = [(one, here.say(one)) for one in STATUSES]
    show_template(__file__, "legend.html", here.t, statuses=statuses)


def _cells(place: Place, nets: int) -> Iterator[Record]:
    """Yield a net's block: its name, below it what it computes and puts out, its costs."""
    record = place.to_dict()
    for letter in LETTERS[:nets]:
        status = record.get(f"status_{letter}")
        cell: Record = {
            "name": record[letter],
            "status": status,
            "kind": status or ("first" if letter == "a" else "none"),
        }
        if record[letter] is not None:
            parts = (record[f"op_{letter}"], record[f"output_{letter}"])
            change = hidden_change(place, letter)
            cell["about"] = " · ".join(part for part in (*parts, change) if part)
            cell["figures"] = [
                _figure(record[f"{name}_a"], record[f"{name}_{letter}"]) for name in _QUANTITIES
            ]
        yield cell


def _sums(first: CostTable, one: CostTable) -> list[tuple[str, str]]:
    return [_figure(getattr(first, name), getattr(one, name)) for name in _QUANTITIES]


def _figure(first: int | None, count: int) -> tuple[str, str]:
    """Return a count, and by how much it lies above the first net's."""
    return format_exact(count), above_text(first, count)
