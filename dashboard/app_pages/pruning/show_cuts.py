"""What is cut: the same share of everything, or of each stage, or of each channel group."""

from __future__ import annotations

from typing import Any

import streamlit as st

from archcalc import CostTable
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.cuts import stage_cuts
from dashboard.app_pages.pruning.data_pruning import CUT, Prune, groups, of_stages, with_ratio
from dashboard.kit.variant import prunes
from dashboard.kit.widgets import choose
from dashboard.shell.choice import FIELD
from dashboard.shell.here import Here

_PRUNE = FIELD["prune"]
_HALF = 0.5
_EDITED = "groups_edited"
_ROW, _MOST_ROWS = 35, 16
"""Pixels of a row, and how many are seen at once."""


def choose_cut(here: Here) -> None:
    """Show the choice of what is cut, and the way back to the whole net."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose(here, CUT, here.say("cut"), lambda one: here.say(f"cut_{one}"))
        st.button(
            here.say("nothing_cut"),
            key="cut_nothing",
            disabled=not here.choice.prune,
            on_click=_set,
            args=(here, 0.0),
        )


def show_cut(here: Here, before: CostTable) -> None:
    """Show the sliders, or the table, of what is cut."""
    if not before.net.graph.prunable:
        st.info(here.say("nothing"))
        return
    {"uniform": _everywhere, "stage": _stages, "group": _groups}[here.state[CUT]](here, before)


def show_beginning(here: Here, before: CostTable) -> None:
    """Say of a net that is whole how to begin, with a first cut to try."""
    mode = here.state[CUT]
    with st.container(key="begin", border=True):
        st.markdown(here.say(f"begin_{mode}"))
        first: Prune = _HALF
        words = here.say("try_uniform")
        if mode != "uniform":
            best = stage_cuts(before.net, convention=before.convention).most["madds"]
            if best is None:
                return
            first = with_ratio(before.net.graph, 0.0, best["stage"], _HALF)
            words = here.say("try_stage", stage=best["stage"].removeprefix("stage_"))
        st.button(words, key="try_cut", type="primary", on_click=_set, args=(here, first))


def _set(here: Here, prune: Prune) -> None:
    here.state[_PRUNE] = prune


def _everywhere(here: Here, before: CostTable) -> None:
    prune = here.choice.prune
    if isinstance(prune, tuple):
        st.caption(here.say("in_parts"))
    ratio = 0.0 if isinstance(prune, tuple) else prune
    _slider(here, before, "", ratio, here.say("everywhere"))
    st.caption(here.say("uniform_help", multiple=before.net.multiple))


def _stages(here: Here, before: CostTable) -> None:
    stages = of_stages(before.net.graph, here.choice.prune)
    with st.container(horizontal=True, key="stages"):
        for name, ratio in stages.items():
            label = f"{here.t('table.stage')} {name.removeprefix('stage_')}"
            with st.container(width=_SLIDER):
                _slider(here, before, name, ratio, label)
    st.caption(here.say("stage_help"))


_SLIDER = 165
"""Pixels of a stage's slider: five stand beside each other, two on a phone."""


def _groups(here: Here, before: CostTable) -> None:
    import pandas as pd

    prune, graph = here.choice.prune, before.net.graph
    records = groups(before, here.table)
    names = [record["group"] for record in records]
    kept = st.session_state.setdefault(_EDITED, {"number": 0, "of": None})
    if kept["of"] != (here.choice, here.state.restored):
        # it was changed elsewhere: what was typed here is no longer so
        kept |= {"number": kept["number"] + 1, "of": (here.choice, here.state.restored)}
    key = f"{_EDITED}_{kept['number']}"

    def edited() -> None:
        changed: Prune = prune
        whole = True
        for row, cells in st.session_state[key]["edited_rows"].items():
            ratio = cells.get("ratio", 0)
            whole = whole and ratio is not None
            changed = with_ratio(graph, changed, names[int(row)], ratio or 0.0)
        _set(here, changed)
        kept["of"] = (here.choice, here.state.restored) if whole else None

    config = st.column_config
    numbers: dict[str, Any] = {
        name: config.NumberColumn(here.say(f"g_{name}"), format="localized", disabled=True)
        for name in ("before", "after", "stage")
    }
    st.data_editor(
        pd.DataFrame.from_records(records),
        key=key,
        hide_index=True,
        on_change=edited,
        row_height=_ROW,
        height=_ROW * (min(len(records), _MOST_ROWS) + 1) + 2,
        column_config={
            "group": config.TextColumn(here.t("pruning.group"), disabled=True, pinned=True),
            "ratio": config.NumberColumn(
                here.say("g_ratio"), min_value=0, max_value=0.99, step=0.01, format="plain"
            ),
            **numbers,
            "rows": config.TextColumn(here.say("g_rows"), disabled=True),
        },
        alt=here.say("groups_alt", net=here.spec.title),
    )
    st.caption(here.say("group_help", multiple=before.net.multiple))


def _slider(here: Here, before: CostTable, name: str, ratio: float, label: str) -> None:
    """Show the slider of a stage, or of everything for ""."""
    graph, state = before.net.graph, here.state
    st.select_slider(
        label,
        prunes(ratio),
        format_func=format_decimal,
        **state.knob(
            _PRUNE,
            part=f"_{name or 'everywhere'}",
            shown=lambda _: ratio,
            # of the ratios as they are then: another slider may have been moved in the meantime
            taken=lambda value: with_ratio(graph, state[_PRUNE], name, value) if name else value,
        ),
    )
