"""Every layer: its time above its multiply-adds, and all figures."""

from __future__ import annotations

import streamlit as st

from archcalc.base.tables import Record
from dashboard.app_pages.latency.chart_layers import layer_bars_chart
from dashboard.app_pages.latency.data_awaited import awaited_layers
from dashboard.app_pages.latency.data_latency import Measured, layer_records
from dashboard.shell.here import Here

_ROW, _MOST_ROWS = 36, 16


def show(here: Here, measured: Measured | None) -> None:
    """Show the tab; before anything is measured the multiply-adds alone."""
    t, net = here.t, here.net.title
    words = {name: t(f"table.{name}") for name in ("layer", "op", "madds")}
    words |= {"time": here.say("time"), "other": here.say("other")}
    if measured is None:
        awaited = awaited_layers(here.table)
        if awaited:
            _madds_alone(here, awaited, words)
        return
    records = layer_records(measured)
    if not records:
        st.info(here.say("no_layers"))
        return
    st.vega_lite_chart(
        layer_bars_chart(records, "ms", title=here.say("ms"), words=words, height=260),
        key="layer_times",
        alt=here.say("layers_alt", net=net, quantity=words["time"]),
    )
    st.vega_lite_chart(
        layer_bars_chart(records, "madds", title=words["madds"], words=words, height=140),
        key="layer_madds",
        alt=here.say("layers_alt", net=net, quantity=words["madds"]),
    )
    config = st.column_config
    shares = {name: max(record[name] or 0 for record in records) or 1 for name in _SHARES}
    st.dataframe(
        [{name: record[name] for name in _COLUMNS} for record in records],
        key="layer_table",
        hide_index=True,
        height=_ROW * (min(len(records), _MOST_ROWS) + 1),
        column_config={
            "id": config.TextColumn(words["layer"], pinned=True),
            "op": config.TextColumn(words["op"]),
            **{
                name: config.NumberColumn(head, format="%.3f")
                for name, head in (("ms", "ms"), ("p10", "p10"), ("p90", "p90"))
            },
            "madds": config.NumberColumn(words["madds"], format="%,d"),
            **{
                name: config.ProgressColumn(
                    f"{words[what]} %", format="%.2f%%", min_value=0, max_value=shares[name]
                )
                for name, what in _SHARES.items()
            },
        },
        alt=here.say("layer_table_alt", net=net),
    )


def _madds_alone(here: Here, records: list[Record], words: dict[str, str]) -> None:
    said = words["madds"]
    st.vega_lite_chart(
        layer_bars_chart(records, "madds", title=said, words=words, height=220, by="madds"),
        key="layer_madds",
        alt=here.say("layers_awaited_alt", net=here.net.title, quantity=said),
    )


_SHARES = {"time_share": "time", "madds_share": "madds"}
_COLUMNS = ("id", "op", "ms", "time_share", "madds", "madds_share", "p10", "p90")
