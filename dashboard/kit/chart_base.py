"""What all charts of the pages have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from archcalc.base.tables import Record


def data(values: Sequence[Record]) -> Any:
    """Return records as a frame: of a list, Altair would look at every value of every record."""
    return pd.DataFrame.from_records(list(values))


def finished(chart: Any, *, height: int) -> Any:
    """Return a chart at a height, as elements with labels and not as a picture.

    What it shows in a sentence is for ``st.altair_chart(..., alt=...)``.
    """
    return chart.properties(
        width="container",
        height=height,
        usermeta={"embedOptions": {"renderer": "svg"}},
    )
