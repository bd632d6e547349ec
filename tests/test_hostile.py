"""The hostile specs are specs: what is tested with them is not stopped at their door."""

from __future__ import annotations

import archcalc
from archcalc.base.limits import TEXT
from archcalc.language.spec.spec import Spec
from tests.each import each
from tests.hostile import TEXTS, spec_of


@each("name", TEXTS)
def test_a_hostile_spec_is_read_counted_and_written_back(name: str) -> None:
    text = TEXTS[name]
    assert len(text) <= TEXT
    spec = archcalc.load(spec_of(text))
    assert (spec.title, spec.head.note, spec.paper and spec.paper.url) == (text, text, text)
    assert Spec(spec.to_yaml(), spec.file) == spec
    net = archcalc.build(spec)
    assert archcalc.count(net).params == archcalc.count(archcalc.build(spec_of("plain"))).params
    assert set(net.graph.errata.values()) == {text}
