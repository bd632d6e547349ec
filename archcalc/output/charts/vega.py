"""Vega-Lite as plain dicts, for `st.vega_lite_chart`: a page of Altair's takes a second to check.

Altair checks every part of a chart against the schema whenever it is made; of these charts the
tests do that, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archcalc.base.tables import Record

Spec = dict[str, Any]

INK = "currentColor"
"""The colour of the page's text, on light and on dark paper."""


def chart(
    layers: Sequence[Spec], datasets: Mapping[str, Sequence[Record]], *, height: int, **more: Any
) -> Spec:
    """Return a chart as wide as its column, its marks elements with labels and no picture.

    ``datasets``: the records that the layers name as their data. What the chart shows in a
    sentence is for ``st.vega_lite_chart(..., alt=...)``.
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
    """Return one layer: marks of a kind with their options, of a dataset or its group's."""
    spec: Spec = {"mark": {"type": kind, **options}, "encoding": dict(encoding)}
    if data is not None:
        spec["data"] = {"name": data}
    if transform:
        spec["transform"] = list(transform)
    if params:
        spec["params"] = list(params)
    return spec


def group(layers: Sequence[Spec], *, data: str, transform: Sequence[Spec] = ()) -> Spec:
    """Return layers that share a dataset."""
    spec: Spec = {"data": {"name": data}, "layer": list(layers)}
    return {**spec, "transform": list(transform)} if transform else spec


def calculate(**fields: str) -> list[Spec]:
    """Return transforms that add fields by expressions, in order."""
    return [{"calculate": expression, "as": name} for name, expression in fields.items()]


def only(expression: str) -> Spec:
    """Return the transform that keeps what an expression holds for."""
    return {"filter": expression}


def field(name: str, kind: str, title: str | None = None, **more: Any) -> Spec:
    """Return a channel of a field; ``kind``: quantitative, ordinal or nominal, or its letter."""
    names = {"Q": "quantitative", "O": "ordinal", "N": "nominal"}
    return {"field": name, "type": names[kind], "title": title, **more}


def told(**titles: str) -> list[Spec]:
    """Return a tooltip of fields, each with its title."""
    return [field(name, "N", title) for name, title in titles.items()]


def click(name: str, *fields: str) -> Spec:
    """Return the selection of one mark by some fields."""
    select = {"type": "point", "fields": list(fields), "toggle": False}
    return {"name": name, "select": select}
