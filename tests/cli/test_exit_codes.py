"""Exit codes, and stderr: one line per error, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.each import each

PROGRAM = [sys.executable, "-c", "import sys; from archcalc.cli import main; sys.exit(main())"]


def test_a_budget_that_holds(run: Any) -> None:
    ran = run("count", "mobilenet_v2", "--max-madds", "301M", "--max-params", "3504872")
    assert (ran.code, ran.err) == (0, "")


def test_every_exceeded_budget_is_reported_and_the_table_printed(run: Any) -> None:
    ran = run(
        "count", "mobilenet_v2", "--max-madds", "300M", "--max-params", "3.5M",
        "--max-weight-bytes", "13MiB", "--max-peak-memory", "7MB", "--format", "json",
    )  # fmt: skip
    assert ran.code == 1
    assert ran.data["totals"]["madds"] == 300_774_272
    madds, params, weights = ran.err.splitlines()
    assert "300,774,272 MAdds exceed the budget of 300M by 774,272" in madds
    assert "3,504,872 parameters exceed the budget of 3.5M by 4,872" in params
    assert "bytes of weights exceed the budget of 13MiB" in weights


@each("option", ["--max-madds", "--max-params", "--max-weight-bytes"])
def test_a_budget_that_is_no_count(run: Any, option: str) -> None:
    ran = run("count", "mobilenet_v2", option, "lots")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{option}: expected a ")
    assert ran.err.endswith("not 'lots'\n")


def test_a_claim_that_differs(run: Any, tiny: Path) -> None:
    tiny.write_text(tiny.read_text() + "claims: [{madds: 3M, params: 405}]\n")
    ran = run("check", tiny)
    assert ran.code == 1
    assert "differs" in ran.out
    assert ran.err == "check failed: 2 of 2 figures differ\n"


def test_a_valid_file_without_claims(run: Any, tiny: Path) -> None:
    ran = run("check", tiny)
    assert (ran.code, ran.err) == (0, "")
    assert f"{tiny}: valid" in ran.out
    assert "5 rows, 11 layers, 6,816 MAdds, 650 parameters" in ran.out
    assert run("check", tiny, "--format", "json").data == []


def test_a_broken_file(run: Any, tiny: Path) -> None:
    tiny.write_text(tiny.read_text().replace("conv2d 1x1", "conv9d 1x1").replace("dwconv", "dw"))
    for command in ("check", "count", "show", "groups"):
        ran = run(command, tiny)
        assert (ran.code, ran.out) == (2, "")
        lines = ran.err.splitlines()
        assert [line.split(": ")[0] for line in lines] == [f"{tiny}:10", f"{tiny}:11"]
        assert lines[1].startswith(f"{tiny}:11: operator 'conv9d': unknown operator")


def test_the_errors_of_all_files_are_reported(run: Any, tmp_path: Path) -> None:
    broken = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in broken:
        path.write_text("archcalc: 2\n")
    ran = run("check", *broken, "mobilenet_v1")
    assert ran.code == 2
    assert {line.split(":")[0] for line in ran.err.splitlines()} == {str(p) for p in broken}


def test_an_unknown_model(run: Any) -> None:
    ran = run("count", "mobilenet_v4")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("unknown model 'mobilenet_v4'; did you mean 'mobilenet_v")
    assert ran.err.count("\n") == 1


@each(
    ("args", "words"),
    [
        (["--by", "rows"], "did you mean 'row'?"),
        (["--convention", "papers"], "did you mean 'paper'?"),
        (["--dtype", "f64"], "known: f16, f32, int8"),
        (["--format", "xlsx"], "known: csv, json, md, table, tex"),
        (["--prune", "0.5", "--prune", "0.4"], "expected a pair such as stage_2=0.5"),
        (["--prune", "stage_2=0.5", "--prune", "stage_2=0.4"], "stage_2 is given twice"),
        (["--param", "k"], "expected a pair such as k=10"),
        (["--param", "j=3"], "no parameter 'j'"),
        (["--width", "17"], "width: a multiplier above 0 and at most 16"),
        (["--resolution", "0"], "resolution: a side from 1"),
        (["--batch", "0"], "batch: an integer of at least 1"),
    ],
)
def test_a_bad_option_is_one_line(run: Any, args: list[str], words: str) -> None:
    ran = run("count", "mobilenet_v2", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_use_of_the_command_line(run: Any) -> None:
    for args in (["count"], ["count", "mobilenet_v2", "--no-such-option"], ["cuont"]):
        ran = run(*args)
        assert ran.code == 2
        assert "Error: " in ran.err


def test_an_internal_error_keeps_its_traceback(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_keywords: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("archcalc.cost.counting.table.count", fail)
    with pytest.raises(ZeroDivisionError):
        run("count", "mobilenet_v2")


def test_a_closed_pipe_is_silent() -> None:
    with subprocess.Popen(
        [*PROGRAM, "count", "mobilenet_v2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_an_interrupt_is_silent(tmp_path: Path) -> None:
    # reading a fifo waits for a writer, so the command is still at work when it is interrupted
    fifo = tmp_path / "slow.yaml"
    os.mkfifo(fifo)
    # a shell's background job, as these tests may be, passes on that interrupts are ignored
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program = [*PROGRAM[:-1], heeding + PROGRAM[-1], "count", str(fifo)]
    with subprocess.Popen(program, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        end = time.monotonic() + 60
        while time.monotonic() < end:  # a writer can open it only once the command reads it
            try:
                descriptor = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:
                time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""
        os.close(descriptor)
