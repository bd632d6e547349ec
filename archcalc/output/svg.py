"""SVG: elements as text, and pictures prepared for embedding in a page with others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from unicodedata import category
from xml.etree import ElementTree as ET

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.base.plain import plain

FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"

_NAMESPACE = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    {
        "circle", "clipPath", "defs", "desc", "ellipse", "g", "image", "line", "linearGradient",
        "marker", "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect",
        "stop", "svg", "symbol", "text", "title", "tspan", "use",
    }
)  # fmt: skip
_LONGEST = 1000
"""Characters of an alt text."""
_LEFT_OUT = frozenset({"metadata", "style"})
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(pt|px|)\s*")
_MATPLOTLIB = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
"""matplotlib's style of every element; set on the root, all inherit it."""


def opening(width: float, height: float, fill: str, top: float = 0) -> str:
    """Return the start tag of a picture; sizes in pixels, ``top``: top of the view."""
    sides = f"{px(width)} {px(height)}"
    return (
        f'<svg xmlns="{_NAMESPACE}" role="img" viewBox="0 {px(top)} {sides}" '
        f'width="{px(width)}" height="{px(height)}" font-family="{FONT}" fill="{fill}">'
    )


def text_element(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    colour: str | None = None,
) -> str:
    """Return a line of text with its baseline at ``y``; ``size`` in pixels."""
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += ' font-weight="bold"' if bold else ""
    more += f' fill="{colour}"' if colour else ""
    place = f'x="{px(x)}" y="{px(y)}" font-size="{px(size)}"'
    return f"<text {place}{more}>{escaped(text)}</text>"


def escaped(text: str) -> str:
    """Escape a text, and leave out characters that XML cannot hold."""
    return escape("".join(c for c in text if category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")))


def px(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Prepared:
    """The markup, and the picture's own width in pixels."""

    svg: str
    width: int


def prepare(svg: str, alt: str, name: str, font: str | None = None) -> Prepared:
    """Return an SVG that can be embedded in a page without side effects.

    A style sheet would apply to the whole page, equal ids of two pictures would clash, and
    matplotlib's metadata has external addresses: styles become attributes, ids begin with
    ``name``, metadata and comments are dropped. ``alt`` becomes the title, "" none. ``font``: of
    all texts.

    Raises ArchcalcError for invalid SVG, and for a script or a link in it.
    """
    try:
        root = ET.fromstring(svg)  # noqa: S314 - drawn by ourselves, no entities
    except ET.ParseError as error:
        raise ArchcalcError(f"the picture of {name} is no SVG: {error}") from None
    width, height = _size(root, name)
    styled = any(_local(child.tag) == "style" for child in root.iter())
    _clean(root, name, font)
    for child in [one for one in root if one.tag == "title"]:
        root.remove(child)
    kept = ("fill", "stroke") if font else ("fill", "stroke", "font-family")
    root.attrib = {
        "xmlns": _NAMESPACE,
        "viewBox": root.get("viewBox", f"0 0 {width:g} {height:g}"),
        "width": f"{width:g}",
        "height": f"{height:g}",
        "role": "img",
        **({"font-family": font} if font else {}),
        **(_MATPLOTLIB if styled else {}),
        **{key: value for key, value in root.attrib.items() if key in kept},
    }
    if alt:
        title = ET.Element("title", {"id": f"{name}-title"})
        title.text = shorten(plain(alt), _LONGEST)
        root.insert(0, title)
        root.set("aria-labelledby", f"{name}-title")
    return Prepared(ET.tostring(root, encoding="unicode").strip(), round(width))


def _clean(root: ET.Element, name: str, font: str | None) -> None:
    """Drop namespaces, metadata and unused ids; raise for elements other than shapes."""
    for parent in list(root.iter()):
        for child in [one for one in parent if _local(one.tag) in _LEFT_OUT]:
            parent.remove(child)
    elements = list(root.iter())
    used = {target for element in elements for target in _targets(element)}
    for element in elements:
        element.tag = _local(element.tag)
        if element.tag not in _SHAPES:
            raise ArchcalcError(f"the picture of {name} holds <{element.tag}>, which is no shape")
        element.attrib = dict(_attributes(element, name, used, font))


def _targets(element: ET.Element) -> Iterator[str]:
    """Yield the ids that an element refers to."""
    for key, value in element.attrib.items():
        if _local(key) == "href" and value.startswith("#"):
            yield value[1:]
        yield from _REFERENCE.findall(value)


def _attributes(
    element: ET.Element, name: str, used: set[str], font: str | None
) -> Iterator[tuple[str, str]]:
    for qualified, value in element.attrib.items():
        key = _local(qualified)
        if key == "id":
            if value in used:
                yield key, f"{name}-{value}"
        elif key == "href":
            if not value.startswith(("#", "data:image/")):
                raise ArchcalcError(f"the picture of {name} refers to something outside of it")
            yield key, f"#{name}-{value[1:]}" if value.startswith("#") else value
        elif key.startswith("on"):
            raise ArchcalcError(f"the picture of {name} holds a script: {key}")
        elif key == "font-family":
            yield key, font or value
        elif not qualified.startswith("{"):
            yield key, _REFERENCE.sub(rf"url(#{name}-\1)", value)


def _local(name: str) -> str:
    """Return the name of a tag or an attribute without its namespace."""
    return name.rpartition("}")[2]


def _size(root: ET.Element, name: str) -> tuple[float, float]:
    """Return width and height in pixels, from their attributes or else from the view box."""
    sides = []
    for side in ("width", "height"):
        match = _LENGTH.fullmatch(root.get(side, ""))
        if match:
            sides.append(float(match[1]) * (4 / 3 if match[2] == "pt" else 1))
    box = root.get("viewBox", "").split()
    if len(sides) < 2 and len(box) == 4:
        sides = [float(part) for part in box[2:]]
    if _local(root.tag) != "svg" or len(sides) < 2 or min(sides) <= 0:
        raise ArchcalcError(f"the picture of {name} has no size")
    return round(sides[0], 2), round(sides[1], 2)
