"""What a page shows to those who want to write."""

from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest

from halal_ui.screen import access
from halal_ui.screen.access import actors


def at_the_gate() -> None:
    from halal_ui.screen import access

    access.gate("mengunggah berkas")


def test_the_gate_asks_for_a_name_once(monkeypatch: pytest.MonkeyPatch):
    """At the keyboard: a name is asked for, a useless one is said, a given one is shown and can be changed."""
    monkeypatch.setattr(actors, "at_keyboard", lambda: True)
    app = AppTest.from_function(at_the_gate).run()
    assert "Tulis dahulu nama Anda" in app.caption[0].value
    app.text_input[0].set_value("-")
    app.button[0].click().run()
    assert "dua huruf" in app.warning[0].value
    app.text_input[0].set_value("Rina  Wulandari")
    app.button[0].click().run()
    assert app.caption[0].value == "Dicatat atas nama Rina Wulandari."
    assert "Rina%20Wulandari" in app.get("html")[0].proto.body
    app.button(key="ganti-nama mengunggah berkas").click().run()
    app.text_input[0].set_value("Sari")
    app.button[0].click().run()
    assert app.caption[0].value == "Dicatat atas nama Sari."


@pytest.mark.parametrize("need", ["sign_in", "set_up", "email", "verified", "listed", "roster"])
def test_the_gate_says_what_is_missing(need: str, monkeypatch: pytest.MonkeyPatch):
    """Elsewhere: why one cannot write, the way in or out, and no more."""
    viewer = access.Actor("Tamu", "viewer", email="tamu@dinas.example" if need in ("verified", "listed") else None)
    monkeypatch.setattr(import_module("halal_ui.screen.access.gate"), "standing", lambda: (viewer, need))
    app = AppTest.from_function(at_the_gate).run()
    assert not app.exception
    assert "mengunggah berkas" in app.info[0].value
    ways = {"sign_in": ["Masuk"], "verified": ["Keluar"], "listed": ["Keluar"], "email": ["Keluar"]}
    assert [button.label for button in app.button] == ways.get(need, [])


def at_two_gates() -> None:
    from halal_ui.screen import access

    access.gate("mengunggah berkas")
    access.gate("membatalkan unggahan")


@pytest.mark.parametrize("need", ["", "name", "sign_in", "listed", "email"])
def test_two_things_can_be_done_on_one_page(need: str, monkeypatch: pytest.MonkeyPatch):
    """Each asks by itself, whatever it is that is missing."""
    who = access.Actor(
        "Rina", "viewer" if need else "operator", email="rina@dinas.example" if need == "listed" else None
    )
    monkeypatch.setattr(import_module("halal_ui.screen.access.gate"), "standing", lambda: (who, need))
    app = AppTest.from_function(at_two_gates).run()
    assert not app.exception
    if not need:
        app.button(key="ganti-nama membatalkan unggahan").click().run()
        assert not app.exception
        assert len(app.text_input) == 1
