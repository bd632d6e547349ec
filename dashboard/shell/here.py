"""What a page is given: the words, the state, and what the chosen variant costs."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc import CostTable, Net, Spec
from archcalc.base.messages import Messages
from dashboard.shell.choice import BASELINE, Choice, fitted
from dashboard.shell.nets import spec_of, table_of, titles
from dashboard.shell.state import State


@dataclass(frozen=True)
class Here:
    """One run of one page. ``name`` is the page's file, and the area of its messages."""

    name: str
    t: Messages
    state: State

    def say(self, key: str, /, **values: object) -> str:
        """Return a message of this page: ``say("title")`` is ``dashboard_explore.title``."""
        return self.t(f"dashboard_{self.name}.{key}", **values)

    def says(self, *keys: str) -> dict[str, str]:
        """Return several messages of this page by their keys."""
        return {key: self.say(key) for key in keys}

    def cost(self, name: str) -> str:
        """Return what a cost is called: "Peak memory"."""
        return self.t(f"dashboard.tile_{name}")

    def open(self, choice: Choice, page: str = "explore") -> None:
        """Look at a variant on another page: from a callback."""
        self.state.choice = choice
        self.state.go(page)

    @property
    def models(self) -> dict[str, str]:
        """The title of every model that can be chosen: the zoo's, and this session's own."""
        return {**titles(), **{name: spec.title for name, spec in self.state.own.items()}}

    @property
    def spec(self) -> Spec:
        """The spec of the chosen model."""
        return spec_of(self.state.choice, self.state.own)

    @property
    def choice(self) -> Choice:
        """The chosen variant, as its model can have it."""
        return fitted(self.state.choice, has_width=self.spec.rounding is not None)

    @property
    def table(self) -> CostTable:
        """What the chosen variant costs; raises ArchcalcError where there is none."""
        return table_of(self.choice, self.state.own)

    @property
    def net(self) -> Net:
        """The chosen variant's net."""
        return self.table.net

    @property
    def baseline(self) -> CostTable | None:
        """What the pinned baseline costs."""
        pinned = self.state[BASELINE]
        return None if pinned is None else table_of(pinned, self.state.own)
