"""Spec files of nets build the same nets again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archcalc
from archcalc import ArchcalcError, Spec, export, transform
from archcalc.language.graph import Net
from archcalc.output.exporting.export import ExportWarning
from tests.zoo import few


def same(net: Net, again: Net) -> bool:
    return (
        again.shapes == net.shapes
        and archcalc.count(again).to_dict()["rows"] == archcalc.count(net).to_dict()["rows"]
        and archcalc.count(again).totals == archcalc.count(net).totals
    )


@pytest.mark.parametrize("name", few(archcalc.zoo_names()))
def test_a_spec_is_read_back(tmp_path: Path, name: str) -> None:
    spec = archcalc.load(name)
    again = archcalc.load(export(spec, tmp_path / "a.yaml"))
    assert again == spec


@pytest.mark.parametrize("name", few(archcalc.zoo_names()))
def test_a_net_is_built_again(tmp_path: Path, name: str) -> None:
    scaled = archcalc.load(name).rounding is not None
    stage = archcalc.build(name).graph.prunable[0].stage
    cuts: list[Any] = ["0.45", {f"stage_{stage}": 0.5}]
    nets = [archcalc.build(name, width="0.55", prune="0.3")] if scaled else []
    nets += [archcalc.build(name, prune=cut) for cut in cuts[len(nets) :]]
    for net in nets:
        path = export(net, tmp_path / "a.yaml")
        again = archcalc.load(path)
        assert same(net, archcalc.build(again))
        if net.variant == archcalc.build(name).variant:  # too narrow to be cut
            assert again == net.spec
            continue
        assert again.claims == []
        assert net.title in (again.head.note or "")


def test_a_width_changes_only_widths(tmp_path: Path) -> None:
    net = archcalc.build("mobilenet_v2", width="0.75")
    document = archcalc.load(export(net, tmp_path / "a.yaml")).document
    before = net.spec.document
    assert set(document) - set(before) == {"widths", "note"}
    assert all(document[part] == before[part] for part in before if part in document)
    assert set(before) - set(document) <= {"claims", "pitfalls"}


def test_squeezes_follow_unless_they_are_cut_themselves(tmp_path: Path) -> None:
    squeeze = "bneck_5.1.depthwise.se.squeeze"
    for prune in (0.5, {squeeze: 0.5}):
        net = archcalc.build("mobilenet_v3_small", prune=prune)
        spec = archcalc.load(export(net, tmp_path / "a.yaml"))
        assert (squeeze in spec.head.widths) is isinstance(prune, dict)
        assert same(net, archcalc.build(spec))


@pytest.mark.parametrize("sets", ["act=relu", "se=on", "conv=full", "head=classes:10"])
def test_a_changed_net_is_built_again(tmp_path: Path, sets: str) -> None:
    net = archcalc.build(transform(archcalc.load("mobilenet_v2"), sets), prune="0.25")
    assert same(net, archcalc.build(archcalc.load(export(net, tmp_path / "a.yaml"))))


def test_parameters_are_kept(tmp_path: Path) -> None:
    spec = archcalc.load("mobilenet_v3_small").with_params(k=10)
    for thing in (spec, archcalc.build(spec)):
        again = archcalc.load(export(thing, tmp_path / "a.yaml"))
        assert again.params["k"] == 10
        assert same(archcalc.build(spec), archcalc.build(again))
        assert "k=10" in (again.head.note or "")


def test_printed_cells_that_contradict_a_parameter_raise(tmp_path: Path) -> None:
    spec = archcalc.load("googlenet").with_params(classes=10)
    with pytest.raises(ArchcalcError, match=r"printed cells of googlenet contradict") as caught:
        export(spec, tmp_path / "a.yaml")
    assert "\n" not in str(caught.value)


def test_another_resolution_is_remarked(tmp_path: Path) -> None:
    net = archcalc.build("mobilenet_v2", resolution="160x192")
    with pytest.warns(ExportWarning, match="give --resolution 160x192 with it"):
        path = export(net, tmp_path / "a.yaml")
    assert same(net, archcalc.build(archcalc.load(path), resolution="160x192"))


def test_what_a_file_extends_is_found_from_its_new_place(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    base = archcalc.load("mobilenet_v1").to_yaml()
    (tmp_path / "own" / "base.yaml").write_text(base)
    (tmp_path / "own" / "net.yaml").write_text(
        "archcalc: 1\nname: net\ninput: 224x224x3\nrows:\n"
        "- {extends: base.yaml, through: conv_13}\n- {id: pool, op: avgpool, global: true}\n"
    )
    spec = archcalc.load(tmp_path / "own" / "net.yaml")
    path = export(spec, tmp_path / "elsewhere" / "a" / "net.yaml")
    assert same(archcalc.build(spec), archcalc.build(archcalc.load(path)))


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    net = archcalc.build("nasnet_a_mobile", prune="0.5")
    one, two = (export(net, tmp_path / f"{x}.yaml").read_bytes() for x in "ab")
    assert one == two
    assert Spec(one).name == "nasnet_a_mobile"
