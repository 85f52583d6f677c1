"""Whatever the bytes: an Upload whose numbers add up, or an UnreadableFile that says what to do; nothing else."""

import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import compound_bytes, csv_bytes, parquet_bytes, xlsx_bytes

from halal_metrics import schema
from halal_metrics.sheets import UnreadableFile, Upload, files, read_upload

ROWS = [
    ["No.Daftar", "Nama PU", "NIK", "NIB", "Kab/Kota", "Status", "Tgl Daftar", "No. Sertifikat"],
    ["SH2025-1-100001", "Dapur Rekaan", "9901014101900001", "8120001234567", "KUKAR", "OF74", "31/03/2025", ""],
    ["SH2025-1-100002", "Kedai Rekaan", "9901014101900002", "120001234567", "Kutai", "OF300", "1 Mei 2025", "-"],
]
VALID = {
    "csv": csv_bytes(ROWS),
    "xlsx": xlsx_bytes({"Data": ROWS, "Lain": [["Kab/Kota", "Kuota"], ["Paser", 5]]}),
    "parquet": parquet_bytes(pd.DataFrame(ROWS[1:], columns=ROWS[0])),
}


def read_or_refuse(content: bytes) -> Upload | None:
    """Reads, and holds what is read to its promises."""
    try:
        upload = read_upload(content, filename="uji")
    except UnreadableFile as error:
        refused = error
    else:
        refused = None
    if refused:
        assert refused.code in ("password", "corrupt", "empty", "no_header", "too_large", "unsupported")
        assert len(str(refused)) > 20
        return None
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
    assert sum(sheet.accepted for sheet in upload.sheets) == len(upload.frame)
    assert sum(sheet.rejected for sheet in upload.sheets) == len(upload.rejected)
    assert upload.frame.dtypes.astype(str).to_dict() == schema.TABLES[upload.table]
    assert upload.rejected["reason"].str.len().gt(10).all()
    assert upload.problems["message"].notna().all()
    return upload


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n ", "empty"),
        (b";;;\n;;;\n", "empty"),
        (xlsx_bytes({"Data": []}), "empty"),
        (b"halo, apa kabar\nbaik, terima kasih\n", "no_header"),
        (xlsx_bytes({"Data": [["a", "b"], [1, 2]]}), "no_header"),
        (xlsx_bytes({"Kosong": [], "Data": ROWS}, hidden=["Data"]), "no_header"),
        (VALID["xlsx"][:2000], "corrupt"),
        (VALID["parquet"][:200], "corrupt"),
        (b"PK\x03\x04" + b"x" * 100, "corrupt"),
        (zipped(xl__workbook_xml=b"<"), "unsupported"),
        (zipped(**{"xl/workbook.xml": b"<workbook"}), "corrupt"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "corrupt"),
        (compound_bytes({"EncryptedPackage": b"x"}), "password"),
        (compound_bytes({"WordDocument": b"x"}), "unsupported"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", "unsupported"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0\1", "unsupported"),
        (b"<html><table><tr><td>halo</td></tr></table></html>", "no_header"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content, code):
    """Each has its code and an Indonesian sentence that says what to do."""
    with pytest.raises(UnreadableFile) as refused:
        read_upload(content, filename="uji.xlsx")
    assert refused.value.code == code
    assert str(refused.value).endswith((".", ". "))


def test_a_file_too_large_is_refused_unread(monkeypatch, tmp_path):
    """Its size on disk is enough to know."""
    path = tmp_path / "besar.csv"
    path.write_bytes(VALID["csv"])
    monkeypatch.setattr(files, "LIMIT", 100)
    with pytest.raises(UnreadableFile) as refused:
        read_upload(path)
    assert refused.value.code == "too_large"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(content):
    """Never anything but an Upload or a refusal."""
    read_or_refuse(content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(VALID)), st.data())
def test_damaged_files(kind, data):
    """A valid file cut off, or with bytes changed, is read honestly or refused."""
    content = bytearray(VALID[kind])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content[: data.draw(st.integers(0, len(content)))]))


