"""The pictures of the page Multipliers; a click on a variant in any of them takes it over."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import streamlit as st

from archcalc import Grid
from archcalc.base.tables import Record
from archcalc.base.units import Unit, format_decimal, format_fixed, format_percent
from archcalc.cost.scaling.grid import QUANTITIES as QUANTITY_NAMES
from archcalc.output.charts.vega import Spec
from archcalc.output.present.variants import variants_table
from archcalc.output.present.words import sentences
from dashboard.app_pages.multipliers.chart_accuracy import accuracy_chart
from dashboard.app_pages.multipliers.chart_contributions import contributions_chart
from dashboard.app_pages.multipliers.chart_equal_cost import equal_cost_chart
from dashboard.app_pages.multipliers.chart_heat import heat_chart
from dashboard.app_pages.multipliers.chart_live import Knobs, live_chart
from dashboard.app_pages.multipliers.data_accuracy import family_of, lines, points, variants_of
from dashboard.app_pages.multipliers.data_contributions import OTHER, QUANTITIES, contributions
from dashboard.app_pages.multipliers.data_equal_cost import curves, equal_of
from dashboard.app_pages.multipliers.data_heat import cells, unit_text
from dashboard.app_pages.multipliers.data_live import live
from dashboard.app_pages.multipliers.data_multipliers import (
    AGAINST,
    COST,
    PARTS,
    axis_of,
    fine_grid_of,
    taken,
    usual_of,
)
from dashboard.kit.clicks import show_clickable
from dashboard.kit.html import show_blocks
from dashboard.shell.errors import literal
from dashboard.shell.here import Here
from dashboard.shell.nets import reference_of


def show_live(here: Here, grid: Grid) -> None:
    """Show the curves whose dot follows two knobs in the browser, without asking the server."""
    state, net = here.state, here.net
    rows = live(grid, state[COST], state[PARTS])
    widths, sides = usual_of(net, here.choice)
    along = "width" if axis_of(here.spec, state[AGAINST]) == "width" else "side"
    knobs = Knobs(along, net.width, net.size[0])
    chart = live_chart(
        rows,
        knobs,
        words={**_words(here, rows.unit), **_part_names(here, rows.parts)},
        lines=widths if along == "side" else [height for height, _ in sides],
        by=state[PARTS],
    )
    st.subheader(here.say("live"), anchor=False)
    st.caption(here.say("live_hint"))
    _clickable(here, "live", chart, here.say("live_alt", **_said(here)))


def show_heat(here: Here, grid: Grid) -> None:
    """Show the usual widths and resolutions as a heat map."""
    widths, sides = usual_of(here.net, here.choice)
    found = cells(grid, here.net, here.state[COST], widths, sides)
    st.subheader(here.say("heat"), anchor=False)
    unit = unit_text(found, here.state[COST])
    in_unit = here.say("in_unit", unit=unit) if unit else ""
    st.caption(sentences(here.t, here.say("heat_hint"), in_unit))
    words = {**_words(here), "of_own": here.say("of_own"), "exact": here.say("exact")}
    chart = heat_chart(found, words=words)
    low, high = (pick(found, key=itemgetter("value"))["amount"] for pick in (min, max))
    _clickable(here, "heat", chart, here.say("heat_alt", low=low, high=high, **_said(here)))


def show_equal_cost(here: Here) -> None:
    """Show which widths and resolutions cost the same, and which of them are published."""
    st.subheader(here.say("equal"), anchor=False)
    net, cost = here.net, here.state[COST]
    table = equal_of(net, here.choice, cost, fine_grid_of(net, here.choice))
    known, _ = points(here.t, variants_of(here.spec, here.choice), cost)
    st.caption(here.say("equal_hint"))
    own = {"width": net.width, "side": net.size[0]}
    chart = equal_cost_chart(curves(table), known, own, words=_words(here))
    _clickable(here, "equal", chart, here.say("equal_alt", **_said(here)))


def show_accuracy(here: Here) -> None:
    """Show what papers print of the variants: along the chosen axis, and against the cost."""
    st.subheader(here.say("accuracy"), anchor=False)
    state, net = here.state, here.net
    known, unit = points(here.t, variants_of(here.spec, here.choice), state[COST])
    if not known:
        st.caption(here.say("accuracy_pruned" if net.prune else "accuracy_none"))
        return
    if len(known) == 1:
        st.caption(here.say("accuracy_hint"))
        st.markdown(literal(known[0]["about"]))
        return
    along = axis_of(here.spec, state[AGAINST])
    other = "resolution" if along == "width" else "width"
    fit = family_of(here.spec).fit
    if fit is None:
        st.caption(here.say("accuracy_hint"))
    else:
        errors = {
            "mean": format_fixed(fit.mean_error, 2),
            "worst": format_fixed(fit.worst_error, 2),
        }
        said = sentences(here.t, here.say("accuracy_hint"), here.say("between", **errors))
        st.caption(said)
    words = _words(here, unit)
    best = max(known, key=lambda one: one["top1"])["about"]
    own = {
        "width": net.width,
        "resolution": float(net.size[0]),
        "x": here.table.totals[state[COST]] / unit.size,
    }
    for column, x, behind in zip(
        st.columns(2, gap="large"), (along, "x"), (lines(here.spec, along), []), strict=True
    ):
        with column:
            chart = accuracy_chart(known, behind, along=x, colour=other, at=own[x], words=words)
            said = here.say("accuracy_alt", against=words[x], best=best, **_said(here))
            _clickable(here, f"accuracy_{x}", chart, said)


def show_contributions(here: Here, grid: Grid) -> None:
    """Show what each stage, or type of layer, makes of MAdds and parameters along the axis."""
    net, along = here.net, axis_of(here.spec, here.state[AGAINST])
    found = contributions(grid, here.state[PARTS], net.size if along == "width" else net.width)
    st.subheader(here.say("contributions"), anchor=False)
    where = {"resolution": net.resolution, "width": format_decimal(net.width)}
    st.caption(here.say(f"contributions_{along}", **where))
    for column, name in zip(st.columns(2, gap="large"), QUANTITIES, strict=True):
        with column:
            _contributions(here, [one for one in found if one["quantity"] == name], name, along)


def _contributions(here: Here, records: list[Record], name: str, along: str) -> None:
    quantity = here.t(f"table.{name}")
    if not records:
        st.caption(here.say("nothing", quantity=quantity))
        return
    place = here.net.width if along == "width" else here.net.size[0]
    words = _part_names(here, [record["part"] for record in records])
    most = max((one for one in records if one["x"] == place), key=lambda one: one["share"])
    said = here.say(
        "contributions_alt",
        quantity=quantity,
        part=words[most["part"]],
        share=format_percent(most["share"], 1),
        **_said(here),
    )
    words |= {
        "x": _words(here)[along],
        "share": here.say("share_of", quantity=quantity),
        "count": quantity,
        "part": here.t(f"table.{here.state[PARTS]}"),
    }
    chart = contributions_chart(records, by=here.state[PARTS], at=place, words=words)
    st.vega_lite_chart(chart, alt=said, key=f"contributions_{name}")


def show_variants(here: Here) -> None:
    """Show the usual variants in figures."""
    table = variants_of(here.spec, here.choice)
    by_width = here.spec.rounding is not None
    caption = here.say("variants" if by_width else "sizes")
    show_blocks(here.t, variants_table(here.t, table, caption, by_width=by_width))


def _clickable(here: Here, name: str, chart: Spec, about: str) -> None:
    # A new choice is a new chart: nothing in it is selected, and its knobs begin at the choice
    key = f"{name}_{here.state.restored}_{here.choice.text}"

    def take(mark: Record) -> None:
        side = mark.get("resolution", mark.get("side"))
        here.state.choice = taken(here.state.choice, reference_of(here.spec), mark["width"], side)

    with st.container(key=name):
        show_clickable(chart, key, about, take)


def _words(here: Here, unit: Unit | None = None) -> dict[str, str]:
    """Return what axes and quantities are called; ``unit``: that of the chosen cost."""
    t, cost = here.t, here.cost(here.state[COST])
    found = {name: t(f"table.{name}") for name in QUANTITY_NAMES}
    side = t("dashboard.resolution")
    found |= {"width": t("dashboard.width"), "side": side, "resolution": side}
    found |= {"alpha": "α", "rho": "ρ", "top1": f"{t('quantity.top1')} (%)"}
    found["cost"] = unit.head(cost) if unit else cost
    return {**found, "x": found["cost"]}


def _part_names(here: Here, parts: Iterable[str]) -> dict[str, str]:
    """Return the names of parts for people: "stage 3" for "stage_3"."""
    return {part: _part_name(here, part) for part in parts}


def _part_name(here: Here, part: str) -> str:
    if part == OTHER:
        return here.say("other")
    stage = part.removeprefix("stage_")
    return f"{here.t('table.stage')} {stage}" if stage != part else part


def _said(here: Here) -> dict[str, str]:
    """Return what every description says: which net, and which cost."""
    cost = here.cost(here.state[COST])
    return {"net": here.net.title, "cost": cost}
