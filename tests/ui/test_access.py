"""Who may write: every kind of visitor, every kind of write."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit import config

from halal_ui.screen import access
from halal_ui.screen.access import actors, loopback, permission
from halal_ui.screen.access.roster import Roster, roster, understood

UINSI, UNMUL = "LP3H UINSI Samarinda", "Halal Center Universitas Mulawarman"
OURS = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.fixture
def listening() -> Iterator[Callable[[str | None], None]]:
    """Sets the address the server listens on."""
    yield lambda address: config.set_option("server.address", address)
    config.set_option("server.address", None)


@pytest.fixture
def request_from(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets what is known of the request: its headers, the address it comes from (None: 127.0.0.1), its cookies."""

    def come(headers: dict[str, str], ip: str | None = None, cookies: dict[str, str] | None = None) -> None:
        context = type("Context", (), {"headers": headers, "ip_address": ip, "cookies": cookies or {}})()
        for module in (loopback, actors):
            monkeypatch.setattr(module, "st", _Streamlit(context))

    return come


class _Streamlit:
    """Streamlit, with another request."""

    def __init__(self, context: object) -> None:
        self.context = context

    def __getattr__(self, name: str):
        return getattr(st, name)


@pytest.fixture
def stands(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets who acts, and what they still need."""

    def stand(actor: access.Actor, need: str = "") -> None:
        monkeypatch.setattr(permission, "standing", lambda: (actor, need))

    return stand


def lists(path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(text, "utf-8")
    monkeypatch.setenv("PANTAU_HALAL_ACCESS", str(path))


@pytest.mark.parametrize(
    ("address", "headers", "ip", "here"),
    [
        ("127.0.0.1", OURS, None, True),
        ("localhost", {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, None, True),
        ("127.0.0.1", {"Host": "127.0.0.1:8501"}, None, True),  # a program of this machine
        (None, OURS, None, False),  # streamlit run: listens on every address
        ("0.0.0.0", OURS, None, False),
        ("::", OURS, None, False),
        ("10.1.2.3", OURS, None, False),
        ("unix:///run/app.sock", OURS, None, False),
        ("127.0.0.1", {}, None, False),  # no request at all
        ("127.0.0.1", OURS, "10.1.2.3", False),  # a web server that was told another address than Streamlit
        ("127.0.0.1", OURS | {"X-Forwarded-For": "10.1.2.3"}, None, False),  # a proxy on this machine
        ("127.0.0.1", OURS | {"Forwarded": "for=10.1.2.3"}, None, False),
        ("127.0.0.1", {"Host": "pantau.example", "Origin": "https://pantau.example"}, None, False),
        ("127.0.0.1", {"Host": "rebound.example:8501", "Origin": "http://rebound.example:8501"}, None, False),
        ("127.0.0.1", {"Host": "localhost:8501", "Origin": "http://localhost:3000"}, None, False),
        ("127.0.0.1", {"Host": "localhost:8501", "Origin": "null"}, None, False),
        ("127.0.0.1", {"Host": "localhost.example:8501"}, None, False),
        ("127.0.0.1", {"Host": "user@localhost:8501"}, None, True),  # the host of it is localhost
    ],
)
def test_only_the_machine_itself_is_the_keyboard(
    address: str | None, headers: dict, ip: str | None, here: bool, listening: Callable, request_from: Callable
):
    """The server listens on loopback, and the request came straight to it by one of loopback's names."""
    listening(address)
    request_from(headers, ip)
    assert loopback.at_keyboard() is here


def test_the_name_of_this_browser_is_remembered(listening: Callable, request_from: Callable):
    """At the keyboard one is operator under the name the browser kept; without one, a name is asked for."""
    listening("127.0.0.1")
    request_from(OURS, cookies={actors.COOKIE: "Rina%20Wulandari"})
    assert access.actor() == access.Actor("Rina Wulandari", "operator")
    request_from(OURS, cookies={actors.COOKIE: "%3Cb%3E"})
    assert actors.standing() == (actors.STRANGER, "name")


def test_without_a_sign_in_the_network_only_reads(listening: Callable, request_from: Callable):
    """On an open address nobody may write until the sign-in is set up, and the sentence says how."""
    listening("0.0.0.0")
    request_from(OURS, cookies={actors.COOKIE: "Rina"})
    assert access.actor().role == "viewer"
    with pytest.raises(access.NotAllowed, match=r"hanya dapat dibaca.*mengunggah berkas.*secrets\.toml"):
        access.require("mengunggah berkas")


def test_who_acts_is_never_an_error(monkeypatch: pytest.MonkeyPatch):
    """Whatever breaks, somebody unknown is a viewer."""
    monkeypatch.setattr(actors, "at_keyboard", lambda: 1 / 0)
    assert access.actor() == actors.STRANGER
    with pytest.raises(access.NotAllowed):
        access.require("mengunggah berkas")


LISTED = understood({"operators": ["rina@dinas.example"], "lp3h": {"UINSI": ["budi@uinsi.example"]}})


@pytest.mark.parametrize(
    ("claims", "role", "need"),
    [
        ({"email": "rina@dinas.example", "email_verified": True}, "operator", ""),
        ({"email": " RINA@dinas.EXAMPLE ", "email_verified": "true"}, "operator", ""),
        ({"email": "budi@uinsi.example", "email_verified": True}, "lp3h", ""),
        ({"email": "tamu@dinas.example", "email_verified": True}, "viewer", "listed"),
        ({"email": "rina@dinas.example", "email_verified": False}, "viewer", "verified"),
        ({"email": "rina@dinas.example", "email_verified": "false"}, "viewer", "verified"),
        ({"email": "rina@dinas.example"}, "viewer", "verified"),
        ({"email": "rina@dinas.example", "email_verified": 1}, "viewer", "verified"),
        ({"email": "x <rina@dinas.example>", "email_verified": True}, "viewer", "email"),
        ({"email": ["rina@dinas.example"], "email_verified": True}, "viewer", "listed"),
        ({"name": "rina@dinas.example", "email_verified": True}, "viewer", "email"),
        ({"email": None}, "viewer", "email"),
    ],
)
def test_a_claim_is_believed_only_as_far_as_it_goes(claims: dict, role: str, need: str):
    """A verified address in the list, in whatever case; nothing else makes an operator."""
    found, needed = actors.judged(claims, LISTED)
    assert (found.role, needed) == (role, need)
    assert found.lp3h == (UINSI if role == "lp3h" else None)


def test_a_provider_that_does_not_say_may_be_trusted():
    """verified_email_only = false takes a missing claim for a yes, and still not a no."""
    trusting = understood({"operators": ["rina@dinas.example"], "verified_email_only": False})
    assert actors.judged({"email": "rina@dinas.example"}, trusting)[0].role == "operator"
    assert actors.judged({"email": "rina@dinas.example", "email_verified": False}, trusting)[1] == "verified"


def test_nobody_can_call_themselves_somebody_else():
    """A name with an address in it does not pass for that address in the log."""
    claims = {"name": "Rina <rina@dinas.example>", "email": "tamu@dinas.example", "email_verified": True}
    assert actors.judged(claims, LISTED)[0].by == "Rina rinadinas.example <tamu@dinas.example>"


def test_the_list_counts_from_the_next_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever is struck off may not write any more, without a restart."""
    file = tmp_path / "access.toml"
    lists(file, 'operators = ["rina@dinas.example"]', monkeypatch)
    assert roster().operators == {"rina@dinas.example"}
    file.write_text("operators = []")
    assert not roster().operators
    file.unlink()
    assert roster() == Roster()


@pytest.mark.parametrize(
    "text",
    [
        "operators = [",
        'operators = "rina@dinas.example"',
        'operators = ["Rina"]',
        'operator = ["rina@dinas.example"]',
        '[lp3h]\n"LPH UINSI" = ["budi@uinsi.example"]',
        '[lp3h]\n"UINSI" = ["budi@uinsi.example"]\n"Unmul" = ["budi@uinsi.example"]',
        'operators = ["rina@dinas.example"]\nverified_email_only = "no"',
        'lp3h = ["budi@uinsi.example"]',
    ],
)
def test_a_list_that_is_not_understood_lists_nobody(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Half a list is not guessed: everybody reads, and is told that the file needs mending."""
    lists(tmp_path / "access.toml", text, monkeypatch)
    listed = roster()
    assert listed == Roster(fault=listed.fault)
    found, need = actors.judged({"email": "rina@dinas.example", "email_verified": True}, listed)
    assert (found.role, need) == ("viewer", "roster")
    assert "membetulkan berkas itu" in permission.why_not("mengunggah berkas", found, need)


def test_the_list_that_comes_along_lists_nobody(monkeypatch: pytest.MonkeyPatch):
    """data/access.toml is an example without operators."""
    monkeypatch.delenv("PANTAU_HALAL_ACCESS", raising=False)
    assert roster() == Roster()


OPERATOR = access.Actor("Rina", "operator", email="rina@dinas.example")
STAFF = access.Actor("Budi", "lp3h", UINSI, "budi@uinsi.example")
NEEDS = ["name", "sign_in", "set_up", "email", "verified", "listed", "roster"]


def test_an_operator_may_write_anything(stands: Callable):
    """For every institution, named in the log by name and address."""
    stands(OPERATOR)
    assert access.require("mengunggah berkas", lp3h=[UINSI, None], table="quotas") == "Rina <rina@dinas.example>"
    assert access.require("membatalkan unggahan", uploaded_by=STAFF.by) == OPERATOR.by


@pytest.mark.parametrize(
    "touched",
    [
        {"lp3h": [UINSI, UINSI], "table": "applications"},
        {"lp3h": pd.Series([UINSI, UINSI], dtype="str"), "table": "recaps"},
        {"lp3h": [], "table": "applications"},
        {"lp3h": [UINSI], "table": "applications", "uploaded_by": STAFF.by},
    ],
)
def test_staff_of_an_institution_write_their_own(touched: dict, stands: Callable):
    """Their rows, and their own uploads to undo."""
    stands(STAFF)
    assert access.require("mengunggah berkas", **touched) == STAFF.by


@pytest.mark.parametrize(
    "touched",
    [
        {"lp3h": [UINSI, UNMUL], "table": "applications"},
        {"lp3h": [UINSI, None], "table": "applications"},
        {"lp3h": pd.Series([UINSI, None], dtype="str"), "table": "recaps"},
        {"lp3h": [UINSI], "table": "quotas"},
        {"lp3h": [UINSI], "table": "candidates"},
        {"lp3h": [UINSI], "uploaded_by": OPERATOR.by},
        {"lp3h": [UINSI], "uploaded_by": "Budi <budi@lain.example>"},
        {},
    ],
)
def test_staff_of_an_institution_write_nothing_else(touched: dict, stands: Callable):
    """Other institutions' rows, rows of nobody, plans, other people's uploads, and what is not told: an operator's."""
    stands(STAFF)
    with pytest.raises(access.NotAllowed, match=r"Anda masuk untuk UINSI.*operator"):
        access.require("mengunggah berkas", **touched)


@pytest.mark.parametrize("need", NEEDS)
def test_whoever_lacks_something_writes_nothing(need: str, stands: Callable):
    """Each need has its sentence: what cannot be done, and what to do about it."""
    stands(access.Actor("Tamu", "viewer", email="tamu@dinas.example"), need)
    with pytest.raises(access.NotAllowed) as refused:
        access.require("mengunggah berkas", lp3h=[UINSI], table="applications")
    sentence = str(refused.value)
    assert "mengunggah berkas" in sentence
    assert "{" not in sentence
    assert sentence.endswith(".")


def test_nobody_writes_while_looking_at_the_past(stands: Callable, monkeypatch: pytest.MonkeyPatch):
    """What would be written now does not belong into what was known then."""
    stands(OPERATOR)
    monkeypatch.setattr(permission.past, "known_at", lambda: pd.Timestamp("2025-06-04 10:00"))
    with pytest.raises(access.NotAllowed, match=r"diketahui pada 4 Juni 2025 pukul 10\.00 WITA"):
        access.require("mengunggah berkas")
