"""Figures of matplotlib: readable, alike in every run, without global state."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
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
from archcalc.base.errors import MissingPackage
from archcalc.output.charts import accuracy, figure, save, to_svg
from archcalc.output.charts.content import MOST_LABELS
from tests.hostile import TEXTS, few_texts
from tests.output.charts.pictures import NAMES, ONE_OF_EACH_KIND, picture_of
from tests.zoo import few

HARD = ("many widths", "many stages", "many lines of two nets", "closed form, not square")
"""With many labels, names or bars: where something might not fit."""
every = pytest.mark.parametrize("name", few(NAMES, of=[*ONE_OF_EACH_KIND, *HARD]))


@cache
def drawn(name: str) -> Figure:
    made = figure(picture_of(name))
    FigureCanvasAgg(made).draw()
    return made


@every
def test_labels_have_the_pictures_words(name: str) -> None:
    picture = picture_of(name)
    axes = drawn(name).axes
    # a long title is broken, and every word of it is there
    assert " ".join(axes[0].get_title(loc="left").split()) == picture.title
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


@pytest.mark.parametrize("name", ["shares", "shares at one width"])
def test_shares_fill_the_axes(name: str) -> None:
    (axes,) = drawn(name).axes
    collections = [area.get_datalim(axes.transData) for area in axes.collections]
    bars = [bar.get_bbox() for bar in axes.patches]
    drawn_ = [box for box in (*collections, *bars) if box.width > 0]
    assert len(drawn_) == len(picture_of(name).order)
    assert max(box.y1 for box in drawn_) == pytest.approx(100)
    assert min(box.y0 for box in drawn_) == 0


@pytest.mark.parametrize("name", ["stages", "many stages", "layer types"])
def test_figures_at_bars_do_not_overlap(name: str) -> None:
    made = drawn(name)
    made.draw_without_rendering()
    (axes,) = made.axes
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
    ticks = axes.get_yticklabels() if name == "layer types" else axes.get_xticklabels()
    assert len(boxes) == len(picture_of(name).frame)
    for several in (boxes, [tick.get_window_extent() for tick in ticks]):
        for index, box in enumerate(several):
            assert not any(box.overlaps(other) for other in several[index + 1 :])


def test_the_front_is_a_step_line() -> None:
    (axes,) = drawn("accuracy").axes
    (line,) = axes.lines
    assert line.get_drawstyle() == "steps-post"
    frame = picture_of("accuracy").frame
    assert list(line.get_ydata()) == frame[frame["front"]]["y"].to_list()


@pytest.mark.parametrize("name", ["many lines", "many lines of two nets"])
def test_a_legend_that_leaves_lines_out_has_a_note(name: str) -> None:
    picture = picture_of(name)
    (axes,) = drawn(name).axes
    assert len(axes.lines) == len(picture.order)
    legend = axes.get_legend()
    assert legend is not None
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels == list(picture.labelled)[::-1]
    assert 8 <= len(labels) <= MOST_LABELS
    # the dearest line has its name
    assert labels[0] == picture.order[-1]
    said = legend.get_title().get_text()
    assert f"{len(labels)} of {len(picture.order)} lines" in said


def test_every_line_of_a_few_is_labelled() -> None:
    picture = picture_of("memory of two nets")
    assert picture.labelled == picture.order
    assert picture.key == picture.legend


def test_resolutions_that_are_not_square_have_a_place_each() -> None:
    above, below = drawn("closed form, not square").axes
    named = [label.get_text() for label in below.get_xticklabels()]
    assert named == ["96", "224x96", "160x224", "224x160"]
    for line in (*above.lines, below.lines[-1]):
        assert len(set(line.get_xdata())) == len(named)


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
    ("name", "suffix"),
    [
        *(("one width", suffix) for suffix in ("svg", "pdf", "png")),
        ("heat", "svg"),
        ("cells", "svg"),
        *(
            pytest.param(name, "svg", marks=pytest.mark.slow)
            for name in ONE_OF_EACH_KIND
            if name not in ("one width", "heat", "cells")
        ),
    ],
)
def test_the_same_picture_is_the_same_bytes(tmp_path: Path, name: str, suffix: str) -> None:
    for path in (tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"):
        save(figure(picture_of(name)), path)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    save(figure(picture_of("accuracy")), tmp_path / "here.svg")
    code = (
        "import sys; from archcalc.output.charts import figure, save; "
        "from tests.output.charts.pictures import picture_of; "
        "save(figure(picture_of('accuracy')), sys.argv[1]); "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "there.svg"],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
    )
    assert (tmp_path / "here.svg").read_bytes() == (tmp_path / "there.svg").read_bytes()


def test_svg_for_html_has_no_declaration_and_no_outside_link() -> None:
    text = to_svg(figure(picture_of("cost")))
    assert text.startswith("<svg ")
    assert "<!DOCTYPE" not in text
    assert 'href="http' not in text.replace('xlink:href="#', "")


def test_svgs_of_one_page_do_not_clash() -> None:
    texts = [to_svg(figure(picture_of(name))) for name in ("heat", "closed form")]
    ids = [one for text in texts for one in re.findall(r'\bid="([^"]+)"', text)]
    assert len(set(ids)) == len(ids) > 0
    for text in texts:
        own = set(re.findall(r'\bid="([^"]+)"', text))
        used = set(re.findall(r'(?:href="|url\()#([^)"]+)', text))
        assert used == own
        # a rule for every element would be one for the whole page
        assert "<style" not in text
        assert "<!--" not in text


def test_settings_of_the_user_stay_as_they_were() -> None:
    before = dict(mpl.rcParams)
    to_svg(figure(picture_of("heat")))
    assert dict(mpl.rcParams) == before


def test_other_suffixes(tmp_path: Path) -> None:
    with pytest.raises(ArchcalcError, match=r"a figure is written as \.svg, \.pdf, \.png"):
        save(figure(picture_of("cost")), tmp_path / "a.gif")


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "archcalc.output.charts.matplotlib", None)
    with pytest.raises(MissingPackage, match=r"needs matplotlib: pip install 'archcalc\[charts\]'"):
        figure(picture_of("cost"))


@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
@pytest.mark.parametrize("kind", few_texts())
def test_a_hostile_name_is_a_label_and_nothing_else(kind: str) -> None:
    text = TEXTS[kind]
    records = [
        {"model": text, "width": 1, "resolution": 224, "top1": top1, "madds": 10**8}
        for top1 in (70, 71)
    ]
    picture = accuracy(records)
    root = ET.fromstring(to_svg(figure(picture)))
    assert not [element for element in root.iter() if element.tag.endswith(("script", "image"))]


def test_notebooks_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = picture_of("cost")
    assert picture._repr_svg_() == to_svg(figure(picture), picture.alt)
    monkeypatch.setitem(sys.modules, "archcalc.output.charts.matplotlib", None)
    assert picture._repr_svg_() is None
