"""`archcalc search` and `archcalc equivalent`, as a shell sees them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import archcalc
from archcalc import Budget
from archcalc.studies.budgets import equivalents, searching, stage_search
from tests.cost.scaling.impossible import GROUPED, ODD
from tests.each import each

RECORD = {
    "model", "width", "resolution", "prune", "set", "madds", "params", "weight_bytes",
    "activation_bytes", "peak_memory_bytes", "top1", "basis", "source", "latency_ms",
}  # fmt: skip


def test_search(run: Any) -> None:
    ran = run("search", "mobilenet_v2", "--max-madds", "100M", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    found = archcalc.search("mobilenet_v2", Budget(madds=100_000_000))
    assert ran.data == found.to_dict()
    assert ran.data["best"] == found.best
    assert ran.data["best"].keys() == RECORD
    assert ran.data["choices"][0].keys() == RECORD | {"rank"}
    assert ran.data["budget"] == {"madds": 100_000_000}


def test_every_option_reaches_the_search(run: Any, tiny: Path) -> None:
    data = run(
        "search", tiny, "--max-params", "2K", "--max-weight-bytes", "8KB",
        "--max-peak-memory", "4KiB", "--widths", "0.5:1:0.5", "--resolutions", "8,16x8",
        "--prunes", "0,0.5", "--multiple", "1", "--param", "k=7", "--batch", "2", "--dtype", "f16",
        "--set", "act=printed/relu6", "--format", "json",
    ).data  # fmt: skip
    assert data["considered"] == 2 * 2 * 2 * 2
    assert (data["batch"], data["dtype"], data["ranked_by"]) == (2, "f16", "madds")
    assert data["budget"] == {
        "params": 2000, "weight_bytes": 8000, "peak_memory_bytes": 4096
    }  # fmt: skip
    assert {(one["width"], one["resolution"], one["prune"]) for one in data["choices"]} <= {
        (width, side, prune) for width in (0.5, 1.0) for side in (8, "16x8") for prune in (0.0, 0.5)
    }
    best = data["best"]
    spec = archcalc.transform(archcalc.load(tiny).with_params(k=7), best["set"])
    net = archcalc.build(
        spec, width=best["width"], resolution=best["resolution"], prune=best["prune"], multiple=1
    )
    totals = archcalc.count(net, batch=2, dtype="f16").totals
    assert all(best[name] == totals[name] for name in totals if name in best)


def test_for_people(run: Any) -> None:
    out = run("search", "mobilenet_v2", "--max-madds", "100M", columns=80).out
    assert "62 of 120 variants fit" in out
    assert "top-1 65.4% published" in out
    for words in ("interpolated", "front of fewest MAdds", "points on average", "peak"):
        assert words in " ".join(out.split())


@pytest.fixture
def answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer once however often a test asks: it shows one answer on several screens."""
    asked = ((searching, "search"), (stage_search, "stages"), (equivalents, "equivalent"))
    for module, name in asked:
        monkeypatch.setattr(module, name, first_answer(getattr(module, name)))


def first_answer(function: Callable[..., Any]) -> Callable[..., Any]:
    answers: list[Any] = []

    def answer(*args: Any, **options: Any) -> Any:
        if not answers:
            answers.append(function(*args, **options))
        return answers[0]

    return answer


@pytest.mark.parametrize(
    "command",
    [
        "search mobilenet_v2 --max-madds 100M",
        "search mobilenet_v1 mobilenet_v2 mobilenet_v3_large --prunes 0,0.5 --set act=relu --top 9",
        "search mobilenet_v1 mobilenet_v3_large vgg16 --set act=printed/relu --max-madds 20G",
        "search mobilenet_v3_large --max-peak-memory 4MiB --nearest mobilenet_v2@0.75-192",
        "equivalent mobilenet_v3_large@0.75-192 --prune 0.5 --by peak_memory_bytes",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in (
                "search mobilenet_v2 --stages --max-peak-memory 2MiB",
                "equivalent mobilenet_v2 --resolution 160",
                "equivalent googlenet --resolution 192x160",
            )
        ),
    ],
)
@pytest.mark.usefixtures("answered_once")
def test_nothing_is_wider_than_the_screen(run: Any, command: str) -> None:
    if "--stages" in command:
        pytest.importorskip("pymoo")
    for columns in (60, 80, 140):
        lines = run(*command.split(), columns=columns).out.splitlines()
        assert lines
        assert max(map(cell_len, lines)) <= columns


def test_nothing_fits(run: Any) -> None:
    for form in ("table", "json"):
        ran = run("search", "mobilenet_v2", "--max-madds", "1M", "--format", form)
        assert ran.code == 1
        assert ran.err.startswith("none of 120 variants fits at most 1M MAdds: the least are ")
        assert ran.err.count("\n") == 1
    assert ran.data["best"] is None


def test_files_hold_all_and_top_limits_them(run: Any, tmp_path: Path) -> None:
    whole, first = tmp_path / "all.csv", tmp_path / "first.csv"
    run("search", "mobilenet_v2", "--max-madds", "100M", "-o", whole)
    run("search", "mobilenet_v2", "--max-madds", "100M", "--top", "3", "-o", first)
    texts = [path.read_text(encoding="utf-8-sig") for path in (whole, first)]
    rows = [list(csv.DictReader(text.splitlines())) for text in texts]
    assert [len(one) for one in rows] == [62, 3]
    assert rows[0][:3] == rows[1]
    assert rows[0][0]["top1"] == "65.4"


def test_the_nearest_is_named(run: Any) -> None:
    args = ("search", "mobilenet_v2", "--max-madds", "300M", "--nearest", "mobilenet_v3_large@0.75")
    assert "nearest to mobilenet_v3_large@0.75: mobilenet_v2@" in run(*args).out
    assert run(*args, "--format", "json").data["nearest"]["distance"] > 0


