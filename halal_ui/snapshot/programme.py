"""The programme that is watched: data/programme.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parents[2] / "data"


@dataclass(frozen=True)
class Programme:
    """Its names, its office's seat and time zone, its first day, and how the demonstration set is opened and marked."""

    name: str
    office: str
    seat: str
    start: date
    time_zone: str
    demo_opening_date: date
    demo_mark: str
    codes: tuple[str, ...] = ()
    """Its kode fasilitasi: rows of another are not counted. Without any, all are."""


@cache
def programme() -> Programme:
    """
    >>> programme().start
    datetime.date(2025, 2, 20)
    """
    settings = tomllib.loads((DATA / "programme.toml").read_text("utf-8"))
    demo, codes = settings.pop("demo"), settings.pop("codes", ())
    codes = (codes,) if isinstance(codes, str) else tuple(codes)
    return Programme(**settings, codes=codes, demo_opening_date=demo["opening_date"], demo_mark=demo["mark"])
