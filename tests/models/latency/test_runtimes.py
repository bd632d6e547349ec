"""Laws that hold for every runtime."""

import pkgutil
import subprocess
import sys

import pytest
import torch
from torch import nn

import archcalc.models.latency
from archcalc.base.errors import UnknownName
from archcalc.models.latency.agreement import relative_error
from archcalc.models.latency.runtimes import Runtime, get_runtime, runtime_names
from tests.each import each


def small_net() -> nn.Module:
    torch.manual_seed(0)
    module = nn.Sequential(
        nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8, momentum=1.0), nn.ReLU()
    )
    with torch.no_grad():
        module(torch.randn(4, 3, 9, 9) * 2 + 1)
    return module


def test_they_are_found_in_the_folder() -> None:
    assert {"eager", "folded"} <= set(runtime_names())
    assert all(isinstance(get_runtime(name), Runtime) for name in runtime_names())
    assert all(get_runtime(name).summary for name in runtime_names())


@each("name", ["foldd", "_base", "", "..eager"])
def test_an_unknown_one_is_an_error_that_lists_the_known(name: str) -> None:
    with pytest.raises(UnknownName, match="eager, folded"):
        get_runtime(name)


@pytest.mark.parametrize("name", runtime_names())
def test_it_computes_what_the_module_does_in_eval_mode(name: str) -> None:
    module = small_net()
    example = torch.randn(2, 3, 9, 9)
    prepared = get_runtime(name).prepare(module, example)
    assert module.training
    with torch.inference_mode():
        found, expected = prepared.call(example), small_net().eval()(example)
    error = relative_error(found, expected)
    assert error is not None
    assert error < 1e-5


@pytest.mark.parametrize("name", runtime_names())
def test_it_shares_nothing_with_the_module(name: str) -> None:
    module = small_net()
    prepared = get_runtime(name).prepare(module, torch.randn(2, 3, 9, 9))
    if prepared.module is not None:
        ours = {p.data_ptr() for p in prepared.module.parameters()}
        assert ours.isdisjoint(p.data_ptr() for p in module.parameters())


def test_importing_the_package_imports_nothing_heavy() -> None:
    found = pkgutil.walk_packages(archcalc.models.latency.__path__, "archcalc.models.latency.")
    names = ["archcalc.models.nets.fold_norm", *(module.name for module in found)]
    code = (
        f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\n"
        "heavy = {'torch', 'numpy', 'pandas', 'psutil', 'matplotlib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
