"""Pictures of `archcalc.charts` as figures of a report, with words in the caption alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archcalc.charts import Picture, figure, to_svg
from archcalc.cost import GroupedTable
from archcalc.messages import Messages
from archcalc.reporting.document import FigureBlock
from archcalc.units import format_percent


def picture_block(picture: Picture, caption: str, alt: str, width: float = 1.0) -> FigureBlock:
    """Return a picture without its title, which the caption says in the report's language."""
    return FigureBlock(to_svg(figure(replace(picture, title=""))), caption, alt, width)


def share_picture(
    t: Messages, area: str, picture: Picture, grouped: GroupedTable, names: Mapping[str, str]
) -> FigureBlock:
    """Return a picture of shares by group; its sentence names the groups that have the most.

    ``area``: the messages of its chapter. ``names``: what the groups are called there.
    """
    most = {}
    for quantity in ("madds", "params"):
        share = f"{quantity}_share"
        record = max(grouped.records(), key=lambda one: one[share] or 0)
        percent = format_percent(record[share] or 0, 1)
        most[quantity] = t("report.named_share", name=names[record["key"]], share=percent)
    alt = t(f"{area}.alt", net=grouped.table.net.title, **most)
    return picture_block(picture, t(f"{area}.picture"), alt, 0.75)
