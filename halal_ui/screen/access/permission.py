"""Whether a write may happen, asked right before it does; and in words, why not."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from halal_ui.screen import past
from halal_ui.screen.access.actors import Actor, Need, standing
from halal_ui.screen.access.roster import location, roster
from halal_ui.words.names import institution

OWN_TABLES: Final = ("applications", "recaps")
"""Tables an LP3H states for itself. A quota plan, candidates or certificates concern everybody."""

_WHY: Final[dict[Need, str]] = {
    "name": "Tulis dahulu nama Anda untuk {what}: setiap perubahan dicatat atas nama yang melakukannya.",
    "sign_in": "Masuklah dengan akun kantor Anda untuk {what}. Melihat dashboard tidak memerlukannya.",
    "set_up": (
        "Di alamat ini dashboard hanya dapat dibaca, karena cara masuk belum diatur. Untuk {what}, buka dashboard di "
        "komputer tempat ia dijalankan, atau mintalah pengelola mengisi [auth] di .streamlit/secrets.toml dan daftar "
        "operator di {list}."
    ),
    "email": "Akun Anda tidak menyebut alamat surel, jadi belum dapat dipakai untuk {what}. Masuklah dengan akun lain.",
    "verified": (
        "Alamat surel {email} belum dinyatakan terverifikasi oleh penyedia akun, jadi belum dapat dipakai untuk "
        "{what}. Verifikasikan alamat itu di akun Anda, lalu masuk kembali."
    ),
    "listed": (
        "Anda masuk sebagai {by}, yang belum terdaftar sebagai operator. Untuk {what}, mintalah pengelola "
        "menambahkan alamat surel itu ke {list}."
    ),
    "roster": (
        "Daftar operator ({list}) belum dapat dibaca, jadi untuk sementara dashboard hanya dapat dibaca. "
        "Untuk {what}, mintalah pengelola membetulkan berkas itu ({fault})."
    ),
}


class NotAllowed(Exception):
    """A write that may not happen. Its text is the sentence for whoever asked: why, and what they can do."""


def require(
    what: str,
    *,
    lp3h: Iterable[str | None] | None = None,
    table: str | None = None,
    uploaded_by: str | None = None,
) -> str:
    """
    Who acts, as the log names them; raises NotAllowed where they may not do `what` ("mengunggah berkas").

    To be called inside every write, right before it: what is drawn on a page is no protection, since a click can be
    forged. An LP3H's staff may write only what is their own, so each write says what it touches:
    `lp3h`: the institutions of its rows, and those that the changed rows had before; None: not told, not theirs.
    `table`: what kind of table it writes; staff of an LP3H state `applications` and `recaps`.
    `uploaded_by`: where an upload is undone, who had made it.
    """
    found, need = standing()
    if need:
        raise NotAllowed(why_not(what, found, need))
    if (moment := past.known_at()) is not None:
        raise NotAllowed(_in_the_past(what, moment))
    if found.role == "lp3h":
        _only_their_own(what, found, lp3h, table, uploaded_by)
    return found.by


def why_not(what: str, found: Actor, need: Need) -> str:
    """The sentence for what somebody still needs."""
    fault = roster().fault if need == "roster" else ""
    return _WHY[need].format(what=what, by=found.by, email=found.email, list=location().name, fault=fault)


def in_the_past(what: str) -> str:
    """The sentence for somebody who looks at the past; "" for the present."""
    moment = past.known_at()
    return "" if moment is None else _in_the_past(what, moment)


def _in_the_past(what: str, moment: pd.Timestamp) -> str:
    return f"Anda melihat data seperti diketahui pada {past.in_words(moment)}. Kembalilah ke sekarang untuk {what}."


def _only_their_own(
    what: str, found: Actor, lp3h: Iterable[str | None] | None, table: str | None, uploaded_by: str | None
) -> None:
    own = f"Anda masuk untuk {institution(found.lp3h)}, jadi hanya dapat {what} untuk LP3H itu."
    if lp3h is None or table not in (None, *OWN_TABLES):
        raise NotAllowed(f"{own} Yang ini menyangkut semua: mintalah operator melakukannya.")
    if uploaded_by is not None and uploaded_by != found.by:
        raise NotAllowed(f"{own} Yang ini dibuat orang lain: mintalah operator melakukannya.")
    others = pd.Series(list(lp3h), dtype="str")
    others = others[others.ne(found.lp3h) | others.isna()]
    if len(others):
        names = ", ".join(map(institution, others.drop_duplicates()[:3]))
        raise NotAllowed(
            f"{own} Ada {len(others)} baris milik {names}: keluarkan baris itu, atau mintalah operator melakukannya."
        )
