"""Charts drawn by matplotlib, and written to files deterministically."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc._version import __version__
from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.output.charts.content import Content
from archcalc.output.svg import prepare

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_GENERATOR = f"archcalc {__version__}"
_METADATA: dict[str, dict[str, Any]] = {
    ".svg": {"Creator": _GENERATOR, "Date": None},
    ".pdf": {"Creator": _GENERATOR, "CreationDate": None},
    ".png": {"Software": _GENERATOR},
}


def figure(content: Content) -> Figure:
    """Return a chart drawn by matplotlib; raises MissingPackage."""
    try:
        from archcalc.output.charts.matplotlib import draw
    except ImportError:
        raise MissingPackage("a figure", "matplotlib", "charts") from None
    return draw(content)


def save(figure: Figure, path: str | Path) -> None:
    """Write .svg, .pdf or .png; raises ArchcalcError for another suffix."""
    suffix = Path(path).suffix.lower()
    if suffix not in _METADATA:
        raise ArchcalcError(f"{path}: a figure is written as {', '.join(_METADATA)}")
    Path(path).write_bytes(to_bytes(figure, suffix))


def to_svg(figure: Figure, alt: str = "") -> str:
    """Return the figure as SVG for HTML, with its alt text as title.

    Ids begin with a digest of the figure, so that figures on one page share none.
    """
    text = to_bytes(figure, ".svg").decode()
    return prepare(text, alt, f"f{sha256(text.encode()).hexdigest()[:10]}").svg


def to_bytes(figure: Figure, suffix: str) -> bytes:
    """Return the figure as a file: ".svg", ".pdf" or ".png", with archcalc in its metadata."""
    import matplotlib as mpl

    buffer = io.BytesIO()
    # a fixed salt makes the ids in the file deterministic
    with mpl.rc_context({"svg.hashsalt": "archcalc"}):
        figure.savefig(buffer, format=suffix.removeprefix("."), dpi=160, metadata=_METADATA[suffix])
    return buffer.getvalue()
