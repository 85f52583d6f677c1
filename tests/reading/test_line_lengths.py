"""Delimited lines of other lengths than their header: said where values may have moved, and ordinary otherwise."""

import pytest

from halal_metrics.sheets import Upload, read_upload

QUOTAS = "Kab/Kota,LP3H,Kuota,Catatan"


def read(*lines: str) -> Upload:
    return read_upload("\n".join(lines).encode(), filename="kuota.csv")


def said(upload: Upload) -> list[tuple[int, str]]:
    found = upload.problems[upload.problems["code"].eq("line_length")]
    return list(found[["row", "value"]].itertuples(index=False, name=None))


MOVED = {
    "thousands without quotes": (QUOTAS, ["Samarinda,LP3H Unmul,1,250,", "Berau,LP3H ITK,75,tahap satu"], [(2, "5")]),
    "in every line": (QUOTAS, ["Samarinda,LP3H Unmul,1,250,", "Berau,LP3H ITK,2,100,"], [(2, "5"), (3, "5")]),
    "as the last cell": ("Kab/Kota,LP3H,Kuota", ["Samarinda,LP3H Unmul,1,250", "Berau,LP3H ITK,75"], [(2, "4")]),
    "one digit": (
        "Kab/Kota,LP3H,Pengajuan,Terbit,Kendala",
        ["Samarinda,LP3H Unmul,3,2,6,", "Berau,LP3H ITK,25,5,"],
        [(2, "6")],
    ),
    "address": (
        "No. Daftar,Nama Usaha,Alamat,Kab/Kota,Status",
        ["SH2025-1-990001,A,Jl. Rekaan,Paser,OF10", "SH2025-1-990002,B,Jl. Rekaan, RT 5,Paser,OF10"],
        [(3, "6")],
    ),
    "LP3H left out": (QUOTAS, ["Samarinda,LP3H Unmul,60,a", "Berau,70,b"], [(3, "3")]),
    "LP3H left out of every line": (QUOTAS, ["Samarinda,60,a", "Berau,70,b"], [(2, "3"), (3, "3")]),
    "a count left out": (
        "Kab/Kota,Kuota,Pengajuan,Terbit",
        ["Paser,70,30,5", "Kutim,60,20,3", "Berau,25,5"],
        [(4, "3")],
    ),
    "name left out": (
        "No. Daftar,Nama Usaha,NIB,Kab/Kota,Status",
        ["SH2025-1-990001,A,8120009900001,Paser,OF10", "SH2025-1-990002,8120009900002,Paser,OF10"],
        [(3, "4")],
    ),
}


@pytest.mark.parametrize("kind", MOVED)
def test_values_that_may_have_moved_are_said(kind: str):
    """The row stays as it lies there, with a warning of how many cells it has and how many its header."""
    header, lines, expected = MOVED[kind]
    upload = read(header, *lines)
    assert said(upload) == expected
    row, cells = expected[0]
    message = upload.problems.loc[upload.problems["code"].eq("line_length"), "message"].iloc[0]
    assert message.startswith(f"Baris {row}: baris ini {cells} sel, sedangkan judulnya {header.count(',') + 1} sel")


ORDINARY = {
    "delimiters at the end of all lines": [
        "Kab/Kota,LP3H,Kuota,Catatan,,",
        "Paser,LP3H ITK,250,,,",
        "Berau,LP3H ITK,10,x,,",
    ],
    "at the end of all but the header": [QUOTAS, "Paser,LP3H ITK,250,,", "Berau,LP3H ITK,10,x,"],
    "short lines": [QUOTAS, "Paser,LP3H ITK,250", "Berau,LP3H ITK,10,x"],
    "titles, totals and notes": [
        "KUOTA, PROVINSI, 2025, REKAAN, x, y",
        "",
        QUOTAS,
        "Paser,LP3H ITK,250,",
        "Berau,LP3H ITK,10,x",
        "Jumlah,,260",
        "Catatan: sementara",
    ],
    "thousands in quotes": [QUOTAS, 'Paser,LP3H ITK,"1,250",', "Berau,LP3H ITK,10,x"],
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_files_are_not_said(kind: str):
    """Empty cells at the end, written or not, and lines that are no records are nothing to worry about."""
    upload = read(*ORDINARY[kind])
    assert upload.frame["quota"].tolist()[-1] == 10
    assert len(upload.frame) == 2
    assert not upload.problems["severity"].eq("warning").any()
