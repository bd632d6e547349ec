"""What MobileNet V2's paper compares it with, on ImageNet and as a detector's backbone."""

from __future__ import annotations

from archcalc.output.reporting.lecture import tables_chapter

SECTION = tables_chapter("lecture_v2_tables", 75, "V2 table 4", "V2 table 6")