def test_a_latency_limit_is_measured(run: Any, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch")
    import archcalc.models.latency

    # it cannot be undone, and this process has other tests to run
    monkeypatch.setattr(archcalc.models.latency, "keep_freed_memory", lambda: False)
    args = ("search", tiny, "--widths", "1", "--resolutions", "8", "--format", "json")
    ran = run(*args, "--max-latency", "10000ms")
    assert (ran.code, ran.err) == (0, "measuring tiny@1-8\n")
    assert 0 < ran.data["best"]["latency_ms"] <= 10_000
    ran = run(*args, "--max-latency", "0.000001ms", "--finalists", "1")
    assert ran.code == 1
    assert "which were measured, tiny@1-8 is the fastest" in ran.err


def test_free_stages(run: Any) -> None:
    pytest.importorskip("pymoo")
    ran = run(
        "search", "mobilenet_v1", "--stages", "--max-peak-memory", "2MiB", "--against", "params",
        "--set", "act=relu6", "--top", "4", "--format", "json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["stages"] == [f"stage_{number}" for number in range(1, 6)]
    assert 0 < len(ran.data["front"]) <= 4
    assert all(one["peak_memory_bytes"] <= 2 * 2**20 for one in ran.data["front"])
    assert run("search", "mobilenet_v1", "--stages", "--max-madds", "1K").code == 1


@each(
    ("args", "words"),
    [
        (["--max-madds", "many"], "--max-madds: expected a count"),
        (["--max-madds", "0"], "--max-madds: a whole number above 0"),
        (["--max-latency", "3s"], "--max-latency: expected a time"),
        (["--widths", "1:0:0.1"], "widths: a range"),
        (["--resolutions", "0"], "resolution: a side from 1"),
        (["--set", "act"], "--set: expected NAME=VALUE"),
        (["--finalists", "0", "--max-latency", "3ms"], "finalists: an integer"),
        (["--finalists", "9"], "--finalists: only with --max-latency"),
        (["--against", "params"], "--against: only with --stages"),
        (["--against", "flops"], "--against: only with --stages"),
        (["--seed", "0"], "--seed: only with --stages"),
        (["--stages", "--seed", "-1"], "seed: an integer from 0"),
        (["--stages", "--finalists", "9"], "--finalists: only with --max-latency"),
        (["--stages", "--widths", ""], "--widths: a number or a range"),
        (["--stages", "--widths", "0.5:1:0.1"], "--stages takes one width, not '0.5:1:0.1'"),
        (["--stages", "--resolutions", "96,128"], "--stages takes one resolution, not '96,128'"),
        (["--stages", "--widths", "0"], "width: a multiplier above 0"),
        (["--widths", ""], "widths: a number or a range"),
        (["--nearest", ""], "''"),
        (["--nearest", "mobilenet_v9"], "unknown model 'mobilenet_v9'"),
        (["--stages", "--prunes", "0.5"], "--stages: of one net"),
        (["--stages", "--max-latency", "3ms"], "stages: a latency is measured"),
        (["--stages", "--against", "madds"], "unknown cost 'madds'"),
    ],
)
def test_a_bad_option_is_one_line(run: Any, args: list[str], words: str) -> None:
    ran = run("search", "mobilenet_v2", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_equivalent(run: Any) -> None:
    ran = run("equivalent", "mobilenet_v2", "--resolution", "160", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data == archcalc.equivalent("mobilenet_v2", resolution=160).to_dict()
    assert run("equivalent", "mobilenet_v2@1-160", "--format", "json").data == ran.data
    asked, width = ran.data["asked"], ran.data["answers"][0]
    assert asked["madds"] == archcalc.count(archcalc.build("mobilenet_v2", resolution=160)).madds
    assert (width["answer"], width["resolution"]) == ("width", 224)


def test_equivalent_for_people(run: Any, tiny: Path) -> None:
    out = run("equivalent", "mobilenet_v2", "--resolution", "160", columns=80).out
    for words in ("mobilenet_v2@1-160", "α 0.", "prune 0.", "mobilenet_v3_large@0.75", "peak"):
        assert words in out
    ran = run(
        "equivalent", tiny, "--width", "2", "--prune", "0.5", "--param", "k=7", "--set",
        "act=relu6", "--by", "params", "--nets", "0", "--dtype", "int8", "--multiple", "1",
    )  # fmt: skip
    assert ran.code == 0
    assert "tiny+act=relu6@2 pruned 0.5 · equal params" in ran.out


@each("option", ["--width", "--resolution"])
@each("value", ["", "0"])
def test_equivalent_takes_no_nothing(run: Any, option: str, value: str) -> None:
    ran = run("equivalent", "mobilenet_v2@0.5-160", option, value)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(option.removeprefix("--"))
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("text", [ODD, GROUPED], ids=["odd", "grouped"])
def test_nets_that_some_choices_are_impossible_for(run: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(text)
    for args in (["equivalent", path, "--width", "2", "--multiple", "1"], ["search", path]):
        ran = run(*args, columns=80)
        assert (ran.code, ran.err) == (0, "")
    ran = run("search", path, "--resolutions", "32,33", "--widths", "1,0.3", "--format", "json")
    assert ran.code == 0
    assert any("no such net at" in note for note in ran.data["notes"])


def test_alternatives_that_are_one_net(run: Any) -> None:
    args = ("search", "mobilenet_v3_small", "--format", "json", "--set")
    once, twice = run(*args, "act=relu").data, run(*args, "act=relu/relu").data
    assert once == twice


def test_equivalent_of_what_is_not(run: Any) -> None:
    ran = run("equivalent", "mobilenet_v2", "--by", "flops")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown cost 'flops'" in ran.err
