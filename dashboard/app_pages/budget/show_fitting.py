"""What fits a budget: the best of it, the front as a chart, and the table; a click opens one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_exact, format_percent
from archcalc.output.present.words import place_words
from archcalc.studies.budgets.budget import COLUMN_OF, limit_text
from archcalc.studies.budgets.frontier import name_of
from dashboard.app_pages.budget.chart_front import front_chart
from dashboard.app_pages.budget.data_budget import PHONE, SHOWN, reasons
from dashboard.app_pages.budget.data_fitting import SHOWN_ROWS, Fitting
from dashboard.app_pages.budget.show_limits import open_latency, whose
from dashboard.kit.clicks import show_clickable
from dashboard.kit.measured import read_way
from dashboard.kit.tiles import show_totals
from dashboard.shell.choice import read_choice
from dashboard.shell.errors import literal
from dashboard.shell.here import Here
from dashboard.shell.nets import table_of

_CHART, _TABLE = "front", "fitting"
_COLUMNS = ("madds", "params", "weight_bytes", "peak_memory_bytes")


def show_best(here: Here, found: Fitting) -> None:
    """Show how many fit and the best of them; or why none does."""
    fits, every = len(found.fits), len(found.every)
    counted = {"fits": format_exact(fits), "every": format_exact(every)}
    st.subheader(here.say("counted", **counted), anchor=False)
    if not fits:
        st.warning(_why_nothing(here, found) if every else here.say("nothing_published"))
        return
    best = found.fits.best
    choice = found.choice_of(best)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_described(here, best), width="content")
        st.button(
            here.say("open"), key="open_best", on_click=here.open, args=(choice,), type="primary"
        )
        way = read_way(here.state[PHONE])
        if way is not None and best["latency_ms"] is None:
            st.button(
                here.say("time_it"),
                key="time_best",
                on_click=open_latency,
                args=(here, choice, way),
            )
    show_totals(here, table_of(choice, here.state.own), here.baseline)
    shares = [
        f"{_cost_words(here, name)} {format_percent(share, 1)}"
        for name, share in found.budget.used_by(best).items()
    ]
    if shares:
        st.caption(here.say("used", shares=" · ".join(shares)))


def show_front(here: Here, found: Fitting) -> None:
    """Show accuracy against the cost; a click on a variant opens it."""
    points = found.points()
    if not points:
        st.caption(here.say("no_accuracy"))
        return
    cost = here.cost(found.cost)
    words = here.says("variant", "others", "basis")
    words |= here.says("published", "interpolated", "extrapolated")
    words |= {"x": found.unit.head(cost), "cost": cost, "y": here.say("top1")}
    words["source"] = here.t("table.source")
    limits = {COLUMN_OF[name]: limit for name, limit in found.budget.limits.items()}
    limit = limits.get(found.cost)
    at = None if limit is None else limit / found.unit.size
    show_clickable(
        front_chart(points, found.nets, words=words, limit=at),
        f"{_CHART}_{here.state.restored}",
        here.say("front_alt", cost=cost, points=len(points), front=len(found.front)),
        lambda point: here.open(read_choice(point["key"])),
    )


def show_table(here: Here, found: Fitting) -> None:
    """Show what fits, or the front; a click on a row opens it."""
    rows = found.rows(here.state[SHOWN])
    key = f"{_TABLE}_{here.state.restored}_{here.state[SHOWN]}"
    st.dataframe(
        _frame(here, rows),
        key=key,
        hide_index=True,
        column_config=_config(here),
        on_select=lambda: _row_clicked(here, key, found, rows),
        selection_mode="single-row",
        alt=here.say("table_alt"),
    )
    if here.state[SHOWN] == "fits" and len(found.fits) > SHOWN_ROWS:
        st.caption(here.say("cut", shown=SHOWN_ROWS, fits=format_exact(len(found.fits))))


def _described(here: Here, record: Record) -> str:
    """Return what a variant is and what its accuracy is, as Markdown."""
    parts = [f"**{literal(name_of(record))}**"]
    if record["top1"] is None:
        parts.append(here.say("unknown"))
    else:
        basis = here.say(record["basis"])
        source = f" ({literal(place_words(here.t, record['source']))})" if record["source"] else ""
        parts.append(
            f"{here.say('top1_short')} **{format_decimal(record['top1'])}%** {basis}{source}"
        )
    if record["latency_ms"] is not None:
        time = limit_text("latency", record["latency_ms"])
        parts.append(f"{_cost_words(here, 'latency')} {time}")
    return " · ".join(parts)


def _why_nothing(here: Here, found: Fitting) -> str:
    """Return as Markdown which limits are too low."""
    lines = [
        here.say(
            "too_little",
            limit=f"{_cost_words(here, name)} ≤ {limit_text(name, found.budget.limits[name])}",
            least=limit_text(name, least),
            variant=which,
        )
        if least is not None
        else here.say("untimed", times=_cost_words(here, name))
        for name, least, which in reasons(found.every, found.fits)
    ]
    return "\n".join(f"- {literal(line)}" for line in lines) or here.say("none_meets_all")


def _cost_words(here: Here, name: str) -> str:
    """Return what a limit is on: "MAdds", or whose time."""
    if name == "latency":
        return whose(here, here.state[PHONE])
    return here.cost(COLUMN_OF[name])


def _frame(here: Here, rows: list[Record]) -> Any:
    import pandas as pd

    timed = any(row["latency_ms"] is not None for row in rows)
    return pd.DataFrame.from_records(
        [
            {
                "variant": name_of(row),
                "top1": row["top1"],
                "basis": here.say(row["basis"] or "unknown"),
                **{name: row[name] for name in _COLUMNS},
                **({"latency_ms": row["latency_ms"]} if timed else {}),
                "source": place_words(here.t, row["source"] or ""),
            }
            for row in rows
        ],
        columns=None if rows else ["variant", "top1", "basis", *_COLUMNS, "source"],
    )


def _config(here: Here) -> dict[str, Any]:
    config = st.column_config
    return {
        "variant": config.TextColumn(here.say("variant"), pinned=True),
        "top1": config.NumberColumn(here.say("top1"), format="%.2f"),
        "basis": config.TextColumn(here.say("basis")),
        **{name: config.NumberColumn(here.cost(name), format="%,d") for name in _COLUMNS},
        "latency_ms": config.NumberColumn(f"{_cost_words(here, 'latency')} (ms)", format="%.1f"),
        "source": config.TextColumn(here.t("table.source")),
    }


def _row_clicked(here: Here, key: str, found: Fitting, rows: list[Record]) -> None:
    chosen = st.session_state[key]["selection"].get("rows") or []
    if chosen and chosen[0] < len(rows):
        here.open(found.choice_of(rows[chosen[0]]))
