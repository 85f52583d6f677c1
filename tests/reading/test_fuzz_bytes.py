"""Damaged files of every kind: refused with a reason, or read with every row accounted for; never anything else."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_files import parquet_bytes

from halal_metrics import schema
from halal_metrics.sheets import UnreadableFile, read_upload

SHEETS = Path(__file__).parents[1] / "sheets"
VALID = {
    "xlsx": (SHEETS / "laporan-dinas-dua-tingkat.xlsx").read_bytes(),
    "xls": (SHEETS / "register-lama.xls").read_bytes(),
    "ods": (SHEETS / "rekap-libreoffice.ods").read_bytes(),
    "csv": (SHEETS / "titik-koma-windows.csv").read_bytes(),
    "html": (SHEETS / "rekap-web-dua-tingkat.xls").read_bytes(),
    "utf-16": (SHEETS / "unicode-tab.txt").read_bytes(),
    "parquet": parquet_bytes(
        pd.DataFrame({"No. Daftar": ["SH2025-1-100001"], "NIB": [8120001234567.0], "Status": ["OF10"]})
    ),
}
CODES = {"password", "corrupt", "empty", "no_header", "too_large", "unsupported"}
FEW = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes after one to four accidents: some changed, cut off, moved, repeated, or strange ones put in."""
    parts = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(parts) - 1, 0)))
        length = draw(st.integers(1, 60))
        match draw(st.sampled_from(["flip", "insert", "delete", "zero", "repeat", "move", "truncate"])):
            case "flip":
                parts[at : at + 1] = bytes([parts[at] ^ draw(st.integers(1, 255))]) if parts else b"?"
            case "insert":
                parts[at:at] = draw(st.binary(min_size=1, max_size=12))
            case "delete":
                del parts[at : at + length]
            case "zero":
                parts[at : at + length] = bytes(len(parts[at : at + length]))
            case "repeat":
                parts[at:at] = parts[at : at + length] * draw(st.sampled_from([1, 50]))
            case "move":
                piece = bytes(parts[at : at + length])
                del parts[at : at + length]
                to = draw(st.integers(0, len(parts)))
                parts[to:to] = piece
            case _:
                del parts[at:]
    return bytes(parts)


@st.composite
def damaged_inside(draw: st.DrawFn, content: bytes) -> bytes:
    """A zip whose checksums are right and one of whose parts is damaged, gone or there twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        sheets = [name for name in names if "sheet" in name.lower() or name == "content.xml"]
        victim = draw(st.sampled_from(names) | st.sampled_from(sheets))
        how = draw(st.sampled_from(["bytes", "bytes", "bytes", "gone", "empty"]))
        for name in names:
            part = source.read(name)
            if name != victim:
                target.writestr(name, part)
            elif how != "gone":
                target.writestr(name, draw(damaged(part)) if how == "bytes" else b"")
    return made.getvalue()


def read_or_refuse(content: bytes) -> None:
    """Holds whatever comes of a file to what is promised of every file."""
    try:
        upload = read_upload(content, filename="uji")
    except UnreadableFile as error:
        refused = error.code
    else:
        refused = None
    if refused:
        assert refused in CODES
        return
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
    assert sum(sheet.accepted for sheet in upload.sheets) == len(upload.frame)
    assert sum(sheet.rejected for sheet in upload.sheets) == len(upload.rejected)
    assert sum(sheet.skipped for sheet in upload.sheets) == len(upload.skipped)
    assert upload.frame.dtypes.astype(str).to_dict() == schema.TABLES[upload.table]


@pytest.mark.parametrize("kind", VALID)
def test_the_file_is_read_before_it_is_damaged(kind: str):
    """What is damaged below is a file that can be read."""
    assert len(read_upload(VALID[kind], filename="uji").frame)


@pytest.mark.parametrize("kind", VALID)
@FEW
@given(st.data())
def test_damaged_bytes(kind: str, data: st.DataObject):
    """Bytes changed, lost, moved or added anywhere in the file."""
    read_or_refuse(data.draw(damaged(VALID[kind])))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@FEW
@given(st.data())
def test_damaged_parts(kind: str, data: st.DataObject):
    """A part inside a workbook is damaged while the archive around it is sound."""
    read_or_refuse(data.draw(damaged_inside(VALID[kind])))


@FEW
@given(st.sampled_from(list(VALID)), st.sampled_from(list(VALID)), st.data())
def test_one_file_glued_to_another(first: str, second: str, data: st.DataObject):
    """The beginning of one file followed by the end of another."""
    head, tail = VALID[first], VALID[second]
    cut, again = data.draw(st.integers(0, len(head))), data.draw(st.integers(0, len(tail)))
    read_or_refuse(head[:cut] + tail[again:])
