"""Which variants take part and which fit: searched once, then held against any budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from archcalc import Budget, Frontier, Spec, search, zoo_names
from archcalc.base.tables import Record
from archcalc.base.units import Unit, format_exact, unit_of
from archcalc.studies.budgets.accuracy import UNKNOWN
from archcalc.studies.budgets.budget import COLUMN_OF
from archcalc.studies.budgets.frontier import name_of
from archcalc.studies.budgets.narrow import timed, together, within
from archcalc.studies.budgets.published_figures import published
from dashboard.kit.measured import TimedHere, read_way
from dashboard.shell.choice import OWN, Choice
from dashboard.shell.nets import reference_of, spec_of, zoo_spec

_NONE = TimedHere()

SHOWN_ROWS = 300
"""Rows of the table on the screen; files have all."""


@dataclass(frozen=True)
class Fitting:
    """What takes part (``every``), and what of it fits, under one way of counting.

    ``specs``: by the names that records have. ``models``: the name of each in a choice.
    """

    every: Frontier
    fits: Frontier
    specs: Mapping[str, Spec]
    models: Mapping[str, str]
    cost: str

    @property
    def budget(self) -> Budget:
        """The limits."""
        return self.fits.budget

    @cached_property
    def front(self) -> list[Record]:
        """What fits and no other that fits beats in cost and accuracy, the cheapest first."""
        return self.fits.pareto(self.cost)

    @property
    def phones(self) -> list[str]:
        """The phones on which papers have timed any of what takes part, the most timed first."""
        taking = set(self.every.choices.candidate.tolist())
        families = [self.every.candidates[index].family for index in taking]
        timed = Counter(one.phone for family in families for one in family.times)
        return sorted(timed, key=lambda phone: (-timed[phone], phone))

    @property
    def timed(self) -> int:
        """How many of what takes part have a time."""
        return int((self.every.choices.latency > 0).sum())

    def choice_of(self, record: Record) -> Choice:
        """Return the choice that a record is of."""
        side = record["resolution"]
        same = side == reference_of(self.specs[record["model"]])
        return Choice(
            self.models[record["model"]],
            record["width"],
            None if same else side,
            0.0,
            self.every.convention.name,
            self.every.dtype,
        )

    def rows(self, shown: str) -> list[Record]:
        """Return the records of the table: "front", or "fits", the best first."""
        if shown == "front":
            return self.front[::-1]
        return self.fits.head(SHOWN_ROWS).records()

    @cached_property
    def unit(self) -> Unit:
        """The unit of the chart's axis of cost."""
        # of the middle: the largest of many nets would make the others small fractions
        costs = sorted(self.every.choices.costs[self.cost].tolist()) or [1]
        return unit_of(self.cost, [costs[len(costs) // 2]])

    @property
    def nets(self) -> list[str]:
        """The titles of the nets on the chart, those of most known accuracies first."""
        choices = self.every.choices
        index = choices.candidate[choices.basis != UNKNOWN].tolist()
        counts = Counter(self.every.candidates[one].family.model for one in index)
        return [self.specs[model].title for model, _ in counts.most_common()]

    def points(self) -> list[Record]:
        """Return what the chart shows: all that is published, and of each net its own front.

        ``x`` is in `unit`; ``fits`` and ``front`` say where a point belongs.
        """
        found: dict[str, Record] = {}
        front = {self.choice_of(record).text for record in self.front}
        for record in self._drawn():
            key = self.choice_of(record).text
            if key not in found:
                found[key] = {
                    "key": key,
                    "name": name_of(record),
                    "net": self.specs[record["model"]].title,
                    "x": record[self.cost] / self.unit.size,
                    "y": record["top1"],
                    "exact": format_exact(record[self.cost]),
                    "basis": record["basis"],
                    "source": record["source"] or "",
                    "fits": self.budget.met_by(record),
                    "front": key in front,
                }
        return sorted(found.values(), key=lambda point: (point["x"], point["y"]))

    def _drawn(self) -> list[Record]:
        printed = within(self.every, Budget(), published=True).records()
        own = [
            record
            for model in self.specs
            for record in within(self.every, Budget(), models=[model]).pareto(self.cost)
        ]
        return [*self.front, *printed, *own]


def fitting(
    own: Mapping[str, Spec],
    budget: Budget,
    *,
    convention: str,
    dtype: str,
    nets: tuple[str, ...] = (),
    phone: str = "",
    measured: TimedHere = _NONE,
    cost: str = "madds",
    accuracies: str = "any",
) -> Fitting:
    """Return what fits ``budget``, of the default widths and resolutions of ``nets``.

    ``nets``: names of choices; none: every net of the zoo with a published accuracy. ``phone``:
    whose printed times a latency limit is held against, or how measured on this machine, whose
    times are ``measured``. ``accuracies``: "published" leaves out
    variants whose accuracy is not.
    """
    models: dict[str, str] = {}
    results = []
    for name in nets or known():
        spec = _spec(name, own)
        models[spec.name] = name
        results.append(_searched(spec, convention, dtype))
    every = together(results)
    way = read_way(phone)
    if way is not None:
        times = measured.times(way)
        # under the names that the measured nets have
        asked = {name: spec_of(Choice(models[name]), own) for name in models}
        every = timed(every, lambda candidate: times.get(asked[candidate.family.model], {}))
    elif phone:
        every = timed(every, lambda candidate: candidate.family.times_on(phone))
    every = within(every, Budget(), published=accuracies == "published")
    specs = {candidate.family.model: candidate.spec for candidate in every.candidates}
    return Fitting(every, within(every, budget), specs, models, cost)


def limits_of(costs: Mapping[str, int], names: tuple[str, ...]) -> dict[str, int]:
    """Return the costs of a net as limits, by the names of `Budget`; 0 is none."""
    return {name: costs[COLUMN_OF[name]] for name in names if costs[COLUMN_OF[name]]}


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """Return the nets of the zoo of which an accuracy is published."""
    return tuple(name for name in zoo_names() if published(zoo_spec(name)))


def _spec(name: str, own: Mapping[str, Spec]) -> Spec:
    if name in own:
        # a session's own model may have the name of the one that it was made of
        return own[name].replace(name=f"own.{name.removeprefix(OWN)}"[:64])
    return spec_of(Choice(name), own)


@lru_cache(maxsize=256)
def _searched(spec: Spec, convention: str, dtype: str) -> Frontier:
    """Return every variant of one net."""
    return search(spec, Budget(), convention=convention, dtype=dtype)
