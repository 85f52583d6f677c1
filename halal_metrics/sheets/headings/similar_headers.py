"""Headers one or two letters off a known one: guessed, with a warning that names the guess."""

from collections.abc import Callable
from typing import Final

from rapidfuzz.distance import OSA

from halal_metrics.sheets.headings import headers
from halal_metrics.spelling import words

_SHORTEST: Final = 5
"""Letters of a header from which it is guessed at all: "No KH" and "No SH" are two things."""

_TWO_FROM: Final = 9
"""Letters from which two may be wrong."""

_MOST: Final = 200
"""Unknown headers up to which they are guessed: a table of thousands of them is none of ours."""


def similar_columns(names: list[str], table: str | None, free: Callable[[str], bool]) -> dict[str, str]:
    """
    {header: column} of those that are nearly the spelling of one column not taken yet, and of one only.

    >>> similar_columns(["Nama Pemlik", "Tanggl Dftar", "Alamat KTP", "Kode Pos"], "applications", lambda column: True)
    {'Nama Pemlik': 'owner_name', 'Tanggl Dftar': 'submitted_date'}

    Two headers for one column are both left: one of them is something else.
    """
    guesses: dict[str, str] = {}
    for name in names if len(names) <= _MOST else ():
        if "%" in name or len(headers.key(name)) < _SHORTEST or headers.is_header(name):
            continue
        near = {column for column, spelling in headers.spellings(table) if _near(name, spelling)}
        if len(near) == 1 and free(column := near.pop()):
            guesses[name] = column
    columns = list(guesses.values())
    return {name: column for name, column in guesses.items() if columns.count(column) == 1}


def begun_columns(names: list[str], table: str | None, free: Callable[[str], bool]) -> dict[str, str]:
    """
    {header: column} of questions of a form that begin with a known header of two words, the longest of them.

    >>> begun_columns(["Kabupaten/Kota tempat usaha", "Alamat email"], "candidates", lambda column: True)
    {'Kabupaten/Kota tempat usaha': 'kab_kota'}
    """
    known = [(_shortened(spelling), column) for column, spelling in headers.spellings(table)]
    known = [(spelling, column) for spelling, column in known if " " in spelling]
    guesses: dict[str, str] = {}
    for name in names if len(names) <= _MOST else ():
        found = [
            (len(spelling), column) for spelling, column in known if f"{_shortened(name)} ".startswith(f"{spelling} ")
        ]
        if found and free(column := max(found)[1]) and column not in guesses.values():
            guesses[name] = column
    return guesses


def _shortened(text: str) -> str:
    return " ".join({"kabupaten": "kab", "nomor": "no"}.get(word, word) for word in words(text).split())


def _near(name: str, spelling: str) -> bool:
    one, other = headers.key(name), headers.key(spelling)
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= _TWO_FROM else 1
    if shorter < _SHORTEST or not 0 < OSA.distance(one, other, score_cutoff=allowed) <= allowed:
        return False
    # A whole short word in place of another ("Alamat RT", "Alamat PU") is no slip of the pen.
    written, known = words(name).split(), words(spelling).split()
    if len(written) != len(known):
        return allowed == 2 or OSA.distance(one, other) == 1
    pairs = [(a, b) for a, b in zip(written, known, strict=True) if headers.key(a) != headers.key(b)]
    return all(map(_is_slip, *zip(*pairs, strict=True)))


def _is_slip(written: str, known: str) -> bool:
    """
    Whether one word can be another mistyped; short ones are other words: "fatwa" is no "data", nor is "dana".

    >>> _is_slip("dftar", "daftar"), _is_slip("tnggal", "tanggal"), _is_slip("fatwa", "data"), _is_slip("dana", "data")
    (True, True, False, False)
    """
    wrong, shorter = OSA.distance(written, known), min(len(written), len(known))
    if shorter < _SHORTEST and len(written) == len(known):
        return sorted(written) == sorted(known)  # two letters changed places
    return wrong <= (2 if shorter >= _TWO_FROM - 1 else 1) and shorter > wrong + 1
