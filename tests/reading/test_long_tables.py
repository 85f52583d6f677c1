"""Long tables travel as codes and are read on several cores: what comes out is what short ones give."""

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import halal_metrics as hm
from halal_metrics.personal import NIK
from halal_metrics.sheets.cores import LONG
from halal_metrics.sheets.values import encodings
from halal_metrics.sheets.values.cells import Distinct, column

HEADER = "No. Daftar;NIB;Nama PU;Nama Pemilik;Alamat;Kab/Kota;LP3H;Status;Tanggal Daftar;Keterangan"
TEXTS = st.lists(st.sampled_from(["Paser", " Paser", "Berau", "", "  ", "OF74", None]), min_size=1, max_size=60)


def lines(first: int, last: int) -> list[str]:
    places, lp3h = ["Kota Samarinda", "Paser", "", "BERAU"], ["UINSI", "Unmul ", "-", "Lembaga Rekaan"]
    status = ["OF74", "Terbit", "belum tahu", "Draft"]
    return [
        f"SH2025-1-{100_000 + at};{8_120_000_000_000 + at};Dapur Rekaan {at};Pemilik Rekaan {at % 7};"
        f"Jl. Rekaan {at % 40}, Samarinda;{places[at % 4]};{lp3h[at % 3]};{status[at % 4]};"
        f"{13 + at % 12}/05/2025;{'telp 9901014101900001' if at % 500 == 9 else 'lengkap'}"
        for at in range(first, last)
    ]


def read(rows: list[str]) -> hm.Upload:
    return hm.read_upload("\n".join([HEADER, *rows]).encode(), filename="data.csv")


def test_a_long_table_is_read_as_its_parts_are():
    """Every value, every reason, every sentence of a row; and no NIK in a column of few texts."""
    long, middle = lines(0, LONG + 1_000), LONG // 2
    whole, parts = read(long), [read(long[:middle]), read(long[middle:])]
    together = pd.concat([part.frame for part in parts], ignore_index=True)
    together["source_row"] = whole.frame["source_row"]
    pd.testing.assert_frame_equal(whole.frame, together)
    assert whole.frame["note"].value_counts().to_dict() == {"lengkap": LONG + 958, f"telp {NIK}": 42}
    counts = [upload.problems.groupby("code").size() for upload in (whole, *parts)]
    of_rows = [code for code in counts[0].index if counts[0][code] > 2]
    assert of_rows
    assert counts[0][of_rows].tolist() == (counts[1] + counts[2])[of_rows].tolist()


@settings(deadline=None)
@given(TEXTS, st.data())
def test_what_came_as_codes_has_the_same_distinct_values(texts: list[str | None], data: st.DataObject):
    """Of the column and of any part of it, in the same order; and nothing is known of it when it is gone."""
    plain = pa.array(texts, pa.large_string())
    plain, coded = column(plain), column(plain.dictionary_encode())
    assert coded.to_pylist() == plain.to_pylist()
    start = data.draw(st.integers(0, len(texts)))
    for part, other in ((coded, plain), (coded.slice(start), plain.slice(start))):
        ours, theirs = Distinct(part), Distinct(other)
        assert (ours.values, ours.codes.tolist()) == (theirs.values, theirs.codes.tolist())
    rest = coded.slice(0)
    del coded, part
    assert encodings.texts_of(rest) is None
