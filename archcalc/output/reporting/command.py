"""The commands that reproduce a report and its figures."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import VariantName, set_texts
from archcalc.base.units import format_decimal
from archcalc.cost.counting.table import CostTable
from archcalc.language.graph import Net
from archcalc.language.spec.find import zoo_names
from archcalc.language.spec.spec import Spec, find
from archcalc.language.transforms import transform
from archcalc.output.reporting.subject import Subject


def count_command(cost: CostTable) -> str:
    """Return the ``archcalc count`` command of a table, without its format.

    Files have no folder, since a report does not show those of a machine.
    """
    return shlex.join(["archcalc", "count", *_choices(cost)])


def report_command(subject: Subject) -> str:
    """Return the ``archcalc report`` that writes a report on one net again."""
    return shlex.join(["archcalc", "report", *_choices(subject.cost), *_pages(subject)])


def diff_command(a: CostTable, b: CostTable) -> str:
    """Return the ``archcalc diff`` of two tables; where options differ, the call in Python."""
    options = [_options(one) for one in (a, b)]
    if options[0] != options[1]:
        return "archcalc.diff(a, b)"
    return shlex.join(
        ["archcalc", "diff", *(str(_variant(one.net)) for one in (a, b)), *options[0]]
    )


def comparison_command(subject: Subject) -> str:
    """Return the ``archcalc report`` that compares the same nets; else the call in Python."""
    options = [_options(cost) for cost in subject.costs]
    if any(own != options[0] for own in options):
        return "archcalc.report(nets, path)"
    words = ["archcalc", "report", *(str(_variant(net)) for net in subject.nets), *options[0]]
    return shlex.join([*words, *_pages(subject)])


def _pages(subject: Subject) -> Iterator[str]:
    if subject.language != "en":
        yield from ("--lang", subject.language)
    if not subject.latencies:
        yield "--no-latency"


def _choices(cost: CostTable) -> Iterator[str]:
    variant = _variant(cost.net)
    yield variant.name
    if variant.width not in ("", "1"):
        yield from ("--width", variant.width)
    if variant.resolution:
        yield from ("--resolution", variant.resolution)
    for text in variant.sets:
        yield from ("--set", text)
    yield from _options(cost)


def _variant(net: Net) -> VariantName:
    """Return the variant that a net is of its source: "mobilenet_v2+act=relu@0.75-160"."""
    return replace(net.variant_name, name=source_of(net.spec))


def _options(cost: CostTable) -> list[str]:
    """Return the options that are not in a variant's name: pruning, parameters, counting."""
    net, words = cost.net, []
    if isinstance(net.prune, Mapping):
        for name, share in net.prune.items():
            words += ["--prune", f"{name}={format_decimal(share)}"]
    elif net.prune:
        words += ["--prune", format_decimal(net.prune)]
    words += ["--multiple", str(net.multiple)] if net.prune and net.multiple != 8 else []
    for name, value in net.spec.params_given.items():
        words += ["--param", f"{name}={value}"]
    words += ["--convention", cost.convention.name] if cost.convention.name != "paper" else []
    words += ["--batch", str(cost.batch)] if cost.batch != 1 else []
    words += ["--dtype", cost.dtype] if cost.dtype != "f32" else []
    return words


def source_of(spec: Spec) -> str:
    """Return the zoo's name of a spec, or that of its file."""
    name = spec.file.removesuffix(".yaml")
    if name in zoo_names():
        own = find(name).with_params(**spec.params_given)
        try:
            if transform(own, set_texts(spec.sets)) == spec:
                return name
        except ArchcalcError:
            pass
    return PurePath(spec.file).name or f"{spec.name}.yaml"
