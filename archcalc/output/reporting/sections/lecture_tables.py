"""Chapters of printed tables alone: the papers' comparisons."""

from __future__ import annotations

from archcalc.output.reporting.lecture import tables_chapter

SECTIONS = (
    tables_chapter("lecture_v1_tables", 45, "V1 table 4", "V1 table 8"),
    tables_chapter("lecture_v1_detection", 55, "V1 table 13"),
    tables_chapter("lecture_v2_tables", 75, "V2 table 4", "V2 table 6"),
    tables_chapter("lecture_v3_tables", 95, "V3 table 3"),
)
