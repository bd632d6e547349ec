"""The commands that give a report and its figures again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from archcalc.cost import CostTable
from archcalc.errors import ArchcalcError
from archcalc.graph import Net
from archcalc.reporting.subject import Subject
from archcalc.spec.find import find, zoo_names
from archcalc.spec.spec import Spec
from archcalc.transforms import parse_sets, transform


def count_command(cost: CostTable) -> str:
    """Return the ``archcalc count`` of a table, without its format: a line for a shell.

    Files go by their names alone, since a report says nothing of the folders of a machine.
    """
    return shlex.join(["archcalc", "count", *_choices(cost)])


def report_command(subject: Subject) -> str:
    """Return the ``archcalc report`` that writes a report on one net again."""
    words = ["archcalc", "report", *_choices(subject.cost)]
    words += ["--lang", subject.language] if subject.language != "en" else []
    words += [] if subject.latencies else ["--no-latency"]
    return shlex.join(words)


def _choices(cost: CostTable) -> Iterator[str]:
    yield from _net(cost.net)
    if cost.convention.name != "paper":
        yield from ("--convention", cost.convention.name)
    if cost.batch != 1:
        yield from ("--batch", str(cost.batch))
    if cost.dtype != "f32":
        yield from ("--dtype", cost.dtype)


def _net(net: Net) -> Iterator[str]:
    yield source_of(net.spec)
    if net.width != 1:
        yield from ("--width", f"{net.width:g}")
    if net.size != net.graph.reference[1:]:
        yield from ("--resolution", str(net.resolution))
    if isinstance(net.prune, Mapping):
        for name, share in net.prune.items():
            yield from ("--prune", f"{name}={share:g}")
    elif net.prune:
        yield from ("--prune", f"{net.prune:g}")
    if net.prune and net.multiple != 8:
        yield from ("--multiple", str(net.multiple))
    for name, value in net.spec.params_given.items():
        yield from ("--param", f"{name}={value}")
    for name, value in _sets(net.spec).items():
        yield from ("--set", f"{name}={value}")


def source_of(spec: Spec) -> str:
    """Return the zoo's name of a spec, or that of its file."""
    name = spec.file.removesuffix(".yaml")
    if name in zoo_names():
        own = find(name).with_params(**spec.params_given)
        try:
            if transform(own, _sets(spec)) == spec:
                return name
        except ArchcalcError:
            pass
    return PurePath(spec.file).name or f"{spec.name}.yaml"


def _sets(spec: Spec) -> dict[str, str]:
    """Return the transforms that a spec's label tells of."""
    try:
        return parse_sets(spec.label)
    except ArchcalcError:
        return {}
