"""Parsers of the known columns of papers' tables: cell → keywords and assertions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archcalc.base.limits import SIDE
from archcalc.base.names import sides_text
from archcalc.language.spec.phrases import parse_brackets, parse_phrase, parse_squeeze
from archcalc.language.spec.schema import parse_size


@dataclass(frozen=True)
class Meaning:
    """The meaning of a cell: an operator, keywords, and assertions about the inferred net."""

    op: str | None = None
    keywords: Mapping[str, Any] = field(default_factory=dict)
    asserts: Mapping[str, Any] = field(default_factory=dict)


Parser = Callable[[Any], Meaning]

_WINDOW = re.compile(r"k?([0-9]{1,9}[x×][0-9]{1,9})")
_AREA = re.compile(r"\s*([0-9]{1,8})\s*[x×]\s*([0-9]{1,8})\s*")
_TYPE = re.compile(r"(?P<op>[^/()]+?)\s*(?:\([^()]*\)\s*)?(?:/\s*s\s*(?P<stride>[0-9]{1,9})\s*)?")
_PATCH = re.compile(r"\s*(?P<kernel>[0-9]{1,9}[x×][0-9]{1,9})\s*(?:/\s*(?P<stride>[0-9]{1,9})\s*)?")
_STRIDE = re.compile(r"\s*stride\s+(?P<stride>[0-9]{1,9})\s*")
_POOL_PROJECTION = re.compile(
    r"\s*(?P<pool>avg|max)\s*\+\s*(?:(?P<proj>[0-9]{1,9})|pass through)\s*"
)


def parse_operator(value: Any) -> Meaning:
    """Read "bneck, 5x5", "conv2d 1x1, NBN", "MBConv3 (k5x5), SE", "max pool".

    An operator, its kernel, no norm (NBN), squeeze-and-excite (SE).
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError("an operator such as 'conv2d 3x3'")
    keywords: dict[str, Any] = {}
    words: list[str] = []
    for word in re.sub(r"[,()]", " ", value).split():
        window = _WINDOW.fullmatch(word)
        if window and words:
            if "kernel" in keywords:
                raise ValueError("one kernel, as in 'conv2d 3x3'")
            keywords["kernel"] = window[1]
        elif word == "NBN":
            keywords["bn"] = False
        elif word == "SE" and words:
            keywords["se"] = True
        else:
            words.append(word)
    if not words:
        raise ValueError("an operator such as 'conv2d 3x3'")
    return Meaning(op=" ".join(words), keywords=keywords)


def parse_type(value: Any) -> Meaning:
    """Read MobileNet V1's "Conv dw / s2": an operator and its stride.

    A name in parentheses, as in BN-Inception's "inception (3a)", is ignored.
    """
    match = _TYPE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a type such as 'Conv dw / s2'")
    stride = match["stride"]
    return Meaning(op=match["op"].strip(), keywords={"stride": int(stride)} if stride else {})


def parse_filter(value: Any) -> Meaning:
    """Read MobileNet V1's "3x3x3x32", "3x3x32 dw", "Pool 7x7", "1024x1000", "Classifier"."""
    words = value.replace("×", "x").split() if isinstance(value, str) else []
    numbers = [word for word in words if re.fullmatch(r"[0-9]{1,9}(x[0-9]{1,9})*", word)]
    kind = " ".join(word.lower() for word in words if word not in numbers)
    sides = [int(side) for side in numbers[0].split("x")] if len(numbers) == 1 else []
    match (kind, sides):
        case ("", [height, width, channels, out]):
            return Meaning(
                keywords={"kernel": sides_text(height, width), "out": out},
                asserts={"in_channels": channels},
            )
        case ("dw", [height, width, channels]):
            return Meaning(
                keywords={"kernel": sides_text(height, width)},
                asserts={"in_channels": channels, "operator": "dwconv"},
            )
        case ("pool", [height, width]):
            return Meaning(keywords={"kernel": sides_text(height, width)})
        case ("", [features, out]):
            return Meaning(
                keywords={"out": out}, asserts={"in_channels": features, "operator": "linear"}
            )
        case ("classifier", []) if not numbers:
            return Meaning(asserts={"operator": "softmax"})
    raise ValueError("a filter such as 3x3x3x32, '3x3x32 dw', 'Pool 7x7', 1024x1000 or Classifier")


def parse_patch(value: Any) -> Meaning:
    """Read GoogLeNet's "7x7/2", a kernel and its stride, or BN-Inception's "stride 2"."""
    alone = _STRIDE.fullmatch(value) if isinstance(value, str) else None
    if alone is not None:
        return Meaning(keywords={"stride": int(alone["stride"])})
    match = _PATCH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a patch such as 7x7/2, or 'stride 2'")
    stride = {"stride": int(match["stride"])} if match["stride"] else {}
    return Meaning(keywords={"kernel": match["kernel"], **stride})


