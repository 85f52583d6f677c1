"""One file worked on in two windows: what each brought to it since they last agreed, joined."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Place = tuple[Any, ...]

_LISTS: Final = {
    ("pending",): 3,
    ("agreed",): 0,
    ("choices", "corrections"): 3,
    ("choices", "between"): 2,
    ("choices", "unknown"): 0,
    ("choices", "institutions"): 0,
}
"""Lists whose entries are changed one by one, and how many of an entry's words name it; 0: it is its own name."""

_MAPPINGS: Final = {
    (),
    ("choices",),
    *(("choices", name) for name in ("header_rows", "mapping", "defaults", "meanings")),
    *(("choices", "meanings", name) for name in ("kab_kota", "lp3h", "status")),
}

_NAMES: Final = {
    "pending": "sel yang diperbaiki",
    "agreed": "persetujuan rencana kuota",
    "sender": "pengirim",
    "note": "catatan",
    "table": "jenis tabel",
    "sheets": "lembar yang dipakai",
    "header_rows": "baris judul",
    "mapping": "arti kolom",
    "defaults": "nilai seluruh berkas",
    "meanings": "arti sebutan",
    "corrections": "sel yang diperbaiki",
    "between": "pilihan antarlembar",
    "unknown": "yang tidak diketahui",
    "institutions": "LP3H baru",
}
"""What a person changes → what people call it; nobody chose the rest."""

_NOT: Final = object()


def joined(base: Mapping[str, Any], here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """
    The facts of a file (`kept.facts_of`) with what was changed here and there since `base`, which both began with.

    >>> base = {"note": "", "choices": {}}
    >>> here = {"note": "", "choices": {"corrections": [["Mei", 7, "NIB", "2"]]}}
    >>> there = {"note": "lewat WA", "choices": {"corrections": [["Mei", 6, "NIB", "1"]]}}
    >>> joined(base, here, there)
    {'note': 'lewat WA', 'choices': {'corrections': [['Mei', 6, 'NIB', '1'], ['Mei', 7, 'NIB', '2']]}}

    Where both changed the same cell, column or answer, what was changed here holds. Where one changed the kind of
    table, all choices are those of that window: another table has other columns.
    """
    tables = [facts.get("choices", {}).get("table") for facts in (base, here, there)]
    if tables[1] != tables[2]:
        whole = (here if tables[1] != tables[0] else there).get("choices", {})
        base, here, there = ({**facts, "choices": whole} for facts in (base, here, there))
    before, mine, theirs = (dict(_leaves(facts)) for facts in (base, here, there))
    changed = _different(before, mine)
    return _grown(
        {place: value for place, value in theirs.items() if place not in changed}
        | {place: value for place, value in mine.items() if place in changed}
    )


def told(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """
    What of a file is otherwise than before, in the words of the page.

    >>> told({"note": ""}, {"note": "lewat WA", "choices": {"corrections": [["Mei", 6, "NIB", "1"]]}})
    ['catatan', 'sel yang diperbaiki (Mei baris 6 · NIB)']
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return list(dict.fromkeys(_in_words(place) for place in _different(old, new) if {*place} & _NAMES.keys()))


def _in_words(place: Place) -> str:
    name = next(part for part in place if part in _NAMES)
    match place[place.index(name) + 1 :]:
        case (sheet, int(row), header):
            return f"{_NAMES[name]} ({sheet} baris {row} · {header})"
        case (*_, last):
            return f"{_NAMES[name]} (“{last}”)" if name in ("mapping", "meanings", "institutions") else _NAMES[name]
    return _NAMES[name]


def _different(before: Mapping[Place, Any], after: Mapping[Place, Any]) -> dict[Place, None]:
    """Where the two are not the same, in order."""
    return {place: None for place in {**before, **after} if before.get(place, _NOT) != after.get(place, _NOT)}


def _leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Each thing that is changed by itself, by where it stands, in order."""
    if place in _MAPPINGS and isinstance(value, Mapping):
        for name, one in value.items():
            yield from _leaves(one, (*place, name))
    elif place in _LISTS:
        for one in value:
            yield (*place, *(one[: _LISTS[place]] if _LISTS[place] else (one,))), one
    else:
        yield place, value


def _grown(leaves: Mapping[Place, Any]) -> dict[str, Any]:
    """The facts that have these leaves."""
    facts: dict[str, Any] = {}
    for place, value in leaves.items():
        in_list = next((each for each in _LISTS if place[: len(each)] == each), None)
        *way, last = in_list or place
        at = facts
        for name in way:
            at = at.setdefault(name, {})
        if in_list:
            at.setdefault(last, []).append(value)
        else:
            at[last] = value
    return {**facts, "choices": facts.get("choices", {})}
