"""Your model: a spec of one's own, edited in place, with its faults or its counts beside it."""

from __future__ import annotations

import streamlit as st

from archcalc import CostTable, Spec
from archcalc.language.spec.sheet import Sheet
from dashboard.app_pages.your_model.data_model import (
    BLANK,
    FIELDS,
    MOST_OWN,
    MOST_ROWS,
    WAY,
    Examined,
    Fault,
    beside,
    beside_frame,
    examine,
    faults,
)
from dashboard.app_pages.your_model.show_editor import ROW, Draft, height
from dashboard.kit.downloads import of_variant
from dashboard.kit.html import show_template
from dashboard.kit.knobs import counting_knobs
from dashboard.kit.tiles import show_totals
from dashboard.kit.widgets import choose, offer, show_head
from dashboard.shell.choice import FIELD, OWN, Choice
from dashboard.shell.here import Here
from dashboard.shell.nets import table_of

__all__ = ["FIELDS", "show"]

_MOST_FAULTS = 30


def show(here: Here) -> None:
    """Show the page: where the model comes from, its totals or faults, and the editor."""
    counting_knobs(here)
    head = show_head(here, here.say("title"))
    st.caption(here.say("about"))
    draft = Draft(here)
    draft.show_sources()
    choose(here, WAY, here.say("way"), lambda way: here.say(f"way_{way}"))
    outcome = st.container()
    sheet, side = None, st.container()
    if here.state[WAY] == "table" and draft.has_table():
        head_cells = draft.show_head()
        editor, side = st.columns([3, 2])
        with editor:
            sheet = draft.show_rows(head_cells)
    else:
        if here.state[WAY] == "table":
            st.info(here.say("no_table", most=MOST_ROWS))
        draft.show_text()
    convention, dtype = (here.state[FIELD[name]] for name in ("convention", "dtype"))
    found = examine(draft.text, convention, dtype)
    if sheet is not None:
        with side:
            _beside(here, sheet, found)
    with outcome:
        if found.table is None:
            _say_faults(here, found, sheet)
        else:
            _say_counts(here, found.table, draft.origin)
    table = found.table
    if table is not None:
        with head:
            offer(here, lambda: of_variant(table, "row", here.t.language))
    st.caption(here.say("kept"))


def _say_counts(here: Here, table: CostTable, origin: str) -> None:
    spec = table.net.spec
    state = here.state
    if OWN + spec.name in state.own:  # the other pages follow what is edited here
        state.add(spec.name, spec)
    origin_table = None
    if origin and origin != BLANK:
        origin_table = table_of(
            Choice(origin, convention=table.convention.name, dtype=table.dtype), {}
        )
    caption = table.title
    if origin_table is not None:
        caption += f" · {here.say('against', net=origin)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(caption, width="content")
        st.button(
            here.say("use"), key="use", on_click=_use, args=(here, spec), help=here.say("use_help")
        )
    show_totals(here, table, origin_table)


def _use(here: Here, spec: Spec) -> None:
    """Keep the model for the other pages, and show it in the first of them."""
    state = here.state
    own = state.own
    while len(own) >= MOST_OWN and OWN + spec.name not in own:
        del own[next(iter(own))]
    model = state.add(spec.name, spec)
    state.choice = Choice(model, convention=state.choice.convention, dtype=state.choice.dtype)
    state.go("explore")


def _say_faults(here: Here, found: Examined, sheet: Sheet | None) -> None:
    found_faults = faults(found, sheet)
    shown = [(_place(here, one), one.text, one.source) for one in found_faults[:_MOST_FAULTS]]
    more = len(found_faults) - _MOST_FAULTS
    with st.container(key="faults"):
        st.error(here.say("faults", count=len(found_faults)))
        show_template(__file__, "faults.html", here.t, faults=shown)
        if more > 0:
            st.caption(here.say("more_faults", count=more))


def _place(here: Here, fault: Fault) -> str:
    if fault.row is not None:
        return here.say("at_row", row=fault.row)
    return here.say("at_line", line=fault.line)


def _beside(here: Here, sheet: Sheet, found: Examined) -> None:
    """Show what each row costs, or what is wrong with it, in line with the editor's rows."""
    config, t = st.column_config, here.t
    st.dataframe(
        beside_frame(beside(sheet, found)),
        hide_index=False,
        row_height=ROW,
        height=height(len(sheet.rows) + 1),
        column_config={
            "_index": config.Column(here.say("row")),
            "state": config.TextColumn(here.say("state")),
            "output": config.TextColumn(t("table.output")),
            **{
                name: config.NumberColumn(t(f"table.{name}"), format="%,d")
                for name in ("madds", "params")
            },
        },
        alt=here.say("beside_alt"),
    )
