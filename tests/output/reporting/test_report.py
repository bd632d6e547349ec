"""`report`: its arguments, its files, and that their bytes are reproducible."""

from __future__ import annotations

from pathlib import Path

import pytest

import archcalc
from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.messages import HTML_LANG
from archcalc.output.render.html.page import visible_text
from archcalc.output.reporting import pdf as pdf_module
from archcalc.output.reporting.engines import EngineFailed, chromium, engines, weasyprint
from archcalc.output.reporting.pdf import NoPdfEngine
from archcalc.output.reporting.report import GlyphWarning, Targets, safe_name, subject_of
from tests.hostile import TEXTS, net_of
from tests.output.reporting.documents import TINY
from tests.zoo import few

pytestmark = pytest.mark.usefixtures("unlettered")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY)
    return path


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "_import", lambda: (None, "WeasyPrint is not installed"))
    monkeypatch.setattr(chromium, "_browser", lambda: None)


@pytest.fixture
def any_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the place of an engine: what it makes of a page is tested beside it."""
    monkeypatch.setattr(engines()["weasyprint"].__class__, "pdf", lambda *_: b"%PDF-1.7 of it")


def test_kinds(tiny: Path) -> None:
    net = archcalc.build(str(tiny), width="2")
    assert (
        subject_of(tiny).kind == subject_of([net]).kind == subject_of("mobilenet_v1").kind == "net"
    )
    assert subject_of(net, width="0.5").net is net
    assert subject_of(tiny, width="2", resolution=16).net.title == "tiny@2-16"
    both = subject_of([tiny, net])
    assert (both.kind, [one.title for one in both.nets]) == ("comparison", ["tiny", "tiny@2"])
    lecture = subject_of(None)
    assert (lecture.kind, [one.name for one in lecture.nets]) == ("lecture", archcalc.zoo_names())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"language": "xx"}, "unknown language 'xx'"),
        ({"convention": "xx"}, "unknown convention 'xx'"),
        ({"dtype": "xx"}, "unknown dtype 'xx'"),
        ({"batch": 0}, "batch"),
        ({"pdf_engine": "xx"}, "unknown PDF engine 'xx'"),
        ({"latency": {"other": None}}, "unknown net of the report 'other'"),
    ],
)
def test_bad_values_raise_before_anything_is_written(
    tiny: Path, arguments: dict, said: str
) -> None:
    with pytest.raises(ArchcalcError, match=said):
        archcalc.report(tiny, tiny.parent / "out", **arguments)
    assert not (tiny.parent / "out").exists()


def test_two_nets_of_one_name(tiny: Path) -> None:
    with pytest.raises(ArchcalcError, match="tiny: two different nets of the same name"):
        subject_of([tiny, tiny])


@pytest.mark.usefixtures("any_pdf", "undrawn")
def test_files(tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert archcalc.report(tiny, out) == (out / "tiny.html", out / "tiny.pdf")
    assert archcalc.report(tiny, out / "a.HTML") == (out / "a.HTML",)
    assert archcalc.report(tiny, out / "b.pdf") == (out / "b.pdf",)
    nets = [tiny, archcalc.build(str(tiny), width="0.5")]
    assert archcalc.report(nets, str(out)) == (out / "comparison.html", out / "comparison.pdf")
    assert sorted(path.name for path in out.iterdir()) == [
        "a.HTML", "b.pdf", "comparison.html", "comparison.pdf", "tiny.html", "tiny.pdf",
    ]  # fmt: skip
    with pytest.raises(ArchcalcError, match=r"x\.docx: a report is a file in \.html or \.pdf"):
        archcalc.report(tiny, out / "x.docx")


@pytest.mark.parametrize("language", ["zh"])
def test_same_nets_same_bytes(tiny: Path, tmp_path: Path, language: str) -> None:
    net = archcalc.build(str(tiny), width="0.5")
    texts = []
    for name in "ab":
        (path,) = archcalc.report(net, tmp_path / f"{name}.html", language=language)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]
    assert f'lang="{HTML_LANG[language]}"'.encode() in texts[0]


@pytest.mark.usefixtures("undrawn")
def test_what_and_how_stand_at_the_head(tmp_path: Path) -> None:
    (path,) = archcalc.report(
        "mobilenet_v2",
        tmp_path / "r.html",
        width="0.75",
        resolution=160,
        convention="fvcore",
        batch=4,
    )
    text = visible_text(path.read_text())
    head = text.partition("Contents")[0] if "Contents" in text else text[:20_000]
    for said in ("MobileNet V2", "mobilenet_v2@0.75-160", "160 × 160 × 3", "1801.04381", "table 2"):
        assert said in head
    assert "convention fvcore" in head
    assert "batch 4" in head


@pytest.mark.usefixtures("undrawn")
def test_files_of_others_are_kept(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text("<p>mine")
    with pytest.raises(ArchcalcError, match="--force"):
        archcalc.report(tiny, path)
    assert path.read_text() == "<p>mine"
    archcalc.report(tiny, path, force=True)
    assert archcalc.report(tiny, path) == (path,)
    path.write_text(path.read_text().replace("tiny", "mine"))
    with pytest.raises(ArchcalcError, match="--force"):
        archcalc.report(tiny, path)


@pytest.mark.usefixtures("no_pdf", "undrawn")
@pytest.mark.parametrize(("target", "html"), [("out", "out/tiny.html"), ("x.pdf", "x.html")])
def test_without_an_engine_the_page_is_written(tiny: Path, target: str, html: str) -> None:
    with pytest.raises(NoPdfEngine, match=r"WeasyPrint.*Chrome.*wrote"):
        archcalc.report(tiny, tiny.parent / target)
    assert (tiny.parent / html).read_text().startswith("<!DOCTYPE html>")
    assert not list(tiny.parent.rglob("*.pdf"))


@pytest.mark.usefixtures("undrawn")
def test_an_engine_that_fails_leaves_the_page(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise EngineFailed("no PDF")

    monkeypatch.setattr(pdf_module, "marked", fail)
    monkeypatch.setattr(engines()["weasyprint"].__class__, "pdf", lambda *_: b"")
    with pytest.raises(EngineFailed):
        archcalc.report(tiny, tiny.parent / "out")
    assert [path.name for path in (tiny.parent / "out").iterdir()] == ["tiny.html"]


@pytest.mark.usefixtures("undrawn")
def test_characters_without_a_glyph_are_warned_of(tiny: Path) -> None:
    tiny.write_text(tiny.read_text() + "title: x 𓀀\n")
    with pytest.warns(GlyphWarning, match="1 character has no glyph in the report's fonts: 𓀀"):
        archcalc.report(tiny, tiny.parent / "r.html")


def test_names_of_files() -> None:
    for text in TEXTS.values():
        name = safe_name(text)
        assert 0 < len(name) <= 80
        assert Path(name).name == name
        assert name[0] not in ".-" or name[0] == "-"
    targets = Targets.of("out", safe_name("../x"), pdf_engine="chromium")
    assert targets.html == Path("out/x.html")


@pytest.mark.parametrize("danger", few(["script", "style", "control"], of=["script"]))
def test_a_hostile_spec(danger: str, tmp_path: Path) -> None:
    (path,) = archcalc.report(net_of(TEXTS[danger]), tmp_path / "r.html")
    page = path.read_text()
    assert "<script" not in page
    assert "onerror=alert(1)>" not in page
    assert page.count("</style>") == 1
    assert len(page) < 1_500_000


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="mobilenet_v2"):
        archcalc.report("mobilenet_v22", tmp_path)
