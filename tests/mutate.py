"""Mutants of the core and the tests that should fail on them: ``python -m tests.mutate -n 60``.

Each mutant is one small change of one line, made in a copy of the project; the tests of its place
run until one fails. Printed are the survivors, as diffs, and the share that was killed. The sample
is the same for the same seed and source.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS = 240
TESTS = {
    "language/ops": "tests/language/ops tests/language/graph tests/language/conventions",
    "language/blocks": "tests/language/blocks tests/language/graph tests/language/transforms",
    "language/graph": "tests/language/graph tests/language/blocks tests/cost",
    "language/spec": "tests/language/spec tests/language/transforms tests/language/graph",
    "cost/counting": "tests/cost/counting tests/cost tests/output/workbook",
    "cost/claims": "tests/cost/claims tests/cost/counting",
    "cost/scaling": "tests/cost/scaling tests/studies/budgets",
}
"""The tests of each part of the core, those that fail first in front."""

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def places(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what can be changed: nothing in annotations, of docstrings, or for type checkers."""
    for node in ast.iter_child_nodes(tree):
        yield from _inside(node)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.FunctionDef) and any(
        "abstract" in ast.unparse(one) for one in node.decorator_list
    ):
        return
    if changes(node):
        yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _inside(child)


def changes(node: ast.AST) -> list[ast.AST]:
    """Return what may stand in a node's place."""
    return [*_of_expression(node), *_of_statement(node)]


def _of_expression(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = copy.deepcopy(node)
        other.ops = [SWAPS[type(node.ops[0])]()]  # type: ignore[list-item]
        yield other
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS:
        if not _is_text(node):
            changed = copy.deepcopy(node)
            changed.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
            yield changed
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)


def _of_statement(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and getattr(node.value, "value", node.value) is not None:
        yield ast.Return(ast.Constant(None))


def _is_text(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.JoinedStr)
        or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in ast.walk(node)
    )


class Put(ast.NodeTransformer):
    """Put one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def amount(file: Path) -> int:
    """Return how many mutants a file has."""
    return sum(len(changes(node)) for node in places(ast.parse(file.read_text())))


def mutant(source: str, index: int) -> tuple[int, str]:
    """Return one mutant of a source: its line, and the new text."""
    tree = ast.parse(source)
    old, new = [(node, new) for node in places(tree) for new in changes(node)][index]
    ast.copy_location(new, old)
    line = getattr(old, "lineno", 0)
    return line, ast.unparse(ast.fix_missing_locations(Put(old, new).visit(tree)))


def killed(copy_: Path, tests: str) -> bool:
    """Return whether a test fails; one that never ends fails too."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, "-m", "not slow", "--hypothesis-seed=0", *tests.split()],
            cwd=copy_,
            env={**os.environ, "PYTHONPATH": str(copy_), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    """Run a sample of the mutants of the core."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("-n", type=int, default=60, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--of", default="", help="only of files whose path has this")
    asked = parser.parse_args()
    every = [
        (part, file, index)
        for part in TESTS
        for file in sorted((ROOT / "archcalc" / part).glob("*.py"))
        if asked.of in str(file.relative_to(ROOT))
        for index in range(amount(file))
    ]
    sample = random.Random(asked.seed).sample(every, min(asked.n, len(every)))
    dead = 0
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "archcalc"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"))
        for part in sorted({part for part, _, _ in sample}):
            if killed(copied, TESTS[part]):
                sys.exit(f"the tests of {part} fail without any mutant")
        for part, file, index in sample:
            target = copied / file.relative_to(ROOT)
            source = target.read_text()
            line, text = mutant(source, index)
            target.write_text(text)
            fails = killed(copied, TESTS[part])
            target.write_text(source)
            dead += fails
            print(
                f"{'killed  ' if fails else 'SURVIVED'} {file.relative_to(ROOT)}:{line}", flush=True
            )
            if not fails:
                before, after = (t.splitlines() for t in (ast.unparse(ast.parse(source)), text))
                print("\n".join(list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]))
    print(f"{dead} of {len(sample)} killed, of {len(every)} mutants: {dead / len(sample):.0%}")


if __name__ == "__main__":
    main()
