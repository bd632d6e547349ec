"""The dashboard: thin pages over the public API, each with a pure function behind it.

    URL ⇄ State ──▶ Choice ──views/──▶ records, frames ──app_pages/──▶ the screen

`views/` knows no streamlit and is what unit tests call; `app_pages/` holds a page a file; the
files that begin with an underscore are the shell that all pages stand in. In a wheel this folder
is `archcalc/_dashboard`; `app.py` gives it its name, so that its files import each other alike.
"""
