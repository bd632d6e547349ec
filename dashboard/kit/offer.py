"""Files of the current view. Nothing is written before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.kit.downloads import Download
from dashboard.shell.errors import plain
from dashboard.shell.here import Here


def offer(here: Here, downloads: Callable[[], Sequence[Download]]) -> None:
    """Show a button that opens the list of files; each is made when it is clicked.

    ``downloads`` is called when the list is opened.
    """
    with st.popover(here.t("dashboard.export"), key="export", on_change="rerun") as box:
        if not box.open:
            return
        for one in downloads():
            words = here.t("dashboard.file", kind=one.suffix.upper(), what=here.t(one.what))
            if one.lacking:
                st.caption(f"{plain(words)}: {plain(one.lacking)}")
                continue
            st.download_button(
                words,
                one.make,
                file_name=one.file,
                mime=one.mime,
                key=f"download_{one.file}",
                on_click="ignore",
                width="stretch",
            )
