"""Times of this machine limit a budget as phones' do: what was not timed keeps to none."""

from __future__ import annotations

import pytest

from archcalc import Budget, build, load
from archcalc.base.errors import ArchcalcError
from archcalc.base.messages import messages
from archcalc.language.graph import Net
from archcalc.models.latency import Latency, LatencyTable, RuntimeLatency
from archcalc.models.latency.request import Request
from dashboard.app_pages.budget.data_budget import PHONE, budget_of, quickest, reasons
from dashboard.app_pages.budget.data_fitting import Fitting, fitting
from dashboard.kit.measured import TimedHere, Way, read_way
from dashboard.shell.choice import OWN

FOLDED, EAGER = Way(), Way("eager", 2)
SMALL = build("mobilenet_v3_small", width="0.75", resolution=128)
LARGER = build("mobilenet_v2")


def measured(request: Request, *medians: float) -> tuple[Request, LatencyTable]:
    return request, LatencyTable(
        {},
        {},
        tuple(
            RuntimeLatency(
                runtime, Latency(ms, None, None, ms, ms, ms), None, None, None, None,
                1, 1.0, 1.0, 1.0, None, None, (), (), {},
            )
            for runtime, ms in zip(request.runtimes, medians, strict=True)
        ),
    )  # fmt: skip


def found(done: TimedHere, phone: str, limit: float | None = None) -> Fitting:
    return fitting(
        {},
        budget_of({"latency": limit}, phone),
        convention="paper",
        dtype="f32",
        phone=phone,
        measured=done,
    )


def timed(found: Fitting) -> dict[str, float]:
    return {
        f"{one['model']}@{one['width']:g}-{one['resolution']}": one["latency_ms"]
        for one in found.every.records()
        if one["latency_ms"] is not None
    }


def test_what_was_timed_has_its_time_and_nothing_else_fits() -> None:
    done = TimedHere.of([measured(Request(SMALL), 2.5), measured(Request(LARGER), 20.0)])
    here = found(done, FOLDED.text, 10.0)
    assert timed(here) == {"mobilenet_v3_small@0.75-128": 2.5, "mobilenet_v2@1-224": 20.0}
    assert here.timed == 2
    (only,) = here.fits.records()
    assert (only["model"], only["latency_ms"]) == ("mobilenet_v3_small", 2.5)
    assert len(found(done, FOLDED.text).fits) == len(here.every)
    assert reasons(here.every, here.fits) == []
    tight = found(done, FOLDED.text, 1.0)
    assert reasons(tight.every, tight.fits) == [("latency", *quickest(here.every))]
    assert quickest(here.every) == (2.5, SMALL.title)


def test_each_way_has_its_own_times() -> None:
    both = Request(SMALL, ("eager", "folded"), threads=2)
    done = TimedHere.of([measured(both, 4.0, 3.0), measured(Request(LARGER), 20.0)])
    assert set(done.ways) == {FOLDED, EAGER, Way("folded", 2)}
    assert list(timed(found(done, EAGER.text)).values()) == [4.0]
    assert list(timed(found(done, "here:folded:2")).values()) == [3.0]
    nothing = found(TimedHere(), FOLDED.text, 5.0)
    assert TimedHere().ways == [FOLDED]
    assert reasons(nothing.every, nothing.fits) == [("latency", None, "")]


def test_the_last_time_counts_and_a_quick_one_only_alone() -> None:
    def ms(*requests: tuple[Request, float]) -> list[float]:
        done = TimedHere.of(measured(request, time) for request, time in requests)
        return [time for by in done.times(FOLDED).values() for time in by.values()]

    whole, quick = Request(SMALL), Request(SMALL, quick=True)
    assert ms((whole, 2.0), (whole, 3.0)) == [3.0]
    assert ms((whole, 2.0), (quick, 9.0)) == [2.0]
    assert ms((quick, 9.0)) == [9.0]


@pytest.mark.parametrize("net", [SMALL, build("mobilenet_v2", prune=0.5)])
def test_more_images_and_pruned_nets_are_no_variants(net: Net) -> None:
    batch = 4 if net is SMALL else 1
    assert TimedHere.of([measured(Request(net, batch=batch), 1.0)]).done == ()


def test_a_session_s_own_model_has_its_own_times() -> None:
    spec = load("mobilenet_v1").replace(claims=[])
    own = {f"{OWN}mine": spec}
    done = TimedHere.of([measured(Request(build(spec, width="0.5")), 7.0)])
    here = fitting(
        own,
        Budget(),
        convention="paper",
        dtype="f32",
        nets=(f"{OWN}mine", "mobilenet_v1"),
        phone=FOLDED.text,
        measured=done,
    )
    times = [(r["model"], r["width"]) for r in here.every.records() if r["latency_ms"] == 7.0]
    assert times == [("own.mine", 0.5)]


def test_a_way_is_read_as_it_was_written() -> None:
    for way in (FOLDED, EAGER):
        assert read_way(way.text) == way
        assert PHONE.parse(way.text) == way.text
        assert way.runtime in way.words(messages("zh"))
    assert read_way("pixel1") is None
    for text in (
        "here:folded",
        "here:folded:0",
        "here:x:1",
        "here:folded:1:2",
        "here:",
        "there:x:1",
    ):
        with pytest.raises(ArchcalcError):
            PHONE.parse(text)
