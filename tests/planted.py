"""
A store in which every text that anybody may write holds a person's number and address, each told from all others.

Where there are texts is asked of the product itself (columns of tables, fields of notes, arguments of a meeting), so
that a field added tomorrow is planted too. All is invented; a NIK begins with the impossible province 99.
"""

import inspect
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd

from halal_metrics import read_upload
from halal_metrics.institutions import LP3H
from halal_metrics.personal import BUSINESS_NUMBERS, PERSONAL_COLUMNS
from halal_metrics.places import KAB_KOTA
from halal_metrics.schema import SOURCE, TABLES, TEXT
from halal_store import Meeting, Store
from halal_store.notes import KINDS

CODES = {"category": "K10", "stage": "fatwa", "actor": "lp3h", "status": "todo", "kind": "other"}
"""Fields of notes in which a code stands, not a text."""
PLACES = {"kab_kota": KAB_KOTA[0], "lp3h": LP3H[0]}
NO_TEXT = {"kab_kota", "status", "programme_code", "kbli", *BUSINESS_NUMBERS, *SOURCE}
"""Columns of tables whose words are canonical, or numbers of a business or of the state."""

_TAIL = {"phone": "7391", "nik": "990101410190"}
LEAKS = {
    "NIK": re.compile(r"990101410190\d{4}"),
    "telepon": re.compile(r"0812-?\d{4}-?7391"),
    "pos-el": re.compile(r"orang\d+@"),
    "pemilik": re.compile(r"Namaorang\d+"),
    "alamat": re.compile(r"Jalan Tersembunyi"),
}
"""What must not be found, whatever the place it was planted in."""


@dataclass
class Planted:
    """`text(where)`: the next marked text; `places` are all that were given one, in order."""

    places: list[str] = field(default_factory=list)

    def text(self, where: str) -> str:
        self.places.append(where)
        n = len(self.places)
        return f"ket {n} HP 0812-{n:04}-7391, orang{n}@contoh.example, NIK 990101410190{n:04}"

    def cell(self, table: str, column: str) -> str:
        if column not in PERSONAL_COLUMNS:
            return self.text(f"{table}.{column}")
        self.places.append(f"{table}.{column}")
        n = len(self.places)
        return {"owner_name": f"Ani Namaorang{n}", "phone": f"0812{n:04}7391", "address": f"Jalan Tersembunyi {n}"}[
            column
        ]

    def where(self, found: str) -> str:
        """The place a leak came from."""
        number = re.search(r"(?:orang|ket |NIK 990101410190|0812-?)(\d+)", found)
        return self.places[int(number[1]) - 1] if number and 0 < int(number[1]) <= len(self.places) else "?"


def leaks(text: str, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """What was planted and stands in a text, with what stands around it."""
    return {
        what: text[max(match.start() - 60, 0) : match.end() + 40]
        for what, shape in LEAKS.items()
        if what not in but and (match := shape.search(text))
    }


def planted_store(folder: Path) -> tuple[Store, Meeting, Planted]:
    """The store, the second of two meetings held in it, and what was planted."""
    made, store = Planted(), Store(folder, time_zone="Asia/Makassar")
    by = "Rina"
    for number, table in enumerate(TABLES):
        given = {"by": f"{by} <orang900@contoh.example>", "note": made.text(f"note of an upload of {table}")}
        upload = read_upload(_file(made, table), filename=f"{table} {made.text('file name')}.xlsx", table=table,
                             mapping={name: name for name in TABLES[table] if name not in SOURCE})  # fmt: skip
        assert len(upload.frame), (table, upload.problems["message"].tolist())
        store.commit(upload, received_at=pd.Timestamp("2025-05-20 09:00") + pd.Timedelta(hours=number), **given)
    extra = store.commit(
        read_upload(_file(made, "candidates"), filename="lagi.xlsx", table="candidates"),
        by=by, received_at="2025-05-20 20:00",
    )  # fmt: skip
    store.undo(extra.upload_id, by=by, reason=made.text("reason of an undo"), received_at="2025-05-20 21:00")
    facts = {"pair": "a = b", "first": made.text("fact"), "second": "b", "decision": "later", "note": made.text("fact")}
    store.record("duplicate", facts, by=by, received_at="2025-05-20 21:30")
    meeting = None
    for day in ("2025-05-21", "2025-06-04"):
        texts = [name for name, of in inspect.signature(store.freeze).parameters.items() if of.annotation is str]
        assert {"title", "place", "by"} <= set(texts)
        said = {name: by if name == "by" else made.text(f"meeting.{name}") for name in texts}
        meeting = store.freeze(**said, date=day, received_at=f"{day} 10:00")
        for kind, columns in KINDS.items():
            stated = {name: _stated(made, kind, name, dtype) for name, dtype in columns.items() if name != "note_id"}
            stated = {name: value for name, value in stated.items() if value is not None}
            store.note(kind, stated, by=by, meeting=meeting.id, received_at=f"{day} 11:00")
    assert meeting is not None
    taken = store.note("decision", {"text": made.text("decision taken back")}, by=by, received_at="2025-06-04 12:00")
    reason = made.text("reason of taking back")
    store.take_back(taken.record_id, by=by, reason=reason, received_at="2025-06-04 12:30")
    return store, store.meeting(meeting.id), made


def _stated(made: Planted, kind: str, name: str, dtype: str):
    if name in CODES:
        return CODES[name]
    if name in PLACES:
        return PLACES[name]
    if dtype == TEXT:
        return made.text(f"{kind}.{name}")
    return {"due_date": "2025-06-01", "date": "2025-05-30"}.get(name)


def _file(made: Planted, table: str) -> bytes:
    """A workbook of that table: the headers are the columns' names, every text is marked, the name of the sheet too."""
    columns = [name for name in TABLES[table] if name not in SOURCE]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "0812-0999-7391 9901014101900999"
    sheet.append([*columns, made.text("header that is not used")])
    for row in range(3):
        sheet.append([*(_cell(made, table, name, dtype, row) for name, dtype in TABLES[table].items()
                        if name in columns), made.text("cell that is not used")])  # fmt: skip
    # rows that are no record: without a number or a name, and a note below the table
    sheet.append([None] * len(columns) + [made.text("cell of a rejected row")])
    sheet.append([f"Catatan: {made.text('note below the table')}"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(made: Planted, table: str, name: str, dtype: str, row: int):
    numbers = {
        "nib": f"99000000000{len(made.places) % 100:02}", "registration_number": f"SH2025-1-99{len(made.places):04}",
        "certificate_number": f"ID9900000{len(made.places):06}0325", "kab_kota": KAB_KOTA[row],
        "status": ("submitted", "issued", made.text("status"))[row] if table == "applications" else None,
    }  # fmt: skip
    if name in numbers:
        return numbers[name]
    if name in NO_TEXT:
        return None
    if dtype == TEXT:
        return LP3H[row] if name == "lp3h" and row else made.cell(table, name)
    return (
        "2025-05-10" if name.endswith("_date") and name != "exit_date" else None if name.endswith("_date") else 12 - row
    )
