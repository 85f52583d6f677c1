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
