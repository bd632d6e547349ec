"""The page's fonts in charts: matplotlib draws with the fonts that the page embeds."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archcalc.output.render.fonts import FAMILIES, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TALLER = 1.12
"""How much taller DejaVu's small letters are, for which the charts' sizes were chosen."""


@contextmanager
def lettered() -> Iterator[None]:
    """Draw in this context with the page's fonts, and DejaVu's for missing glyphs."""
    import matplotlib as mpl

    with mpl.rc_context({"font.family": [_registered(), "DejaVu Sans"]}):
        yield


def to_svg(figure: Figure) -> str:
    """Return a chart as an SVG file, its text as large as it would look in DejaVu."""
    from matplotlib.text import Text

    from archcalc.output.charts.writing import to_bytes

    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontsize(float(text.get_fontsize()) * _TALLER)
    with lettered():
        return to_bytes(figure, ".svg").decode()


@cache
def _registered() -> str:
    """Register the text family with matplotlib, under a name that no installed font has."""
    from matplotlib.font_manager import fontManager

    family = FAMILIES[0]
    folder = Path(tempfile.mkdtemp(prefix="archcalc-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for weight in (0, 1):
        path = folder / f"{family.name}-{weight}.ttf"
        path.write_bytes(whole(family, weight))
        fontManager.addfont(path)
    return family.name
