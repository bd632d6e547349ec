"""What pages are put together from: a head with its files, a choice of few, a slider with stops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from archcalc.base.units import format_decimal
from dashboard.kit.downloads import Download
from dashboard.shell.errors import literal
from dashboard.shell.fields import Field
from dashboard.shell.here import Here

Files = Callable[[], Sequence[Download]]


def show_head(here: Here, title: str, files: Files | None = None) -> Any:
    """Show the title of a page with its files beside it; returns their place, for later files."""
    place = st.container(horizontal=True, vertical_alignment="bottom")
    place.title(title, anchor=False)
    if files is not None:
        with place:
            offer(here, files)
    return place


def offer(here: Here, files: Files) -> None:
    """Show a button that opens the list of files.

    ``files`` is called when the list is opened; each file is made when it is clicked.
    """
    with st.popover(here.t("dashboard.export"), key="export", on_change="rerun") as box:
        if not box.open:
            return
        for one in files():
            words = here.t("dashboard.file", kind=one.suffix.upper(), what=here.t(one.what))
            if one.lacking:
                st.caption(f"{literal(words)}: {literal(one.lacking)}")
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


def choose(
    here: Here,
    field: Field,
    label: str,
    words: Callable[[Any], str],
    *,
    options: Iterable[Any] = (),
    shown: Any = None,
    help: str | None = None,  # noqa: A002 - as streamlit calls it
) -> None:
    """Show a field's few options beside each other, by default all that it can be.

    ``words``: what an option is called; ``shown``: what is marked where that is not its value.
    """
    st.segmented_control(
        label,
        list(options or field.options),
        format_func=words,
        required=True,
        help=help,
        **here.state.knob(field, shown=lambda value: value if shown is None else shown),
    )


def slide(here: Here, field: Field, label: str, stops: Iterable[Any] = ()) -> None:
    """Show a slider of numbers, by default of all the field's; its value is one more stop."""
    least, most = field.bounds or (0, -1)
    st.select_slider(
        label,
        sorted({*(stops or range(least, most + 1)), here.state[field]}),
        format_func=format_decimal,
        **here.state.knob(field),
    )


def enter(here: Here, field: Field, label: str, *, most: int | None = None) -> None:
    """Show a box for an integer; ``most``: the largest, where it is not the field's own."""
    low, high = field.bounds
    st.number_input(label, low, most or high, step=1, **here.state.knob(field))
