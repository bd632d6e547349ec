"""Real charts and drawings in one page: no two of them share an id, none changes another."""

from __future__ import annotations

import re

import pytest

from archcalc import build
from archcalc.base.document import Document
from archcalc.output.render.html.page import render
from archcalc.output.reporting.sections import diagrams, latency, multipliers, pruning
from archcalc.output.reporting.subject import Subject
from tests.models.latency.made_up import made_up


@pytest.mark.usefixtures("unlettered")
def test_every_id_is_there_once_and_every_reference_finds_one() -> None:
    net = build("mobilenet_v1")
    subject = Subject("net", [net], latencies={net.title: made_up(net)})
    made = [one.make(subject) for one in (diagrams, multipliers, pruning, latency)]
    sections = [section for section in made if section is not None]
    assert len(sections) == len(made)
    page = render(Document(net.title, "", "en", sections)).html
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    used = set(re.findall(r'(?:href="|url\()#([^)"]+)', page))
    assert used <= set(ids)
    svgs = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(svgs) == 9
    assert not any("<style" in svg for svg in svgs)
