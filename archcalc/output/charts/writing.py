"""Figures as files: the same bytes for the same picture, in every run."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archcalc._version import __version__
from archcalc.base.errors import ArchcalcError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# matplotlib's own SVG, whose texts are outlines: only in comments stands what a user wrote
_ASIDE = re.compile(r"<!--.*?-->\n?| *<metadata>.*?</metadata>\n", re.DOTALL)
_STYLE = re.compile(r" *<defs>\s*<style type=\"text/css\">\*\{([^<}\"]*)\}</style>\s*</defs>\n")
_ID = re.compile(r' id="([^"]+)"')
_REFERENCE = re.compile(r"(?:url\(|href=\")#([^)\"]+)")

_GENERATOR = f"archcalc {__version__}"
_METADATA: dict[str, dict[str, Any]] = {
    ".svg": {"Creator": _GENERATOR, "Date": None},
    ".pdf": {"Creator": _GENERATOR, "CreationDate": None},
    ".png": {"Software": _GENERATOR},
}


def save(figure: Figure, path: str | Path) -> None:
    """Write .svg, .pdf or .png; raises ArchcalcError for another suffix."""
    suffix = Path(path).suffix.lower()
    if suffix not in _METADATA:
        raise ArchcalcError(f"{path}: a figure is written as {', '.join(_METADATA)}")
    Path(path).write_bytes(to_bytes(figure, suffix))


def to_svg(figure: Figure) -> str:
    """Return the figure as SVG to stand within HTML: no declaration, and alike in every run.

    Beside others on one page it changes none and takes nothing from them: its ids begin with a
    digest of the figure, and its style is on its own group alone.
    """
    text = to_bytes(figure, ".svg").decode()
    text = _ASIDE.sub("", text[text.index("<svg") :])
    # what matplotlib says of every element, "*", would be said of the whole page
    for rule in _STYLE.findall(text):
        text = text.replace("<g ", f'<g style="{rule}" ', 1)
    text = _STYLE.sub("", text)
    used = set(_REFERENCE.findall(text))
    digest = f"f{sha256(text.encode()).hexdigest()[:10]}-"
    text = _ID.sub(lambda found: f' id="{digest}{found[1]}"' if found[1] in used else "", text)
    return _REFERENCE.sub(lambda found: found[0].replace("#", f"#{digest}"), text)


def to_bytes(figure: Figure, suffix: str) -> bytes:
    """Return the figure as a file: ".svg", ".pdf" or ".png"; each names archcalc as its maker."""
    import matplotlib as mpl

    buffer = io.BytesIO()
    # ids in the file follow from this salt and not from chance
    with mpl.rc_context({"svg.hashsalt": "archcalc"}):
        figure.savefig(buffer, format=suffix.removeprefix("."), dpi=160, metadata=_METADATA[suffix])
    return buffer.getvalue()
