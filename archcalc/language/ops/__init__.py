"""Primitive operators, one a file: attributes, shape rule, cost rule, torch module.

A file of this folder without a leading underscore holds one operator (a few closely related
ones share a file) and is found by scanning: adding a file adds the operator.
"""

from archcalc.language.ops._base import IntShape, Named, Operator, Shape, elements
from archcalc.language.ops._registry import OPERATORS, Spelling, normal, scan, spellings
from archcalc.language.ops._terms import PARAMETER_TERMS, WORK_TERMS, Terms
from archcalc.language.ops._window import Kernel, Pad, Stride, kernel_text, parse_kernel

__all__ = [
    "OPERATORS",
    "PARAMETER_TERMS",
    "WORK_TERMS",
    "IntShape",
    "Kernel",
    "Named",
    "Operator",
    "Pad",
    "Shape",
    "Spelling",
    "Stride",
    "Terms",
    "elements",
    "kernel_text",
    "normal",
    "parse_kernel",
    "scan",
    "spellings",
]
