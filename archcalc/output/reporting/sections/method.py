"""The method of the figures: counted terms, sizes and widths, versions, the command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from archcalc.base.document import Block, Cell, Column, Facts, Section, TableBlock, Text
from archcalc.base.messages import Messages
from archcalc.base.units import format_exact
from archcalc.cost.counting.layer import DTYPES
from archcalc.cost.counting.parts import TermCount, parameter_parts, work_parts
from archcalc.language.ops.conv import Conv
from archcalc.language.ops.pool import Pool
from archcalc.output.reporting.command import count_command, report_command
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return the terms of the totals, the rules, and how to reproduce the figures."""
    t, cost = subject.t, subject.cost
    one = cost.batch == 1
    images = t(f"report_method.{'one_image' if one else 'images'}", number=cost.batch)
    name = cost.convention.name
    blocks: list[Block] = [
        Text(t("report_method.intro", layers=len(cost.layers))),
        _parts(
            t,
            t("report_method.work", images=images, convention=name),
            work_parts(cost),
            cost.madds,
        ),
        _parts(
            t,
            t("report_method.parameters", convention=name),
            parameter_parts(cost),
            cost.params,
        ),
        Facts([*_rules(subject), *_versions(subject)]),
    ]
    return Section("method", t("report_method.title"), blocks)


def _parts(t: Messages, caption: str, parts: Sequence[TermCount], total: int) -> TableBlock:
    columns = [
        Column(t("report_method.part")),
        *(Column(t(f"report_method.{name}"), numeric=True) for name in ("amount", "times")),
        Column(t("report_method.counted"), numeric=True),
    ]
    rows = [
        [
            Cell(t(f"report_method.{part.name}")),
            Cell(format_exact(part.amount)),
            Cell(f"× {part.times}" if part.times else ""),
            Cell(format_exact(part.counted) if part.times else t("report_method.uncounted")),
        ]
        for part in parts
    ]
    foot = [Cell(t("table.total")), Cell(""), Cell(""), Cell(format_exact(total), strong=True)]
    return TableBlock(caption, columns, rows, foot=[foot])


def _rules(subject: Subject) -> list[tuple[str, str]]:
    t, cost, net = subject.t, subject.cost, subject.net
    pairs = [(t("report_method.never"), t("report_method.never_are"))]
    padding = _padding(subject)
    if padding:
        pairs.append((t("report_method.pad"), padding))
    rule = net.graph.rounding
    if rule is None:
        text = t("report_method.no_rounding")
    else:
        text = t(f"report_method.{rule.method}", least=rule.min, divisor=rule.divisor)
    pairs.append((t("report_method.rounding"), text))
    if net.prune:
        text = t("report_method.pruned_are", multiple=net.multiple)
        pairs.append((t("report_method.pruned"), text))
    memory = t("report_method.memory_is", bytes=DTYPES[cost.dtype])
    pairs.append((t("report_method.memory"), memory))
    return pairs


def _padding(subject: Subject) -> str:
    """Return the kinds of padding of windows above one pixel, with their numbers of layers."""
    t = subject.t
    layers: dict[str | int, int] = {}
    for node in subject.net.graph.nodes:
        op = node.op
        if not isinstance(op, Conv | Pool) or (isinstance(op, Pool) and op.whole):
            continue
        if op.kernel is not None and max(op.kernel) > 1:
            layers[op.pad] = layers.get(op.pad, 0) + 1
    return t("table.semicolon").join(
        t(
            f"report_method.pad_{pad if isinstance(pad, str) else 'pixels'}",
            pixels=pad,
            layers=t("report_method.layers", number=number),
        )
        for pad, number in layers.items()
    )


def _versions(subject: Subject) -> list[tuple[str, str]]:
    """Return the command, the machine where something was measured, and versions.

    Counts are integers and do not depend on Python's patch version, which is left out.
    """
    from archcalc._version import __version__

    t = subject.t
    pairs = [
        (t("report_method.again"), count_command(subject.cost)),
        (t("report_method.report_again"), report_command(subject)),
    ]
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    for table in list(subject.latencies.values())[:1]:
        machine = table.machine
        pairs.append((t("report_method.machine"), f"{machine['cpu']}, {machine['os']}"))
        python = f"Python {machine['python']}, torch {machine['torch']}"
    pairs.append((t("report_method.versions"), f"archcalc {__version__}, {python}"))
    return pairs


SECTION = SectionKind("method", {"net": 90}, make)
