"""A legend of codes under a table is a note, and neither a record nor a table."""

import pytest
from make_files import csv_bytes

from halal_metrics.sheets import Upload, read_upload

REGISTER = ["No", "No. Daftar", "Nama Usaha", "Status"]
RECORD = [1, "SH2025-1-990001", "Dapur Rekaan", "OF10"]


def read(rows: list[list]) -> Upload:
    return read_upload(csv_bytes(rows), filename="uji.csv")


def reasons(upload: Upload) -> dict[int, str]:
    return dict(zip(upload.skipped["source_row"], upload.skipped["code"], strict=True))


@pytest.mark.parametrize(
    "legend",
    [
        [["Ket:"], ["OF74", "Dikirim ke Komite Fatwa"], ["OF300", "Sertifikat terbit"]],
        [["", "OF74", "Dikirim ke Komite Fatwa"], ["", "OF300", "Sertifikat terbit"]],
        [["OF10 = Pengajuan"], ["1", "OF300", "Terbit"]],
    ],
)
def test_a_legend_of_codes_below_a_register(legend):
    """Notes, and neither records nor another table."""
    upload = read([REGISTER, RECORD, *legend])
    assert len(upload.frame) == 1
    assert set(reasons(upload).values()) == {"row_note"}
    assert not (upload.problems["severity"] != "info").any()


def test_codes_over_counts_are_a_header():
    """A recap of one code or of several."""
    for codes in (["OF300"], ["OF10", "OF74", "OF300"]):
        upload = read([["Kab/Kota", *codes], ["Samarinda", *range(9, 9 - len(codes), -1)]])
        assert upload.table == "recaps"


def test_no_sentence_counts_no_rows():
    """A header of another table without a row below it is not said to be left out."""
    upload = read([REGISTER, RECORD, [], ["Kab/Kota", "LP3H", "Kuota"]])
    assert not upload.problems["message"].str.contains(r"\b0 baris").any()
