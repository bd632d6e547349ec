"""Papers: every printed table with the computed figures beside the printed ones, and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from archcalc.base.names import MARKS
from archcalc.base.units import format_decimal
from archcalc.cost.claims.results import CLOSE_PERCENT
from dashboard.app_pages.papers import data_papers as tables
from dashboard.app_pages.papers.data_papers import FIELDS, NET, PAPER, TABLE, VERDICT, WHY, Entry
from dashboard.app_pages.papers.data_tables import (
    address,
    block_of,
    explanation,
    files_of,
    heading,
    what_to_see,
)
from dashboard.kit.html import show_blocks
from dashboard.kit.widgets import show_head
from dashboard.shell.errors import literal
from dashboard.shell.fields import Field
from dashboard.shell.here import Here
from dashboard.shell.nets import titles
from dashboard.shell.state import State

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: the filters first, then table after table."""
    show_head(here, here.say("title"), lambda: files_of(chosen))
    st.caption(here.say("intro", close=f"{format_decimal(CLOSE_PERCENT)}%"))
    chosen = _filters(here)
    if not chosen:
        st.info(here.say("nothing"))
    for entry in chosen:
        _table(here, entry)
    if chosen:
        _explanation(here, tables.nets_of(chosen))


def _filters(here: Here) -> list[Entry]:
    state = here.state
    of_paper = tables.of_papers(state[PAPER])
    papers = [tables.LECTURE, *tables.paper_names(), tables.OTHER, tables.EVERY]
    named = {one: here.say(one) for one in (tables.LECTURE, tables.OTHER, tables.EVERY)}
    paper, table, net = st.columns(3)
    with paper:
        _select(here, PAPER, papers, named, also=_forget)
    with table:
        names = {entry.name: heading(here.t, entry) for entry in of_paper}
        _select(here, TABLE, ["", *names], {**names, "": here.say("every_table")})
    found = tables.of_table(of_paper, state[TABLE])
    with net:
        nets = tables.nets_of(found)
        _select(here, NET, ["", *nets], {**titles(), "": here.say("every_net")})
    found = tables.of_net(found, state[NET])
    counted = tables.counts(found)
    st.pills(
        here.say("verdict"),
        [verdict for verdict, count in counted.items() if count or verdict in state[VERDICT]],
        format_func=lambda one: f"{MARKS[one].sign} {here.t(f'verdict.{one}')} · {counted[one]}",
        selection_mode="multi",
        **state.knob(VERDICT, shown=list, taken=tuple),
    )
    return tables.of_verdicts(found, state[VERDICT])


def _select(
    here: Here,
    field: Field,
    options: Sequence[str],
    names: Mapping[str, str],
    also: Callable[[State], None] | None = None,
) -> None:
    def shown(value: str) -> str:
        return value if value in options else options[0]

    st.selectbox(
        here.say(field.name),
        list(options),
        format_func=lambda one: names.get(one, one),
        **here.state.knob(field, shown=shown, also=also),
    )


def _forget(state: State) -> None:
    # the tables of another paper are others
    state[TABLE] = ""


def _table(here: Here, entry: Entry) -> None:
    st.subheader(heading(here.t, entry), anchor=False)
    see = what_to_see(here.t, entry)
    if see:
        st.write(literal(see))
    show_blocks(here.t, block_of(here.t, entry))
    where = address(entry)
    if where:
        st.caption(f"{here.t('table.source')}: [{where}]({where})")


def _explanation(here: Here, nets: Sequence[str]) -> None:
    st.subheader(here.t("report_pitfalls.title"), anchor=False)
    _select(here, WHY, nets, titles())
    chosen = here.state[WHY] if here.state[WHY] in nets else nets[0]
    blocks = explanation(here.t, chosen)
    if not blocks:
        st.caption(here.say("no_pitfalls", net=titles()[chosen]))
    show_blocks(here.t, *blocks)
