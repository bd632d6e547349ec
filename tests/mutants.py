"""The small changes that make mutants of a source file; `mutate.py` runs the tests on them."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip

CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}

NO_CHANGE = {
    "strict": "zip(strict=True) states that lengths are equal, which they are",
    "frozen": "a frozen class that nothing assigns to is the same unfrozen",
    "slots": "likewise without slots",
    "repr": "a field in or out of a debugging text",
    "compare": "a cache left out of equality",
    "description": "words for people",
    "include_url": "left out for speed alone: the text is made from other parts",
}
"""Keywords whose loss changes no result, and why: no mutant leaves these out or turns them."""


LOOKS = {"_WIDTHS", "_STYLES", "widths", "freeze_panes", "autofilter", "conditional_format"}
"""A workbook's column widths, cell styles and filters, which no figure depends on."""


@dataclass(frozen=True)
class Mutant:
    """One change in a file of the package."""

    file: Path
    line: int
    function: str | None
    """The qualified name of the function that holds it; None at the level of class or module."""
    text: str


def amount(file: Path) -> int:
    """Return how many mutants a file has."""
    return sum(len(changes(node)) for node, _ in places(ast.parse(file.read_text())))


def mutant(file: Path, index: int) -> Mutant:
    """Return one of the mutants of a file."""
    tree = ast.parse(file.read_text())
    every = ((node, new, function) for node, function in places(tree) for new in changes(node))
    node, new, function = next(itertools.islice(every, index, None))
    ast.copy_location(new, node)
    changed = ast.unparse(ast.fix_missing_locations(Put(node, new).visit(tree)))
    return Mutant(file, getattr(node, "lineno", 0), function, changed)


class Put(ast.NodeTransformer):
    """Put one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str | None]]:
    """Yield what can be changed, with its function: no annotation, docstring or decorator."""
    for node in tree.body:
        yield from _inside(node, "", None)


def _inside(
    node: ast.AST, scope: str, function: str | None
) -> Iterator[tuple[ast.AST, str | None]]:
    if _is_left_out(node):
        return
    if changes(node):
        yield node, function
    own = function
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        name = scope + node.name
        scope = f"{name}.<locals>." if isinstance(node, ast.FunctionDef) else f"{name}."
        if isinstance(node, ast.FunctionDef) and function is None:
            own = name
    for field, value in ast.iter_fields(node):
        if field == "slice" and getattr(value, "value", None) == 0:
            continue  # changed with its subscript
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _inside(child, scope, own)


def _is_left_out(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr():
            return True  # an f-string: words for people
        case ast.keyword(arg=name):
            return name in NO_CHANGE
        case ast.If(test=test):
            return "TYPE_CHECKING" in ast.unparse(test)
        case ast.FunctionDef(decorator_list=decorators):
            return any(
                word in ast.unparse(one) for one in decorators for word in ("abstract", "overload")
            )
        case (
            ast.Assign(targets=[ast.Name(id=name)])
            | ast.AnnAssign(target=ast.Name(id=name))
            | ast.Expr(value=ast.Call(func=ast.Attribute(attr=name)))
        ):
            return name in LOOKS
    return False


def changes(node: ast.AST) -> list[ast.AST]:
    """Return what may replace a node."""
    if isinstance(node, ast.Subscript) and getattr(node.slice, "value", None) == 0:
        # The last item of one is also its first: most operators have one input.
        return [ast.Subscript(node.value, ast.Constant(1), node.ctx)]
    return [*_of_expression(node), *_of_constant(node), *_of_call(node), *_of_statement(node)]


def _of_expression(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[index] = SWAPS[type(op)]()  # type: ignore[call-overload]
            yield other
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS and not _is_text(node):
        changed = copy.deepcopy(node)
        changed.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
        yield changed
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPS[type(node.op)](), node.values)  # type: ignore[arg-type]
        if len(node.values) > 2:
            for index in range(len(node.values)):
                yield ast.BoolOp(node.op, [*node.values[:index], *node.values[index + 1 :]])
        else:
            yield from node.values
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)


def _of_constant(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))


def _of_call(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in CALLS:
        yield ast.Call(ast.Name(CALLS[node.func.id]), node.args, node.keywords)
    for keyword in node.keywords:
        if keyword.arg not in NO_CHANGE:
            rest = [one for one in node.keywords if one is not keyword]
            yield ast.Call(node.func, node.args, rest)


def _of_statement(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and getattr(node.value, "value", node.value) is not None:
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _is_text(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.JoinedStr)
        or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in ast.walk(node)
    )
