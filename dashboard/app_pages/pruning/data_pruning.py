"""What Pruning keeps in the URL, and how ratios of stages and groups are put together."""

from __future__ import annotations

from collections import Counter

from archcalc import CostTable, Graph
from archcalc.base.number import SCALE
from archcalc.base.tables import Record
from archcalc.language.graph.build import prune_ratios
from dashboard.app_pages.pruning import data_weights as weights
from dashboard.app_pages.pruning.data_as_width import RATIO
from dashboard.app_pages.pruning.data_shrunk import COST
from dashboard.shell.choice import Choice
from dashboard.shell.fields import choice_field

TABS = ("channels", "width", "weights")
"""The tabs of the page; one more is an entry here and a function in `page.py`."""

TAB = choice_field("tab", TABS)
CUTS = ("uniform", "stage", "group")
CUT = choice_field("cut", CUTS)


FIELDS = (TAB, CUT, COST, RATIO, *weights.FIELDS)

Prune = float | tuple[tuple[str, float], ...]


def ratios(graph: Graph, prune: Prune) -> dict[str, float]:
    """Return the ratio of every group that can be cut, 0 where it is not."""
    asked = dict(prune) if isinstance(prune, tuple) else prune
    found = prune_ratios(graph, asked)
    return {group.name: found.get(group.name, 0) / SCALE for group in graph.prunable}


def of_stages(graph: Graph, prune: Prune) -> dict[str, float]:
    """Return the ratio of each stage: that of most of its groups."""
    mine = ratios(graph, prune)
    alike = prune_ratios(graph, "0.5")  # a squeeze follows, and is cut only when it is named
    found: dict[str, Counter[float]] = {}
    for group in graph.prunable:
        if group.name in alike:
            found.setdefault(f"stage_{group.stage}", Counter())[mine[group.name]] += 1
    return {stage: counts.most_common(1)[0][0] for stage, counts in sorted(found.items())}


def with_ratio(graph: Graph, prune: Prune, name: str, ratio: float) -> Prune:
    """Return a pruning with another ratio for a stage or a group, as short as it can be said."""
    mine = ratios(graph, prune)
    alike = prune_ratios(graph, "0.5")
    for group in graph.prunable:
        in_stage = name == f"stage_{group.stage}" and group.name in alike
        if in_stage or name == group.name:
            mine[group.name] = ratio
    pairs = tuple(mine.items())
    stages = of_stages(graph, pairs)
    own = [
        (group.name, mine[group.name])
        for group in graph.prunable
        if mine[group.name] != (stages[f"stage_{group.stage}"] if group.name in alike else 0)
    ]
    if not own and len(set(stages.values())) == 1:
        return next(iter(stages.values()))
    return (*((stage, share) for stage, share in stages.items() if share), *own)


def groups(before: CostTable, after: CostTable) -> list[Record]:
    """Return every group that can be cut: its stage, its channels, what is cut, the rows it ties.

    ``before`` and ``after``: one net without and with its pruning.
    """
    graph = before.net.graph
    mine = ratios(graph, _asked(after))
    return [
        {
            "group": group.name,
            "ratio": mine[group.name],
            "before": before.net.variant.widths[group.name],
            "after": after.net.variant.widths[group.name],
            "stage": group.stage,
            "rows": ", ".join(group.rows),
        }
        for group in graph.prunable
    ]


def _asked(table: CostTable) -> Prune:
    prune = table.net.prune
    return prune if isinstance(prune, float) else tuple(prune.items())


def unpruned(choice: Choice) -> Choice:
    """Return the same choice with every channel."""
    from dataclasses import replace

    return replace(choice, prune=0.0)
