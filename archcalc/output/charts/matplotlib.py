"""Charts by matplotlib, without pyplot and its global state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.text import Text

from archcalc.base.errors import shorten
from archcalc.base.plain import plain
from archcalc.base.units import format_decimal
from archcalc.output.charts.axes import (
    SMALL,
    TEXT,
    axes_of,
    legend,
    named_ticks,
    plain_log_ticks,
    style,
)
from archcalc.output.charts.content import Content, PictureKind
from archcalc.output.charts.panels import cells, functions, points, stacks
from archcalc.output.palette import FRONT, HEAT, categories, of_lines

_SIZE = (7.2, 4.2)
_MARKERS = ("o", "s", "^", "D", "P", "v")
_STYLES = ("-", "--", ":", "-.")
_MOST_CELLS_WITH_TEXT = 200
_LONGEST_LABEL = 44
_MOST_PLACES = 12
_MOST_UPRIGHT, _MOST_TURNED = 16, 40
"""Maximum bars with figures above them, upright and rotated."""


def draw(picture: Content) -> Figure:
    """Return the figure of a picture."""
    figure = Figure(figsize=_SIZE, layout="constrained")
    _DRAWN[picture.kind](picture, figure)
    figure.axes[0].set_title("\n".join(picture.title_lines()), fontsize=TEXT + 1, loc="left")
    for text in figure.findobj(Text):
        text.set_parse_math(False)  # a name may have dollar signs
    return figure


def _lines(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    frame = picture.frame
    sides = dict(zip(frame["series"], frame["resolution"], strict=True))
    colours = of_lines((series, sides[series]) for series in picture.order)
    nets = list(dict.fromkeys(frame["net"]))
    labelled = set(picture.labelled)
    few = len(labelled) == len(picture.order)
    for series in reversed(picture.order):  # the legend in the order of the lines' ends
        rows = frame[frame["series"] == series]
        axes.plot(
            rows["x"],
            rows["y"],
            _STYLES[nets.index(rows["net"].iloc[0]) % len(_STYLES)],
            color=colours[series],
            linewidth=1.6 if few else 0.9,
            marker="o",
            markersize=3 if few else 1.5,
            label=_label(series) if series in labelled else None,
        )
    axes.set_ylim(bottom=0)
    legend(axes, picture)


def _heat(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture, grid=False)
    frame = picture.frame
    widths, sides = (list(dict.fromkeys(frame[name])) for name in ("width", "resolution"))
    table = frame.pivot(index="resolution", columns="width", values="value").loc[sides, widths]
    values = table.to_numpy(dtype=float)
    least, most = float(values.min()), float(values.max())
    norm: Normalize
    if least > 0:
        norm, middle = LogNorm(least, max(most, least * 1.001)), (least * most) ** 0.5
    else:  # a logarithmic scale has no 0
        norm, middle = Normalize(least, most or 1), (least + most) / 2
    image = axes.imshow(values, aspect="auto", origin="lower", cmap=HEAT, norm=norm)
    turned = named_ticks(axes, widths)
    step = max(1, len(sides) // 24)
    axes.set_yticks(range(0, len(sides), step), sides[::step])
    bar = figure.colorbar(image, ax=axes, pad=0.02)
    bar.set_label(picture.legend.split(" (")[0], fontsize=TEXT)
    bar.ax.tick_params(labelsize=SMALL)
    bar.ax.minorticks_off()
    texts = dict(zip(frame["value"], frame["text"], strict=True))
    ticks = [least, middle, most]
    nearest = [min(texts, key=lambda value: abs(value - tick)) for tick in ticks]
    bar.set_ticks(sorted(set(nearest)), labels=[texts[v] for v in sorted(set(nearest))])
    if values.size <= _MOST_CELLS_WITH_TEXT:
        size = 7 if len(widths) <= 12 else 5.5
        for column, width in enumerate(widths):
            for row, side in enumerate(sides):
                value = table.loc[side, width]
                axes.text(
                    column,
                    row,
                    texts[value],
                    ha="center",
                    va="center",
                    fontsize=size,
                    rotation=turned,
                    color="white" if norm(value) < 0.6 else "black",
                )


def _front(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    front = picture.frame[picture.frame["front"]]
    # steps: between two choices there is no mixture
    axes.plot(
        front["x"],
        front["y"],
        color=FRONT,
        linewidth=1,
        drawstyle="steps-post",
        label="front",
        zorder=1,
    )
    for index, series in enumerate(picture.order):
        rows = picture.frame[picture.frame["series"] == series]
        for published in (True, False):
            some = rows[(rows["basis"] == "published") == published]
            if some.empty:
                continue
            colour = colours[series]
            axes.scatter(
                some["x"],
                some["y"],
                s=26,
                marker=_MARKERS[index % len(_MARKERS)],
                facecolors=colour if published else "none",
                edgecolors=colour,
                linewidths=1,
                label=_label(series) + ("" if published else ", not published"),
                zorder=2,
            )
    axes.set_xscale("log")
    plain_log_ticks(axes)
    legend(axes, picture)


def _shares(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    table = picture.frame.pivot(index="x", columns="series", values="y")[list(picture.order)]
    edge: dict[str, Any] = {"edgecolor": "white", "linewidth": 0.6}
    if len(table) > 1:
        axes.stackplot(
            table.index,
            *(table[kind] for kind in picture.order),
            colors=[colours[kind] for kind in picture.order],
            labels=picture.order,
            **edge,
        )
        axes.margins(x=0)
    else:  # one width has no area
        bottom = 0.0
        for kind in picture.order:
            height = float(table[kind].iloc[0])
            axes.bar([0], [height], 0.4, bottom, color=colours[kind], label=kind, **edge)
            bottom += height
        axes.set_xticks([0], [format_decimal(table.index[0])])
        axes.set_xlim(-0.5, 0.5)
        axes.grid(visible=False, axis="x")
    axes.set_ylim(0, 100)
    legend(axes, picture, upwards=True)


def _bars(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    stages = list(dict.fromkeys(picture.frame["stage"]))
    width, middle = 0.8 / len(picture.order), (len(picture.order) - 1) / 2
    for index, series in enumerate(picture.order):
        rows = picture.frame[picture.frame["series"] == series]
        at = [stages.index(stage) + (index - middle) * width for stage in rows["stage"]]
        bars = axes.bar(at, rows["y"], width, color=colours[series], label=series)
        if len(stages) * len(picture.order) <= _MOST_TURNED:
            turned = 90 if len(stages) * len(picture.order) > _MOST_UPRIGHT else 0
            axes.bar_label(bars, labels=list(rows["text"]), fontsize=7, padding=2, rotation=turned)
    named_ticks(axes, stages)
    axes.margins(y=0.15)
    axes.grid(visible=False, axis="x")
    legend(axes, picture)


def _side_bars(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    kinds = list(dict.fromkeys(picture.frame["kind"]))
    thick = 0.8 / len(picture.order)
    for index, series in enumerate(picture.order):
        rows = picture.frame[picture.frame["series"] == series]
        at = [kinds.index(kind) + (index - 0.5) * thick for kind in rows["kind"]]
        bars = axes.barh(at, rows["y"], thick, color=colours[series], label=series)
        axes.bar_label(bars, labels=list(rows["text"]), fontsize=7, padding=2)
    axes.set_yticks(range(len(kinds)), kinds)
    axes.invert_yaxis()  # the largest on top
    axes.margins(x=0.12)
    axes.grid(visible=False, axis="y")
    legend(axes, picture)


def _closed_form(picture: Content, figure: Figure) -> None:
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    frame, colours = picture.frame, categories(picture.order)
    for axes in (above, below):
        style(axes)
    named = isinstance(frame["x"].iloc[0], str)
    at = range(len(frame)) if named else frame["x"]
    for name, column, line in (("exact", "exact", "-"), ("α²ρ²", "closed_form", "--")):
        above.plot(
            at,
            frame[column],
            line,
            color=colours[name],
            marker="o",
            markersize=3,
            label=name,
        )
    above.set_ylabel(picture.y, fontsize=TEXT)
    above.set_ylim(bottom=0)
    below.axhline(0, color=FRONT, linewidth=0.8)
    below.plot(at, frame["difference"], color=FRONT, marker="o", markersize=3)
    if named:
        named_ticks(below, list(frame["x"]))
    below.set_ylabel("too low by (%)", fontsize=TEXT)
    below.set_xlabel(picture.x, fontsize=TEXT)
    figure.align_ylabels()
    legend(above, picture)


def _curves(picture: Content, figure: Figure) -> None:
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    named = isinstance(picture.frame["x"].iloc[0], str)
    for index, series in enumerate(picture.order):
        rows = picture.frame[picture.frame["series"] == series]
        axes.plot(
            range(len(rows)) if named else rows["x"],
            rows["y"],
            _STYLES[index % len(_STYLES)],
            color=colours[series],
            linewidth=1.6,
            marker=_MARKERS[index % len(_MARKERS)],
            markersize=3.5,
            label=series,
        )
    places = list(dict.fromkeys(picture.frame["x"]))
    if named:
        named_ticks(axes, places)
    elif len(places) <= _MOST_PLACES:
        axes.set_xticks(places)
    axes.set_ylim(bottom=0)
    legend(axes, picture)


def _profile(picture: Content, figure: Figure) -> None:
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    frame, colours = picture.frame, categories(picture.order)
    for axes, column, label in ((above, "y", picture.y), (below, "madds", "MAdds (M)")):
        style(axes)
        axes.grid(visible=False, axis="x")
        axes.set_ylabel(label, fontsize=TEXT)
        for series in picture.order:
            rows = frame[frame["series"] == series]
            # one element for all, and no gaps, which would wash hundreds of thin bars out
            bars = [
                ((x - 0.5, 0), (x - 0.5, y), (x + 0.5, y), (x + 0.5, 0))
                for x, y in zip(rows["x"], rows[column], strict=True)
            ]
            axes.add_collection(PolyCollection(bars, facecolor=colours[series], label=series))
        axes.margins(x=0.01)
        axes.autoscale_view()
        axes.set_ylim(bottom=0)
    below.set_xlabel(picture.x, fontsize=TEXT)
    figure.align_ylabels()
    legend(above, picture)


_DRAWN: dict[PictureKind, Callable[[Content, Figure], None]] = {
    "lines": _lines,
    "heat": _heat,
    "front": _front,
    "shares": _shares,
    "bars": _bars,
    "side_bars": _side_bars,
    "closed_form": _closed_form,
    "curves": _curves,
    "profile": _profile,
    "functions": functions,
    "stacks": stacks,
    "points": points,
    "cells": cells,
}


def _label(series: str) -> str:
    return shorten(plain(series), _LONGEST_LABEL)
