"""One file on its way into the log: as it was dropped, as it was read, as it was checked, as it was committed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final, TypeVar

from halal_metrics.sheets import Upload
from halal_ui.intake.choices import Cell, Choices
from halal_ui.intake.dry_run import Check, Stored, doubted
from halal_ui.intake.questions import Institutions, Question, questions
from halal_ui.intake.saved_mappings import SavedMapping
from halal_ui.intake.sheet_pairs import SheetPair, sheet_pairs
from halal_ui.intake.understood import doubts
from halal_ui.intake.unsaid import Unsaid, unsaid
from halal_ui.words import uploads
from halal_ui.words.labels import TABLE_LABEL
from halal_ui.words.names import listing

Made = TypeVar("Made")

BRIEF: Final = 34
"""Letters of a name on a button, which a phone shows in two lines."""


DIGITS: Final = 16
"""Of a file's digest, as many as tell it from all others."""


@dataclass
class UploadItem:
    """
    A file somebody works on. `key` names it, by its content: one file may come twice, for two of its tables, and two
    files may have one name.
    """

    key: str
    filename: str
    content: bytes
    sha256: str
    codes: tuple[str, ...] = ()
    """Of the programme that is watched: rows of another are said, and not counted."""
    choices: Choices = field(default_factory=Choices)
    institutions: Institutions = field(default_factory=Institutions)
    """The LP3H that somebody has entered, as they were when the file was looked at last."""
    number: int = 0
    """Which of the files of its name it is, in the order in which they came; 0 where that was not told yet."""
    dropped: str = ""
    """When it came, as text that is in order."""
    received: str | None = None
    """The day on which it came, by the office's clock, as ISO text."""
    upload: Upload | None = None
    """As it was read last; stays while a choice that cannot be read is put right."""
    trouble: str = ""
    """Why it could not be read, in a sentence."""
    read_as: str = ""
    """The digest of the choices it was read with."""
    reading: int = 0
    """How often it was read: editors of what was read before are not those of what is read now."""
    sender: str | None = None
    shape: str = ""
    saved_mapping: SavedMapping | None = None
    """What was chosen for the sender's last file, where it is used for this one."""
    pending: dict[Cell, str] = field(default_factory=dict)
    """Cells typed and not checked yet."""
    check: Check | None = None
    agreed: tuple[str, ...] = ()
    """The plans that somebody agreed to give up, in the words in which they were asked."""
    note: str = ""
    elsewhere: str = ""
    """What another window of the same person changed, and was taken up in this run."""
    refused: str = ""
    """Why the last commit or undo did not happen, in a sentence."""
    stored: Stored | None = None
    held: bool = False
    """Whether its very bytes are in the log for its table, from an earlier commit."""
    undone: bool = False
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def other_table(self) -> str | None:
        """The table it was added for, where it is there for another of its tables already."""
        return self.key.removeprefix(key_of(self.sha256)) or None

    @property
    def label(self) -> str:
        """
        What it is called on the page, where another file may have the same name.

        >>> first, second = item_of("data.xlsx", b"1"), item_of("data.xlsx", b"2", table="recaps")
        >>> second.number = 2
        >>> first.label, second.label
        ('data.xlsx', 'data.xlsx · ke-2 · rekap')
        """
        parts = [self.filename, f"ke-{self.number}" if self.number > 1 else ""]
        return " · ".join(filter(None, [*parts, self.other_table and TABLE_LABEL[self.other_table].lower()]))

    @property
    def label_in_brief(self) -> str:
        """
        The same where there is little room, as on a button: of a long name its beginning and its end.

        >>> item_of("Register pengajuan Kabupaten Kutai Kartanegara Mei 2025.xlsx", b"1").label_in_brief
        'Register pengajuan K…Mei 2025.xlsx'
        """
        label = self.label
        return label if len(label) <= BRIEF else f"{label[:20].rstrip()}…{label[20 - BRIEF + 1 :].lstrip()}"

    @property
    def stem(self) -> str:
        """What the names of files made of it begin with: its own without its ending."""
        return PurePath(self.filename).stem + (f" ke-{self.number}" if self.number > 1 else "")

    @property
    def frozen(self) -> bool:
        """Whether it is in the log: it can be looked back at, and changed once its commit is undone."""
        return self.stored is not None

    @property
    def settled(self) -> bool:
        """Whether it is in the log, by this commit or another: nothing is asked of it or mended in it any more."""
        return self.frozen or self.held

    @property
    def ready(self) -> bool:
        """Whether it can be committed: it is not in the log yet, and nothing keeps it from there."""
        return self.stored is None and not self.kept_back

    @property
    def kept_back(self) -> str:
        """What must happen before it can be committed, in a few words; "" where nothing must."""
        if self.upload is None or self.trouble:
            return "belum dapat dibaca"
        if not len(self.upload.frame):
            return "tidak ada baris yang diterima"
        if self.pending:
            return f"{len(self.pending)} perbaikan belum diperiksa"
        if self.unanswered:
            names = listing(map(uploads.column, self.unanswered))
            return f"{names} tidak disebut berkas ini: jawab dahulu pada langkah Pahami"
        if self.questions:
            return f"{len(self.questions)} nama belum dikenal: jawab dahulu pada langkah Pahami"
        if disputed := sum(not one.answered for one in self.sheet_pairs):
            return f"{disputed} pasang lembar menyebut angka berbeda: pilih dahulu pada langkah Pahami"
        if self.check is not None and not self.check.effect.agreed_to(self.agreed):
            return "rencana kuota yang digantinya belum disetujui"
        return ""

    @property
    def questions(self) -> list[Question]:
        """The LP3H and places that nobody knows yet, and nobody has said what they are."""
        upload, known = self.upload, self.institutions.names
        if upload is None or self.trouble:
            return []
        return self.once(f"tanya {known}", lambda: questions(upload, self.choices, known))

    @property
    def unsaid(self) -> list[Unsaid]:
        """What the file says of none of its rows, with what was answered."""
        upload, chosen, name, sender = self.upload, self.choices, self.filename, self.sender
        if upload is None or self.trouble:
            return []
        made = f"tak disebut {sender} {chosen.unknown} {chosen.defaults}"
        return self.once(made, lambda: unsaid(upload, chosen, filename=name, sender=sender))

    @property
    def unanswered(self) -> list[str]:
        """The columns of which nobody has said yet what holds for all rows."""
        return [one.column for one in self.unsaid if not one.answered]

    @property
    def sheet_pairs(self) -> list[SheetPair]:
        """The sheets of which each two state one key differently, with what was answered."""
        upload, chosen = self.upload, self.choices
        if upload is None or self.trouble:
            return []
        return self.once(f"lembar {chosen.between}", lambda: sheet_pairs(upload, chosen))

    @property
    def waiting(self) -> str:
        """Why it is not committed together with others: what keeps it back, or what a person should look at first."""
        return self.kept_back or (f"{self.doubts} hal mohon diperiksa" if self.doubts else doubted(self.check))

    @property
    def warnings(self) -> int:
        """How many warnings of the reader go into the log with it."""
        return 0 if self.upload is None else int(self.upload.problems["severity"].eq("warning").sum())

    @property
    def doubts(self) -> int:
        """How many guesses a person should look at."""
        upload = self.upload
        if upload is None or self.trouble:
            return 0
        asked = {(one.column, one.raw) for one in self.questions}
        return self.once(f"ragu {sorted(asked)}", lambda: doubts(upload, self.choices, asked))

    @property
    def clear(self) -> bool:
        """Whether it can be committed without another look: ready, and nothing in doubt."""
        return self.stored is None and not self.waiting

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes of the file as it was read and checked last, made at the first look."""
        key = (name, self.reading, self.check and self.check.version)
        if key not in self._made:
            self._made = {old: made for old, made in self._made.items() if old[1:] == key[1:]} | {key: make()}
        return self._made[key]


def item_of(filename: str, content: bytes, *, table: str | None = None, codes: tuple[str, ...] = ()) -> UploadItem:
    """A file as it was dropped; with `table`, for that one of its tables; `codes` of the programme watched."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = PurePath(filename.replace("\\", "/")).name  # some browsers send a path
    return UploadItem(key_of(sha256, table), name, content, sha256, codes, Choices(table=table))


def key_of(sha256: str, table: str | None = None) -> str:
    """What names a file of these bytes, for that one of its tables."""
    return f"{sha256[:DIGITS]}{table or ''}"
