"""What each tab of Pruning can be taken away as: the tables that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc import CostTable
from archcalc.base.errors import MissingPackage
from archcalc.base.messages import Messages
from archcalc.base.tables import Record, Records, Table
from archcalc.cost.counting.shrink import shrink
from archcalc.cost.scaling.cuts import stage_cuts, uniform_cuts
from dashboard.app_pages.pruning.data_as_width import (
    RATIO,
    first_of,
    pairs,
    printed_of,
    shown_ratio,
)
from dashboard.app_pages.pruning.data_pruning import CUT, groups
from dashboard.app_pages.pruning.data_weights import (
    GAMMA,
    SHARE,
    THRESHOLD,
    WHAT,
    column,
    matrix,
    real_layer,
)
from dashboard.kit.downloads import Download, for_programs, of_table
from dashboard.shell.fields import Values


def channels_files(state: Values, before: CostTable, after: CostTable) -> list[Download]:
    """Return rows and stages before and after, the groups, and what other cuts would leave."""
    name = after.net.title
    found = _named(shrink(before, after), f"{name} rows", "rows")
    found += _named(shrink(before, after, "stage"), f"{name} stages", "stages")
    found += _plain(Records(f"{name} · groups", groups(before, after)), f"{name} groups", "groups")
    if state[CUT] == "uniform":
        cuts: Table = uniform_cuts(before.net, convention=before.convention, dtype=before.dtype)
        return found + _plain(cuts, f"{before.net.title} ratios", "ratios")
    half = stage_cuts(before.net, convention=before.convention, dtype=before.dtype)
    return found + _plain(half, f"{before.net.title} half of a stage", "halves")


def width_files(t: Messages, state: Values, table: CostTable) -> list[Download]:
    """Return both nets for every ratio with what is printed, and the groups of the chosen one."""
    net = table.net
    found = pairs(net, table.convention.name, table.dtype)
    if not found:
        return []
    records: list[Record] = []
    for ratio, pair in found.items():
        printed = printed_of(t, pair)
        record: Record = {"prune": float(ratio), "width": float(pair.width), "same": pair.same}
        for name in ("madds", "params"):
            one = first_of(printed, name)
            record |= {
                f"{name}_pruned": getattr(pair.pruned, name),
                f"{name}_width": getattr(pair.narrow, name),
                f"{name}_printed": one.text if one else None,
                f"{name}_verdict": one.verdict if one else None,
            }
        records.append(record)
    title = net.spec.title
    every = _named(Records(f"{title} · pruned and narrow", records), f"{title} alpha", "alpha")
    shown = shown_ratio(found, net, state[RATIO])
    return every + _named(found[shown], f"{title} groups at {shown}", "compared")


def weights_files(state: Values) -> list[Download]:
    """Return the matrix, the column, the histogram of the real layer and its accuracies."""
    found = _named(matrix(state[WHAT], state[THRESHOLD]), "matrix pruned", "matrix")
    found += _named(column(state[GAMMA]), "scale factors pruned", "scales")
    try:
        return found + list(_real(state[SHARE]))
    except MissingPackage:
        return found


def _real(share: float) -> Iterator[Download]:
    from archcalc.studies.lessons import damage, histogram

    cut, _ = real_layer(share)
    yield from _plain(Records(f"{cut.title} · histogram", histogram(cut)), "histogram", "histogram")
    yield from _plain(damage(), "accuracy by share", "damage")


def _plain(table: Table, name: str, what: str) -> list[Download]:
    return for_programs(table, name, f"dashboard_pruning.file_{what}")


def _named(table: Table, name: str, what: str) -> list[Download]:
    return of_table(table, name, f"dashboard_pruning.file_{what}")
