"""
Numbers of people among the digits of a text: NIK and phones, whatever the grouping, the script of the digits or their
neighbours. A business's own numbers (NIB, nomor daftar, nomor sertifikat), dates and counts are none.

A text is gone through once, however long it is: what stands before a number is looked at a few letters back.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

NIK_DIGITS: Final = 16

# What people put between groups of digits; a comma or a colon is not among them, it parts numbers.
_BETWEEN: Final = (
    r"[\s./\\_\-‐-―−·•∙・*~='’()+－／．＿⁄﹣"
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"  # seen by nobody
)
_RUN: Final = re.compile(rf"\d(?:{_BETWEEN}{{0,6}}\d)+")
_DIGITS: Final = re.compile(r"\d+")
_AS_ONE: Final = re.compile(r"(?<!\d)\d(?:(?:[,'’]\d{3}){5}(?!\d)|[.,]\d{15}(?=[eE]))")
"""A NIK that a spreadsheet has taken for a number: 9,901,014,101,900,001 or 9,901014101900001E+15."""
_DIGEST: Final = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{32,}(?![0-9A-Za-z])")  # names a file, no person

_USUAL: Final = (
    *([4, 4, 4, 4], [6, 6, 4], [6, 10], [12, 4], [8, 8], [2, 2, 2, 6, 4], [6, 2, 2, 2, 4], [2, 2, 2, 2, 2, 2, 4]),
    *([3, 3, 3, 3, 4], [5, 5, 6], [4, 12], [10, 6], [1, 3, 3, 3, 3, 3], [2] * 8, [1] * 16),
)
"""Digits in the groups in which people, and spreadsheets, write a NIK."""
_PROVINCES: Final = frozenset(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96"
    " 97 99".split()
)
"""Permendagri 72/2019; 99 is none, and stands for one in tests."""
_INVENTED: Final = "99"

_MOBILE: Final = re.compile(r"08[1-35789]\d{6,10}|(?:00)?62(?:0?8)[1-35789]\d{6,10}")
_TOWN: Final = re.compile(r"(?:0|62)[2-79]\d{7,10}")
"""With the town's code: 0541, 021."""
_WITHOUT_ZERO: Final = re.compile(r"8[1-35789]\d{7,10}")
"""As a spreadsheet leaves a mobile number."""
_LONGEST_PHONE: Final = 15
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")

_NEAR: Final = 24
"""Letters before a number that are looked at."""
_BEFORE_NIB: Final = re.compile(r"(?i)(?:\bNIB|Induk Berusaha)\D{0,8}$")
_BEFORE_CERTIFICATE: Final = re.compile(r"(?i)\bID[\s.\-]?$")
_BEFORE_REGISTRATION: Final = re.compile(r"(?i)\bSH$")
_BEFORE_MONEY: Final = re.compile(r"(?i)\b(?:Rp|IDR)\W{0,2}$")
_BEFORE_DECIMALS: Final = re.compile(r"(?<![\d.,])0[.,]$")


class Span(NamedTuple):
    """Where in a text something stands, and what: "nik", "phone" or "email"."""

    start: int
    end: int
    what: str


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


def numbers(text: str) -> Iterator[Span]:
    """The NIK and the phones in a text, the former first."""
    yield from (Span(*match.span(), "nik") for match in _AS_ONE.finditer(text))
    digests = [match.span() for match in _DIGEST.finditer(text)] if len(text) >= 32 else []
    for run in _RUN.finditer(text):
        while digests and digests[0][1] <= run.start():
            digests.pop(0)
        if digests and digests[0][0] <= run.start():
            continue
        groups = [_Group(*match.span(), _ascii(match[0])) for match in _DIGITS.finditer(text, *run.span())]
        taken = [False] * len(groups)
        _pass_over(text, groups, taken)
        for first, last in _niks(text, groups, taken):
            taken[first:last] = [True] * (last - first)
            yield Span(groups[first].start, groups[last - 1].end, "nik")
        place = 0
        while place < len(groups):
            many = 0 if taken[place] else _phone(text, groups, place, taken)
            if many:
                yield Span(_with_plus(text, groups[place].start), groups[place + many - 1].end, "phone")
            place += many or 1


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def _before(text: str, group: _Group) -> str:
    return text[max(group.start - _NEAR, 0) : group.start]


def _between(text: str, groups: list[_Group], place: int) -> str:
    """What stands between a group and the next, however many spaces and brackets are in it."""
    if place + 1 >= len(groups):
        return ""
    parted = text[groups[place].end : groups[place + 1].start]
    return re.sub(r"[\s()]+", "", parted) or " "


def _pass_over(text: str, groups: list[_Group], taken: list[bool]) -> None:
    """Takes away what is known to be something else: dates, certificates and other numbers of a business."""
    place = 0
    while place < len(groups):
        many = _window(text, groups, taken, place)
        if not many:
            many = _certificate(text, groups, place) or _date(text, groups, place) or _business(text, groups, place)
            taken[place : place + many] = [True] * many
        place += many or 1


def _digits_from(groups: list[_Group], place: int, wanted: int) -> int:
    """How many groups from here have just so many digits; 0 where they do not add up to it."""
    ends = accumulate(len(group.digits) for group in groups[place : place + wanted])
    return next((many for many, digits in enumerate(ends, 1) if digits == wanted), 0)


def _certificate(text: str, groups: list[_Group], place: int) -> int:
    behind = _BEFORE_CERTIFICATE.search(_before(text, groups[place]))
    return _digits_from(groups, place, NIK_DIGITS + 1) if behind else 0


