"""What was chosen for a sender's file is offered again for the next one whose header looks the same."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

import pandas as pd

from halal_metrics import institutions, places, statuses
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.upload import SheetRecord, Upload
from halal_ui.intake.choices import Choices
from halal_ui.words import uploads
from halal_ui.words.labels import TABLE_LABEL
from halal_ui.words.names import listing

KIND: Final = "mapping"
"""The kind of record in the log."""

MEANT: Final = {"kab_kota": places.meaning, "lp3h": institutions.meaning, "status": statuses.meaning}
"""Column whose spellings have a meaning → who knows it."""

_LONGEST: Final = 4
"""Words of an institution's or a place's name within a file name or title."""


@dataclass(frozen=True)
class SavedMapping:
    """What was chosen last for a sender's files of one header shape."""

    sender: str
    shape: str
    """Of the file as the reader takes it by itself."""
    shape_read: str
    """Of the file as it was read with these choices: where a header row was chosen, the one that comes again."""
    choices: Mapping[str, Any]

    @property
    def facts(self) -> dict[str, Any]:
        return dict(vars(self))

    @property
    def in_words(self) -> list[str]:
        """
        What is remembered, one choice a sentence.

        >>> SavedMapping("LP3H Baru", "a", "a", {"mapping": {"Wil.": "kab_kota"}, "header_rows": {"Mei": 4}}).in_words
        ['judul di baris 4 (Mei)', '“Wil.” = Kab/Kota']
        """
        known = self.choices
        told = [f"jenis tabel {TABLE_LABEL[known['table']].lower()}"] if "table" in known else []
        told += [f"hanya lembar {listing(known['sheets'])}"] if "sheets" in known else []
        told += [_between(*one) for one in known.get("between", ())]
        told += [f"judul di baris {row} ({sheet})" for sheet, row in known.get("header_rows", {}).items()]
        told += [uploads.heading(header, name) for header, name in known.get("mapping", {}).items()]
        told += [
            f"{uploads.column(name)} seluruh berkas: {uploads.value(name, one)}"
            for name, one in known.get("defaults", {}).items()
        ]
        return told + [
            uploads.meaning(name, spelling, canonical)
            for name, meanings in known.get("meanings", {}).items()
            for spelling, canonical in meanings.items()
        ]


def _between(one: str, other: str, taken: str | None) -> str:
    if taken is None:
        return f"angka lembar {one} dan {other} dibiarkan seperti dibaca"
    return f"angka lembar {taken} didahulukan dari lembar {one if taken == other else other}"


def saved_mappings(records: pd.DataFrame) -> list[SavedMapping]:
    """
    What the log's records of KIND remember, the latest first; of one sender and shape only the latest.

    >>> facts = {"sender": "LP3H Baru", "shape": "a", "shape_read": "a", "choices": {"mapping": {"Wil.": "kab_kota"}}}
    >>> later = facts | {"choices": {}}
    >>> saved_mappings(pd.DataFrame({"facts": [facts, later]}))
    [SavedMapping(sender='LP3H Baru', shape='a', shape_read='a', choices={})]
    """
    latest: dict[tuple[str, str], SavedMapping] = {}
    for facts in reversed(records["facts"].tolist()):
        found = SavedMapping(**{name: facts[name] for name in ("sender", "shape", "shape_read", "choices")})
        latest.setdefault((found.sender, found.shape), found)
    return list(latest.values())


def matching(known: Iterable[SavedMapping], *, sender: str | None, shape: str) -> SavedMapping | None:
    """What was chosen last for this sender's files of this shape; None where there is nothing to recall."""
    return next((one for one in known if one.sender == sender and shape in (one.shape, one.shape_read)), None)


def other_senders(known: Iterable[SavedMapping], *, shape: str) -> list[SavedMapping]:
    """Of files whose header looks the same, the latest of each sender: to be offered, not to be used unasked."""
    latest: dict[str, SavedMapping] = {}
    for one in known:
        if one.choices and shape in (one.shape, one.shape_read):
            latest.setdefault(one.sender, one)
    return list(latest.values())


