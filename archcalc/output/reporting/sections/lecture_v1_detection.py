"""MobileNet V1 as the backbone of detectors: SSD and Faster R-CNN on COCO."""

from __future__ import annotations

from archcalc.output.reporting.lecture import tables_chapter

SECTION = tables_chapter("lecture_v1_detection", 55, "V1 table 13")
