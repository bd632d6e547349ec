"""Every layer as a bar, in the order in which they run, coloured by its operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.tables import Record
from archcalc.output.charts.vega import Spec, calculate, categorical, chart, field, marks, tooltip
from archcalc.output.palette import categories

_NAMED = 6
"""Operators with a colour of their own: the palette's next one is black, as dark paper is."""


def layer_bars_chart(
    layers: Sequence[Record],
    quantity: str,
    *,
    title: str,
    words: Mapping[str, str],
    height: int,
    by: str = "ms",
) -> Spec:
    """Return the chart of `data_latency.layer_records`: ``quantity`` is "ms" or "madds".

    ``words``: what "layer", "op", "time", "madds" and "other" are called. The operators of most
    ``by`` have a colour of their own; by "madds" where there are no times; tooltips then have none.
    """
    sums: dict[str, float] = {}
    for layer in layers:
        sums[layer["op"]] = sums.get(layer["op"], 0) + layer[by]
    largest = sorted(sums, key=lambda op: -sums[op])
    named = largest[:_NAMED]
    order = [*named, *([words["other"]] if len(largest) > _NAMED else [])]
    colours = categories([*named, "other"])
    values = [
        {**layer, "kind": layer["op"] if layer["op"] in named else words["other"]}
        for layer in layers
    ]
    range_ = [colours.get(op, colours["other"]) for op in order]
    legend = {"title": None, "orient": "top", "columns": 4, "symbolType": "square"}
    figures = {"id": words["layer"], "op": words["op"], "count": words["madds"]}
    how: Spec = {
        "x": field("place", "O", axis={"labels": False, "ticks": False}),
        "y": field(quantity, "Q", title, axis={"format": "~s"} if quantity == "madds" else {}),
        "color": categorical("kind", order, range_, legend=legend if quantity == by else None),
        "description": field("label", "N"),
        "tooltip": tooltip(**figures),
    }
    time = ""
    if by == "ms":
        how["tooltip"] += [
            field("ms", "Q", f"{words['time']} (ms)", format=".3f"),
            field("time_share", "Q", f"{words['time']} (%)", format=".2f"),
        ]
        time = "format(datum.ms, '.3f') + ' ms, ' + "
    label = f"datum.id + ': ' + {time}datum.count + ' MAdds'"
    bars = marks("bar", how, data="layers", transform=calculate(label=label))
    return chart([bars], {"layers": values}, height=height)
