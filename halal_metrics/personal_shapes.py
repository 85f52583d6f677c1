"""
Numbers and addresses of people in a text: a NIK, a phone, an e-mail address, whatever the grouping, the script of the
digits or their neighbours. A business's own numbers (NIB, nomor daftar, nomor sertifikat), dates and counts are none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

NIK_DIGITS: Final = 16

# What people put between groups of digits; a comma is not among them, it parts numbers.
_BETWEEN: Final = r"[\s./\\_\-‐-―−·•()+\u00ad\u200b-\u200f\u2060\ufeff]"
_RUN: Final = re.compile(rf"\d(?:{_BETWEEN}{{0,3}}\d)+")
_DIGEST: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32,}(?![0-9A-Za-z])")  # names a file, not a person
_EMAIL: Final = re.compile(r"[^\s<>(),;:\"'@＠]+[@＠][\w\-]+(?:\.[\w\-]+)+")

_USUAL: Final = (
    [4, 4, 4, 4],
    [6, 6, 4],
    [6, 10],
    [12, 4],
    [8, 8],
    [2, 2, 2, 6, 4],
    [6, 2, 2, 2, 4],
    [2, 2, 2, 2, 2, 2, 4],
)
"""Digits in the groups in which people write a NIK: taken for one even where its day of birth cannot be."""
_COUNTS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:\s+\d{1,3}(?:\.\d{3})*)*")
_BEFORE_CERTIFICATE: Final = re.compile(r"(?i)\bID[\s.\-]?$")

_MOBILE: Final = re.compile(r"08[1-35789]\d{6,10}|(?:00)?62(?:0?8)[1-35789]\d{6,10}")
_TOWN: Final = re.compile(r"(?:0|62)[2-79]\d{7,10}")
"""With the town's code: 0541, 021."""
_WITHOUT_ZERO: Final = re.compile(r"8[1-35789]\d{7,10}")
"""As a spreadsheet leaves a mobile number."""
_LONGEST_PHONE: Final = 15
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_BEFORE_NIB: Final = re.compile(r"(?i)NIB\W{0,3}$")
_BEFORE_MONEY: Final = re.compile(r"(?i)\bRp\W{0,2}$")


class Span(NamedTuple):
    """Where in a text something stands, and what: "nik", "phone" or "email"."""

    start: int
    end: int
    what: str


def found(text: str) -> list[Span]:
    """
    What is personal in a text, from left to right, none over another.

    >>> [span.what for span in found("NIK 9901-0141-0190-0001, HP +62 812 3456 7890, ani@contoh.example")]
    ['nik', 'phone', 'email']
    >>> found("NIB 8120001234567, SH2025-1-990001, ID64110055824640426, 31/05/2025 s.d. 04-06-2025, 1.000 kuota")
    []
    """
    spans = [Span(*match.span(), "email") for match in _EMAIL.finditer(text)]
    spans += [span for span in _in_digits(text) if not any(span.start < e.end and e.start < span.end for e in spans)]
    return sorted(spans)


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


def _in_digits(text: str) -> Iterator[Span]:
    digests = [match.span() for match in _DIGEST.finditer(text)] if len(text) >= 32 else []
    for run in _RUN.finditer(text):
        if any(start <= run.start() < end for start, end in digests):
            continue
        groups = [_Group(*match.span(), _ascii(match[0])) for match in re.finditer(r"\d+", text)
                  if run.start() <= match.start() < run.end()]  # fmt: skip
        place = 0
        while place < len(groups):
            if many := _certificate(text, groups, place) or _date(text, groups, place):
                pass
            elif many := _nik(text, groups, place):
                yield Span(groups[place].start, groups[place + many - 1].end, "nik")
            elif many := _phone(text, groups, place):
                yield Span(_with_plus(text, groups[place].start), groups[place + many - 1].end, "phone")
            place += many or 1


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def _between(text: str, groups: list[_Group], place: int) -> str:
    """What stands between a group and the next."""
    return text[groups[place].end : groups[place + 1].start] if place + 1 < len(groups) else ""


