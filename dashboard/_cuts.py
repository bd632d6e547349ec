"""What is cut: the same share of everything, or of one stage, or of one channel group."""

from __future__ import annotations

import streamlit as st

from archcalc import CostTable
from dashboard._here import Here
from dashboard.views.choice import FIELD
from dashboard.views.pruning import CUT, GROUP, of_stages, ratios, with_ratio
from dashboard.views.ranges import prunes


def choose_cut(here: Here, before: CostTable) -> None:
    """Show the choice of what is cut, and its sliders."""
    st.segmented_control(
        here.say("cut"),
        ("uniform", "stage", "group"),
        format_func=lambda one: here.say(f"cut_{one}"),
        required=True,
        **here.state.knob(CUT),
    )
    graph, prune = before.net.graph, here.choice.prune
    if not graph.prunable:
        st.info(here.say("nothing"))
    elif here.state[CUT] == "stage":
        stages = of_stages(graph, prune)
        for (name, ratio), column in zip(stages.items(), st.columns(len(stages)), strict=True):
            with column:
                _slider(here, before, name, ratio, f"{here.t('report.stage')} {name[6:]}")
    elif here.state[CUT] == "group":
        mine = ratios(graph, prune)
        names = list(mine)
        chosen = here.state[GROUP] if here.state[GROUP] in mine else names[0]
        st.selectbox(here.say("group"), names, **here.state.knob(GROUP, shown=lambda _: chosen))
        _slider(here, before, chosen, mine[chosen], chosen)
        group = next(one for one in graph.prunable if one.name == chosen)
        widths = before.net.variant.widths[chosen], here.net.variant.widths[chosen]
        st.caption(here.say("kept", before=widths[0], after=widths[1], rows=", ".join(group.rows)))
    else:
        st.caption(here.say("uniform_help"))


def _slider(here: Here, before: CostTable, name: str, ratio: float, label: str) -> None:
    graph, prune = before.net.graph, here.choice.prune
    st.select_slider(
        label,
        prunes(ratio),
        format_func=lambda value: f"{value:g}",
        **here.state.knob(
            FIELD["prune"],
            part=f"_{name}",
            shown=lambda _: ratio,
            taken=lambda value: with_ratio(graph, prune, name, value),
        ),
    )
