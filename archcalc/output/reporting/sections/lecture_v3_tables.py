"""What MobileNet V3's paper compares it with, on the authors' phones."""

from __future__ import annotations

from archcalc.output.reporting.lecture import tables_chapter

SECTION = tables_chapter("lecture_v3_tables", 95, "V3 table 3")
