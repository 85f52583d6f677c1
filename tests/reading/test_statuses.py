"""How a status is written, and where the application stands."""

import pandas as pd
import pytest

from halal_metrics import statuses
from halal_metrics.schema import STATUSES

# Code, label in SIHALAL's LP3H report, further labels on its screens, and what the product makes of it.
SIHALAL = """
    OF1   | Draft PU                  | Draft; Draf                                          | draft
    OF10  | Pengajuan                 | Submitted; Submitted PU                              | submitted
    OF71  | Selesai P3H               |                                                      | verified
    OF72  | Verifikasi LP3H           | Selesai Verifikasi LP3H                              | verified
    OF56  | Pembayaran                |                                                      | verified
    OF74  | Dikirim ke Komite Fatwa   | Sent to Komite Fatwa                                 | fatwa
    OF100 | Selesai Sidang Fatwa      | Ditetapkan Halal                                     | decided
    OF120 | Penerbitan Sertifikat     | Certificate Issued                                   | decided
    OF300 | Sertifikat Halal Terbit   | Halal Certified Issued; Terbit SH; SH Terbit         | issued
    OF280 | Dikembalikan ke PU        | Returned to PU                                       | returned
    OF285 | Dikembalikan oleh Fatwa   | Returned By KF; Dikembalikan Oleh Komite Fatwa       | returned
    OF290 | Rejected                  | Ditolak                                              | rejected
    OF900 | Dibatalkan                |                                                      | cancelled
"""
CASES = [
    (text.strip(), status.strip())
    for line in SIHALAL.strip().splitlines()
    for code, label, further, status in [line.split("|")]
    for text in (code, label, *further.split(";"), f"{code.strip()} - {label.strip()}")
    if text.strip()
]


def one(value: str) -> pd.Series:
    return statuses.resolve(pd.Series([value])).iloc[0]


@pytest.mark.parametrize(("text", "status"), CASES)
def test_codes_and_labels_of_sihalal(text, status):
    """Every code and label, in any case and spacing, is one status."""
    for written in (text, text.upper(), f"  {text.lower().replace(' ', '  ')} "):
        assert one(written)["canonical"] == status


@pytest.mark.parametrize("status", STATUSES)
def test_canonical_words_are_themselves(status):
    """A file that speaks the product's own words is understood."""
    assert one(status)["canonical"] == status


@pytest.mark.parametrize(
    "text", ["Belum Terbit", "Proses", "OF2", "OF50", "OF55 Penetapan Biaya", "OF300 - Certificate Issued", "STTD"]
)
def test_an_unknown_status_is_missing_and_said(text):
    """Other routes' codes, vague words and a code beside another status's label are not guessed."""
    found = one(text)
    assert pd.isna(found["canonical"])
    assert (found["code"], found["severity"]) == ("status_unknown", "warning")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("OF10 (sebelumnya OF290)", "submitted"),
        ("Ditolak (tadinya OF10)", "rejected"),
        ("Dibatalkan, semula OF74", "cancelled"),
        ("OF290 karena OF280 tiga kali", "rejected"),
        ("OF74, menunggu OF300", "fatwa"),
        ("dikembalikan dari OF74", "returned"),
    ],
)
def test_a_code_that_is_past_or_to_come_is_not_the_status(text, status):
    """Where words say that a code was, will be or is the reason, what else the cell says counts, with a warning."""
    found = one(text)
    assert (found["canonical"], found["code"], found["severity"]) == (status, "status_not_alone", "warning")
    assert status not in found["message"]  # named in the office's words


@pytest.mark.parametrize(
    "text",
    [
        "Belum OF300",
        "blm OF10",
        "bukan OF900",
        "gagal OF74",
        "Tidak lolos OF74",
        "OF10/OF74",
        "OF285 -> OF74",
        "dari OF74 ke OF100",
        "OF74, OF75",
        "OF300 belum terbit",
        "OF300 belum",
        "proses OF300",
        "OF74 sudah ditolak",
    ],
)
def test_a_code_denied_or_beside_another_is_no_status(text):
    """Not yet, not, two codes, a code whose words take it back: missing, with a warning."""
    found = one(text)
    assert pd.isna(found["canonical"])
    assert found["code"] == "status_unknown"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("OF74 - Proses Fatwa", "fatwa"),
        ("OF74 - Menunggu Sidang Fatwa", "fatwa"),
        ("Menunggu jadwal sidang (OF74)", "fatwa"),
        ("Belum terbit (OF100)", "decided"),
        ("OF10 belum diverifikasi LP3H", "submitted"),
        ("OF72 / OF71", "verified"),
        ("OF280, perbaikan foto", "returned"),
        ("OF900 karena mundur", "cancelled"),
        ("OF300 belum dicetak", "issued"),
        ("sdh terbit SH", "issued"),
    ],
)
def test_a_code_with_words_about_it_stays_the_status(text, status):
    """What people add to the one code of a row changes nothing."""
    found = one(text)
    assert found["canonical"] == status
    assert pd.isna(found["code"])