def _business(text: str, groups: list[_Group], place: int) -> int:
    """A NIB that says so, a registration number, the decimals of a number."""
    before = _before(text, groups[place])
    if _BEFORE_NIB.search(before):
        return _digits_from(groups, place, 13)
    if _BEFORE_REGISTRATION.search(before) and len(groups) - place >= 3:
        return 3
    return int(bool(_BEFORE_DECIMALS.search(before)) and len(groups[place].digits) > 3)


def _date(text: str, groups: list[_Group], place: int) -> int:
    """
    How many groups from here are a date: 31/05/2025, 2025-05-31, 20250531; 31-05-25 where what follows is parted
    otherwise. 0 where none begins here.
    """
    three = [group.digits for group in groups[place : place + 3]]
    if len(three[0]) in (8, 14, NIK_DIGITS) and _is_date(int(three[0][6:8]), int(three[0][4:6]), int(three[0][:4])):
        return 1
    parted = text[groups[place].end : groups[place + 1].start] if len(three) == 3 else ""
    if parted not in ("-", ".", "/") or _between(text, groups, place + 1) != parted:
        return 0
    if len(three[0]) == 4:
        three.reverse()
    long = len(three[2]) == 4
    if max(map(len, three[:2])) > 2 or not (long or len(three[2]) == 2):
        return 0
    if not long and _between(text, groups, place + 2) == parted:
        return 0
    first, second, year = map(int, three)
    year = year if long else 2000 + year
    return 3 if _is_date(first, second, year) or _is_date(second, first, year) else 0


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1990 <= year <= 2099


def _niks(text: str, groups: list[_Group], taken: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last (not included) group of each NIK; where two could be meant, both."""
    found = [(place, place + many) for place in range(len(groups)) if (many := _window(text, groups, taken, place))]
    while found:
        first, last = found.pop(0)
        while found and found[0][0] < last:
            last = max(last, found.pop(0)[1])
        yield first, last


def _window(text: str, groups: list[_Group], taken: list[bool], place: int) -> int:
    """How many groups from here are a NIK; 0 where none begins here."""
    alone = groups[place].digits
    if not taken[place] and len(alone) in (2 * NIK_DIGITS, 3 * NIK_DIGITS):  # several, and nothing between them
        return int(all(_is_nik(alone[at : at + NIK_DIGITS]) for at in range(0, len(alone), NIK_DIGITS)))
    many = _digits_from(groups, place, NIK_DIGITS)
    if not many or any(taken[place : place + many]) or groups[place].digits[0] == "0":
        return 0
    digits = "".join(group.digits for group in groups[place : place + many])
    if many == 1:
        before = _before(text, groups[place])
        if _is_date(int(digits[6:8]), int(digits[4:6]), int(digits[:4])) or _BEFORE_DECIMALS.search(before):
            return 0
        # behind ID it may be a certificate that lost a digit
        return int(_is_nik(digits) or not _BEFORE_CERTIFICATE.search(before))
    lengths = [len(group.digits) for group in groups[place : place + many]]
    if 13 in lengths:  # a NIB, and a small number beside it
        return 0
    parted = {_between(text, groups, one) for one in range(place, place + many - 1)}
    if digits.startswith(_INVENTED):
        return many
    return many if _is_nik(digits) and lengths in _USUAL and len(parted) == 1 else 0


def _is_nik(digits: str) -> bool:
    """Whether it begins with a province, and its middle is a day of birth; of women 40 is added to the day."""
    day, month = int(digits[6:8]), int(digits[8:10])
    born = 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12
    return born and digits[:2] in _PROVINCES


def _phone(text: str, groups: list[_Group], place: int, taken: list[bool]) -> int:
    """How many groups from here are a phone; 0 where none begins here."""
    before, digits, best = _before(text, groups[place]), "", 0
    abroad = before.endswith("+")
    for many in range(1, len(groups) - place + 1):
        last = groups[place + many - 1]
        if taken[place + many - 1]:
            break
        if best and (best == 1 or last.digits.startswith(("08", "62"))):
            break  # another number, or another phone
        if best and _between(text, groups, place + many - 2) != _between(text, groups, place + many - 3):
            break
        digits += last.digits
        if len(digits) > _LONGEST_PHONE:
            break
        parted = {_between(text, groups, one) for one in range(place, place + many - 1)}
        if _is_phone(digits, groups[place : place + many], before, parted, abroad=abroad):
            best = many
    return best


def _is_phone(digits: str, groups: Sequence[_Group], before: str, parted: set[str], *, abroad: bool) -> bool:
    lengths = [len(group.digits) for group in groups]
    last = groups[-1].digits
    if "/" in parted and len(last) == 4 and 1990 <= int(last) <= 2099:  # the number of a letter
        return False
    written = ".".join(group.digits for group in groups) if parted == {"."} else ""
    if _THOUSANDS.fullmatch(written) and digits[0] != "0":
        return False
    if abroad and len(digits) >= 9 and "+" not in "".join(parted):
        return True
    if _MOBILE.fullmatch(digits):
        return lengths[0] > 2 or len(parted) <= 1 or digits.startswith(("62", "0062"))
    if _TOWN.fullmatch(digits):
        if parted == {"/"} and len(lengths) > 2:
            return False
        return len(lengths) == 1 or digits.startswith("05") or (3 <= lengths[0] <= 4 and min(lengths) >= 3)
    if not _WITHOUT_ZERO.fullmatch(digits) or _BEFORE_MONEY.search(before):
        return False
    # counts are grouped too, but seldom so long, and then round
    return len(lengths) == 1 or (lengths[0] >= 3 and len(digits) >= 10 and not all(
        group.digits.endswith("00") for group in groups) and parted != {"/"})  # fmt: skip


def _with_plus(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in "+(" else start
