"""The model that a session edits: its text, as a table or as text, and where it came from.

A widget keeps what was typed into it only while it is shown. So the text is kept beside, and a
widget that is shown anew begins with it; while it stands, what it began with never changes.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from archcalc import ArchcalcError
from archcalc.base.limits import FILE_BYTES
from archcalc.language.spec.sheet import ALSO, Sheet
from dashboard.app_pages.your_model.data_model import (
    BLANK,
    READERS,
    START,
    editable,
    edited,
    frame,
    read_upload,
    sheet_of_frame,
    start_text,
)
from dashboard.shell.errors import literal
from dashboard.shell.here import Here
from dashboard.shell.nets import titles

_KEPT = "your_model"
ROW = 35
"""Pixels of a row."""
_TALL = 30 * ROW


class Draft:
    """The text of this session's model. ``origin``: the zoo's net that it began as, or ""."""

    def __init__(self, here: Here) -> None:
        self.here = here
        start = here.state[START]
        kept = st.session_state.setdefault(_KEPT, {"number": 0, "start": None, "fault": ""})
        self._kept: dict[str, Any] = kept
        if kept["start"] != start:
            kept["start"] = start
            self.begin(start_text(start), start)

    def begin(self, text: str, origin: str) -> None:
        """Start anew with a text: every widget of the editor is a new one."""
        self._kept |= {"text": text, "origin": origin, "fault": ""}
        self._kept["number"] += 1

    @property
    def text(self) -> str:
        """The spec as it is now."""
        text: str = self._kept["text"]
        return text

    @property
    def origin(self) -> str:
        """The net of the zoo that it began as; "" for a file."""
        origin: str = self._kept["origin"]
        return origin

    def show_sources(self) -> None:
        """Show where a model may come from: the zoo, or a file."""
        here = self.here
        names = {BLANK: here.say("blank"), **titles()}
        zoo, file = st.columns(2)
        with zoo:
            st.selectbox(
                here.say("start"),
                list(names),
                format_func=names.__getitem__,
                help=here.say("start_help"),
                **here.state.knob(START, also=lambda _: self._again()),
            )
            st.button(here.say("again"), on_click=self._again, type="tertiary")
        with file:
            key = f"upload_{self._kept['number']}"
            st.file_uploader(
                here.say("upload"),
                type=list(READERS),
                max_upload_size=1,  # MiB, as `limits.FILE_BYTES`
                key=key,
                on_change=self._uploaded,
                args=(key,),
            )
        if self._kept["fault"]:
            st.error(f"{here.say('upload_refused')}\n\n{literal(self._kept['fault'])}")

    def _again(self) -> None:
        self._kept |= {"start": None, "fault": ""}

    def _uploaded(self, key: str) -> None:
        file = st.session_state[key]
        if file is None:
            return
        try:
            self.begin(read_upload(file.getvalue(), file.name), "")
        except ArchcalcError as error:
            self._kept["fault"] = str(error)

    def show_text(self) -> None:
        """Show the text, to be edited or pasted over."""
        key = f"text_{self._kept['number']}"
        if key not in st.session_state:
            st.session_state[key] = self.text
        self._kept["text"] = st.text_area(
            self.here.say("text"),
            key=key,
            height=_TALL // 2,
            max_chars=FILE_BYTES,
            help=self.here.say("text_help"),
        )

    def has_table(self) -> bool:
        """Tell whether the text has rows to edit; what a new table begins with is read here."""
        kept = self._kept
        if self._sheet_key not in st.session_state or kept.get("base") != kept["number"]:
            found = editable(self.text)
            if found is None:
                return False
            kept["document"], kept["sheet"] = found
            kept["frame"] = frame(kept["sheet"])
            kept["base"] = kept["number"]
        return True

    def show_head(self) -> dict[str, str]:
        """Show the name and the input, and return them."""
        document, number = self._kept["document"], self._kept["number"]
        columns = st.columns(2)
        return {
            part: column.text_input(
                self.here.say(part), str(document.get(part, "")), key=f"{part}_{number}"
            )
            for part, column in zip(("name", "input"), columns, strict=True)
        }

    def show_rows(self, head: dict[str, str]) -> Sheet:
        """Show the rows as a table, and return them as they are now."""
        base, rows = self._kept["sheet"], self._kept["frame"]
        words = self.here.say
        shown = st.data_editor(
            rows,
            key=self._sheet_key,
            num_rows="dynamic",
            hide_index=False,
            row_height=ROW,
            height=height(len(rows) + 1),
            column_config={
                "_index": st.column_config.Column(words("row")),
                **{name: st.column_config.TextColumn(name) for name in base.columns},
                ALSO: st.column_config.TextColumn(words("also"), help=words("also_help")),
            },
            alt=words("table_alt"),
        )
        sheet = sheet_of_frame(shown, base)
        self._kept["text"] = edited(self._kept["document"], sheet, **head)
        return sheet

    @property
    def _sheet_key(self) -> str:
        return f"sheet_{self._kept['number']}"


def height(rows: int) -> int:
    """Return the pixels of a table of some rows below their head."""
    return min((rows + 1) * ROW + 2, _TALL)