def saved_mapping(sender: str, shape: str, upload: Upload, choices: Choices) -> SavedMapping:
    """What to put down once a file is committed."""
    return SavedMapping(sender, shape, shape_of(upload), choices.lasting())


def shape_of(upload: Upload) -> str:
    """A name for the headers of the sheets that were read, whatever their order, case and punctuation."""
    keys = sorted({headers.key(header) for header in headers_of(upload)})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def headers_of(upload: Upload) -> list[str]:
    """Every header of the sheets that were read, used or not, each once, in the order they come."""
    return list(dict.fromkeys(header for record in sheets_read(upload) for header in _headers(record)))


def sheets_read(upload: Upload) -> list[SheetRecord]:
    """The sheets whose rows went into the upload's table."""
    return [record for record in upload.sheets if record.header_row is not None and record.table == upload.table]


def _headers(record: SheetRecord) -> list[str]:
    return [*record.samples, *record.mapping, *record.unused]  # the first is in the order of the sheet


def guessed_sender(filename: str, upload: Upload | None = None) -> str | None:
    """
    Who a file comes from: the one LP3H or OPD its rows name, else one that its name or a title names.

    >>> guessed_sender("Rekap_UINSI mei.xlsx"), guessed_sender("rekap berau (2).xlsx"), guessed_sender("data.xlsx")
    ('LP3H UINSI Samarinda', 'OPD Kabupaten Berau', None)

    Several LP3H in one file are a compilation, whose sender only a person knows.
    """
    if upload is not None:
        for column in ("lp3h", "source_opd"):
            named = upload.frame[column].dropna().unique() if column in upload.frame else []
            if len(named) == 1:
                return str(named[0])
            if len(named) > 1:
                return None
    titles = [title for record in sheets_read(upload) for title in record.titles] if upload is not None else []
    for text in (PurePath(filename).stem, *titles):
        if lp3h := named_in(text, "lp3h"):
            return lp3h
        if place := named_in(text, "kab_kota"):
            return f"OPD {place}"
    return None


def named_in(text: str, column: str) -> str | None:
    """
    The place, LP3H or status that some words of a text are, by one of its own names.

    >>> named_in("Laporan Self Declare - Dibatalkan", "status"), named_in("data mei", "status")
    ('cancelled', None)
    """
    found = (MEANT[column](part) for part in _parts(text) if len(part) > 2)
    sure = _SURE | ({"code"} if column == "status" else set())  # a bare number is no code of a place
    return next((one.canonical for one in found if one.certainty in sure and one.canonical), None)


def sender_meant(written: str, known: Iterable[str]) -> str:
    """
    The sender that a name typed by hand means: one of `known` however it is spelled, an LP3H or an OPD by another of
    its names; else as it was typed.

    >>> sender_meant("UINSI", []), sender_meant("dinas berau", []), sender_meant("lp3h  contoh", ["LP3H Contoh"])
    ('LP3H UINSI Samarinda', 'OPD Kabupaten Berau', 'LP3H Contoh')
    >>> sender_meant("Koperasi Rekaan", [])
    'Koperasi Rekaan'
    """
    name = " ".join(written.split())
    same = {headers.key(one): one for one in known}
    if found := same.get(headers.key(name)):
        return found
    meant = institutions.meaning(name)
    if meant.canonical and meant.certainty in ("exact", "alias"):
        return meant.canonical
    office = re.sub(r"(?i)^(opd|dinas|kab(upaten)?|kota|pemkab|pemkot)\b[ .]*", "", name)
    place = next((one for one in (places.meaning(name), places.meaning(office)) if one.certainty in _SURE), None)
    return f"OPD {place.canonical}" if place and place.canonical else name


_SURE: Final = frozenset({"exact", "alias"})


def _parts(text: str) -> list[str]:
    """Runs of up to _LONGEST words, the longest first."""
    words = re.findall(r"[^\W_]+", text)[:40]
    return [
        " ".join(words[start : start + length])
        for length in range(_LONGEST, 0, -1)
        for start in range(len(words) - length + 1)
    ]