def _certificate(text: str, groups: list[_Group], place: int) -> int:
    """How many groups from here are the digits of a certificate, written apart; 0 where none begins here."""
    if _BEFORE_CERTIFICATE.search(text[: groups[place].start]):
        ends = accumulate(len(group.digits) for group in groups[place:])
        return next((many for many, digits in enumerate(ends, 1) if digits == NIK_DIGITS + 1), 0)
    return 0


def _date(text: str, groups: list[_Group], place: int) -> int:
    """
    How many groups from here are a date: 31/05/2025, 2025-05-31, 20250531; 31-05-25 where what follows is parted
    otherwise. 0 where none begins here.
    """
    three = [group.digits for group in groups[place : place + 3]]
    if len(three[0]) == 8 and _is_date(int(three[0][6:]), int(three[0][4:6]), int(three[0][:4])):
        return 1
    parted = _between(text, groups, place)
    if len(three) < 3 or parted not in ("-", ".", "/") or _between(text, groups, place + 1) != parted:
        return 0
    if len(three[0]) == 4:
        three.reverse()
    long = len(three[2]) == 4
    if max(map(len, three[:2])) > 2 or not (long or len(three[2]) == 2):
        return 0
    if not long and _between(text, groups, place + 2) == parted:
        return 0
    day, month, year = map(int, three)
    return 3 if _is_date(day, month, year if long else 2000 + year) else 0


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1990 <= year <= 2099


def _nik(text: str, groups: list[_Group], place: int) -> int:
    """How many groups from here are a NIK; 0 where none begins here."""
    digits, many = "", 0
    while len(digits) < NIK_DIGITS and place + many < len(groups):
        digits += groups[place + many].digits
        many += 1
    if len(digits) != NIK_DIGITS or digits[0] == "0":
        return 0
    lengths = [len(group.digits) for group in groups[place : place + many]]
    written = text[groups[place].start : groups[place + many - 1].end]
    if many == 1:  # behind ID it may be a certificate that lost a digit
        return 1 if _born(digits) or not _BEFORE_CERTIFICATE.search(text[: groups[place].start]) else 0
    if 13 in lengths:  # a NIB, and a small number beside it
        return 0
    if _COUNTS.fullmatch(written) or _round_or_years(groups[place : place + many]):
        return 0
    return many if _born(digits) or lengths in _USUAL or set(lengths) == {1} else 0


def _born(nik: str) -> bool:
    """Whether its middle is a day of birth; of women 40 is added to the day."""
    day, month = int(nik[6:8]), int(nik[8:10])
    return 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def _round_or_years(groups: Sequence[_Group]) -> bool:
    return all(
        len(group.digits) == 4 and (group.digits.endswith("00") or 1990 <= int(group.digits) <= 2099)
        for group in groups
    )


def _phone(text: str, groups: list[_Group], place: int) -> int:
    """How many groups from here are a phone; 0 where none begins here."""
    before, digits, best = text[: groups[place].start], "", 0
    abroad = before.endswith("+")
    for many in range(1, len(groups) - place + 1):
        last = groups[place + many - 1]
        if best and (best == 1 or last.digits.startswith(("08", "62"))):
            break  # another number, or another phone
        if best and _between(text, groups, place + many - 2) != _between(text, groups, place + many - 3):
            break
        digits += last.digits
        if len(digits) > _LONGEST_PHONE:
            break
        written = text[groups[place].start : last.end]
        if (abroad and len(digits) >= 9) or _is_phone(digits, groups[place : place + many], before, written):
            best = many
    return best


def _is_phone(digits: str, groups: Sequence[_Group], before: str, written: str) -> bool:
    lengths = [len(group.digits) for group in groups]
    if len(digits) == 13 and len(lengths) == 1 and _BEFORE_NIB.search(before):
        return False
    if _MOBILE.fullmatch(digits):
        return True
    if _TOWN.fullmatch(digits):
        return len(lengths) == 1 or (3 <= lengths[0] <= 4 and min(lengths) >= 3)
    money = _BEFORE_MONEY.search(before) or _THOUSANDS.fullmatch(written)
    return bool(_WITHOUT_ZERO.fullmatch(digits)) and not money and lengths[0] >= 3


def _with_plus(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in "+(" else start
