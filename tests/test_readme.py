"""The README's spec is a spec, and what it says of it holds."""

from __future__ import annotations

import re
from pathlib import Path

from archcalc.cost.claims.judge import check
from archcalc.language.spec.spec import Spec

README = Path(__file__).parents[1] / "README.md"


def test_the_spec_of_the_readme_is_twenty_lines_that_check() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", README.read_text(), re.DOTALL)
    assert len(text.splitlines()) <= 20
    assert {claim.verdict for claim in check(Spec(text, "README.md"))} == {"reproduced"}
