"""A drawing's SVG as PNG, by matplotlib: whole pixels, and the same font everywhere.

No SVG rasteriser is needed, since `svg` writes few kinds of elements, all of which matplotlib can
draw. An unknown element is an error.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archcalc._version import __version__
from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.base.units import format_exact

SCALE = 2.0
"""Pixels of the PNG for one of the SVG: sharp on a dense screen, and in print at half width."""
MOST_PIXELS = 60_000_000
_DPI = 100.0
_POINT = 72 / _DPI
_SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_ARC = 0.5523
_MISSING = re.compile(r"Glyph (\d+) ")


@dataclass(frozen=True)
class Png:
    """The picture's file. ``uncovered``: characters that no font here has, drawn as boxes."""

    data: bytes
    uncovered: str = ""

    @property
    def lacking(self) -> str:
        """Which characters are missing in words, or ""."""
        return f"no font here has {' '.join(self.uncovered)}" if self.uncovered else ""


def to_png(svg: str, scale: float = SCALE) -> Png:
    """Return an SVG of `archcalc.output.drawing.svg` as PNG, the same bytes every time.

    Raises MissingPackage without matplotlib, and ArchcalcError where there are too many pixels.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingPackage("a drawing as PNG", "matplotlib", "charts") from None
    root = ET.fromstring(svg)  # noqa: S314 - our own, without entities
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    if width * height * scale**2 > MOST_PIXELS:
        raise ArchcalcError(
            f"a picture of {format_exact(round(width * scale))} x "
            f"{format_exact(round(height * scale))} pixels is too large for "
            "PNG; SVG has no such bound"
        )
    with mpl.rc_context({"text.parse_math": False, "path.simplify": False}):
        figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI)
        figure.patch.set_alpha(0)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        _Painter(axes, {"fill": root.attrib["fill"]}).paint(root)
        buffer = io.BytesIO()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            figure.savefig(
                buffer,
                format="png",
                dpi=_DPI * scale,
                metadata={"Software": f"archcalc {__version__}"},
            )
    found = (_MISSING.search(str(one.message)) for one in caught)
    uncovered = dict.fromkeys(chr(int(match[1])) for match in found if match)
    return Png(buffer.getvalue(), "".join(uncovered))


class _Painter:
    """Draws elements in order on axes whose unit is a pixel of the SVG."""

    def __init__(self, axes: Any, inherited: Mapping[str, str]) -> None:
        self.axes, self.inherited, self.above = axes, inherited, 0.0

    def paint(self, parent: ET.Element) -> None:
        """Draw every child of an element."""
        for element in parent:
            tag = element.tag.removeprefix(_SVG)
            if tag in ("title", "desc"):
                continue
            if tag == "g":
                self.paint(element)
                continue
            if tag not in _DRAWN:
                raise ArchcalcError(f"a drawing with an element <{tag}> cannot be written as PNG")
            self.above += 1
            _DRAWN[tag](self, element.attrib, element.text or "")

    def patch(self, patch: Any, at: Mapping[str, str]) -> None:
        """Add a shape with its fill and its line."""
        fill, stroke = at.get("fill", self.inherited["fill"]), at.get("stroke", "none")
        dashes = at.get("stroke-dasharray")
        width = float(at.get("stroke-width", 1)) * _POINT
        patch.set(
            facecolor=fill,
            edgecolor=stroke,
            linewidth=width if stroke != "none" else 0,
            zorder=self.above,
            capstyle="butt",
            joinstyle="miter",
        )
        if dashes:
            # matplotlib counts dashes in widths of the line
            lengths = [float(length) * _POINT / width for length in dashes.split()]
            patch.set_linestyle((0, tuple(lengths)))
        self.axes.add_patch(patch)

    def rect(self, at: Mapping[str, str], _text: str) -> None:
        """Draw a rectangle, its corners rounded by ``rx``."""
        left, top = float(at.get("x", 0)), float(at.get("y", 0))
        right, low = left + float(at["width"]), top + float(at["height"])
        r = min(float(at.get("rx", 0)), (right - left) / 2, (low - top) / 2)
        k = r * (1 - _ARC)  # the handles of a quarter of a circle
        self._curve(
            f"M{left + r},{top}L{right - r},{top}"
            f"C{right - k},{top} {right},{top + k} {right},{top + r}"
            f"L{right},{low - r}C{right},{low - k} {right - k},{low} {right - r},{low}"
            f"L{left + r},{low}C{left + k},{low} {left},{low - k} {left},{low - r}"
            f"L{left},{top + r}C{left},{top + k} {left + k},{top} {left + r},{top}Z",
            at,
        )

    def circle(self, at: Mapping[str, str], _text: str) -> None:
        """Draw a circle."""
        from matplotlib.patches import Circle

        self.patch(Circle((float(at["cx"]), float(at["cy"])), float(at["r"])), at)

    def polygon(self, at: Mapping[str, str], _text: str) -> None:
        """Draw a polygon."""
        from matplotlib.patches import Polygon

        self.patch(Polygon(_points(at["points"])), at)

    def path(self, at: Mapping[str, str], _text: str) -> None:
        """Draw straight lines and cubic curves."""
        self._curve(at["d"], at)

    def _curve(self, steps: str, at: Mapping[str, str]) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        kinds = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
        points: list[tuple[float, float]] = []
        codes: list[Any] = []
        for letter, numbers in _STEP.findall(steps):
            own = _points(numbers) or points[:1]
            points += own
            codes += [kinds[letter]] * len(own)
        self.patch(PathPatch(Path(points, codes)), at)

    def text(self, at: Mapping[str, str], text: str) -> None:
        """Write a line of text with its baseline at ``y``."""
        sides = {"start": "left", "middle": "center", "end": "right"}
        self.axes.text(
            float(at["x"]),
            float(at["y"]),
            text,
            fontsize=float(at["font-size"]) * _POINT,
            fontweight=at.get("font-weight", "normal"),
            fontfamily="DejaVu Sans",
            color=at.get("fill", self.inherited["fill"]),
            ha=sides[at.get("text-anchor", "start")],
            va="baseline",
            zorder=self.above,
        )


_DRAWN: dict[str, Callable[[_Painter, Mapping[str, str], str], None]] = {
    "rect": _Painter.rect,
    "circle": _Painter.circle,
    "polygon": _Painter.polygon,
    "path": _Painter.path,
    "text": _Painter.text,
}


def _points(text: str) -> list[tuple[float, float]]:
    """Read "1,2 3,4"."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]
