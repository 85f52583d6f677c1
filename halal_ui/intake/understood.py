"""What the reader made of a file's headers and spellings, as lists to look through; nothing is drawn here."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from halal_metrics import institutions, places
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.upload import Upload
from halal_ui.intake.choices import Choices
from halal_ui.intake.saved_mappings import MEANT, headers_of, sheets_read
from halal_ui.words import masks, uploads
from halal_ui.words.labels import APPLICATION_STATUS

_KINDS: Final = ("place_", "lp3h_", "status_")
_FROM_ELSEWHERE: Final = ("place_from_address", "place_from_address_column")


@dataclass(frozen=True)
class Heading:
    """One header, whichever sheets have it. `column` None: not used. `doubt`: a person should look at it."""

    header: str
    column: str | None
    certainty: str
    samples: Sequence[str]
    doubt: bool
    kept: bool = True
    """False for NIK, which is kept nowhere whatever is chosen."""
    looks_like: str | None = None
    """The column that what stands below an unused header would fit."""

    @property
    def in_words(self) -> str:
        """How sure the reader is, and what stands below the header."""
        sure = uploads.CERTAINTY.get(self.certainty, "tidak dipakai") if self.column else "tidak dipakai"
        if not self.kept:
            return "NIK dikenali dan tidak disimpan"
        if self.looks_like:
            sure = f"isinya tampak seperti {uploads.column(self.looks_like)}, tetapi belum dipakai"
        elif self.doubt and not self.column:
            sure = "dapat berarti beberapa hal, mohon pilih"
        shown = [masks.value(self.column, sample) for sample in self.samples if sample]
        return f"{sure} · contoh: {' · '.join(shown)}" if shown else sure


def summed(upload: Upload) -> dict[str, int]:
    """Rows read, accepted, rejected and skipped, of all sheets."""
    names = ("read", "accepted", "rejected", "skipped")
    return {name: sum(getattr(record, name) for record in upload.sheets) for name in names}


def headings(upload: Upload, choices: Choices) -> list[Heading]:
    """Every header of the sheets that were read, in their order."""
    chosen = {headers.key(header) for header in choices.mapping}
    doubtful = set(upload.problems.loc[upload.problems["code"] == "column_two_meanings", "column"].dropna())
    read = sheets_read(upload)
    free = set(uploads.columns_to_choose(upload.table)) - {
        column for record in read for column in record.mapping.values()
    }
    found = []
    for header in headers_of(upload):
        having = [record for record in read if header in record.mapping or header in record.unused]
        column = next((record.mapping[header] for record in having if header in record.mapping), None)
        certainties = {record.certainty.get(header, "") for record in having}
        given = headers.key(header) in chosen
        guess = next((one for one in ("similar", "content", "given", "alias", "exact") if one in certainties), "")
        samples = next((record.samples[header] for record in read if record.samples.get(header)), ())
        kept = headers.either(header) != "nik"
        like = None if given or column or not kept else _like(samples, free)
        doubt = not given and (
            guess in uploads.GUESSED and column != "note" if column else header in doubtful or like is not None
        )
        found.append(Heading(header, column, "given" if given else guess, tuple(samples), doubt, kept, like))
    return found


_LOOKS: Final = {
    "nib": lambda text: bool(re.fullmatch(r"\d{13}", text)),
    "registration_number": lambda text: bool(re.fullmatch(r"SH20\d\d-\d-\d{5,7}", text)),
    "certificate_number": lambda text: bool(re.fullmatch(r"ID\d{17}", text)),
    **{name: lambda text, meaning=meaning: meaning(text).certainty in _SURE for name, meaning in MEANT.items()},
}
_SURE: Final = frozenset({"exact", "alias", "code", "similar"})


def _like(samples: Sequence[str], free: set[str]) -> str | None:
    """The one column that the sheet lacks and every sample fits: one person's "Wil." is another's "Kab/Kota"."""
    fits = [name for name, looks in _LOOKS.items() if name in free and samples and all(map(looks, samples))]
    return fits[0] if len(fits) == 1 else None


@dataclass(frozen=True)
class Spelling:
    """
    A spelling of a place, an LP3H or a status. `canonical`: what it was taken for, by the reader or by choice; None
    where it was not understood, or was said to mean nothing.
    """

    column: str
    raw: str
    rows: int
    canonical: str | None
    doubt: bool


def spellings(upload: Upload, choices: Choices) -> list[Spelling]:
    """Those that were guessed or not understood, and those a meaning was chosen for; the most frequent first."""
    problems = upload.problems
    told = problems["code"].str.startswith(_KINDS) & ~problems["code"].isin(_FROM_ELSEWHERE)
    told &= problems["column"].isin(list(MEANT)) & problems["value"].notna() & problems["row"].notna()
    rows = (
        problems[told]
        .groupby(["column", "value"], sort=False)
        .agg(rows=("row", "size"), severity=("severity", "first"))
    )
    rows = rows.sort_values("rows", ascending=False, kind="stable")
    chosen = {
        (column, raw): canonical for column, known in choices.meanings.items() for raw, canonical in known.items()
    }
    found = [
        Spelling(column, raw, int(count), MEANT[column](raw).canonical, severity == "warning")
        for (column, raw), count, severity in zip(rows.index, rows["rows"], rows["severity"], strict=True)
        if (column, raw) not in chosen
    ]
    return found + [Spelling(column, raw, 0, canonical, False) for (column, raw), canonical in chosen.items()]


def possible(column: str, known_lp3h: Sequence[str] = ()) -> list[str]:
    """
    The canonical values a spelling of the column can mean.

    >>> possible("status")[:2], possible("lp3h", ["LP3H Baru"])[-1]
    (['draft', 'submitted'], 'LP3H Baru')
    """
    if column == "kab_kota":
        return list(places.KAB_KOTA)
    if column == "status":
        return list(APPLICATION_STATUS)
    return list(dict.fromkeys([*institutions.LP3H, *known_lp3h]))


def doubts(upload: Upload, choices: Choices, asked: Collection[tuple[str, str]] = ()) -> int:
    """How many guesses a person should look at; `asked`: column and spelling of what is a question of its own."""
    spelled = [one for one in spellings(upload, choices) if (one.column, one.raw) not in asked]
    return sum(one.doubt for one in (*headings(upload, choices), *spelled))


def used(found: Sequence[Heading]) -> int:
    """How many headers are taken for a column, also where that is a guess."""
    return sum(one.column is not None for one in found)


def plain(text: Any) -> str:
    """
    Text of a sender's file as a label, where Streamlit would read Markdown, one line of it.

    >>> plain("No. *SH* [x]\\n(baru) :red:")
    'No. \\\\*SH\\\\* \\\\[x\\\\] (baru) \\\\:red\\\\:'
    """
    return re.sub(r"([\\`*_{}\[\]<>#~$|:!^+=-])", r"\\\1", " ".join(str(text).split()))


def lacking(upload: Upload) -> dict[str, str]:
    """
    The columns one value can be set for, for the whole file: column → the header that fills it already, or "".

    A value for the whole file fills a column that no sheet has.
    """
    offered = {
        "applications": ("lp3h", "kab_kota", "status", "statement_date"),
        "recaps": ("lp3h", "kab_kota", "statement_date"),
        "quotas": ("lp3h", "kab_kota", "statement_date", "target_date"),
        "candidates": ("kab_kota", "source_opd"),
        "certificates": ("kab_kota", "programme", "issued_date"),
    }[upload.table]
    filled = {column: header for record in sheets_read(upload) for header, column in record.mapping.items()}
    return {column: filled.get(column, "") for column in offered}


def undated_rows(upload: Upload) -> int:
    """How many rows do not say of which day they are, where the table asks for it; the log dates them by receipt."""
    return int(upload.frame["statement_date"].isna().sum()) if "statement_date" in upload.frame else 0
