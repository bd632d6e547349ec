"""The table of layers, or of sums of them, its costs coloured by their part of the largest.

HTML: `linked.js` sorts it by a click on a head, and tells which row was clicked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from archcalc.base.tables import Record
from archcalc.base.units import format_exact, format_percent
from dashboard.app_pages.explore.data_layers import HEATED

_COUNTS = ("madds", "params", "weight_bytes", "activation_bytes", "layers")
_SHARES = tuple(f"{name}_share" for name in HEATED)
_NUMBERS = (*_COUNTS, *_SHARES, "stride", "arithmetic_intensity")


def layer_table(rows: Sequence[Record], heads: Mapping[str, str], *, about: str, at: str) -> str:
    """Return `views.layers.records` as a table; ``at``: the key of the row to mark, "" for none.

    ``heads``: what the columns are called; ``about``: the table in a sentence.
    """
    return "".join(_table(rows, heads, about, at))


def _table(rows: Sequence[Record], heads: Mapping[str, str], about: str, at: str) -> Iterator[str]:
    names = list(rows[0])
    most = {name: max(row[name] or 0 for row in rows) or 1 for name in (*HEATED, *_SHARES)}
    about = escape(about)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{about}">'
    yield f'<table class="layers"><caption class="sr">{about}</caption><thead><tr>'
    for name in names:
        kind = ' class="n"' if name in _NUMBERS else ""
        head = escape(heads[name])
        yield f'<th scope="col"{kind}><button type="button"{kind} data-sort="{escape(name)}">'
        yield f"{head}</button></th>"
    yield "</tr></thead><tbody>"
    for index, row in enumerate(rows):
        key = escape(row["key"])
        marked = row["key"] == at
        kind = ' class="at"' if marked else ""
        yield f'<tr data-row="{index}" data-at="{key}"{kind}><th scope="row">'
        yield f'<button type="button" data-at="{key}" aria-pressed="{str(marked).lower()}">'
        yield f"{key}</button></th>"
        yield from (_cell(name, row[name], most) for name in names[1:])
        yield "</tr>"
    yield "</tbody></table></div>"


def _cell(name: str, value: object, most: Mapping[str, float]) -> str:
    if not isinstance(value, int | float):
        return '<td class="n"></td>' if name in _NUMBERS else f"<td>{escape(str(value or ''))}</td>"
    part = value / most[name] if name in most else 0
    if name in _SHARES:
        percent = format_percent(value)
        bar = f'<i style="width:{100 * part:.1f}%"></i>'
        return f'<td class="n share" data-v="{value}"><u>{bar}</u><b>{percent}</b></td>'
    text = format_exact(int(value)) if name in _COUNTS else f"{value:.2f}".removesuffix(".00")
    heat = f' style="--part:{part:.3f}"' if name in HEATED else ""
    return f'<td class="n{" heat" if heat else ""}" data-v="{value}"{heat}>{text}</td>'
