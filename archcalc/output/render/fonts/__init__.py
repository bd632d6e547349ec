"""Embeds fonts in a page, so that it looks the same on every machine.

A character is set in the first family that has it. A page embeds a subset of each family with its
own characters, as ``data:`` URIs.
"""

from __future__ import annotations

import base64
import io
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from archcalc.base.errors import MissingPackage

_FOLDER = Path(__file__).parent
_WEIGHTS = ("400", "700")
_IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
_BLANKS = frozenset(" \xa0")
_KEPT_NAMES = (0, 13, 14)
"""Copyright and licence, of a font's names."""
_FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk")


@dataclass(frozen=True)
class Family:
    """A typeface: its name in style sheets, and its files in regular and bold."""

    name: str
    title: str
    files: tuple[str, str]


FAMILIES = (
    Family(
        "archcalc-text",
        "Source Sans 3",
        ("source-sans-3-regular.woff2", "source-sans-3-semibold.woff2"),
    ),
    Family(
        "archcalc-han", "Noto Sans SC", ("noto-sans-sc-regular.woff2", "noto-sans-sc-bold.woff2")
    ),
    Family("archcalc-signs", "DejaVu Sans", ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
)
"""In order of preference."""

STACK = ",".join([*(family.name for family in FAMILIES), "sans-serif"])
"""The value of ``font-family``, without quotes and blanks: WeasyPrint's SVG reads no others."""


@dataclass(frozen=True)
class Embedded:
    """Fonts for one text. ``uncovered``: characters that no family has, in order."""

    css: str
    uncovered: str


def embed(text: str) -> Embedded:
    """Return the ``@font-face`` rules for every character of ``text``; raises MissingPackage.

    The same characters give the same bytes.
    """
    shared, uncovered = share_out(text)
    rules = []
    for family, own in shared.items():
        if own or family is FAMILIES[0]:
            # blanks in each family: Pango sets one in the font of the character before it
            characters = "".join(sorted(own | _BLANKS))
            rules += [_rule(family, weight, characters) for weight in (0, 1)]
    return Embedded("\n".join(rules), uncovered)


def share_out(text: str) -> tuple[dict[Family, set[str]], str]:
    """Return the characters of a text by family, and those that none has, in order."""
    left = {c for c in text if not _unseen(c)}
    shared = {}
    for family in FAMILIES:
        shared[family] = left & _characters(family)
        left -= shared[family]
    return shared, "".join(sorted(left))


def families_missing() -> list[str]:
    """Return the titles of families whose files are missing."""
    return [
        family.title
        for family in FAMILIES
        if not all(path is not None and path.exists() for path in _paths(family))
    ]


def _unseen(character: str) -> bool:
    """Return whether a character needs no glyph: blanks, controls, selectors of variants."""
    return (
        character.isspace()
        or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
        or 0xFE00 <= ord(character) <= 0xFE0F
        or 0xE0100 <= ord(character) <= 0xE01EF
        or character in _IGNORABLE
    )


def _rule(family: Family, weight: int, characters: str) -> str:
    data = base64.b64encode(_subset(family, weight, characters)).decode()
    return (
        f"@font-face{{font-family:{family.name};font-weight:{_WEIGHTS[weight]};"
        f"src:url(data:font/woff2;base64,{data})format('woff2')}}"
    )


@lru_cache(maxsize=64)
def _subset(family: Family, weight: int, characters: str) -> bytes:
    """Return a WOFF2 subset of a font, under a name of our own."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    path = _paths(family)[weight]
    assert path is not None
    options = Options()
    options.set(hinting=False, notdef_outline=True, layout_features=list(_FEATURES))
    options.drop_tables += ["FFTM", "STAT", "gasp", "prep", "vhea", "vmtx"]
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        _rename(font, family, weight)
        font.flavor, font.flavorData = "woff2", None
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()


def whole(family: Family, weight: int) -> bytes:
    """Return a whole font as TrueType, under a name of our own, for readers without WOFF2."""
    from fontTools.ttLib import TTFont

    buffer = io.BytesIO()
    with TTFont(_paths(family)[weight], recalcTimestamp=False, lazy=True) as font:
        _rename(font, family, weight)
        font.flavor = font.flavorData = None
        font.save(buffer)
    return buffer.getvalue()


def _rename(font: Any, family: Family, weight: int) -> None:
    """Give a font our name and weight: its licence reserves the original name."""
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in _KEPT_NAMES]
    own = {1: family.name, 2: ("Regular", "Bold")[weight], 4: family.name, 6: family.name}
    for number, text in own.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = int(_WEIGHTS[weight])


@cache
def _characters(family: Family) -> frozenset[str]:
    """Return the characters that a family has, in both weights."""
    try:
        from fontTools.ttLib import TTFont
    except ImportError:
        raise MissingPackage("a report's fonts", "fonttools and brotli", "reports") from None

    found: frozenset[str] | None = None
    for path in _paths(family):
        if path is None or not path.exists():
            return frozenset()
        try:
            with TTFont(path, lazy=True) as font:
                own = frozenset(map(chr, font.getBestCmap()))
        except ImportError:  # woff2 needs brotli
            raise MissingPackage("a report's fonts", "brotli", "reports") from None
        found = own if found is None else found & own
    return found or frozenset()


def _paths(family: Family) -> tuple[Path | None, ...]:
    if not family.files[0].endswith(".ttf"):
        return tuple(_FOLDER / name for name in family.files)
    shipped = _matplotlib_fonts()
    return tuple(None if shipped is None else shipped / name for name in family.files)


@cache
def _matplotlib_fonts() -> Path | None:
    """Return the folder of the fonts that matplotlib ships, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
