"""The chart of shares and the table of layers, linked: a click in one marks the place in both."""

from __future__ import annotations

from typing import Any

import streamlit as st

from archcalc import CostTable
from archcalc.tables import Record
from archcalc.units import format_count, format_percent
from dashboard._errors import plain
from dashboard._here import Here
from dashboard._state import State
from dashboard.charts.shares import MARK, shares
from dashboard.views.layers import AT, BY, HEATED, bars, frame, marked, records

_CHART, _TABLE = "shares", "layers"
_HEAT = (0, 114, 178)
_ROW, _MOST_ROWS, _LETTER = 35, 25, 7
"""Pixels of a row, how many are seen at once, and pixels of a letter of a name."""


def show_shares(here: Here, table: CostTable) -> None:
    """Show the chart; a click on a bar marks its group."""
    by, at = here.state[BY], _at(here, table)
    words = {name: here.t(f"report.{name}") for name in ("madds", "params")}
    words |= {"key": here.t(f"report.{by}"), "quantity": here.say("quantity")}
    words["count"] = here.say("count")
    about = here.say("chart_alt", by=words["key"], net=table.net.title)
    chart = shares(bars(table, by), words=words, at=at, in_order=by != "op")
    key = _key(here.state, _CHART)
    st.altair_chart(
        chart,
        key=key,
        alt=about,
        selection_mode=MARK,
        on_select=lambda: _bar_clicked(here.state, key),
    )


def show_layers(here: Here, table: CostTable) -> None:
    """Show the table; a click on a row marks its group."""
    by, at = here.state[BY], _at(here, table)
    rows = frame(table, by)
    if at:
        _say_marked(here, next(r for r in records(table, by) if r["key"] == at))
    keys = list(rows["key"])
    key = _key(here.state, _TABLE)
    st.dataframe(
        _heated(rows),
        key=key,
        hide_index=True,
        column_config=_columns(here, by, rows),
        on_select=lambda: _row_clicked(here.state, key, keys),
        selection_mode="single-row",
        placeholder="",
        selection_default={"selection": {"rows": [keys.index(at)] if at else []}},
        height=_ROW * (min(len(rows), _MOST_ROWS) + 1) + 2,
        alt=here.say("table_alt", by=here.t(f"report.{by}"), net=table.net.title),
    )


def _say_marked(here: Here, row: Record) -> None:
    """Say what is marked above the table, whose row may be out of sight."""
    figures = [
        f"{format_count(row[name])} {here.t(f'report.{name}')} ({format_percent(share)})"
        for name in HEATED
        if (share := row[f"{name}_share"]) is not None
    ]
    with st.container(key="marked", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(row['key'])}** · {' · '.join(figures)}", width="content")
        st.button(here.say("unmark"), on_click=mark, args=(here.state, ""), type="tertiary")


def _at(here: Here, table: CostTable) -> str:
    return marked(table, here.state[BY], here.state[AT])


def mark(state: State, at: str, *, by: str | None = None) -> None:
    """Mark a group in both; a widget that was not clicked starts anew with the mark."""
    if by is not None:
        state[BY] = by
    state[AT] = at
    for name in (_CHART, _TABLE):
        _renew(name)


def _bar_clicked(state: State, key: str) -> None:
    points = _selected(key).get(MARK) or []
    state[AT] = points[0].get("key", "") if points else ""
    _renew(_TABLE)


def _row_clicked(state: State, key: str, keys: list[str]) -> None:
    rows = _selected(key).get("rows") or []
    state[AT] = keys[rows[0]] if rows and rows[0] < len(keys) else ""
    _renew(_CHART)


def _selected(key: str) -> dict[str, Any]:
    chosen: dict[str, Any] = st.session_state[key]["selection"]
    return chosen


def _key(state: State, name: str) -> str:
    """Return a widget's key: what it holds is of one net by one grouping."""
    number = st.session_state.get(f"{name}_number", 0)
    return f"{name}_{number}_{state.restored}_{state[BY]}_{state.choice.model}"


def _renew(name: str) -> None:
    # A widget keeps its own selection, which only a person changes: a new one takes the default
    number = f"{name}_number"
    st.session_state[number] = st.session_state.get(number, 0) + 1


def _heated(rows: Any) -> Any:
    """Return the frame with the cells of costs coloured by their part of the largest."""

    def heat(costs: Any) -> list[str]:
        most = max(costs) or 1
        red, green, blue = _HEAT
        parts = (0.6 * cost / most for cost in costs)
        return [f"background-color: rgba({red},{green},{blue},{part:.3f})" for part in parts]

    return rows.style.apply(heat, subset=list(HEATED))


def _wide(names: Any) -> int:
    """Return pixels for names, the longest of which may stand below those that are measured."""
    return min(30 + _LETTER * max(map(len, names), default=0), 300)


def _columns(here: Here, by: str, rows: Any) -> dict[str, Any]:
    t, config = here.t, st.column_config
    numbers = ("madds", "params", "weight_bytes", "activation_bytes", "layers")
    return {
        "key": config.TextColumn(t(f"report.{by}"), pinned=True, width=_wide(rows["key"])),
        **{name: config.NumberColumn(t(f"report.{name}"), format="%,d") for name in numbers},
        **{
            f"{name}_share": config.ProgressColumn(
                f"{t(f'report.{name}')} %",
                format="%.2f%%",
                min_value=0,
                # the longest bar is the largest share: of a hundred, all would be short
                max_value=float(rows[f"{name}_share"].max() or 1),
            )
            for name in HEATED
        },
        "op": config.TextColumn(t("report.op")),
        "inputs": config.TextColumn(t("report.input")),
        "output": config.TextColumn(t("report.output")),
        "kernel": config.TextColumn(here.say("kernel")),
        "stride": config.NumberColumn(here.say("stride"), format="%d"),
        "arithmetic_intensity": config.NumberColumn(here.say("intensity"), format="%.2f"),
    }
