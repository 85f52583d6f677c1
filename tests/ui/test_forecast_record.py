"""Ramalan dan kenyataan: which days are looked back from, and what is said of how often it was right."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from halal_ui.sentences.record import record_answer, record_made_of
from halal_ui.snapshot.forecast_record import ENOUGH, MOST, Foreseen, Look, looks, record

ARRIVALS = pd.Series(pd.to_datetime(["2025-03-14 09:00", "2025-06-04 09:00"]))


def meeting(day: str, known: str = "09:00", name: str = "R"):
    return SimpleNamespace(as_of=pd.Timestamp(day), known_at=pd.Timestamp(f"{day} {known}"), id=f"{name}-{day}")


def test_with_few_meetings_ends_of_months_are_looked_back_from_too():
    """Known at the end of that day; from the first month in which something had arrived, and only before the last."""
    found = looks([meeting("2025-05-21")], ARRIVALS, date(2025, 6, 4))
    assert [look.as_of.isoformat() for look in found] == ["2025-03-31", "2025-04-30", "2025-05-21", "2025-05-31"]
    assert [look.meeting for look in found] == ["", "", "R-2025-05-21", ""]
    assert found[0].known_at == pd.Timestamp("2025-03-31 23:59:59.999999")
    assert looks([], pd.Series([], dtype="datetime64[us]"), date(2025, 6, 4)) == []


def test_with_enough_meetings_only_they_count():
    """Of two of one day the one that knew more; a meeting of the last day itself is not yet judged; the latest MOST."""
    days = [f"2025-{month:02}-15" for month in range(2, 2 + ENOUGH)]
    held = [*(meeting(day) for day in days), meeting(days[0], "15:00", "S"), meeting("2025-12-01")]
    found = looks(held, ARRIVALS, date(2025, 12, 1))
    assert [look.meeting for look in found] == [f"S-{days[0]}", *(f"R-{day}" for day in days[1:])]
    many = [meeting(f"2025-{month:02}-{day:02}") for month in range(3, 8) for day in (5, 15, 25)]
    assert len(looks(many, ARRIVALS, date(2025, 12, 1))) == MOST


def test_what_came_is_put_beside_what_was_foreseen():
    """Each look against the days of the later ones and the last; the truth is what absorption counts as known now."""
    days = pd.to_datetime(["2025-03-03", "2025-04-01"])
    progress = pd.DataFrame(
        {
            "date": [*days, days[1]],
            "kab_kota": "Kota Bontang",
            "lp3h": "PWI Kaltim",
            "stage": ["submitted", "submitted", "issued"],
            "count": [5, 3, 1],
        }
    )
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [20]})
    quotas = quotas.assign(statement_date=pd.Timestamp("2025-02-20"), target_date=pd.NaT, note=None)
    now = SimpleNamespace(quotas=quotas, progress=progress, version="v")
    rows = [
        (pd.Timestamp(day), measure, low, low + 1, low + 2)
        for day in pd.date_range("2025-03-31", "2025-05-31")
        for measure, low in (("used", 7), ("issued", 2))
    ]
    frame = pd.DataFrame(rows, columns=["date", "measure", "p10", "p50", "p90"])
    at = pd.Timestamp("2025-03-31 12:00")
    told = [
        Foreseen(Look(date(2025, 2, 28), at), frame.iloc[:0], "few"),
        Foreseen(Look(date(2025, 3, 31), at), frame),
        Foreseen(Look(date(2025, 4, 30), at), frame[frame["date"] >= "2025-04-30"]),
    ]
    found = record(now, date(2025, 5, 31), told).pairs
    assert found[["as_of", "date"]].drop_duplicates().astype(str).to_numpy().tolist() == [
        ["2025-03-31", "2025-04-30"],
        ["2025-03-31", "2025-05-31"],
        ["2025-04-30", "2025-05-31"],
    ]
    assert found.loc[found["measure"] == "used", "truth"].tolist() == [8, 8, 8]
    assert found.loc[found["measure"] == "used", "inside"].tolist() == ["inside"] * 3
    assert found.loc[found["measure"] == "issued", "inside"].tolist() == ["below"] * 3
    nothing = record(now, date(2025, 5, 31), told[:1]).pairs
    assert nothing.empty
    assert list(nothing) == list(found)


def test_how_often_it_was_right_is_said_as_it_is():
    """Many with few hits are not to be relied on; few prove nothing; none is a sentence too."""
    pairs = pd.DataFrame({"measure": ["used", "issued"] * 10, "inside": ["inside", "above"] * 10})
    told = record_answer(pairs)
    assert "pada 10, 50% (dimanfaatkan 10 dari 10, terbit 0 dari 10)" in told
    assert "percayai pitanya dengan hati-hati" in told
    assert "hati-hati" not in record_answer(pairs.assign(inside="inside"))
    assert "terlalu sedikit untuk menilai" in record_answer(pairs.head(4))
    assert record_answer(pairs.head(0)).startswith("Belum ada ramalan yang dapat diperiksa")


def test_it_is_said_from_which_days():
    """Meetings, ends of months and why they are there, what was left out, and until when what came is known."""
    told = record_made_of(1, 3, [date(2025, 2, 28)], date(2025, 6, 4))
    assert "1 rapat dan 3 akhir bulan, karena rapatnya masih sedikit" in told
    assert "28 Februari 2025" in told
    assert "4 Juni 2025" in told
    assert record_made_of(0, 0, [], date(2025, 6, 4)) == ""
