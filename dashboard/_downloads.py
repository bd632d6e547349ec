"""Files of the current view. Nothing is written before it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard._here import Here
from dashboard.views.downloads import Download


def offer(here: Here, downloads: Sequence[Download]) -> None:
    """Show a button that opens the list of files; each is made when it is clicked."""
    with st.popover(here.t("dashboard.export"), key="export"):
        for one in downloads:
            st.download_button(
                here.t("dashboard.download", file=one.file),
                one.make,
                file_name=one.file,
                mime=one.mime,
                key=f"download_{one.file}",
                on_click="ignore",
                width="stretch",
            )
