"""What an upload would change is told before it is committed, and what its undoing would."""

from pathlib import Path

import pandas as pd
import pytest
from registers import register, upload

from halal_store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.commit(register(1, 2, 3), by="Rina")
    return store


def numbers(frame: pd.DataFrame) -> list[int]:
    return frame["registration_number"].str[-2:].astype(int).tolist()


def test_new_changed_and_same(store: Store):
    """A new application, one that went on, one only stated again later; those not named are not told."""
    lines = [
        {"registration_number": f"SH2025-1-99000{n}", "nib": f"990000000000{n}", "business_name": f"Dapur Rekaan {n}"}
        | {"status": status, "statement_date": "23/05/2025"}
        for n, status in ((2, "OF10"), (3, "OF300"), (4, "OF10"))
    ]
    before = store.version
    told = store.preview(upload("applications", lines))
    assert (numbers(told.new), numbers(told.changed), numbers(told.same)) == ([4], [3], [2])
    assert told.counts == {"new": 1, "changed": 1, "same": 1, "gone": 0}
    row = told.changed.iloc[0]
    assert (row["status_before"], row["status"]) == ("submitted", "issued")
    assert [name for name in told.changed if name.endswith("_before")] == [
        *("status_before", "status_raw_before", "statement_date_before")
    ]
    assert len(told.before.applications) == 3
    assert len(told.after.applications) == 4
    assert store.version == before


def test_an_earlier_statement_that_says_nothing_new_is_same(store: Store):
    """A register of an earlier day, arriving late, changes nothing it is not the latest on."""
    told = store.preview(register(1, status="OF300", day=2))
    assert told.counts == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    assert told.already is None


def test_a_row_that_ties_two_applications_together(tmp_path: Path):
    """One changed, one gone: what they were can be seen."""
    store = Store(tmp_path)
    store.commit(
        upload("applications", [{"reg_id": "77", "status": "OF10"}, {"registration_number": "SH2025-1-990001"}]), by="R"
    )
    told = store.preview(upload("applications", [{"registration_number": "SH2025-1-990001", "reg_id": "77"}]))
    assert told.counts == {"new": 0, "changed": 1, "same": 0, "gone": 1}
    assert told.changed["status"].tolist() == ["submitted"]
    assert told.gone["reg_id"].tolist() == ["77"]


def test_an_application_that_gets_its_number_is_the_same_one(tmp_path: Path):
    """Known by its reg_id, then by its registration number: changed, not gone and new."""
    store = Store(tmp_path)
    store.commit(upload("applications", [{"reg_id": "77", "status": "OF1"}]), by="Rina")
    told = store.preview(
        upload("applications", [{"reg_id": "77", "registration_number": "SH2025-1-990001", "status": "OF10"}])
    )
    assert told.counts == {"new": 0, "changed": 1, "same": 0, "gone": 0}
    assert pd.isna(told.changed["registration_number_before"].iloc[0])


def test_a_plan_of_the_same_date_takes_the_place_of_the_other(tmp_path: Path):
    """Allocation by allocation: changed, same, new, and gone with the old plan."""
    store = Store(tmp_path)

    def plan(*quotas: tuple[str, str]):
        lines = [{"kab_kota": place, "quota": quota, "statement_date": "20/02/2025"} for place, quota in quotas]
        return upload("quotas", lines)

    first = store.commit(plan(("Paser", "10"), ("Berau", "20"), ("Kota Bontang", "30")), by="Rina")
    second = plan(("Paser", "10"), ("Berau", "25"), ("Kota Balikpapan", "5"))
    told = store.preview(second)
    assert told.counts == {"new": 1, "changed": 1, "same": 1, "gone": 1}
    assert told.changed[["quota", "quota_before"]].values.tolist() == [[25, 20]]
    assert told.after.quotas["quota"].tolist() == [10, 25, 5]
    back = store.preview_undo(store.commit(second, by="Rina").upload_id)
    assert back.counts == {"new": 1, "changed": 1, "same": 1, "gone": 1}
    assert back.new["kab_kota"].tolist() == ["Kota Bontang"]
    assert store.preview_undo(first.upload_id).counts == {"new": 0, "changed": 0, "same": 0, "gone": 0}


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("recaps", {"kab_kota": "Paser", "lp3h": "UINSI", "statement_date": "16/05/2025"}, "issued"),
        ("candidates", {"nib": "9901234567890"}, "product"),
        ("certificates", {"certificate_number": "ID64110055824640426"}, "business_name"),
    ],
)
def test_the_other_tables_tell_new_changed_and_same_too(tmp_path: Path, table: str, key: dict, value: str):
    """By what tells their rows apart."""
    store = Store(tmp_path)
    first = upload(table, [key | {value: "1"}])
    assert store.preview(first).counts["new"] == 1
    store.commit(first, by="Rina")
    assert store.preview(upload(table, [key | {value: "1"}], filename="lain.csv")).counts["same"] == 1
    told = store.preview(upload(table, [key | {value: "2"}]))
    assert told.counts == {"new": 0, "changed": 1, "same": 0, "gone": 0}
    assert told.changed[f"{value}_before"].astype("str").tolist() == ["1"]


def test_undo_tells_what_comes_back_and_what_vanishes(store: Store):
    """The rows only this upload has vanish, those it changed become what they were."""
    later = store.commit(register(3, 4, status="OF300", day=20), by="Rina")
    told = store.preview_undo(later.upload_id)
    assert (numbers(told.gone), numbers(told.changed), told.counts["new"]) == ([4], [3], 0)
    assert told.changed[["status", "status_before"]].values.tolist() == [["submitted", "issued"]]
    assert len(told.after.applications) == 3


def test_what_an_upload_brought_stays_told(store: Store):
    """Whatever came after it, and undone or not."""
    later = store.commit(register(3, 4, status="OF300", day=20), by="Rina")
    told = store.brought(later.upload_id)
    store.commit(register(4, 5, status="OF290", day=25), by="Rina")
    store.undo(later.upload_id, by="Rina", reason="salah")
    again = store.brought(later.upload_id)
    for frame in ("new", "changed", "same", "gone"):
        pd.testing.assert_frame_equal(getattr(again, frame), getattr(told, frame))
    assert told.counts == {"new": 1, "changed": 1, "same": 0, "gone": 0}
