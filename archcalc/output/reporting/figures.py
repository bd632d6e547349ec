"""Charts as figures of a report, without titles of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archcalc.base.document import FigureBlock
from archcalc.base.messages import Messages
from archcalc.base.units import format_percent
from archcalc.cost.counting.table import GroupedTable
from archcalc.output.charts import Picture, figure
from archcalc.output.render.fonts.lettering import lettered, to_svg

_WIDE, _LOW, _TURNED, _BAR_PAIR = 7.2, 2.9, 3.7, 0.36
"""Inches: a picture's width, its height with few groups and with many upright ones, and what each
pair of lying bars adds to 1."""


def picture_block(
    picture: Picture, caption: str, alt: str, width: float = 1.0, height: float | None = None
) -> FigureBlock:
    """Return a picture without its title, which the caption replaces in the report's language.

    ``height`` in inches, at a width of 7.2; default: the chart's own.
    """
    with lettered():
        drawn = figure(replace(picture, title=""))
    if height is not None:
        drawn.set_size_inches(_WIDE, height)
    return FigureBlock(to_svg(drawn), caption, alt, width)


def chart(picture: Picture, caption: str) -> FigureBlock:
    """Return a picture with its caption, sized so that two fit on a page."""
    return picture_block(picture, caption, picture.alt, 0.86)


def share_picture(
    t: Messages, area: str, picture: Picture, grouped: GroupedTable, names: Mapping[str, str]
) -> FigureBlock:
    """Return a picture of shares by group; its alt text names the largest groups.

    ``area``: the messages of its chapter. ``names``: the groups' names there.
    """
    most = {}
    for quantity in ("madds", "params"):
        share = f"{quantity}_share"
        record = max(grouped.records(), key=lambda one: one[share] or 0)
        percent = format_percent(record[share] or 0, 1)
        most[quantity] = t("report.named_share", name=names[record["key"]], share=percent)
    alt = t(f"{area}.alt", net=grouped.table.net.title, **most)
    lying = picture.kind == "side_bars"
    number = picture.frame["kind" if lying else "stage"].nunique()
    # many names below upright bars are rotated and need room
    height = max(_LOW, 1 + _BAR_PAIR * number) if lying else _LOW if number <= 8 else _TURNED
    return picture_block(picture, t(f"{area}.picture"), alt, 0.85, height)
