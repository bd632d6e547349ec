"""Smooth lines, stacked bars, and panels of points or cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcalc.output.charts.axes import SMALL, TEXT, axes_of, legend, style
from archcalc.output.charts.content import Content
from archcalc.output.palette import FRONT, HEAT, categories

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLES = ("-", "--", ":", "-.")
_KEPT, _CUT, _INK = "#d6e7f2", "#ffffff", "#16191d"
_PER_ROW = 3


def functions(picture: Content, figure: Figure) -> None:
    """Draw smooth lines, with the axes through 0 where they have both signs."""
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    frame = picture.frame
    for along, line in (("x", axes.axvline), ("y", axes.axhline)):
        if frame[along].min() < 0 < frame[along].max():
            line(0, color=FRONT, linewidth=0.8)
    for index, series in enumerate(picture.order):
        rows = frame[frame["series"] == series]
        axes.plot(
            rows["x"],
            rows["y"],
            _STYLES[index % len(_STYLES)],
            color=colours[series],
            linewidth=1.6,
            label=series,
        )
    axes.margins(x=0)
    if frame["y"].min() >= 0:
        axes.set_ylim(bottom=0)
    legend(axes, picture)


def stacks(picture: Content, figure: Figure) -> None:
    """Draw one stacked bar per name."""
    bars = list(dict.fromkeys(picture.frame["bar"]))
    figure.set_figheight(max(2.2, 0.9 + 0.3 * len(bars)))
    axes = axes_of(figure, picture)
    colours = categories(picture.order)
    left = [0.0] * len(bars)
    for series in picture.order:
        rows = picture.frame[picture.frame["series"] == series]
        widths = list(rows["y"])
        axes.barh(
            range(len(bars)),
            widths,
            0.72,
            left,
            color=colours[series],
            edgecolor="white",
            linewidth=0.6,
            label=series,
        )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(bars)), bars)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.grid(visible=False, axis="y")
    legend(axes, picture)


def points(picture: Content, figure: Figure) -> None:
    """Draw panels of points coloured by their order, each with its name below."""
    rows = -(-len(picture.order) // _PER_ROW)
    figure.set_figheight(2.5 * rows)
    grid = figure.subplots(rows, min(_PER_ROW, len(picture.order)), squeeze=False)
    panels: list[Axes] = list(grid.ravel())
    for axes, name in zip(panels, picture.order, strict=False):
        own = picture.frame[picture.frame["panel"] == name]
        style(axes, grid=False)
        axes.axhline(0, color="#dddddd", linewidth=0.6)
        axes.axvline(0, color="#dddddd", linewidth=0.6)
        axes.scatter(own["x"], own["y"], c=own["t"], s=5, cmap=HEAT, vmax=1.15)
        # one scale on both axes, so that a circle stays one
        half = 0.55 * max(float(own[along].max() - own[along].min()) for along in ("x", "y"))
        for along, limit in (("x", axes.set_xlim), ("y", axes.set_ylim)):
            middle = float(own[along].max() + own[along].min()) / 2
            limit(middle - half, middle + half)
        axes.set_aspect("equal")
        axes.set_xlabel(name, fontsize=TEXT)
        axes.locator_params(nbins=4)
    panels[0].set_ylabel(picture.y, fontsize=TEXT)
    for axes in panels[len(picture.order) :]:
        axes.remove()


def cells(picture: Content, figure: Figure) -> None:
    """Draw arrays of numbers as cells, cut ones crossed out, each with its name below."""
    frame = picture.frame
    sizes = {
        name: (own["x"].max() + 1, own["y"].max() + 1)
        for name, own in ((n, frame[frame["panel"] == n]) for n in picture.order)
    }
    tall = max(height for _, height in sizes.values())
    figure.set_figheight(0.9 + 0.36 * tall)
    grid = figure.subplots(
        1,
        len(sizes),
        squeeze=False,
        # room for a name below a narrow column
        width_ratios=[max(2.4, float(width)) for width, _ in sizes.values()],
    )
    for axes, (name, (width, _)) in zip(grid[0], sizes.items(), strict=True):
        for cell in frame[frame["panel"] == name].to_dict("records"):
            x, y = cell["x"], cell["y"]
            colour = _KEPT if cell["kept"] else _CUT
            axes.fill([x, x + 1, x + 1, x], [y, y, y + 1, y + 1], colour, edgecolor="#b9c0c9")
            if not cell["kept"]:
                axes.plot([x + 0.12, x + 0.88], [y + 0.85, y + 0.15], color="#c0a0a0", linewidth=1)
            ink = _INK if cell["kept"] else "#7a828b"
            axes.text(
                x + 0.5, y + 0.5, cell["text"], ha="center", va="center", fontsize=SMALL, color=ink
            )
        axes.set_xlim(width / 2 - max(2.4, width) / 2, width / 2 + max(2.4, width) / 2)
        axes.set_ylim(tall, 0)
        axes.set_aspect("equal")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
        axes.set_xlabel(name, fontsize=SMALL)
    grid[0][0].set_ylabel(picture.y, fontsize=SMALL)
