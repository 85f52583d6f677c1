"""How old the last word of each group is."""

import pandas as pd
import pytest

import halal_metrics as hm
from halal_metrics.definitions import DEFINITIONS
from halal_metrics.freshness import STALE_DAYS

STATED = pd.DataFrame(
    {
        "lp3h": ["PWI Kaltim", "PWI Kaltim", "LP3H UINSI Samarinda", "PWI Kaltim", None],
        "kab_kota": ["Kota Bontang", "Kota Bontang", "Kota Bontang", "Kabupaten Berau", None],
        "statement_date": pd.to_datetime(["2025-05-09", "2025-05-23", "2025-06-20", "2025-05-23", None]),
        "source_file": ["a.xlsx", "b.xlsx", "c.xlsx", "b.xlsx", "d.xlsx"],
    }
)
RECEIVED = pd.DataFrame(
    {
        "filename": ["a.xlsx", "b.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"],
        "received_at": pd.to_datetime(
            ["2025-06-01 08:00", "2025-05-24 23:59", "2025-05-20 10:00", "2025-06-21 10:00", "2025-06-04 23:00"]
        ),
    }
)


def rows(by, as_of="2025-06-04"):
    found = hm.freshness(STATED, RECEIVED, by=by, as_of=as_of)
    return found.astype(object).where(found.notna(), None).set_index(list(by)).to_dict("index") if by else found


def test_the_latest_of_each_institution():
    """The newest statement up to the day, and the newest file, which may be another: an old register sent late."""
    found = rows(("lp3h",))
    assert found["PWI Kaltim"] == {
        "statement_date": pd.Timestamp("2025-05-23"),
        "statement_days": 12,
        "received_date": pd.Timestamp("2025-06-01"),
        "received_days": 3,
        "files": 2,
    }


def test_what_comes_after_the_day_is_not_known_on_it():
    """A group that spoke only later is there, with nothing known."""
    assert set(rows(("lp3h",))["LP3H UINSI Samarinda"].values()) == {None, 0}
    later = rows(("lp3h",), "2025-06-21")["LP3H UINSI Samarinda"]
    assert (later["statement_days"], later["received_days"]) == (1, 0)


def test_rows_without_a_date_count_by_their_file():
    """Nothing says when they were stated, but when they came is known."""
    (row,) = (row for lp3h, row in rows(("lp3h",)).items() if not isinstance(lp3h, str))
    assert row["statement_date"] is None
    assert (row["received_days"], row["files"]) == (0, 1)


def test_files_of_one_name_are_told_apart():
    """Every export is called data.xlsx: who sent one in May has not sent that of June, nor are they reporting."""
    stated = pd.DataFrame(
        {
            "lp3h": ["PWI Kaltim", "LP3H UINSI Samarinda", "Halal Center Universitas Mulawarman"],
            "statement_date": pd.to_datetime(["2025-05-08", "2025-06-04", "2025-06-04"]),
            "source_file": "data.xlsx",
        }
    )
    received = pd.DataFrame(
        {
            "filename": "data.xlsx",
            "received_at": pd.to_datetime(["2025-05-09 08:00", "2025-06-04 10:00", "2025-06-05 09:00"]),
            "statement_date": pd.to_datetime(["2025-05-08", "2025-06-04", None]),
        }
    )
    found = hm.freshness(stated, received, by=("lp3h",), as_of="2025-06-06").set_index("lp3h")["received_date"]
    assert found["PWI Kaltim"] == pd.Timestamp("2025-05-09")
    assert found["LP3H UINSI Samarinda"] == pd.Timestamp("2025-06-04")
    silent = hm.not_reporting(received, stated, stated.head(0), since="2025-05-21")
    assert silent["lp3h"].tolist() == ["PWI Kaltim"]


def test_by_place_and_as_a_whole():
    """The whole is as fresh as its freshest part."""
    assert rows(("kab_kota",))["Kabupaten Berau"]["statement_days"] == 12
    (whole,) = rows(()).to_dict("records")
    assert (whole["statement_days"], whole["received_days"], whole["files"]) == (12, 0, 3)


@pytest.mark.parametrize("by", [("lp3h",), ()])
def test_nothing_in(by):
    """No group; as a whole one row in which nothing is known."""
    found = hm.freshness(STATED.iloc[:0], RECEIVED.iloc[:0], by=by, as_of="2025-06-04")
    assert len(found) == (0 if by else 1)
    assert dict(found.dtypes.astype(str)) == dict.fromkeys(by, "str") | {
        "statement_date": "datetime64[us]",
        "statement_days": "Int64",
        "received_date": "datetime64[us]",
        "received_days": "Int64",
        "files": "int64",
    }
    assert found["files"].sum() == 0


def test_the_words_agree_with_the_code():
    """The definition names the age from which one asks for new data."""
    assert f"Lebih dari {STALE_DAYS} hari" in DEFINITIONS["freshness.statement_days"].edges[0]
