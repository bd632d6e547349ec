"""Composites that need arithmetic or conditions, one a file; found by scanning the folder.

A block turns its keywords into primitive operators (and other blocks) through an `Emitter`.
Composites that are wiring only are written in the spec itself, under ``blocks``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from archcalc.language.blocks._base import BlockType, Emitter, Value
from archcalc.language.ops import OPERATORS, Spelling, normal, scan, spellings

BLOCKS: Mapping[str, type[BlockType]] = MappingProxyType(
    scan("archcalc.language.blocks", BlockType),  # type: ignore[type-abstract]
)
"""Every Python block by name."""

CALLABLE = MappingProxyType({**OPERATORS, **BLOCKS})
"""Blocks and operators that a row of a spec may name; a block hides an operator of the same
name, so that the row "conv" is a convolution with its norm and activation."""

SPELLINGS: Mapping[str, Spelling] = spellings(CALLABLE.values())
"""`CALLABLES` by every spelling, in normal form."""


def spelling_of(name: str) -> Spelling | None:
    """Return the operator or block that a name spells; None where there is none."""
    return SPELLINGS.get(normal(name))


__all__ = ["BLOCKS", "CALLABLE", "SPELLINGS", "BlockType", "Emitter", "Value", "spelling_of"]
