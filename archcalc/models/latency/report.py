"""Computes the figures of one runtime from its samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.units import format_signed_percent, percent, percent_change
from archcalc.models.latency.layers import LayerTiming
from archcalc.models.latency.observation import Observation
from archcalc.models.latency.summary import ClockChoice, fault_note, leak_note, median, percentile
from archcalc.models.latency.table import Latency, LayerLatency, RuntimeLatency

OPEN_ABOVE_PERCENT = 5.0
"""Closure in percent beyond which a warning is given; it is within 2 on a quiet machine."""


def report(
    observation: Observation,
    choice: ClockChoice,
    *,
    threads: int,
    ids: Mapping[str, Sequence[str]],
    ops: Mapping[str, str],
) -> RuntimeLatency:
    """Return the figures of one runtime, on the clocks of ``choice``, in milliseconds.

    ``ids`` and ``ops`` map module paths to ids and operator names.
    """
    samples = observation.clean.samples
    whole = samples.ms(choice.clock)
    absorbed = observation.prepared.absorbed
    medians = [median(layer.samples.ms(choice.layers)) for layer in observation.layers]
    layers = tuple(
        _layer(
            layer.samples.ms(choice.layers),
            ids=_ids(layer, absorbed, ids),
            op=ops.get(layer.path, layer.op),
            total=sum(medians),
        )
        for layer in observation.layers
    )
    total = end_to_end = closure = overhead = None
    if layers:
        total = sum(medians)
        end_to_end = median(samples.ms(choice.layers))
        closure = percent_change(end_to_end, total)
        overhead = percent_change(end_to_end, median(observation.stamped.ms(choice.layers)))
    return RuntimeLatency(
        runtime=observation.runtime,
        latency_ms=Latency(
            median=median(whole),
            low=None,
            high=None,
            p10=percentile(whole, 10),
            p90=percentile(whole, 90),
            cpu_median=median(samples.ms("cpu")),
        ),
        sum_of_layers_ms=total,
        end_to_end_ms=end_to_end,
        closure_percent=closure,
        overhead_percent=overhead,
        passes=len(samples.wall),
        first_call_ms=observation.first.ms("wall")[0],
        preparation_s=observation.preparation_s,
        cpu_per_wall=observation.clean.cpu_per_wall,
        page_faults=observation.clean.page_faults,
        error_against_eager=observation.error_against_eager,
        notes=_notes(observation, choice, threads, closure),
        layers=layers,
        samples_ms={"wall": tuple(samples.ms("wall")), "cpu": tuple(samples.ms("cpu"))},
    )


def _layer(times: Sequence[float], *, ids: tuple[str, ...], op: str, total: float) -> LayerLatency:
    return LayerLatency(
        ids=ids,
        op=op,
        median_ms=median(times),
        p10_ms=percentile(times, 10),
        p90_ms=percentile(times, 90),
        share_percent=percent(median(times), total) or 0.0,
    )


def _ids(
    layer: LayerTiming,
    absorbed: Mapping[str, Sequence[str]],
    ids: Mapping[str, Sequence[str]],
) -> tuple[str, ...]:
    """Return the ids of a call: of its own path, then of the paths folded into it."""
    paths = (layer.path, *absorbed.get(layer.path, ()))
    again = f"#{layer.call}" if layer.call > 1 else ""
    return tuple(name + again for path in paths for name in ids.get(path, (path,)))


def _notes(
    observation: Observation, choice: ClockChoice, threads: int, closure: float | None
) -> tuple[str, ...]:
    notes = [f"{choice.clock} clock: {choice.reason}"]
    # The work of an accelerator's driver on the host is not a leak.
    leaked = leak_note(observation.clean, threads) if choice.device == "cpu" else None
    notes += [note for note in (leaked, fault_note(observation.clean), open_note(closure)) if note]
    return tuple(notes)


def open_note(closure_percent: float | None) -> str | None:
    """Return a warning if the layers do not add up to the pass."""
    if closure_percent is None or abs(closure_percent) <= OPEN_ABOVE_PERCENT:
        return None
    return (
        f"the layers do not add up to the pass ({format_signed_percent(closure_percent, 1)}): the "
        "machine was unsteady, or the stamps weigh much in so short a pass; see the overhead, and "
        "measure again"
    )
