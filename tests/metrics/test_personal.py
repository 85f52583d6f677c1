"""What is personal in a text: found however it is written, and nothing else taken for it."""

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halal_metrics.personal import NIK, column_replaced, column_without_nik, has_nik, replaced, without_nik
from halal_metrics.personal_shapes import found

HIDDEN = {"phone": "•", "email": "@"}

PHONES = """
081234567890 | +6281234567890 | +62 812-3456-7890 | 6281234567890 | 62 812 3456 7890 | 0812 3456 7890 | 0812-3456-7890
0812.3456.7890 | 0812_3456_7890 | 0812/3456/7890 | 081 234 567 890 | 81234567890 | 0541-123456 | (0541) 123456
021-1234567 | 08 12 34 56 78 90 | wa.me/6281234567890 | HP081234567890x | 0 8 1 2 3 4 5 6 7 8 9 0
０８１２３４５６７８９０
+60 12-345 6789 | +62 (0)812 3456 7890 | 0812​34567890 | tel:0812-34567890 | 0812 - 3456 - 7890 | 8123-4567-890
081234567890/081345678901 | 0812345678901 | +62 541 123456 | 0062 812 3456 7890 | 085-123-456-789 | 0812345678
"""
HARMLESS = """
NIB 8120001234567 | 8120001234567 | 0289010302776 | NIB 0812230012345 | SH2025-1-990001
SH2025-1-623438 / 8120001234567
ID64110055824640426 | ID 6411 0055 8246 4042 6 | ID6411005582464042 | 31/05/2025 04/06/2025 | 2025-05-31 2025-06-04
2025-06-04 10:00:07 | 04/06/2025 10.00-12.00 | 1.000 2.000 3.000 4.000 | 2022 2023 2024 2025 | 2022-2023-2024-2025
10 20 30 40 50 60 70 80 | 1.234.567 | Rp 850.000.000 | Rp 850000000 | KBLI 10710 10792 11040 | R-2025-06-04
02-05-2025 10.00 | 02-05-25 10.30 | 08-12-25 10.30 | 2201000025 | 3501 | 8120001234567 120 | 320 dari 1.000 | 0,85
812.345.678 | 100 200 300 400 500 600 | 20250604 20250605 | minggu 1-2-3-4-5-6-7-8-9-10 | 07.30-09.00 09.00-10.30
SK 500.3.10/1234/2025 | 2025-06-04T10:00 | No. 005/123/DPPKUKM/VI/2025 | Halal.2025.06.04_10.00.07 | @rina | pukul 09.00
b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9 | 9912345678901234567890
"""


def listed(texts: str) -> list[str]:
    return [text.strip() for line in texts.strip().splitlines() for text in line.split("|") if text.strip()]


@pytest.mark.parametrize("phone", listed(PHONES))
def test_a_phone_is_found_however_it_is_written(phone: str):
    """No digit of it is left, and nothing else of the sentence is taken."""
    told = replaced(f"Hubungi {phone} besok", HIDDEN)
    assert not [one for one in told if one.isdigit()]
    assert told.startswith("Hubungi ")
    assert told.endswith(" besok")


@pytest.mark.parametrize("text", listed(HARMLESS))
def test_what_is_not_personal_stays(text: str):
    """A business's numbers, dates, times, counts, money, letters, digests."""
    assert not found(f"Catatan: {text}, selesai.")


@given(st.lists(st.sampled_from(["ani@contoh.example", "a.b+c@sub.contoh.example", "ani＠contoh.example"]), max_size=3))
def test_an_address_is_found(addresses: list[str]):
    """Each of them, between whatever marks."""
    text = " / ".join(f"<{address}>" for address in addresses)
    assert [span.what for span in found(text)] == ["email"] * len(addresses)


@given(st.text("0123456789 -./_()+@abcXIDNIBRp:,０９٣\n", max_size=60))
def test_replacing_is_done_once_and_for_all(text: str):
    """Spans do not lie over each other; each NIK is replaced once, and all else stays."""
    spans = found(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    niks = [text[span.start : span.end] for span in spans if span.what == "nik"]
    kept = without_nik(text)
    assert kept.count(NIK) == len(niks)
    assert has_nik(text) == bool(niks)
    assert len(kept) == len(text) + sum(len(NIK) - len(nik) for nik in niks)


@given(st.lists(st.none() | st.text("0123456789 -./@axé０٣", max_size=40), max_size=12))
def test_a_column_is_as_its_texts(texts: list[str | None]):
    """The quick way through a column, however it was cut, gives what each text alone gives."""
    whole = pa.array(["x", *texts, None, "9901014101900001"], pa.large_string())
    values = whole.slice(1, len(texts))
    assert column_without_nik(values).to_pylist() == [text and without_nik(text) for text in texts]
    assert column_replaced(values, HIDDEN).to_pylist() == [text and replaced(text, HIDDEN) for text in texts]
