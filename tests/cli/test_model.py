"""The MODEL argument: names, variants, paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archcalc.base.errors import ArchcalcError
from archcalc.base.units import parse_bytes
from archcalc.cli._bundles import Variant
from archcalc.cli._model import net_of, params_of, prune_of
from tests.each import each


def test_a_file_with_an_at_sign_is_a_file(run: Any, tiny: Path) -> None:
    path = tiny.rename(tiny.with_name("tiny@0.5"))
    data = run("count", path, "--format", "json").data
    assert (data["model"], data["width"]) == ("tiny", 1.0)
    assert run("count", f"{path}@2", "--format", "json").data["width"] == 2.0


def test_an_option_overrides_the_variant() -> None:
    net = net_of("mobilenet_v2@0.75-160", Variant(width="0.5"))
    assert (net.width, net.resolution) == (0.5, 160)
    net = net_of("mobilenet_v2@0.75-160", Variant(resolution="96"))
    assert net.title == "mobilenet_v2@0.75-96"


def test_whole_specs_have_no_variants(run: Any) -> None:
    for command in ("show", "check"):
        ran = run(command, "mobilenet_v2@0.75")
        assert ran.code == 2
        assert "give 'mobilenet_v2' alone" in ran.err


def test_pairs() -> None:
    assert prune_of(None) is None
    assert prune_of(["0.5"]) == "0.5"
    assert prune_of(["a=0.5", "stage_2=0.25"]) == {"a": "0.5", "stage_2": "0.25"}
    assert params_of(["k=10", "name=a=b", "n=1.5"]) == {"k": 10, "name": "a=b", "n": "1.5"}
    for wrong in ("k", "=3", "k="):
        with pytest.raises(ArchcalcError, match="expected a pair"):
            params_of([wrong])


@each(("text", "size"), [("1kB", 1000), ("1.5Mi", 1_572_864), ("3GiB", 3 << 30)])
def test_bytes(text: str, size: int) -> None:
    assert parse_bytes(text) == size


@each("text", ["", "B", "-1", "1.5", "4 apples", "10%"])
def test_no_bytes(text: str) -> None:
    with pytest.raises(ValueError, match="a number of bytes"):
        parse_bytes(text)


def test_a_name_with_transforms(run):
    net = net_of("mobilenet_v2+kernel=5@0.75-160", Variant(sets=["act=relu"]))
    assert net.title == "mobilenet_v2+kernel=5+act=relu@0.75-160"
    ran = run("diff", "mobilenet_v2", "mobilenet_v2+residual=none", "--format", "json")
    assert ran.data["b"]["set"] == "residual=none"
    ran = run("count", "mobilenet_v2+act=relu", "--set", "act=relu6")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "'act' is given twice" in ran.err
    ran = run("check", "mobilenet_v2+act=relu")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "give 'mobilenet_v2' alone" in ran.err
