"""Finding specs: what the zoo is called."""

from __future__ import annotations

from archcalc.language.spec.find import zoo_names, zoo_titles
from archcalc.language.spec.spec import find


def test_titles_read_from_one_line_are_those_of_the_specs() -> None:
    assert zoo_titles() == {name: find(name).title for name in zoo_names()}
