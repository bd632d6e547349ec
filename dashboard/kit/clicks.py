"""Charts whose marks can be clicked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec

PICK = "pick"
"""The name of the selection in such a chart: the mark that was clicked."""


def show_clickable(chart: Spec, key: str, alt: str, picked: Callable[[Record], None]) -> None:
    """Show a chart; ``picked`` is called with the selected fields of a mark that was clicked."""

    def clicked() -> None:
        marks = st.session_state[key]["selection"].get(PICK) or []
        if marks:
            picked(marks[0])

    st.vega_lite_chart(chart, key=key, alt=alt, selection_mode=PICK, on_select=clicked)
