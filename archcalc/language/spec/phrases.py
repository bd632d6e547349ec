"""Cells that spell a layer out, as ResNet, SENet and DenseNet print it: "7x7, 64, stride 2".

Brackets hold the convolutions of one composite; the column decides which composite.
"""

from __future__ import annotations

import re
from typing import Any

_WINDOW = re.compile(r"[0-9]{1,9}[x×][0-9]{1,9}")
_FEATURES = re.compile(r"([0-9]{1,9}|\$[A-Za-z_][A-Za-z0-9_]*)-[dD]|([0-9]{1,9})[dD]")
_NUMBER = re.compile(r"[0-9]{1,9}")
_BRACKETS = re.compile(r"\s*\[(?P<inner>[^\[\]]*)\]\s*")
_SQUEEZE = re.compile(r"\s*\[\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*\]\s*")


def parse_phrase(value: Any) -> tuple[str, dict[str, Any]]:
    """Read "7x7, 64, stride 2", "3x3 max pool, stride 2" or "1000-d fc".

    Returns the operator, a convolution where none is named, and its keywords. Raises ValueError
    for anything else.
    """
    keywords: dict[str, Any] = {}
    words: list[str] = []
    pending = value.replace(",", " ").split() if isinstance(value, str) else []
    while pending:
        word = pending.pop(0)
        features = _FEATURES.fullmatch(word)
        said: tuple[str, Any]
        if word == "stride" and pending and _NUMBER.fullmatch(pending[0]):
            said = "stride", int(pending.pop(0))
        elif word == "global":
            said = "global", True
        elif _WINDOW.fullmatch(word):
            said = "kernel", word
        elif features or _NUMBER.fullmatch(word):
            # transforms read cells before the parameter is replaced by its value
            text = features[1] or features[2] if features else word
            said = "out", text if text.startswith("$") else int(text)
        else:
            words.append(word)
            continue
        if said[0] in keywords:
            raise ValueError(f"one {said[0]}, not two")
        keywords[said[0]] = said[1]
    if not words and "kernel" not in keywords:
        raise ValueError("a layer such as '7x7, 64, stride 2' or '3x3 max pool, stride 2'")
    return " ".join(words) or "conv", keywords


def parse_brackets(value: Any) -> list[dict[str, Any]] | None:
    """Read "[1x1, 64; 3x3, 64; 1x1, 256]" as the keywords of each convolution in it.

    Returns None where there are no brackets; raises ValueError where they hold anything else.
    """
    match = _BRACKETS.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    layers = []
    for part in match["inner"].split(";"):
        op, keywords = parse_phrase(part)
        if op != "conv" or "kernel" not in keywords or keywords.keys() - {"kernel", "out"}:
            raise ValueError("convolutions in brackets, such as [1x1, 64; 3x3, 64; 1x1, 256]")
        layers.append(keywords)
    return layers


def parse_squeeze(value: Any) -> float:
    """Read SENet's "[16, 256]", the outputs of its two layers, as the ratio of the squeeze.

    Raises ValueError for anything else, and for a ratio of more than four decimals.
    """
    match = _SQUEEZE.fullmatch(value) if isinstance(value, str) else None
    squeezed, excited = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 0 < squeezed <= excited or squeezed * 10_000 % excited:
        raise ValueError("outputs of both layers such as [16, 256], a ratio of four decimals")
    return squeezed / excited