def parse_pool_projection(value: Any) -> Meaning:
    """Read BN-Inception's "avg + 32", "max + pass through": a pool, and the 1x1 after it."""
    match = _POOL_PROJECTION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a pool and a projection such as 'avg + 32', or 'max + pass through'")
    projection = {"proj": int(match["proj"])} if match["proj"] else {}
    return Meaning(keywords={"pool": match["pool"], **projection})


def parse_squeeze_excite(value: Any) -> Meaning:
    """Read V3's tick ("✓"), or the settings of a squeeze-and-excite block."""
    if value == "✓" or value is True:
        return Meaning(keywords={"se": True})
    if value == "none" or isinstance(value, Mapping):
        return Meaning(keywords={"se": value})
    raise ValueError("✓, ~ or settings such as {ratio: 0.25, round: 8, gate: hard_sigmoid}")


def parse_printed_size(value: Any) -> tuple[int, ...]:
    """Read a size as a paper prints it: (channels, height, width), or "56x56" as (height, width).

    Raises ValueError for anything else, and for sizes beyond the limits.
    """
    match = _AREA.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return parse_size(value)
    height, width = int(match[1]), int(match[2])
    if not (1 <= height <= SIDE and 1 <= width <= SIDE):
        raise ValueError(f"sides from 1 to {SIDE}")
    return height, width


def parse_building_block(value: Any) -> Meaning:
    """Read ResNet's "[3x3, 64; 3x3, 64]", a building block, or a layer spelled out."""
    layers = parse_brackets(value)
    if layers is None:
        op, keywords = parse_phrase(value)
        return Meaning(op=op, keywords=keywords)
    if not all("out" in layer for layer in layers):
        raise ValueError("a kernel and channels of each layer, such as [3x3, 64; 3x3, 64]")
    pairs = [[layer["kernel"], layer["out"]] for layer in layers]
    return Meaning(op="residual", keywords={"layers": pairs})


def parse_dense(value: Any) -> Meaning:
    """Read DenseNet's "[1x1 conv; 3x3 conv]", one dense layer, or a layer spelled out."""
    layers = parse_brackets(value)
    if layers is None:
        op, keywords = parse_phrase(value)
        return Meaning(op=op, keywords=keywords)
    if any("out" in layer for layer in layers):
        raise ValueError("kernels alone, such as [1x1 conv; 3x3 conv]: the growth rate is stated")
    return Meaning(op="dense_layer", keywords={"layers": [layer["kernel"] for layer in layers]})


def parse_fully_connected(value: Any) -> Meaning:
    """Read SENet's "[16, 256]": the outputs of the two layers of squeeze-and-excite."""
    return Meaning(keywords={"se": {"ratio": parse_squeeze(value)}})


def _keyword(name: str) -> Parser:
    return lambda value: Meaning(keywords={name: value})


def _size(name: str) -> Parser:
    return lambda value: Meaning(asserts={name: parse_printed_size(value)})


COLUMNS: Mapping[str, Parser] = {
    "type": parse_type,
    "filter": parse_filter,
    "operator": parse_operator,
    "op": parse_operator,
    "block": parse_operator,
    "patch": parse_patch,
    "pool proj": parse_pool_projection,
    "input": _size("input"),
    "output": _size("output"),
    "resolution": _size("input"),
    "#channels": _keyword("out"),
    "t": _keyword("t"),
    "c": _keyword("out"),
    "s": _keyword("stride"),
    "exp": _keyword("exp"),
    "out": _keyword("out"),
    "SE": parse_squeeze_excite,
    "se": parse_squeeze_excite,
    "NL": _keyword("act"),
    "k1": _keyword("start"),
    "k2": _keyword("kernel"),
    "building_block": parse_building_block,
    "dense": parse_dense,
    "fc": parse_fully_connected,
}
"""Parsers by the header that papers print; any other column is a keyword of the row's operator."""

OF_EVERY_ROW: Mapping[str, str] = {"stage": "id", "#layers": "n"}
"""Columns that are other names of universal keywords."""

ABSENT: Mapping[str, Meaning] = {
    "SE": Meaning(keywords={"se": "none"}),
    "se": Meaning(keywords={"se": "none"}),
    "fc": Meaning(keywords={"se": "none"}),
    "NL": Meaning(keywords={"act": "none"}),
}
"""The meaning of the paper's "-" (``~``) in columns where it is more than "not given"."""

OPERATOR_COLUMNS = ("op", "operator", "type", "block")
"""Columns, and keywords, that name the operator of a row."""


def meaning_of(column: str, value: Any) -> Meaning:
    """Return what a cell says; raises ValueError with what was expected."""
    if value is None:
        return ABSENT.get(column, Meaning())
    parser = COLUMNS.get(column)
    return parser(value) if parser else Meaning(keywords={column: value})
