"""Who acts in this browser, and what they still need before they may write."""

import logging
import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import unquote

import streamlit as st

from halal_ui.screen.access.loopback import at_keyboard
from halal_ui.screen.access.roster import Roster, roster

Role = Literal["operator", "lp3h", "viewer"]
Need = Literal["", "name", "sign_in", "set_up", "email", "verified", "listed", "roster"]
"""What is missing before somebody may write; "" where nothing is."""

KEYBOARD: Final = "di komputer ini"
"""Whose the work at this machine's own keyboard is, under whatever name: no address of anybody."""
COOKIE: Final = "pantau_halal_nama"
NAME_KEY: Final = "nama pelaku"
LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Actor:
    """Somebody at the screen. `lp3h`: the institution whose rows alone they may write; `email` where signed in."""

    name: str
    role: Role
    lp3h: str | None = None
    email: str | None = None

    @property
    def by(self) -> str:
        """
        How the log names them.

        >>> Actor("Rina", "operator").by, Actor("Rina", "operator", email="rina@dinas.example").by
        ('Rina', 'Rina <rina@dinas.example>')
        """
        return f"{self.name} <{self.email}>" if self.email else self.name


STRANGER: Final = Actor("", "viewer")


def actor() -> Actor:
    """Who acts in this browser session; a viewer where that is not known. Never raises."""
    return standing()[0]


def standing() -> tuple[Actor, Need]:
    """Who acts, and what they still need in order to write. In doubt, a stranger who needs to sign in."""
    try:
        if at_keyboard():
            name = given_name()
            return (Actor(name, "operator"), "") if name else (STRANGER, "name")
        return _signed_in()
    except Exception:
        logging.getLogger(__name__).exception("who acts could not be told")
        return STRANGER, "set_up"


def person() -> str | None:
    """Whose the work in progress is that is kept for this viewer; None of who may not write."""
    found, need = standing()
    return (found.email or KEYBOARD) if need in ("", "name") else None


def shared() -> bool:
    """Whether the work in progress is the same for all who sit here: nobody signs in at this machine's keyboard."""
    return person() == KEYBOARD


def given_name() -> str:
    """The name given at this keyboard: in this opening, else earlier in this browser; "" where none was."""
    kept = st.context.cookies.get(COOKIE)
    return st.session_state.get(NAME_KEY) or (tidied(unquote(kept)) if isinstance(kept, str) else "")


def tidied(name: str) -> str:
    """
    A name as it may stand in the log: letters, digits, spaces and . , ' - only, at most 80 of them; "" for what has
    no two letters.

    >>> tidied("  Rina   Wulandari, S.E. "), tidied("Budi <kepala@dinas.example>"), tidied("--")
    ('Rina Wulandari, S.E.', 'Budi kepaladinas.example', '')
    """
    kept = " ".join(re.sub(r"[^\w\s.,'’-]|_", "", name).split())[:LONGEST_NAME].strip()
    return kept if sum(letter.isalpha() for letter in kept) >= 2 else ""


def _signed_in() -> tuple[Actor, Need]:
    if "is_logged_in" not in st.user:  # Streamlit's own sign: no [auth] in its secrets
        return STRANGER, "set_up"
    if st.user["is_logged_in"] is not True:
        return STRANGER, "sign_in"
    claims = {key: st.user[key] for key in ("email", "email_verified", "name") if key in st.user}
    return judged(claims, roster())


def judged(claims: dict, listed: Roster) -> tuple[Actor, Need]:
    """
    Who somebody with these claims of the identity provider is, and what they need in order to write.

    >>> listed = Roster(operators=frozenset({"rina@dinas.example"}))
    >>> judged({"email": "Rina@Dinas.example", "email_verified": True, "name": "Rina"}, listed)
    (Actor(name='Rina', role='operator', lp3h=None, email='rina@dinas.example'), '')
    >>> judged({"email": "rina@dinas.example", "email_verified": False}, listed)[1]
    'verified'

    An address that the provider has not verified is nobody's: at some providers anybody may enter any. Where a
    provider does not say, `verified_email_only = false` in the list takes its word.
    """
    email = str(claims.get("email") or "").strip().lower()
    name = tidied(str(claims.get("name") or "")) or email
    known = Actor(name, "viewer", email=email or None)
    verified = claims.get("email_verified")
    if listed.fault:
        return known, "roster"
    if not re.fullmatch(r"[^\s<>]+@[^\s<>]+", email):
        return Actor(name, "viewer"), "email"
    if str(verified).lower() != "true" and (verified is not None or listed.verified_email_only):
        return known, "verified"
    if email in listed.operators:
        return Actor(name, "operator", email=email), ""
    if email in listed.lp3h:
        return Actor(name, "lp3h", listed.lp3h[email], email), ""
    return known, "listed"
