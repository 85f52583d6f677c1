"""Who is listed to write: `data/access.toml`, or the file that PANTAU_HALAL_ACCESS names."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from halal_metrics import institutions
from halal_ui.snapshot.programme import DATA

NAMES: Final = ("operators", "lp3h", "verified_email_only")


@dataclass(frozen=True)
class Roster:
    """
    E-mail addresses in lower case: of the operators, and of LP3H staff with the canonical name of their institution.
    `fault` says why the file could not be understood, in which case nobody is listed.
    """

    operators: frozenset[str] = frozenset()
    lp3h: Mapping[str, str] = field(default_factory=dict)
    verified_email_only: bool = True
    fault: str = ""


def location() -> Path:
    """Where the list is."""
    return Path(os.environ.get("PANTAU_HALAL_ACCESS") or DATA / "access.toml")


def roster() -> Roster:
    """The list as it is now: whoever is struck off may not write from the next click on. No file: nobody."""
    try:
        return understood(tomllib.loads(location().read_text("utf-8")))
    except FileNotFoundError:
        return Roster()
    except (OSError, ValueError) as fault:  # a TOMLDecodeError and a UnicodeDecodeError are ValueErrors
        return Roster(fault=str(fault))


def understood(settings: Mapping[str, Any]) -> Roster:
    """
    >>> listed = understood({"operators": ["Rina@Dinas.example"], "lp3h": {"UINSI": ["budi@uinsi.example"]}})
    >>> sorted(listed.operators), listed.lp3h
    (['rina@dinas.example'], {'budi@uinsi.example': 'LP3H UINSI Samarinda'})

    Raises ValueError, with what is wrong, for anything that is not such a list: half a list is not guessed.
    """
    if unknown := set(settings) - set(NAMES):
        raise ValueError(f"tidak dikenal: {', '.join(sorted(unknown))}")
    by_lp3h = settings.get("lp3h", {})
    if not isinstance(by_lp3h, Mapping):
        raise ValueError('[lp3h] harus berisi baris seperti "LP3H UINSI Samarinda" = ["nama@contoh.id"]')
    staff: dict[str, str] = {}
    for written, addresses in by_lp3h.items():
        name = institutions.meaning(written).canonical
        if not name:
            raise ValueError(f"{written} bukan LP3H")
        for address in _addresses(written, addresses):
            if staff.setdefault(address, name) != name:
                raise ValueError(f"{address} tercatat untuk dua LP3H")
    verified = settings.get("verified_email_only", True)
    if not isinstance(verified, bool):
        raise ValueError("verified_email_only harus true atau false")
    return Roster(frozenset(_addresses("operators", settings.get("operators", []))), staff, verified)


def _addresses(of: str, written: Any) -> list[str]:
    if not isinstance(written, list) or not all(isinstance(one, str) and "@" in one for one in written):
        raise ValueError(f'{of} harus berisi alamat surel, seperti ["nama@contoh.id"]')
    return [one.strip().lower() for one in written]