CELLS = st.one_of(
    st.sampled_from(
        "|-|0|1.000|31/05/2025|OF300|Terbit SH|KUKAR|Kutai|JUMLAH|Total|SH2025-1-100001|8120001234567|8,12E+12|UINSI"
        "|LPH UINSI|ID64110055824640425|9901014101900001|NIK: 9901 0141 0190 0001|No.Daftar|Status".split("|")
    ),
    st.text(max_size=12),
)
HEADER_TEXTS = (
    "No|No.Daftar|ID Reg|NIB|NIK|Nama PU|Nama Usaha|Kab/Kota|LP3H|Kuota|Pengajuan|Verval|Terbit|Dikembalikan|Total"
    "|Status|Keterangan|Tanggal|Tgl Terbit|No. Sertifikat|No SH|Target|Alamat|KBLI|No. HP|Kendala|Per Tanggal|lain"
)
HEADERS = st.lists(st.sampled_from(HEADER_TEXTS.split("|")), min_size=1, max_size=9)


@settings(max_examples=80, deadline=None)
@given(HEADERS, st.data())
def test_any_sheet_adds_up_and_keeps_no_nik(header, data):
    """Whatever is typed under whatever headers: every row is accounted for, and no NIK is kept anywhere."""
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(row, max_size=8))
    for content in (csv_bytes([header, *rows]), xlsx_bytes({"Data": [header, *rows]})):
        upload = read_or_refuse(content)
        if upload:
            for frame in (upload.frame, upload.rejected, upload.problems):
                text = frame.to_csv().replace(" ", "")
                assert "9901014101900001" not in text


def test_nik_is_kept_nowhere():
    """Not from its column, not from another one, not in a note, a rejected row or a problem."""
    nik = "9901014101900001"
    rows = [
        ["No.Daftar", "NIB", "No. KTP", "Nama PU", "Status", "Catatan", "Kolom Lain"],
        ["SH2025-1-100001", nik, nik, f"Siti {nik}", nik, f"NIK {nik}, sudah", nik],
        ["SH2025-1-100001", nik, nik, f"Siti {nik}", "OF300", "NIK 9901 0141 0190 0001", nik],
        ["", "", nik, "", "", "", f"x {nik}"],
        ["", "", nik, "", "OF10", "tanpa nama", f"x {nik}"],
    ]
    for content in (csv_bytes(rows), xlsx_bytes({"Data": rows})):
        upload = read_or_refuse(content)
        assert upload is not None
        kept = "".join(frame.to_csv() for frame in (upload.frame, upload.rejected, upload.problems))
        assert nik not in kept.replace(" ", "")
        assert len(upload.rejected) == 2
        assert "No. KTP" not in upload.rejected
        assert "No. KTP" not in upload.sheets[0].mapping


def test_no_mapping_makes_a_nik_column_anything_else():
    """Sent to another column, or left out by hand, it is still kept nowhere: not even one that Excel shortened."""
    rows = [
        ["No.Daftar", "NIK", "Nama PU"],
        ["SH2025-1-100001", "990101410190001", "Siti"],
        ["", "990101410190002", ""],
    ]
    for column in ("note", None):
        upload = read_upload(csv_bytes([*rows, ["", "990101410190003", "-"]]), mapping={"NIK": column})
        kept = "".join(frame.to_csv() for frame in (upload.frame, upload.rejected, upload.problems))
        assert "99010141019000" not in kept


def test_hundreds_of_tables_on_one_sheet_are_refused():
    """Each takes as long as a sheet: a small file of nothing but headers would hold the reader up for minutes."""
    tables = "Kab/Kota;Kuota;Terbit\nPaser;10;3\nKab/Kota;Terbit;Kuota\nBerau;3;10\n"
    with pytest.raises(UnreadableFile, match="lebih dari 250 tabel") as refused:
        read_upload((tables * 2_000).encode(), filename="halaman.csv")
    assert refused.value.code == "too_large"
