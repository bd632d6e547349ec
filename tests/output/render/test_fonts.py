"""The fonts of a page: they have its characters and no others, the same bytes every time."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont

from archcalc.base.messages import LANGUAGES, messages
from archcalc.output.render import fonts
from archcalc.output.render.fonts import FAMILIES, STACK, embed, families_missing, share_out
from archcalc.output.reporting.figures import picture_block
from tests.output.charts.pictures import picture_of

SIGNS = "αρ × ≤ ≥ ✓ ✗ → ⌈x⌉ ⌊y⌋ − ² ∈ ⊕ Δ ≈ · … – — “” ‰"
SAMPLE = f"Depthwise 3x3 0123456789 {SIGNS} 深度可分离卷积"
"""What several tests embed: a subset of a font takes a while, and is kept."""


def faces(css: str) -> dict[tuple[str, str], TTFont]:
    """Return the fonts of a style sheet by family and weight."""
    found = re.findall(
        r"font-family:([\w-]+);font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]*)\)", css
    )
    return {(f, w): TTFont(io.BytesIO(base64.b64decode(data))) for f, w, data in found}


def test_each_character_is_in_one_family_and_both_weights() -> None:
    text = SAMPLE
    found = faces(embed(text).css)
    covered: set[str] = set()
    for family in {name for name, _ in found}:
        own = [set(map(chr, found[family, weight].getBestCmap())) for weight in ("400", "700")]
        assert own[0] == own[1]
        assert not covered & own[0] - set(" \xa0")
        covered |= own[0]
    assert covered >= set(text)
    assert len(covered) < len(set(text)) + 5
    assert embed(text).uncovered == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_glyphs(language: str) -> None:
    assert share_out("".join(messages(language).texts.values()))[1] == ""


def test_figures_have_one_width() -> None:
    font = faces(embed(SAMPLE).css)["archcalc-text", "400"]
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1


def test_characters_without_a_font_are_reported_in_order() -> None:
    assert share_out("b𓀀a\u200d\ufe0f\n𓁀 ")[1] == "𓀀𓁀"


def test_the_licence_goes_with_each_subset_and_the_reserved_name_does_not() -> None:
    for font in faces(embed(SAMPLE).css).values():
        names = {record.nameID: str(record) for record in font["name"].names}
        assert "Adobe" in names[0] or "Bitstream" in names[0]
        assert "Source" not in names[1] + names[4] + names[6]
    folder = Path(fonts.__file__).parent
    for family in ("source-sans-3", "noto-sans-sc"):
        (licence,) = folder.glob(f"LICENSE-{family}.*")
        assert "SIL OPEN FONT LICENSE" in licence.read_text().upper()


def test_same_characters_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from archcalc.output.render.fonts import embed;"
        "print(hashlib.sha256(embed('Ab ⌈ 7').css.encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert done.stdout.strip() == sha256(embed("7 ⌈ bA").css.encode()).hexdigest()


def test_a_missing_family_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    assert families_missing() == []
    monkeypatch.setattr(fonts, "_matplotlib_fonts", lambda: None)
    fonts._characters.cache_clear()
    try:
        assert families_missing() == ["DejaVu Sans"]
        assert embed("a ⌈").uncovered == "⌈"
    finally:
        fonts._characters.cache_clear()


def test_charts_are_drawn_with_the_letters_of_the_page() -> None:
    before = dict(mpl.rcParams)
    svg = picture_block(picture_of("cost"), "caption", "alt").svg
    outlines = set(re.findall(r'id="(?:[^"]*-)?(archcalc-text|DejaVuSans)[^"]*"', svg))
    assert outlines == {"archcalc-text"}
    assert dict(mpl.rcParams) == before


def test_the_names_of_the_stack() -> None:
    assert STACK.split(",")[:-1] == [family.name for family in FAMILIES]
    assert not set(STACK) & set("\"' ")
