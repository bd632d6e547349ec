"""Charts for the browser as plain Vega-Lite dicts, made without a library.

dots = marks("point", {"x": field("cost", "Q", "MAdds"), "y": field("top1", "Q", "top-1 (%)")},
             data="rows", params=[click("open", "name")])
spec = chart([dots], {"rows": records}, height=320)

A library that checks every part against the schema whenever a chart is made takes most of a
second for a large one. The tests check each kind of chart against the schema once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.base.tables import Record

Spec = dict[str, Any]

INK = "currentColor"
"""The colour of the page's text, on light and on dark backgrounds."""


def chart(
    layers: Sequence[Spec], datasets: Mapping[str, Sequence[Record]], *, height: int, **more: Any
) -> Spec:
    """Return a chart as wide as its container, drawn as SVG so that marks can have labels.

    ``datasets``: the records that the layers refer to by name. ``height`` in pixels. ``more``:
    further top-level properties. The page adds the chart's alt text.
    """
    return {
        "datasets": {name: list(rows) for name, rows in datasets.items()},
        "layer": list(layers),
        "width": "container",
        "height": height,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
        **more,
    }


def marks(
    kind: str,
    encoding: Mapping[str, Any],
    *,
    data: str | None = None,
    transform: Sequence[Spec] = (),
    params: Sequence[Spec] = (),
    **options: Any,
) -> Spec:
    """Return one layer of marks ("point", "line", "bar" …) with their options.

    ``data``: the name of a dataset; by default that of the enclosing `group`.
    """
    spec: Spec = {"mark": {"type": kind, **options}, "encoding": dict(encoding)}
    if data is not None:
        spec["data"] = {"name": data}
    if transform:
        spec["transform"] = list(transform)
    if params:
        spec["params"] = list(params)
    return spec


def group(layers: Sequence[Spec], *, data: str, transform: Sequence[Spec] = ()) -> Spec:
    """Return layers that share a dataset and transforms."""
    spec: Spec = {"data": {"name": data}, "layer": list(layers)}
    return {**spec, "transform": list(transform)} if transform else spec


def calculate(**fields: str) -> list[Spec]:
    """Return transforms that add fields by Vega expressions, in order."""
    return [{"calculate": expression, "as": name} for name, expression in fields.items()]


def only(expression: str) -> Spec:
    """Return a filter: rows for which a Vega expression is true."""
    return {"filter": expression}


def field(name: str, kind: str, title: str | None = None, **more: Any) -> Spec:
    """Return a channel that encodes a field.

    ``kind``: "Q" quantitative, "O" ordinal, "N" nominal. No ``title``: none is shown.
    """
    names = {"Q": "quantitative", "O": "ordinal", "N": "nominal"}
    return {"field": name, "type": names[kind], "title": title, **more}


def categorical(name: str, values: Sequence[str], range_: Sequence[str], **more: Any) -> Spec:
    """Return a nominal channel in which each value has its own colour or shape, in this order."""
    scale = {"domain": list(values), "range": list(range_)}
    return field(name, "N", sort=list(values), scale=scale, **more)


def where(test: str, value: Any, otherwise: Any) -> Spec:
    """Return a channel with one value where a Vega expression is true, and another elsewhere.

    Either may be a number, a text or a channel of a field.
    """
    yes, no = (one if isinstance(one, dict) else {"value": one} for one in (value, otherwise))
    return {"condition": {"test": test, **yes}, **no}


def tooltip(**titles: str) -> list[Spec]:
    """Return a tooltip that lists fields, each with its title."""
    return [field(name, "N", title) for name, title in titles.items()]


def click(name: str, *fields: str) -> Spec:
    """Return a selection: a click on a mark selects it, by the values of some fields."""
    select = {"type": "point", "fields": list(fields), "toggle": False}
    return {"name": name, "select": select}
