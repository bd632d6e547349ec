"""`search`: the best widths, resolutions, prune ratios and transforms within a budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import resolution_name, set_texts, sides_text
from archcalc.base.number import SCALE, parse_width
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.grid import QUANTITIES, GridPart, prune_text
from archcalc.cost.scaling.possible import possible_sides, possible_widths
from archcalc.cost.scaling.ranges import decimals
from archcalc.cost.scaling.sweeping import Source, chunks
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph import Net
from archcalc.language.graph.build import Prune, build, parse_resolution
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import parse_sets, transform
from archcalc.studies.budgets.accuracy import family
from archcalc.studies.budgets.budget import COLUMN_OF, Budget
from archcalc.studies.budgets.choices import Candidate, Choices, choices_of, joined
from archcalc.studies.budgets.frontier import Frontier, RankedBy, name_of
from archcalc.studies.budgets.published_figures import same_net

WIDTHS = "0.25:1.4:0.05"
RESOLUTIONS = "96:224:32"
"""The default set; a net's own input size is always part of it."""

Measure = Callable[[Net], float]
"""Returns a net's latency in milliseconds."""


def search(
    specs: Source | Iterable[Source],
    budget: Budget,
    *,
    widths: str | Iterable[float | str] = WIDTHS,
    resolutions: str | Iterable[Any] | None = None,
    prunes: str | Iterable[Prune] = (0,),
    sets: Iterable[Any] = (),
    convention: str | Convention = "paper",
    multiple: int = 8,
    batch: int = 1,
    dtype: str = "f32",
    finalists: int = 20,
    measure: Measure | None = None,
    progress: Callable[[str], None] | None = None,
) -> Frontier:
    """Return every variant that fits ``budget``, the most accurate first.

    Widths, resolutions, prunes and sets as for `sweep`; default: α from 0.25 to 1.4 by 0.05, ρ
    from 96 to 224 by 32 and the net's own. A net without a width multiplier is searched at width
    1 alone; impossible widths and resolutions are left out. Sets that give the same net count
    once.

    Ranked by top-1, published or interpolated between the published figures of the same net;
    equal ones by fewer MAdds. Variants of unknown accuracy (pruned ones, nets with too few
    published figures) come last, the most MAdds first. Where no net has an interpolation, all are
    ranked by MAdds.

    For a latency limit, the choices are measured in ranked order by ``measure`` (default: the
    median of `archcalc.measure`) until one is within it, at most ``finalists``; ``progress`` is
    called for each. Does not raise where nothing fits; `Frontier.best` does.

    Raises ArchcalcError for bad values.
    """
    if type(finalists) is not int or finalists < 1:
        raise ArchcalcError(f"finalists: an integer of at least 1, not {finalists!r}")
    chosen = convention_named(convention)
    sides: list[Any] | None = None
    if resolutions is not None:
        text = isinstance(resolutions, str)
        sides = decimals(resolutions, "resolutions") if text else list(resolutions)
    counting = {"convention": chosen, "multiple": multiple, "batch": batch, "dtype": dtype}
    ratios: Any = decimals(prunes, "prunes") if isinstance(prunes, str) else list(prunes)
    grid = {"widths": decimals(widths, "widths"), "prunes": ratios}
    candidates: list[Candidate] = []
    pieces: list[Choices] = []
    remarks: list[str] = []
    least: dict[str, tuple[int, str]] = {}
    considered = 0
    for spec, transforms, changed in _nets(specs, sets, remarks):
        own = Candidate(changed, family(spec, transforms), multiple)
        index = len(candidates)
        candidates.append(own)
        for part in _parts(changed, grid, sides, counting, remarks):
            considered += len(part)
            _note_least(least, part, budget)
            pieces.append(choices_of(part, index, own.family, _fits(part, budget)))
    if not pieces:
        raise ArchcalcError("search: nothing to search: " + ("; ".join(remarks) or "no net given"))
    choices = joined(pieces)
    by: RankedBy = "top1" if any(own.family.fit for own in candidates) else "madds"
    ranked = choices.take(order(choices, by))
    found = Frontier(
        budget=budget,
        convention=chosen,
        candidates=tuple(candidates),
        choices=ranked,
        considered=considered,
        ranked_by=by,
        least=least,
        remarks=tuple(dict.fromkeys(remarks)),
        batch=batch,
        dtype=dtype,
    )
    if budget.latency is None:
        return found
    return _timed(found, budget.latency, finalists, measure or _latency(batch), progress)


def _nets(
    specs: Source | Iterable[Source], sets: Iterable[Any], remarks: list[str]
) -> Iterable[tuple[Spec, Mapping[str, Any], Spec]]:
    """Yield (spec, transforms, transformed spec), each resulting net once."""
    sources = [specs] if isinstance(specs, (Spec, str, Path)) else specs
    given = [sets] if isinstance(sets, (str, Mapping)) else list(sets) or [""]
    choices = [parse_sets(chosen) for chosen in given]
    for source in sources:
        spec = load(source)
        seen: list[tuple[Mapping[str, Any], Spec]] = []
        for chosen in choices:
            changed = transform(spec, chosen)
            twin = next((one for one, other in seen if same_net(other, changed)), None)
            if twin is None:
                seen.append((chosen, changed))
                yield spec, chosen, changed
            elif twin != chosen:
                same = f"{spec.name}: {_words(chosen)} is the same net as {_words(twin)}"
                remarks.append(f"{same}, and takes part once")


def _words(sets: Mapping[str, Any]) -> str:
    return ", ".join(set_texts(sets)) or "printed"


