"""What MobileNet V1's paper compares it with: full convolutions, well-known networks."""

from __future__ import annotations

from archcalc.output.reporting.lecture import tables_chapter

SECTION = tables_chapter("lecture_v1_tables", 45, "V1 table 4", "V1 table 8")
