"""Module paths of nodes: row → copy → part, renamed where torch does not allow a name."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from archcalc.language.graph.graph import Node


def module_paths(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the module path of every node, by node id: "conv_1.1.conv".

    Torch does not allow dots within a name, attributes of modules ("train", "type") and, in
    generated code, Python's keywords. In such a name characters other than letters, digits and
    ``_`` become ``_``, a name in use gets ``_`` appended, and duplicates among siblings are
    numbered. Allowed names are kept.
    """
    return _paths({node.id: _segments(node) for node in nodes})


def _segments(node: Node) -> Sequence[str]:
    """Split an id into row, copy and parts; a row's own name may hold dots."""
    row, rest = node.row_id, node.id.removeprefix(f"{node.row_id}.")
    return node.id.split(".") if rest == node.id else (row, *rest.split("."))


def _paths(segments: Mapping[str, Sequence[str]]) -> dict[str, str]:
    leaves: dict[str, str] = {}
    inner: dict[str, dict[str, Sequence[str]]] = {}
    for node, (head, *tail) in segments.items():
        if tail:
            inner.setdefault(head, {})[node] = tail
        else:
            leaves[head] = node
    # A layer has no children: where a node's id continues another's, the layer is renamed.
    names = _unique([*inner, *leaves])
    paths: dict[str, str] = {}
    for below, name in zip(inner.values(), names, strict=False):
        paths |= {node: f"{name}.{path}" for node, path in _paths(below).items()}
    return paths | dict(zip(leaves.values(), names[len(inner) :], strict=True))


def _unique(wanted: Sequence[str]) -> list[str]:
    """Return a name for each of ``wanted``, in order; the first of equal ones keeps its name."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for index, name in enumerate(wanted):
        if name == _allowed(name) and name not in taken:
            names[index] = name
            taken.add(name)
    for index, name in enumerate(wanted):
        if index not in names:
            names[index] = next(new for new in numbered(_allowed(name)) if new not in taken)
            taken.add(names[index])
    return [names[index] for index in range(len(wanted))]


def numbered(name: str) -> Iterator[str]:
    """Yield ``name``, name_2, name_3, ….

    >>> [name for name, _ in zip(numbered("conv"), range(3))]
    ['conv', 'conv_2', 'conv_3']
    """
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _allowed(name: str) -> str:
    """Return ``name`` as torch allows it: letters, digits, ``_``, and not in use by a module."""
    plain = re.sub(r"\W", "_", name, flags=re.ASCII)
    return f"{plain}_" if not plain or keyword.iskeyword(plain) or plain in _reserved() else plain


@cache
def _reserved() -> frozenset[str]:
    """Return every attribute that a module, or the root of a net, has from the start."""
    from torch import fx, nn

    return frozenset(dir(fx.GraphModule(nn.Module(), fx.Graph())))
