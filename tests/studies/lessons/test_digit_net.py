"""The net trained on digits: its held-out accuracy, and the accuracy when pruned."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from archcalc import ArchcalcError
from archcalc.studies.lessons import (
    damage,
    digits,
    histogram,
    prune_filters,
    prune_weights,
    trained,
)
from archcalc.studies.lessons.digit_net import _gradients


def test_it_has_learned_what_it_has_not_seen() -> None:
    net, (scans, labels) = trained(), digits()
    assert len(net.labels) == len(scans) // 2
    np.testing.assert_array_equal(net.labels, labels[-len(net.labels) :])
    assert net.accuracy() > 0.93
    assert net is trained()
    # by chance one in ten is right
    guess = net.with_hidden(np.zeros_like(net.hidden))
    assert guess.accuracy() < 0.2


def test_it_computes_what_torch_does() -> None:
    net = trained()
    first, second = nn.Linear(64, 64), nn.Linear(64, 10)
    layers = ((first, net.hidden, net.hidden_bias), (second, net.output, net.output_bias))
    with torch.no_grad():
        for layer, weights, bias in layers:
            layer.weight.copy_(torch.tensor(weights))
            layer.bias.copy_(torch.tensor(bias))
        scores = second(first(torch.tensor(net.images, dtype=torch.float32)).relu())
    right = (scores.argmax(1).numpy() == net.labels).mean()
    assert right == pytest.approx(float(net.accuracy()), abs=0.003)
    assert net.madds == first.weight.numel() + second.weight.numel()


def test_the_gradients_are_those_of_autograd() -> None:
    draw = np.random.default_rng(1)
    layers = [draw.normal(size=shape) for shape in ((6, 5), (6,), (3, 6), (3,))]
    images, labels = draw.normal(size=(8, 5)), draw.integers(0, 3, 8)
    tensors = [torch.tensor(layer, requires_grad=True) for layer in layers]
    seen = (torch.tensor(images) @ tensors[0].T + tensors[1]).relu()
    loss = nn.functional.cross_entropy(seen @ tensors[2].T + tensors[3], torch.tensor(labels))
    loss.backward()
    for ours, tensor in zip(_gradients(images, np.eye(3)[labels], layers), tensors, strict=True):
        assert tensor.grad is not None
        np.testing.assert_allclose(ours, tensor.grad.numpy(), atol=1e-12)


def test_small_weights_go_almost_free_and_large_ones_do_not() -> None:
    rows = damage().records()
    whole, half = rows[0], next(row for row in rows if row["ratio"] == 0.5)
    assert whole["weights"] == whole["random"] == whole["units"]
    assert whole["weights"] - half["weights"] < 3
    # as many by chance, or as many in whole units, cost far more
    assert half["weights"] - half["random"] > 5
    assert half["weights"] - half["units"] > 3
    assert all(a["zeros"] < b["zeros"] for a, b in pairwise(rows))
    # single zeros leave the multiply-adds; units take theirs along
    assert whole["madds"] == trained().madds == 64 * 64 + 64 * 10
    assert half["madds"] == whole["madds"] / 2


def test_each_row_is_a_cut_of_that_share() -> None:
    net = trained()
    for row in damage().records()[::5]:
        cut = prune_weights(net.hidden, ratio=row["ratio"])
        assert row["zeros"] == (cut.masked == 0).sum()
        again = net.with_hidden(cut.masked).accuracy()
        assert row["weights"] == pytest.approx(100 * float(again), abs=1e-4)
        units = prune_filters(net.hidden, ratio=row["ratio"])
        smaller = net.keep_units(units.kept)
        assert smaller.hidden.shape[0] == smaller.output.shape[1] == units.kept.sum()
        # a unit that is silent is as good as gone
        silent = net.hidden_bias * units.kept
        muted = net.with_hidden(units.masked)
        object.__setattr__(muted, "hidden_bias", silent)
        assert muted.accuracy() == smaller.accuracy()


def test_a_histogram_has_every_weight_once() -> None:
    net = trained()
    cut = prune_weights(net.hidden, threshold=0.2)
    bins = histogram(cut, 41)
    assert sum(one["cut"] for one in bins) == (~cut.kept).sum()
    assert sum(one["kept"] for one in bins) == cut.kept.sum()
    assert all(a["high"] == b["low"] for a, b in pairwise(bins))
    assert bins[0]["low"] == -bins[-1]["high"] == -np.abs(net.hidden).max()
    for one in bins:
        if one["cut"]:
            assert min(abs(one["low"]), abs(one["high"])) < 0.2 or one["low"] < 0 < one["high"]
    assert histogram(prune_weights([[0.0]], threshold=1), 3)[1] == {
        "low": pytest.approx(-1 / 3),
        "high": pytest.approx(1 / 3),
        "kept": 0,
        "cut": 1,
    }
    with pytest.raises(ArchcalcError, match="bins"):
        histogram(cut, 0)
