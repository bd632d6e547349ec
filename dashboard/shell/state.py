"""The state of a session: every field's value, restored from the URL and written back to it.

A field's value lives here and not in its widget, which forgets it when another page is shown.
A knob is a widget that a field is tied to: `State.knob` gives what ties it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from time import monotonic
from typing import Any

import streamlit as st

from archcalc import ArchcalcError, Spec
from archcalc.base.errors import shorten
from dashboard.shell.choice import COMMON, FIELD, LANGUAGE, OWN, Choice, language_of
from dashboard.shell.fields import Fault, Field, read_all, write_all

SETTLED = 1.0
"""Seconds after a run until a browser is taken to know what the run has changed."""

_KEPT = "archcalc"
_TOUCHED, _RESTORE = "touched", "restore"


class State:
    """The fields of this session; ``faults``: what the link in the address bar got wrong."""

    def __init__(self) -> None:
        kept = st.session_state.setdefault(
            _KEPT,
            {
                "values": {},
                "url": None,
                "previous": None,
                "own": {},
                "asked": None,
                "faults": [],
                "restored": 0,
                "replaced": {},
                "ended": None,
            },
        )
        self._kept: dict[str, Any] = kept
        self._params = st.query_params.to_dict()
        # A pasted link has what we never wrote. Another page's address is empty at first, and
        # after a knob was moved the address may lag behind: both say nothing.
        lags = self._params == kept["previous"] and self._is_fresh()
        differs = bool(self._params) and self._params != kept["url"] and not lags
        self._pasted = kept["asked"] == _RESTORE or (differs and kept["asked"] != _TOUCHED)
        kept["asked"] = None
        if self._pasted:
            kept["faults"] = []
            kept["restored"] += 1
        kept["ended"] = None
        self._used: dict[str, Field] = {}
        # who has asked for no language is met in the browser's own
        language = replace(LANGUAGE, default=language_of(st.context.locale))
        self.use(language if field is LANGUAGE else field for field in COMMON)

    @property
    def faults(self) -> list[Fault]:
        """The values of a link or typed that were ignored; they stay until a knob is moved."""
        return list(self._kept["faults"])

    @property
    def own(self) -> dict[str, Spec]:
        """The models that this session has brought, by their names (``own:…``)."""
        found: dict[str, Spec] = self._kept["own"]
        return found

    def use(self, wanted: Iterable[Field]) -> None:
        """Take fields into the state: from the URL where it is a pasted one, else as they were."""
        new = [field for field in wanted if field.name not in self._used]
        values: dict[str, Any] = self._kept["values"]
        if self._pasted:
            read, faults = read_all(new, self._params)
            values.update(read)
            self._kept["faults"] += faults
        for field in new:
            values.setdefault(field.name, field.default)
            self._used[field.name] = field

    def __getitem__(self, field: Field) -> Any:
        return self._kept["values"][field.name]

    def __setitem__(self, field: Field, value: Any) -> None:
        """Set a value from a callback, or before its widget is drawn."""
        self._kept["values"][field.name] = value
        self._kept["asked"] = _TOUCHED

    @property
    def choice(self) -> Choice:
        """The variant that all pages look at."""
        return Choice(**{one.name: self[FIELD[one.name]] for one in fields(Choice)})

    @choice.setter
    def choice(self, choice: Choice) -> None:
        for one in fields(Choice):
            self[FIELD[one.name]] = getattr(choice, one.name)

    @property
    def restored(self) -> int:
        """How often the state was read from the address: part of the key of what selects."""
        count: int = self._kept["restored"]
        return count

    def restore(self) -> None:
        """Read the state from the address, as when the browser went back to it."""
        self._kept["asked"] = _RESTORE

    def go(self, page: str) -> None:
        """Show another page, by its name, instead of this one: from a callback."""
        self._kept["going"] = page

    def going(self) -> str | None:
        """Return the page that is to be shown instead, once."""
        page: str | None = self._kept.pop("going", None)
        return page

    def worked(self) -> None:
        """Remember the state as one that can be shown."""
        self._kept["good"] = dict(self._kept["values"])

    @property
    def has_worked(self) -> bool:
        """Whether there is a state to step back to."""
        return "good" in self._kept

    def step_back(self) -> None:
        """Return to the last state that could be shown."""
        self._kept["values"].update(self._kept["good"])
        self._kept["faults"] = []
        self._kept["asked"] = _TOUCHED

    def reset(self) -> None:
        """Put every field back to its default; the session's own models stay."""
        self._kept["values"].clear()
        self._kept["faults"] = []
        self._kept["asked"] = _TOUCHED

    def add(self, name: str, spec: Spec) -> str:
        """Keep a model of this session, and return the name that a choice has it by."""
        self.own[OWN + name] = spec
        return OWN + name

    def knob(
        self,
        field: Field,
        *,
        part: str = "",
        shown: Callable[[Any], Any] = lambda value: value,
        taken: Callable[[Any], Any] = lambda value: value,
        also: Callable[[State], None] | None = None,
    ) -> dict[str, Any]:
        """Return what ties a widget to a field: its key, and what happens when it is moved.

        ``shown`` and ``taken`` are between the field's value and the widget's; what ``taken``
        refuses with an ArchcalcError or a ValueError is reported, and the value stays. ``also`` is
        called after the field was set. ``part``: names one of several widgets of one field.
        """
        key = f"knob_{field.name}{part}"
        value = shown(self[field])
        if key in st.session_state and st.session_state[key] != value:
            self._kept["replaced"][key] = st.session_state[key]
        st.session_state[key] = value

        def moved() -> None:
            self._kept["asked"] = _TOUCHED
            if self._is_late(key):
                return
            # it moved by itself: the browser knows what the widget held
            self._kept["replaced"].pop(key, None)
            try:
                self[field] = taken(st.session_state[key])
            except (ArchcalcError, ValueError) as error:
                text = shorten(st.session_state[key])
                self._kept["faults"] = [Fault(field.name, text, str(error))]
                return
            self._kept["faults"] = []
            if also is not None:
                also(self)

        return {"key": key, "on_change": moved}

    def _is_late(self, key: str) -> bool:
        """Return whether a widget brings back a value that was replaced a moment ago.

        With every change a browser sends what all its widgets hold. Who changes one thing right
        after another may do so before the browser knows what the first has done to other widgets,
        and would take it back: a slider that still stands where it stood before a value was typed.
        """
        replaced = self._kept["replaced"]
        return key in replaced and st.session_state[key] == replaced[key] and self._is_fresh()

    def _is_fresh(self) -> bool:
        """Return whether a browser may not know yet what the last run has changed."""
        ended: float | None = self._kept["ended"]
        return ended is None or monotonic() - ended < SETTLED

    def keep(self) -> None:
        """Write the state into the URL: the run has ended."""
        self._kept["ended"] = monotonic()
        url = self.url()
        if url != self._kept["url"]:
            self._kept["previous"] = self._kept["url"]
        self._kept["url"] = url
        if st.query_params.to_dict() != url:
            st.query_params.from_dict(url)

    def url(self, **changed: Any) -> dict[str, str]:
        """Return the query of this page, with other values for some fields by name."""
        values: Mapping[str, Any] = {**self._kept["values"], **changed}
        return write_all(self._used.values(), values)
