"""Compare: two to four nets side by side, block by block, and where they stand among all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from archcalc import CostTable
from archcalc.base.tables import Record
from archcalc.cost.counting.aligned import align
from archcalc.cost.counting.diff import STATUSES
from dashboard.app_pages.compare.chart_scatter import scatter_chart
from dashboard.app_pages.compare.data_compare import (
    COST,
    FIELDS,
    LETTERS,
    MOST_ROWS,
    OTHERS,
    SHOWN,
    compared,
    downloads,
    placed,
    points,
    rows,
    statuses,
    totals_table,
)
from dashboard.app_pages.compare.show_aligned import legend, show_aligned
from dashboard.app_pages.compare.show_slots import show_slots
from dashboard.kit.clicks import show_clickable
from dashboard.kit.html import show_blocks
from dashboard.kit.knobs import net_knobs
from dashboard.kit.widgets import choose, offer, show_head
from dashboard.shell.choice import Choice, read_choice
from dashboard.shell.here import Here

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: who is compared, the totals, the blocks, and accuracy against cost."""
    net_knobs(here)
    head = show_head(here, here.say("title"))
    show_slots(here)
    tables = compared(here.choice, [here.state[one] for one in OTHERS], here.state.own)
    if len(tables) < 2:
        st.info(here.say("alone"))
    else:
        aligned = align(list(tables.values()))
        with head:
            offer(here, lambda: downloads(aligned, here.t.language))
        show_blocks(here.t, totals_table(aligned.tables, here.t.language))
        st.subheader(here.say("blocks"), anchor=False)
        choose(here, SHOWN, here.say("rows"), lambda one: here.say(f"rows_{one}"))
        legend(here)
        _say_differences(here, list(tables), statuses(aligned))
        places = rows(aligned, here.state[SHOWN])
        if len(places) > MOST_ROWS:
            st.caption(here.say("left_out", shown=MOST_ROWS, all=len(places)))
        show_aligned(here, aligned, places[:MOST_ROWS], "".join(tables))
    _published(here, tables)


def _say_differences(here: Here, letters: Sequence[str], found: Sequence[Counter[str]]) -> None:
    first, *others = letters
    lines = [
        here.say("summary", first=first, letter=letter, **{name: one[name] for name in STATUSES})
        for letter, one in zip(others, found, strict=True)
    ]
    st.caption("  \n".join(lines))


def _published(here: Here, tables: Mapping[str, CostTable]) -> None:
    st.subheader(here.say("accuracy"), anchor=False)
    choose(here, COST, here.say("cost"), here.cost)
    cost = here.state[COST]
    choices = [here.choice, *(here.state[one] for one in OTHERS)]
    models = {
        letter: one.model for letter, one in zip(LETTERS, choices, strict=True) if letter in tables
    }
    found = points(tables, cost, models)
    quantity = here.cost(cost)
    words = here.says("top1", "variant")
    words |= {"count": quantity, "source": here.t("table.source")}
    words["cost"] = f"{quantity} ({found.unit})" if found.unit else quantity
    key = f"scatter_{st.session_state.get('scatter_number', 0)}_{here.state.restored}"
    show_clickable(
        scatter_chart(found.records, letters=list(tables), words=words),
        key,
        here.say("accuracy_alt", quantity=quantity, count=len(found.records)),
        lambda point: _place(here, read_choice(point["choice"])),
    )
    st.caption(here.say("accuracy_about", count=len(found.records)))
    st.caption(here.say("front", names=", ".join(found.front)))
    with st.expander(here.say("every")):
        _every(here, found.records, quantity)


def _every(here: Here, records: Sequence[Record], quantity: str) -> None:
    heads = {"name": here.say("variant"), "top1": here.say("top1"), "exact": quantity}
    heads["source"] = here.t("table.source")
    st.dataframe(
        [
            {heads[name]: record[name] for name in heads}
            for record in sorted(records, key=lambda one: -one["top1"])
        ],
        hide_index=True,
        alt=here.say("every"),
    )


def _place(here: Here, choice: Choice) -> None:
    """Put the variant of a clicked point into a free place."""
    here.state[OTHERS[placed([here.state[one] for one in OTHERS], choice)]] = choice
    st.session_state["scatter_number"] = st.session_state.get("scatter_number", 0) + 1
