"""The chart of shares and the table of layers, linked: a click in one marks the place in both."""

from __future__ import annotations

import streamlit as st

from archcalc import CostTable
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_percent
from dashboard.app_pages.explore.chart_layer_table import layer_table
from dashboard.app_pages.explore.chart_shares import shares
from dashboard.app_pages.explore.data_layers import AT, BY, HEATED, bars, marked, records
from dashboard.kit.html import show_linked
from dashboard.shell.errors import literal
from dashboard.shell.here import Here
from dashboard.shell.state import State


def show_shares(here: Here, table: CostTable) -> None:
    """Show the chart; a click on a column marks its group."""
    by, at = here.state[BY], _at(here, table)
    words = {name: here.t(f"table.{name}") for name in HEATED}
    about = here.say("chart_alt", by=here.t(f"table.{by}"), net=table.net.title)
    chart = shares(here.t, bars(table, by), words=words, about=about, at=at, in_order=by != "op")
    show_linked(chart, "shares", lambda key: _picked(here.state, at, key))


def show_layers(here: Here, table: CostTable) -> None:
    """Show the table; a click on a row marks its group."""
    by, at = here.state[BY], _at(here, table)
    rows = records(table, by)
    if at:
        _say_marked(here, next(row for row in rows if row["key"] == at))
    about = here.say("table_alt", by=here.t(f"table.{by}"), net=table.net.title)
    html = layer_table(here.t, rows, _heads(here, by), about=about, at=at)
    show_linked(html, "layers", lambda key: _picked(here.state, at, key))


def _say_marked(here: Here, row: Record) -> None:
    """Say what is marked above the table, whose row may be out of sight."""
    figures = [
        f"{format_count(row[name])} {here.t(f'table.{name}')} ({format_percent(share)})"
        for name in HEATED
        if (share := row[f"{name}_share"]) is not None
    ]
    with st.container(key="marked", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(row['key'])}** · {' · '.join(figures)}", width="content")
        st.button(here.say("unmark"), on_click=mark, args=(here.state, ""), type="tertiary")


def _at(here: Here, table: CostTable) -> str:
    return marked(table, here.state[BY], here.state[AT])


def mark(state: State, at: str, *, by: str | None = None) -> None:
    """Mark a group in both; ``by``: what layers are summed by from now on."""
    if by is not None:
        state[BY] = by
    state[AT] = at


def _picked(state: State, before: str, at: str) -> None:
    mark(state, "" if at == before else at)


def _heads(here: Here, by: str) -> dict[str, str]:
    t = here.t
    names = ("madds", "params", "weight_bytes", "activation_bytes", "layers", "op", "output")
    return {
        "key": t(f"table.{by}"),
        **{name: t(f"table.{name}") for name in names},
        **{f"{name}_share": f"{t(f'table.{name}')} %" for name in HEATED},
        "inputs": t("table.input"),
        "kernel": here.say("kernel"),
        "stride": here.say("stride"),
        "arithmetic_intensity": here.say("intensity"),
    }