def _parts(
    spec: Spec,
    grid: Mapping[str, Any],
    sides: list[Any] | None,
    counting: Mapping[str, Any],
    remarks: list[str],
) -> Iterable[GridPart]:
    """Yield the grid of one net in pieces, without impossible variants."""
    choices = dict(grid)
    if spec.rounding is None and list(map(parse_width, choices["widths"])) != [SCALE]:
        choices["widths"] = ["1"]
        remarks.append(f"{spec.name} has no width multiplier: it takes part at width 1")
    if sides is None:
        own = str(resolution_name(*spec.input[1:]))
        sides = list(dict.fromkeys([*decimals(RESOLUTIONS, "resolutions"), own]))
    fits = possible_sides(spec, [parse_resolution(side, spec.input[1:]) for side in sides])
    if not fits.all():
        left_out = _some([_text(side) for side in compress(sides, ~fits)])
        remarks.append(f"{spec.name}: no such net at {left_out} pixels: a map does not fit")
        sides = list(compress(sides, fits))
        if not sides:
            return
    for chosen in _divisible(spec, choices, counting["multiple"], remarks):
        _, grids = chunks(spec, **chosen, resolutions=sides, **counting)
        for piece in grids:
            yield from piece.parts


def _divisible(
    spec: Spec, choices: Mapping[str, Any], multiple: int, remarks: list[str]
) -> Iterable[Mapping[str, Any]]:
    """Yield widths and prune ratios whose channels all grouped layers can divide.

    Widths with the same possible ratios are yielded together.
    """
    widths, prunes = choices["widths"], choices["prunes"]
    fine = possible_widths(spec, widths, prunes, multiple)
    if fine.all():
        yield choices
        return
    left_out = []
    for width, row in zip(widths, fine, strict=True):
        cut = [f"{width} pruned {_ratio(prune)}" for prune in compress(prunes, ~row)]
        left_out += cut if row.any() else [str(width)]
    remarks.append(
        f"{spec.name}: no such net at width {_some(left_out)}: groups do not divide its channels"
    )
    for row in dict.fromkeys(map(tuple, fine.tolist())):
        if any(row):
            alike = (fine == row).all(axis=1)
            yield {"widths": list(compress(widths, alike)), "prunes": list(compress(prunes, row))}


def _some(texts: Sequence[str], most: int = 8) -> str:
    """List texts, truncated after ``most``."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def _ratio(prune: Prune) -> str:
    text = prune_text(prune)
    return text if isinstance(text, str) else format_decimal(text)


def _text(side: Any) -> str:
    return sides_text(*side) if isinstance(side, (tuple, list)) else str(side)


def _fits(part: GridPart, budget: Budget) -> npt.NDArray[np.bool_]:
    """Return which variants are within the limits on counts and bytes, in flat order."""
    fits = np.ones(len(part), dtype=bool)
    for name, limit in budget.limits.items():
        if COLUMN_OF[name] in QUANTITIES:
            fits &= getattr(part.totals, COLUMN_OF[name]).ravel() <= limit
    return fits


def _note_least(least: dict[str, tuple[int, str]], part: GridPart, budget: Budget) -> None:
    """Update the least cost of each limit, with its variant."""
    for name in budget.limits:
        if COLUMN_OF[name] not in QUANTITIES:
            continue
        costs = getattr(part.totals, COLUMN_OF[name]).ravel()
        index = int(costs.argmin())
        if name not in least or costs[index] < least[name][0]:
            width, side, prune = part.choice(index)
            net = build(
                part.spec, width=width, resolution=side, prune=prune, multiple=part.axes.multiple
            )
            least[name] = int(costs[index]), net.title


def order(choices: Choices, by: RankedBy) -> npt.NDArray[np.intp]:
    """Return the indices of the choices, the best first."""
    madds, params = choices.costs["madds"], choices.costs["params"]
    unknown = np.isnan(choices.top1)
    top1 = np.where(unknown, -1.0, choices.top1)
    peak = choices.costs["peak_memory_bytes"]
    # lexsort's last key is its first criterion
    if by == "madds":
        return np.lexsort((peak, params, -top1, -madds))
    return np.lexsort((peak, params, np.where(unknown, -madds, madds), -top1))


def _timed(
    found: Frontier,
    limit: float,
    finalists: int,
    measure: Measure,
    progress: Callable[[str], None] | None,
) -> Frontier:
    """Measure in ranked order until one is within the limit; drop those too slow."""
    measured: list[Record] = []
    choices = found.choices
    for index in range(min(finalists, len(choices))):
        record = choices.record(index, found.candidates)
        if progress:
            progress(name_of(record))
        milliseconds = measure(choices.net(index, found.candidates))
        measured.append({**record, "latency_ms": milliseconds})
        if milliseconds <= limit:
            rest = choices.take(np.arange(index, len(choices)))
            rest.latency[0] = milliseconds
            remark = f"latency measured on {index + 1}, in ranked order; those below it were not"
            remarks = (*found.remarks, remark)
            return replace(found, choices=rest, measured=tuple(measured), remarks=remarks)
    return replace(
        found, choices=choices.take(np.zeros(0, dtype=np.intp)), measured=tuple(measured)
    )


def _latency(batch: int) -> Measure:
    """Return the default: the median of whole passes, in the "folded" runtime on one thread."""

    def measure(net: Net) -> float:
        from archcalc.models.latency.net import measure as measure_net

        return measure_net(net, batch=batch, layers=False).runs[0].latency_ms.median

    return measure
