"""Pruning: what cutting channels saves, when that is a width multiplier, and single weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.app_pages.pruning.data_files import channels_files, weights_files, width_files
from dashboard.app_pages.pruning.data_pruning import FIELDS, TAB, unpruned
from dashboard.app_pages.pruning.show_as_width import show_as_width
from dashboard.app_pages.pruning.show_channels import show_channels
from dashboard.app_pages.pruning.show_magnitude import show_weights
from dashboard.kit.downloads import Download
from dashboard.kit.knobs import net_knobs
from dashboard.kit.widgets import choose, show_head
from dashboard.shell.here import Here
from dashboard.shell.nets import table_of

__all__ = ["FIELDS", "show"]


def show(here: Here) -> None:
    """Show the page: one tab at a time, which the address names."""
    tab = here.state[TAB]
    if tab != "weights":  # which are of no net of the zoo
        net_knobs(here)
    show_head(here, here.say("title"), lambda: _files(here))
    choose(here, TAB, here.say("tab"), lambda one: here.say(f"tab_{one}"))
    shown: dict[str, Callable[[Here], None]] = {
        "channels": show_channels, "width": show_as_width, "weights": show_weights,
    }  # fmt: skip
    shown[tab](here)


def _files(here: Here) -> Sequence[Download]:
    if here.state[TAB] == "weights":
        return weights_files(here.state)
    if here.state[TAB] == "width":
        return width_files(here.t, here.state, here.table)
    before = table_of(unpruned(here.choice), here.state.own)
    return channels_files(here.state, before, here.table)
