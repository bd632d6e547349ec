"""The style, ticks and legends of axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archcalc.base.units import format_decimal
from archcalc.output.charts.content import Content

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TEXT, SMALL = 9.5, 8.5


def axes_of(figure: Figure, picture: Content, *, grid: bool = True) -> Axes:
    """Return the only axes of a figure, with the picture's title and labels."""
    axes = figure.add_subplot()
    style(axes, grid=grid)
    axes.set_xlabel(picture.x, fontsize=TEXT)
    axes.set_ylabel(picture.y, fontsize=TEXT)
    return axes


def style(axes: Axes, *, grid: bool = True) -> None:
    """Apply the common style."""
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    if grid:
        axes.grid(color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)


def named_ticks(axes: Axes, names: Sequence[str]) -> int:
    """Write names along the horizontal axis, as many as fit; return their rotation."""
    step = max(1, len(names) // 24)
    turned = 90 if len(names) > 12 or len(names) * max(map(len, names)) > 80 else 0
    axes.set_xticks(range(0, len(names), step), names[::step], rotation=turned)
    return turned


def legend(axes: Axes, picture: Content, *, upwards: bool = False) -> None:
    """Put the legend beside the axes, where it covers no data."""
    axes.legend(
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0,
        frameon=False,
        title=picture.key or None,
        fontsize=SMALL,
        title_fontsize=SMALL,
        alignment="left",
        reverse=upwards,
    )


def plain_log_ticks(axes: Axes) -> None:
    """Write 20, 50, 100 on a logarithmic axis, and not powers of ten."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_decimal(value)))
    axes.xaxis.set_minor_formatter(NullFormatter())
