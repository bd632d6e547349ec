"""Figures of matplotlib: readable, alike in every run, without global state."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from archcalc import ArchcalcError
from archcalc.charts import figure, save, to_svg
from archcalc.errors import MissingPackage
from tests.charts.pictures import NAMES, pictures

every = pytest.mark.parametrize("name", NAMES)


@cache
def drawn(name: str) -> Figure:
    made = figure(pictures()[name])
    FigureCanvasAgg(made).draw()
    return made


@every
def test_labels_have_the_pictures_words(name: str) -> None:
    picture = pictures()[name]
    axes = drawn(name).axes
    assert axes[0].get_title(loc="left") == picture.title
    assert picture.x in {one.get_xlabel() for one in axes}
    assert picture.y in {one.get_ylabel() for one in axes}


@every
def test_legends_cover_no_data(name: str) -> None:
    made = drawn(name)
    legends = [axes.get_legend() for axes in made.axes]
    for axes, legend in zip(made.axes, legends, strict=True):
        if legend is not None:
            assert not legend.get_window_extent().overlaps(axes.get_window_extent())


@every
def test_nothing_is_cut_or_too_small(name: str) -> None:
    made = drawn(name)
    canvas = made.bbox
    # ticks beyond the ends of an axis have labels that are never drawn
    unseen = {label for axes in made.axes for label in beyond(axes)}
    for text in made.findobj(Text):
        if text.get_visible() and text.get_text() and text not in unseen:
            box = text.get_window_extent()
            assert box.x0 >= canvas.x0 - 1, text
            assert box.x1 <= canvas.x1 + 1, text
            assert box.y0 >= canvas.y0 - 1, text
            assert box.y1 <= canvas.y1 + 1, text
            assert text.get_fontsize() >= 5.5


def beyond(axes: Axes) -> Iterator[Text]:
    """Yield the tick labels that lie outside what an axis shows."""
    for label in axes.get_xticklabels(which="both"):
        box = label.get_window_extent()
        if not axes.bbox.x0 - 1 <= (box.x0 + box.x1) / 2 <= axes.bbox.x1 + 1:
            yield label
    for label in axes.get_yticklabels(which="both"):
        box = label.get_window_extent()
        if not axes.bbox.y0 - 1 <= (box.y0 + box.y1) / 2 <= axes.bbox.y1 + 1:
            yield label


@every
def test_tick_labels_stand_apart(name: str) -> None:
    for axes in drawn(name).axes:
        unseen = set(beyond(axes))
        labels = [text for text in axes.get_xticklabels() if text.get_text() and text not in unseen]
        inside = [label.get_window_extent() for label in labels]
        for one, other in pairwise(inside):
            assert one.x1 <= other.x0 + 1


@pytest.mark.parametrize(
    ("name", "suffix"), [*((name, "svg") for name in NAMES), ("cost", "pdf"), ("cost", "png")]
)
def test_the_same_picture_is_the_same_bytes(tmp_path: Path, name: str, suffix: str) -> None:
    for path in (tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"):
        save(figure(pictures()[name]), path)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    save(figure(pictures()["accuracy"]), tmp_path / "here.svg")
    code = (
        "import sys; from archcalc.charts import figure, save; "
        "from tests.charts.pictures import pictures; "
        "save(figure(pictures()['accuracy']), sys.argv[1]); "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "there.svg"],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
    )
    assert (tmp_path / "here.svg").read_bytes() == (tmp_path / "there.svg").read_bytes()


def test_svg_for_html_has_no_declaration_and_no_outside_link() -> None:
    text = to_svg(figure(pictures()["cost"]))
    assert text.startswith("<svg ")
    assert "<!DOCTYPE" not in text
    assert 'href="http' not in text.replace('xlink:href="#', "")


def test_settings_of_the_user_stay_as_they_were() -> None:
    before = dict(mpl.rcParams)
    to_svg(figure(pictures()["heat"]))
    assert dict(mpl.rcParams) == before


def test_other_suffixes(tmp_path: Path) -> None:
    with pytest.raises(ArchcalcError, match=r"a figure is written as \.svg, \.pdf, \.png"):
        save(figure(pictures()["cost"]), tmp_path / "a.gif")


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "archcalc.charts.matplotlib", None)
    with pytest.raises(MissingPackage, match=r"needs matplotlib: pip install 'archcalc\[charts\]'"):
        figure(pictures()["cost"])
