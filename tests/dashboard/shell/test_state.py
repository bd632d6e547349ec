"""The state without a browser: links, refusals, faults of a page, and the way on from each."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from archcalc import build, count, load, transform
from archcalc.base.messages import messages
from dashboard.shell.choice import FIELD, Choice

testing = pytest.importorskip("streamlit.testing.v1")
_shell = pytest.importorskip("dashboard.shell.frame")
_state = pytest.importorskip("dashboard.shell.state")

EXPLORE = "from dashboard.shell.frame import main\nmain('explore')\n"
SAY = messages("en")


def opened(**query: str) -> Any:
    app = testing.AppTest.from_string(EXPLORE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def madds(app: Any) -> int:
    (tiles,) = (one.proto.body for one in app.get("html") if 'class="tiles"' in one.proto.body)
    found = re.search(r'data-total="madds" data-value="([0-9]+)"', tiles)
    assert found is not None
    return int(found[1])


def press(app: Any, name: str) -> Any:
    (button,) = (one for one in app.button if one.label == SAY(f"dashboard.{name}"))
    return button.click().run()


def test_a_bad_link_is_told_and_ignored() -> None:
    app = opened(width="wide", model="no_such_net", resolution="192")
    (told,) = app.warning
    assert "width" in told.value
    assert "no\\_such\\_net" in told.value
    assert madds(app) == count(build("mobilenet_v2", resolution=192)).madds
    # a knob that is moved makes the old link's faults history
    app.select_slider(key="knob_width").set_value(0.5).run()
    assert not app.warning
    assert madds(app) == count(build("mobilenet_v2", width="0.5", resolution=192)).madds


def test_every_knob_is_in_the_link_and_the_link_in_every_knob() -> None:
    choice = Choice("mobilenet_v1", 0.75, 160, 0.3, "fvcore", "int8", "act=relu6")
    query = {name: field.write(getattr(choice, name)) for name, field in FIELD.items()}
    app = opened(**query)
    assert not app.warning
    assert app.query_params == query
    assert app.selectbox(key="knob_model").value == "mobilenet_v1"
    assert app.selectbox(key="knob_convention").value == "fvcore"
    assert [knob.value for knob in app.select_slider] == [0.75, 160, 0.3]
    net = build("mobilenet_v1", width="0.75", resolution=160, prune="0.3")
    assert madds(app) == count(net, "fvcore", dtype="int8").madds
    app.select_slider(key="knob_width").set_value(0.5).run()
    app.selectbox(key="knob_convention").set_value("thop").run()
    assert app.query_params == {**query, "width": "0.5", "convention": "thop"}


def test_a_changed_net_is_counted_and_what_is_no_change_is_told() -> None:
    app = opened(model="mobilenet_v3_small")
    app.text_input(key="knob_set").set_value("se=off").run()
    changed = count(build(transform(load("mobilenet_v3_small"), "se=off"))).madds
    assert madds(app) == changed < count(build("mobilenet_v3_small")).madds
    assert app.query_params["set"] == "se=off"
    app.text_input(key="knob_set").set_value("se").run()
    (told,) = app.warning
    assert "such as act" in told.value
    assert madds(app) == changed
    # a net without such blocks cannot be changed so: another net starts as it is printed
    app.selectbox(key="knob_model").set_value("vgg16").run()
    assert madds(app) == count(build("vgg16")).madds


@pytest.mark.parametrize("later", [False, True])
def test_a_widget_that_lags_behind_takes_nothing_back(
    monkeypatch: pytest.MonkeyPatch, *, later: bool
) -> None:
    """What was typed moved the slider; a browser that has not heard of it sends its old place."""
    app = opened(model="mobilenet_v1")
    app.text_input(key="knob_resolution_exact").set_value("224x160").run()
    monkeypatch.setattr(_state, "SETTLED", 0.0 if later else 3600.0)
    app.text_input(key="knob_width_exact").set_value("0.3333")
    app.select_slider(key="knob_resolution").set_value(224).run()
    # who moves it back when all stands still has his way
    side = 224 if later else "224x160"
    assert madds(app) == count(build("mobilenet_v1", width="0.3333", resolution=side)).madds
    assert app.select_slider(key="knob_resolution").value == side


@pytest.mark.parametrize("later", [False, True])
def test_an_address_that_lags_behind_is_no_new_link(
    monkeypatch: pytest.MonkeyPatch, *, later: bool
) -> None:
    app = opened(model="mobilenet_v1")
    app.select_slider(key="knob_width").set_value(0.5).run()
    monkeypatch.setattr(_state, "SETTLED", 0.0 if later else 3600.0)
    # something that is no knob has the script run before the browser has the new address
    app.query_params.clear()
    app.query_params["model"] = "mobilenet_v1"
    app.run()
    width = "1" if later else "0.5"
    assert madds(app) == count(build("mobilenet_v1", width=width)).madds


def test_what_cannot_be_computed_says_how_to_go_on() -> None:
    app = opened(model="vgg16", resolution="8")
    (told,) = app.warning
    assert "too small" in told.value
    assert madds(press(app, "reset")) == count(build("mobilenet_v2")).madds


def test_a_refusal_leads_back_to_what_worked() -> None:
    app = opened(model="vgg16", prune="0.5")
    whole = madds(app)
    app.select_slider(key="knob_resolution").set_value(32).run()
    app.text_input(key="knob_resolution_exact").set_value("8").run()
    assert app.warning
    small = count(build("vgg16", resolution=32, prune="0.5")).madds
    assert madds(press(app, "step_back")) == small != whole


def test_a_fault_of_a_page_is_told_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def show(_here: Any) -> None:
        raise RuntimeError("a <b>fault</b>")

    monkeypatch.setattr(_shell, "page_module", lambda _: SimpleNamespace(show=show))
    app = opened()
    assert not app.exception
    (told,) = app.error
    assert told.value == SAY("dashboard.failed")
    assert "RuntimeError: a <b>fault</b>" in app.code[0].value
    assert app.button_group  # the language can still be chosen


def test_a_baseline_is_pinned_and_removed() -> None:
    app = press(opened(width="0.75"), "pin")
    assert app.query_params["baseline"] == "mobilenet_v2;width=0.75"
    app.select_slider(key="knob_width").set_value(1.0).run()
    whole, narrow = count(build("mobilenet_v2")), count(build("mobilenet_v2", width="0.75"))
    percent = 100 * (whole.madds - narrow.madds) / narrow.madds
    assert any(f"+{percent:.2f}%" in one.proto.body for one in app.get("html"))
    assert "baseline" not in press(app, "unpin").query_params


def test_another_model_starts_at_its_own_size() -> None:
    app = opened(resolution="192", width="0.5", prune="stage_2:0.5")
    app.selectbox(key="knob_model").set_value("ssd300_vgg").run()
    assert app.query_params == {"model": "ssd300_vgg"}
    assert madds(app) == count(build("ssd300_vgg")).madds
