"""Mutants of the core and the tests that should fail on them: ``python -m tests.mutate -n 60``.

The tests of the core run once, and what functions each one calls is noted. Each mutant is then one
small change in a copy of the project; the tests that call its function run, the quick ones first,
until one fails. Printed are the survivors, as diffs, and the share that was killed, folder by
folder. The sample is the same for the same seed and source.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import difflib
import hashlib
import importlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.mutants import Mutant, amount, mutant

ROOT = Path(__file__).parents[1]
KNOWN = ROOT / "build" / "tests_of_functions.json"
CORE = (
    *("base/number.py", "base/units.py", "base/names.py"),
    *("language/ops", "language/blocks", "language/graph", "language/spec"),
    *("language/transforms", "language/conventions"),
    *("cost/counting", "cost/claims", "cost/scaling", "output/workbook"),
)
TESTS = (
    *("tests/base", "tests/language", "tests/cost", "tests/output/workbook"),
    *("tests/cli/test_schema.py", "tests/studies/budgets"),
)
DOCTESTS = tuple(f"archcalc/{folder}" for folder in CORE)
OPTIONS = (
    *("-q", "-x", "-p", "no:cacheprovider", "-m", "not slow", "--hypothesis-seed=0"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of what is imported once
)
HEAVY = ("hypothesis", "numpy", "pandas", "torch", "openpyxl", "formulas", "jsonschema")
"""What most tests import: once, before the mutants, each of which is a fork of this process."""

MEMORY = 6 << 30
FORK = multiprocessing.get_context("fork")


class Calls:
    """A plugin that notes for each test how long it took and what functions of archcalc it called.

    What a fixture or a cache keeps is called by the first test alone; so a mutant that survives
    the tests that call it meets the others of their files, and with ``--every`` all of the core.
    """

    def __init__(self, package: Path) -> None:
        self.package = str(package)
        self.found: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what is called while a test runs."""
        called: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            if event == "call":
                called.add(frame.f_code)

        begin = time.process_time()
        sys.setprofile(note)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            names = (
                f"{Path(code.co_filename).relative_to(self.package)}:{outermost(code.co_qualname)}"
                for code in called
                if code.co_filename.startswith(self.package)
            )
            self.found[item.nodeid] = {
                "seconds": time.process_time() - begin,
                "calls": sorted(set(names)),
            }


def outermost(qualified: str) -> str:
    """Return the function that holds an inner one, a lambda or a comprehension."""
    return qualified.split(".<locals>", maxsplit=1)[0]


class Chosen:
    """A plugin that runs some tests only, in the order given."""

    def __init__(self, order: list[str]) -> None:
        self.order = {name: place for place, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order),
            key=lambda item: self.order[item.nodeid],
        )


def in_a_fork(task: Callable[[], Any], seconds: float) -> Any:
    """Return what a task gives in a process of its own; None where it dies or does not end."""
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_answer, args=(task, there))
    process.start()
    there.close()
    answer = None
    with contextlib.suppress(EOFError):
        if here.poll(seconds):
            answer = here.recv()
    process.kill()
    process.join()
    return answer


