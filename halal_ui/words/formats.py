"""
Numbers and dates as the office writes them: 1.000 · 32,0% · −12 · 31 Mei 2025.

Every function gives "–" for what is missing (None, NaN, NaT, pd.NA) or infinite, and never "−0".
"""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

import pandas as pd

MISSING: Final = "–"
MINUS: Final = "−"  # the mathematical sign: as wide as "+", and no line break after it

MONTHS: Final = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
SHORT_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
DAYS: Final = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]
SHORT_DAYS: Final = ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"]


def fmt_count(value: Any) -> str:
    """
    A count, rounded to a whole number.

    >>> fmt_count(1000), fmt_count(-12), fmt_count(None)
    ('1.000', '−12', '–')
    """
    return fmt_number(value, digits=0)


def fmt_number(value: Any, *, digits: int = 1) -> str:
    """
    A number with a fixed number of decimals; halves are rounded away from zero, as spreadsheet programs do.

    >>> fmt_number(24.5), fmt_number(1234567.895, digits=2), fmt_number(-0.01)
    ('24,5', '1.234.567,90', '0,0')
    """
    return MISSING if is_missing(value) else _text(_decimal(value), digits)


def fmt_rate(value: Any, *, digits: int = 1) -> str:
    """
    A fraction as a percentage.

    >>> fmt_rate(0.32), fmt_rate(1.25, digits=0), fmt_rate(float("nan"))
    ('32,0%', '125%', '–')
    """
    return MISSING if is_missing(value) else _text(_hundredths(value), digits) + "%"


def fmt_signed(value: Any, *, digits: int = 0) -> str:
    """
    A change or a difference, always with its sign; zero has none.

    >>> fmt_signed(12), fmt_signed(-12), fmt_signed(0.2), fmt_signed(2.25, digits=1)
    ('+12', '−12', '0', '+2,3')
    """
    return MISSING if is_missing(value) else _text(_decimal(value), digits, plus="+")


def fmt_points(value: Any, *, digits: int = 1) -> str:
    """
    The difference of two fractions, in percentage points.

    >>> fmt_points(-0.123), fmt_points(0.04)
    ('−12,3 poin', '+4,0 poin')
    """
    return MISSING if is_missing(value) else _text(_hundredths(value), digits, plus="+") + " poin"


def fmt_part(share: float) -> str:
    """
    A part of the quota that is a goal.

    >>> fmt_part(0.8), fmt_part(1.0)
    ('80% kuota', 'seluruh kuota')
    """
    return "seluruh kuota" if share >= 1 else f"{fmt_rate(share, digits=0)} kuota"


def fmt_chance(value: Any, *, at_least: bool = False) -> str:
    """
    A chance in whole percents; one found in some thousand futures is never quite none, and never quite sure.

    >>> fmt_chance(0.398), fmt_chance(0.0), fmt_chance(0.999), fmt_chance(None), fmt_chance(0.85, at_least=True)
    ('40%', 'kurang dari 1%', 'lebih dari 99%', '–', '85% atau lebih')
    """
    if is_missing(value):
        return MISSING
    if value < _SURE and not at_least:
        return "kurang dari 1%"
    if value > 1 - _SURE:
        return "lebih dari 99%"
    return fmt_rate(value, digits=0) + (" atau lebih" if at_least else "")


def short_chance(value: Any) -> str:
    """
    The same where there is little room.

    >>> short_chance(0.398), short_chance(0.0), short_chance(0.999)
    ('40%', '≤ 1%', '≥ 99%')
    """
    return fmt_chance(value).replace("kurang dari ", "≤ ").replace("lebih dari ", "≥ ")


def fmt_band(low: Any, high: Any) -> str:
    """
    From the least to the most that is expected.

    >>> fmt_band(829, 1000), fmt_band(58, 58)
    ('829–1.000', '58')
    """
    return fmt_count(low) if fmt_count(low) == fmt_count(high) else f"{fmt_count(low)}–{fmt_count(high)}"


def fmt_date(value: Any) -> str:
    """
    A date in words. Takes date, datetime, Timestamp, datetime64 or ISO text.

    >>> fmt_date("2025-05-31"), fmt_date(pd.NaT)
    ('31 Mei 2025', '–')
    """
    day = _day(value)
    return MISSING if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def fmt_day_month(value: Any) -> str:
    """
    A date within a year that is known from around it.

    >>> fmt_day_month("2025-05-31")
    '31 Mei'
    """
    day = _day(value)
    return MISSING if day is None else f"{day.day} {MONTHS[day.month - 1]}"


def fmt_month(value: Any) -> str:
    """
    >>> fmt_month("2025-05-31")
    'Mei 2025'
    """
    day = _day(value)
    return MISSING if day is None else f"{MONTHS[day.month - 1]} {day.year}"


def fmt_date_digits(value: Any) -> str:
    """
    A date in digits, day first.

    >>> fmt_date_digits("2025-05-31")
    '31/05/2025'
    """
    day = _day(value)
    return MISSING if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def is_missing(value: Any) -> bool:
    """
    Whether there is nothing to write: None, NaN, NaT, pd.NA, and the infinities of a division by zero.

    >>> is_missing(pd.NA), is_missing(float("inf")), is_missing(0)
    (True, True, False)
    """
    return value is None or bool(pd.isna(value)) or value in (math.inf, -math.inf)


_SURE: Final = 0.01
_OFFICE: Final = Context(prec=400, rounding=ROUND_HALF_UP)  # holds every float to its last decimal
_SWAP: Final = str.maketrans({",": ".", ".": ",", "-": MINUS})


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))  # by its shortest decimal form: 0.145 is 14,5%, not 14,4999…%


def _hundredths(value: Any) -> Decimal:
    return _decimal(value).scaleb(2, _OFFICE)


def _text(number: Decimal, digits: int, plus: str = "") -> str:
    rounded = number.quantize(Decimal(1).scaleb(-digits), context=_OFFICE)
    if not rounded:
        return f"{abs(rounded):f}".translate(_SWAP)
    return f"{rounded:{plus},f}".translate(_SWAP)


def _day(value: Any) -> pd.Timestamp | None:
    return None if is_missing(value) else pd.Timestamp(value)
