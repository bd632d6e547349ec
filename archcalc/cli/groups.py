"""``archcalc groups``: which channels must keep one width."""

from __future__ import annotations

from archcalc.cli._bundles import Variant
from archcalc.cli._options import Model
from archcalc.cli._output import Output

EXAMPLE = "archcalc groups mobilenet_v2 --prune 0.5"


def groups(
    model: Model,
    *,
    variant: Variant,
    output: Output,
) -> None:
    """List the channel groups: widths, rules, and the rows they tie."""
    from archcalc.cli._model import net_of
    from archcalc.language.graph.describe import GroupTable

    net = net_of(model, variant)
    output.emit(GroupTable(net))