def _answer(task: Callable[[], Any], there: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    there.send(task())


class Suite:
    """The tests of the core in a copy of the project, and what each of them calls."""

    def __init__(self, copied: Path) -> None:
        self.copied = copied
        self.tests: dict[str, dict[str, Any]] = {}

    def _run(self, arguments: list[str], plugin: Calls | Chosen) -> Calls | Chosen | int:
        os.chdir(self.copied)
        sys.path[:] = [str(self.copied), *(path for path in sys.path if path != str(ROOT))]
        os.environ["PYTHONPATH"] = str(self.copied)
        for name in [name for name in sys.modules if name.split(".")[0] in ("archcalc", "tests")]:
            del sys.modules[name]
        code = int(pytest.main([*OPTIONS, *arguments], plugins=[plugin]))
        if isinstance(plugin, Calls):
            return plugin.found if code in (0, 5) else code
        return code

    def learn(self) -> None:
        """Run the tests of each file that is not known as it is, and note what they call."""
        known = json.loads(KNOWN.read_text()) if KNOWN.exists() else {}
        files = [
            file.relative_to(self.copied)
            for folder in (*TESTS, *DOCTESTS)
            for file in files_of(self.copied / folder)
            if folder in DOCTESTS or file.name.startswith("test_")
        ]
        state = {}
        for file in files:
            text = (self.copied / file).read_bytes()
            beside = b"".join(
                one.read_bytes()
                for one in sorted((self.copied / file).parent.glob("*.py"))
                if file.parts[0] == "tests" and not one.name.startswith("test_")
            )
            state[str(file)] = hashlib.sha256(text + beside).hexdigest()
        stale = [file for file, digest in state.items() if known.get(file, {}).get("is") != digest]
        if stale:
            print(f"what the tests of {len(stale)} files call is noted first", flush=True)
            calls = Calls(self.copied / "archcalc")
            found = in_a_fork(lambda: self._run(stale, calls), 3600)
            if not isinstance(found, dict):
                sys.exit("the tests fail without any mutant")
            for file in stale:
                known[file] = {"is": state[file], "tests": {}}
            for name, noted in found.items():
                known[name.split("::")[0]]["tests"][name] = noted
        known = {file: noted for file, noted in known.items() if file in state}
        KNOWN.parent.mkdir(exist_ok=True)
        KNOWN.write_text(json.dumps(known))
        self.tests = {name: one for file in known.values() for name, one in file["tests"].items()}

    def of(self, one: Mutant) -> list[str]:
        """Return the tests of a mutant's function, or of its file, the quickest first."""
        file = one.file.relative_to(ROOT / "archcalc")
        wanted = f"{file}:{one.function}" if one.function else f"{file}:"
        return self._sorted(
            name
            for name, test in self.tests.items()
            if any(
                call == wanted if one.function else call.startswith(wanted)
                for call in test["calls"]
            )
        )

    def _sorted(self, names: Iterator[str]) -> list[str]:
        return sorted(names, key=lambda name: self.tests[name]["seconds"])

    def fails(self, names: list[str]) -> bool:
        """Return whether one of the tests fails; one that never ends fails too."""
        for some in pieces(names):
            seconds = 120 + 10 * sum(self.tests[name]["seconds"] for name in some)
            files = sorted({name.split("::")[0] for name in some})
            chosen = Chosen(some)
            if in_a_fork(lambda f=files, c=chosen: self._run(f, c), seconds) not in (0, 5):
                return True
        return False

    def kills(self, one: Mutant, *, every: bool) -> bool:
        """Return whether a test fails on a mutant."""
        target = self.copied / one.file.relative_to(ROOT)
        source, times = target.read_text(), target.stat()
        target.write_text(one.text)
        try:
            first = self.of(one)
            if self.fails(first):
                return True
            files = {name.split("::")[0] for name in first}
            rest = {name for name in self.tests if every or name.split("::")[0] in files}
            return self.fails(self._sorted(iter(rest - set(first))))
        finally:
            target.write_text(source)
            os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


def files_of(place: Path) -> list[Path]:
    """Return a file, or those of a folder."""
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def pieces(names: list[str]) -> Iterator[list[str]]:
    """Split tests so that few files are collected before the first of them run."""
    size = 20
    while names:
        yield names[:size]
        names, size = names[size:], size * 10


def main() -> None:
    """Run a sample of the mutants of the core."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("-n", type=int, default=60, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--of", default="", help="only of files whose path has this")
    parser.add_argument("--every", action="store_true", help="survivors meet all tests of the core")
    asked = parser.parse_args()
    for name in HEAVY:
        importlib.import_module(name)
    every = [
        (folder, file, index)
        for folder in CORE
        for file in files_of(ROOT / "archcalc" / folder)
        if asked.of in str(file.relative_to(ROOT))
        for index in range(amount(file))
    ]
    sample = random.Random(asked.seed).sample(every, min(asked.n, len(every)))
    killed, made = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder).resolve() / "archcalc"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"))
        suite = Suite(copied)
        suite.learn()
        for part, file, index in sample:
            one = mutant(file, index)
            dies = suite.kills(one, every=asked.every)
            made[part] += 1
            killed[part] += dies
            print(f"{'killed  ' if dies else 'SURVIVED'} {file.relative_to(ROOT)}:{one.line}")
            if not dies:
                print(difference(one))
            sys.stdout.flush()
    for part in made:
        print(f"{part}: {killed[part]} of {made[part]} killed")
    share = killed.total() / made.total()
    print(f"{killed.total()} of {made.total()} killed, of {len(every)} mutants: {share:.0%}")


def difference(one: Mutant) -> str:
    """Return the lines that a mutant changes."""
    before = ast.unparse(ast.parse(one.file.read_text())).splitlines()
    lines = difflib.unified_diff(before, one.text.splitlines(), n=1, lineterm="")
    return "\n".join([*lines][2:])


if __name__ == "__main__":
    main()
