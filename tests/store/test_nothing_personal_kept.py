"""A NIK is kept in no text of a store, and what a store keeps is nobody else's to read."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import LEAKS, leaks, planted_store

from halal_metrics import read_upload
from halal_store import Store
from halal_store.notes import KINDS

NIK = "9901014101900001"
SCRIPTS = [str.maketrans("0123456789", digits) for digits in ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩")]


@st.composite
def niks(draw: st.DrawFn) -> str:
    """The NIK as people write it: grouped, in another script, with a letter before or behind it."""
    sizes = draw(st.sampled_from([(16,), (4, 4, 4, 4), (6, 6, 4), (6, 2, 2, 2, 4), (2, 2, 2, 6, 4), (8, 8), (1,) * 16]))
    between = draw(st.sampled_from([" ", "-", ".", "_", "/", " - ", "–", "\u200b"]))
    ends = pd.Series(sizes).cumsum().tolist()
    grouped = between.join(NIK[end - size : end] for end, size in zip(ends, sizes, strict=True))
    before, behind = (
        draw(st.sampled_from(["", "NIK", "No KTP: ", "x", "("])),
        draw(st.sampled_from(["", "a", ")", "_b"])),
    )
    return before + grouped.translate(draw(st.sampled_from(SCRIPTS))) + behind


def kept(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of a store but the originals: the rows of each Parquet file, and each other file as it is."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or "originals" in file.parts:
            continue
        if file.suffix == ".parquet":
            yield file.name, "\n".join(map(str, pq.read_table(file).to_pylist()))
        else:
            yield file.name, file.read_bytes().decode("utf-8", "ignore")


def test_no_planted_nik_is_kept(tmp_path: Path):
    """Wherever something can be written, in every field there is; the file as it was sent has it, and nothing else."""
    store, *_ = planted_store(tmp_path / "store")
    found = {name: leaks(text, but=tuple(LEAKS.keys() - {"NIK"})) for name, text in kept(tmp_path / "store")}
    assert len(found) > 20
    assert not {name: leak for name, leak in found.items() if leak}
    assert any("[NIK]" in text for _, text in kept(tmp_path / "store"))
    upload = store.history().iloc[0]
    assert NIK[:12].encode() in b"".join(_unzipped(store.original(upload["upload_id"])))
    assert "[NIK]" in upload["filename"]
    assert "[NIK]" in upload["note"]


def _unzipped(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield from (parts.read(name) for name in parts.namelist())


@settings(max_examples=12, deadline=None)
@given(nik=niks())
def test_however_a_nik_is_written_it_is_replaced(nik: str, tmp_path_factory: pytest.TempPathFactory):
    """In a note, a title, a place, a reason, a fact and its name, an upload's note, its file's name, its cells."""
    told = []
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder, on_nik=lambda: told.append(True))
    text = f"hub. {nik} besok"
    upload = read_upload(
        f"No. Daftar;Nama PU;Status\nSH2025-1-990001;Dapur {nik};OF10\n".encode(), filename=f"{nik}.csv"
    )
    receipt = store.commit(upload, by="Rina", note=text)
    store.undo(receipt.upload_id, by="Rina", reason=text)
    store.record("mapping", {"sender": text, text: [text, {"a": text}]}, by=f"Rina {nik}")
    store.freeze(title=text, place=text, date="2025-06-04", by="Rina")
    for kind, columns in KINDS.items():
        field = next(name for name in ("text", "action", "name") if name in columns)
        noted = store.note(kind, {field: text}, by="Rina")
        assert "[NIK]" in store.notes(kind).set_index("note_id")[field][noted.note_id]
    assert "nik_replaced" in set(upload.problems["code"])
    plain = {ord(digit): str(number) for script in SCRIPTS for number, digit in enumerate(map(chr, script.values()))}
    for name, content in kept(folder):
        digits = "".join(one for one in content.translate(plain) if one.isascii() and one.isdigit())
        assert NIK not in digits, name
    assert len(told) == 4 + len(KINDS)  # the note, the reason, the facts, the meeting; each write once


def test_a_business_number_is_kept():
    """NIB, registration and certificate numbers, dates and counts stay as they were written."""
    text = "NIB 8120001234567, SH2025-1-990001, ID64110055824640426, 31/05/2025 s.d. 04-06-2025, 1.000 dari 2.000 kuota"
    head = "No. Daftar;NIB;Nama PU;No. Sertifikat;Keterangan"
    row = f"SH2025-1-990001;8120001234567;A;ID64110055824640426;{text}"
    upload = read_upload(f"{head}\n{row}\n".encode(), filename="31-05-2025 04-06-2025 1.csv")
    assert upload.frame["note"].tolist() == [text]
    assert upload.filename == "31-05-2025 04-06-2025 1.csv"
    assert "nik_replaced" not in set(upload.problems["code"])


def test_sheets_named_by_a_nik_stay_apart():
    """Each has a name of its own, by which its rows and problems are told."""
    book = openpyxl.Workbook()
    for number, sheet in enumerate((book.active, book.create_sheet(), book.create_sheet())):
        assert sheet is not None
        sheet.title = ("9901014101900001", "9901014101900002", "Mei")[number]
        sheet.append(["No. Daftar", "Nama PU", "Status"])
        sheet.append([f"SH2025-1-99000{number}", "Dapur", "OF10"])
    out = io.BytesIO()
    book.save(out)
    upload = read_upload(out.getvalue(), filename="a.xlsx")
    names = [sheet.name for sheet in upload.sheets]
    assert names == ["[NIK]", "[NIK] (2)", "Mei"]
    assert upload.frame["source_sheet"].tolist() == names
    assert upload.problems["code"].tolist().count("nik_replaced") == 1


@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_a_store_is_closed_to_others(mask: int, tmp_path: Path):
    """Files 0600, folders 0700, the lock and the cache too, whatever the umask and whatever the folder was before."""
    folder = tmp_path / "store"
    folder.mkdir(mode=0o755)
    before = os.umask(mask)
    try:
        planted_store(folder)
    finally:
        os.umask(before)
    modes = {file.relative_to(folder): stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*")}
    assert len(modes) > 30
    open_ = {
        str(file): oct(mode) for file, mode in modes.items() if mode != (0o700 if (folder / file).is_dir() else 0o600)
    }
    assert not open_
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
