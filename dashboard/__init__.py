"""The dashboard: pages over the public API, each a folder with pure functions behind it.

    URL ⇄ State ──▶ Choice ──data_*.py──▶ records, blocks ──show_*.py, chart_*.py──▶ the screen

Imports flow from `shell/` (what every page is shown in) to `kit/` (what several pages use) to
`app_pages/NAME/`. In a wheel this folder is `archcalc/_dashboard`; `app.py` gives it its name, so
that its files import each other alike.
"""
