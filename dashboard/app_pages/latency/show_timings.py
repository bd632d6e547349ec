"""The headline figures of a measurement, and the layers' sum held against the whole pass."""

from __future__ import annotations

import streamlit as st

from archcalc.base.units import format_ms, format_signed_percent
from archcalc.models.latency.report import open_note
from archcalc.output.palette import MADDS
from archcalc.output.present.remarks import saying
from dashboard.app_pages.latency.data_latency import Measured, sums
from dashboard.kit.tiles import Bar, Tile, show_bars, show_tiles
from dashboard.shell.errors import literal
from dashboard.shell.here import Here


def show_timings(here: Here, measured: Measured) -> None:
    """Show the median, the sum of the layers and the closure, and a warning where it is open."""
    t, run = here.t, measured.run
    ms = run.latency_ms
    spread = t("report_latency.spread", low=format_ms(ms.p10), high=format_ms(ms.p90))
    tiles = [_tile("median", f"{format_ms(ms.median)} ms", t("report_latency.median"), spread)]
    if run.sum_of_layers_ms is not None:
        stamps = (
            ""
            if run.overhead_percent is None
            else t("report_latency.stamps", percent=format_signed_percent(run.overhead_percent))
        )
        total = f"{format_ms(run.sum_of_layers_ms)} ms"
        tiles.append(_tile("sum", total, t("report_latency.sum"), stamps))
    if run.closure_percent is not None and run.end_to_end_ms is not None:
        held = t("report_latency.closure_of", ms=format_ms(run.end_to_end_ms))
        closure = format_signed_percent(run.closure_percent)
        tiles.append(_tile("closure", closure, t("report_latency.closure"), held))
    show_tiles(here, tiles)
    _bars(here, measured)
    opened = open_note(run.closure_percent)
    if opened is not None:
        st.warning(literal(saying(t, opened)))


def _tile(name: str, figure: str, head: str, detail: str) -> Tile:
    return Tile(head, figure, detail, {"data-timing": name})


def _bars(here: Here, measured: Measured) -> None:
    show_bars(
        here,
        [
            Bar(here.say(bar["name"]), bar["ms"], [(bar["share"] or 0, MADDS)])
            for bar in sums(measured.run)
        ],
    )
