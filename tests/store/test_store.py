"""What the store promises those who call it: one upload after another, undone, recorded, looked back at."""

import itertools
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from registers import register, upload

from halal_metrics.sheets import read_upload
from halal_store import Store, StoreError
from halal_store.tables import Tables

NINE = pd.Timestamp("2025-06-04 09:00")


def later(minutes: int) -> pd.Timestamp:
    return NINE + pd.Timedelta(minutes=minutes)


def assert_same_tables(found: Tables, expected: Tables) -> None:
    for table in Tables.__dataclass_fields__:
        assert_frame_equal(getattr(found, table), getattr(expected, table))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "made" / "if need be", time_zone="Asia/Makassar")


def test_an_empty_store_has_empty_tables(store: Store):
    """Nothing is written by looking, and there is nothing to see."""
    contents = store.read()
    assert len(contents.tables.applications) == len(contents.history) == len(store.records()) == 0
    assert contents.version == store.version
    assert not Path(store.path).exists()


def test_what_is_committed_is_there_for_every_process(store: Store):
    """A store opened afterwards has the tables, the history and the version of the one that committed."""
    receipt = store.commit(register(1, 2), by="Rina", note="dari obrolan", received_at=NINE)
    other = Store(store.path, time_zone="Asia/Makassar")
    assert other.tables().applications["registration_number"].tolist() == ["SH2025-1-990001", "SH2025-1-990002"]
    assert receipt.version == store.version == other.version == other.read().version
    line = other.history().iloc[0]
    assert line[["upload_id", "received_at", "by", "note", "filename", "table", "rows"]].tolist() == [
        *(receipt.upload_id, NINE, "Rina", "dari obrolan", "register.csv", "applications", 2)
    ]
    assert (line["statement_date"], line["rejected"]) == (pd.Timestamp("2025-05-16"), 0)
    assert pd.isna(line["undone_at"])


def test_an_upload_comes_back_as_it_was_committed(store: Store):
    """Rows, rejected rows with their raw cells, problems, skipped rows, sheets, choices, and the very bytes."""
    text = (
        "Register\n\nNo. Daftar;Nama PU;Kolom “lain”;Status;Tgl Daftar;Per tanggal\n"
        "SH2025-1-990001;Dapur\u2028Rekaan;=1+1;OF74;31/02/2025;16/05/2025\n"
        "SH2025-1-990001;Dapur Rekaan;;OF10;02/05/2025;16/05/2025\n"
        ";;;;;\nTOTAL;2;;;;\n"
    )
    sent = read_upload(text.encode(), filename="Register é.csv", defaults={"lp3h": "UINSI"})
    assert len(sent.rejected) == len(sent.skipped) == 1
    assert len(sent.problems)
    told = store.upload(store.commit(sent, by="Rina").upload_id)
    for frame in ("frame", "rejected", "problems", "skipped"):
        assert_frame_equal(getattr(told, frame), getattr(sent, frame))
    assert (told.filename, told.sha256, told.choices) == (sent.filename, sent.sha256, sent.choices)
    assert told.sheets[0]["mapping"] == sent.sheets[0].mapping
    assert told.sheets[0]["statement_date"] == sent.sheets[0].statement_date
    assert store.original(told.upload_id) == sent.content == text.encode()


def test_every_table_comes_back_with_its_types(store: Store):
    """Counts not stated stay missing, and an upload without a single row is an upload."""
    sent = [
        upload("recaps", [{"statement_date": "16/05/2025", "kab_kota": "Paser", "lp3h": "UINSI", "issued": "2"}]),
        upload("quotas", [{"kab_kota": "Paser", "quota": "10", "target_date": "31/05/2025"}, {"quota": "5"}]),
        upload("candidates", [{"nib": "9901234567890", "business_name": "Amplang"}, {"business_name": "Abon"}]),
        upload("certificates", [{"certificate_number": "ID64110055824640426", "issued_date": "02/03/2024"}]),
        upload("applications", []),
    ]
    ids = [store.commit(one, by="Rina").upload_id for one in sent]
    for upload_id, one in zip(ids, sent, strict=True):
        assert_frame_equal(store.upload(upload_id).frame, one.frame)
    assert store.history()["table"].tolist() == [one.table for one in sent]
    assert len(store.tables().quotas) == 2


def test_the_same_bytes_twice_are_refused_until_undone(store: Store):
    """Refused with who sent it when; accepted for another table, and once the first is undone."""
    first = store.commit(register(1), by="Rina", received_at=NINE)
    with pytest.raises(StoreError, match="oleh Rina") as refused:
        store.commit(register(1), by="Budi", received_at=later(1))
    assert refused.value.code == "already_committed"
    assert store.preview(register(1)).already == first.upload_id
    both = b"NIB;Nama Usaha;Kab/Kota;Produk\n9901234567890;Amplang;Paser;Amplang\n"
    for table in ("candidates", "certificates"):
        store.commit(read_upload(both, filename="x.csv", table=table), by="Rina", received_at=later(2))
    store.undo(first.upload_id, by="Budi", reason="salah berkas", received_at=later(3))
    again = store.commit(register(1), by="Budi", received_at=later(4))
    assert again.upload_id != first.upload_id
    assert len(store.tables().applications) == 1
    assert store.history()["undo_reason"].tolist()[0] == "salah berkas"


def test_an_upload_whose_bytes_are_not_its_own_is_refused(store: Store):
    """The file in the log must be the one the digest names: else no figure would lead back to it."""
    with pytest.raises(ValueError, match="not of the same file"):
        store.commit(replace(register(1), content=b"lain"), by="Rina")
    assert store.history().empty


def test_undo_restores_exactly_and_stays_in_the_history(store: Store):
    """The tables are those from before; the upload and its undo can be read."""
    store.commit(register(1, 2), by="Rina", received_at=NINE)
    before = store.tables()
    wrong = store.commit(register(2, 3, status="OF300", day=20), by="Rina", received_at=later(1))
    store.undo(wrong.upload_id, by="Budi", reason="salah LP3H", received_at=later(2))
    assert_same_tables(store.tables(), before)
    assert_same_tables(Store(store.path, time_zone="Asia/Makassar").tables(), before)
    line = store.history().iloc[1]
    assert (line["undone_at"], line["undone_by"], line["undo_reason"]) == (later(2), "Budi", "salah LP3H")
    assert len(store.upload(wrong.upload_id).frame) == 2


@pytest.mark.parametrize(("given", "code"), [("twice", "already_undone"), ("nothing", "unknown_upload")])
def test_undo_of_what_cannot_be_undone_is_an_error(store: Store, given: str, code: str):
    """Twice, or of an upload that never was: a sentence, and the log unchanged."""
    upload_id = store.commit(register(1), by="Rina").upload_id
    store.undo(upload_id, by="Budi", reason="salah")
    before = store.version
    with pytest.raises(StoreError) as refused:
        store.undo(upload_id if given == "twice" else given, by="Budi", reason="salah")
    assert (refused.value.code, store.version) == (code, before)


def test_looking_back_shows_what_was_shown_then(store: Store):
    """At every moment between two entries: the tables, the history, the records and the version of that moment."""
    shown: list[tuple] = []

    def look() -> None:
        shown.append((later(10 * len(shown)), store.read(), store.records()))

    look()
    first = store.commit(register(1, 2), by="Rina", received_at=later(1))
    look()
    store.record("obstacle", {"what": "Sihalal tidak dapat dibuka"}, by="Rina", received_at=later(11))
    store.commit(register(2, 3, status="OF300", day=20), by="Rina", received_at=later(12))
    look()
    store.undo(first.upload_id, by="Rina", reason="salah", received_at=later(21))
    look()
    for fresh, (moment, contents, records) in itertools.product((True, False), shown):
        again = Store(store.path, time_zone="Asia/Makassar") if fresh else store
        found = again.read(known_at=moment)
        assert_same_tables(found.tables, contents.tables)
        assert_frame_equal(found.history, contents.history)
        assert_frame_equal(again.records(known_at=moment), records)
        assert found.version == contents.version or moment == later(0)


def test_time_only_goes_forward(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A receipt before the newest is refused; a machine's clock that went back takes the newest's time."""
    store.commit(register(1), by="Rina", received_at=NINE)
    with pytest.raises(StoreError) as refused:
        store.commit(register(2), by="Rina", received_at=later(-1))
    assert refused.value.code == "out_of_order"
    assert "04-06-2025 09:00" in str(refused.value)
    monkeypatch.setattr(store.clock, "now", lambda: pd.Timestamp("2020-01-01", tz="UTC"))
    assert store.commit(register(2), by="Rina").received_at == NINE


def test_times_are_on_the_stores_clock(store: Store):
    """A moment with a zone is the same moment; one without is the store's; another store's clock tells it its way."""
    store.commit(register(1), by="Rina", received_at="2025-06-04T01:00:00Z")
    assert store.history()["received_at"].tolist() == [NINE]
    assert Store(store.path, time_zone="Asia/Jakarta").history()["received_at"].tolist() == [later(-60)]
    assert len(store.tables(known_at="2025-06-04 09:00").applications) == 1
    assert len(store.tables(known_at="2025-06-04 08:59").applications) == 0


def test_a_row_without_a_date_is_of_the_day_of_receipt_there(store: Store):
    """Half past eleven at night in Samarinda is still that day, though in UTC it is not yet."""
    store.commit(upload("applications", [{"reg_id": "77"}]), by="Rina", received_at="2025-06-05 00:30")
    assert store.tables().applications["statement_date"].tolist() == [pd.Timestamp("2025-06-05")]


def test_what_was_decided_is_kept_beside_the_uploads(store: Store):
    """Records come back in order, by kind, and change no table."""
    store.commit(register(1), by="Rina", received_at=NINE)
    before = store.tables()
    facts = {"pasangan": ["a", "b"], "sama": False, "jumlah": 3, "alasan": None}
    store.record("duplicate", facts, by="Rina", received_at=later(1))
    store.record("mapping", {"pengirim": "UINSI"}, by="Budi", received_at=later(2))
    assert store.records()["kind"].tolist() == ["duplicate", "mapping"]
    assert store.records("duplicate")["facts"].tolist() == [facts]
    assert store.records()["received_at"].tolist() == [later(1), later(2)]
    assert_same_tables(store.tables(), before)
    with pytest.raises(ValueError, match="no kind of record"):
        store.record("undo", {}, by="Rina")


def test_the_version_changes_with_every_entry_of_any_process(store: Store):
    """A commit, an undo and a record each make another version, seen by a store that is already open."""
    watching = Store(store.path)
    seen = [watching.version]
    upload_id = store.commit(register(1), by="Rina").upload_id
    seen.append(watching.version)
    store.record("note", {}, by="Rina")
    seen.append(watching.version)
    store.undo(upload_id, by="Rina", reason="salah")
    seen.append(watching.version)
    assert len(set(seen)) == 4
    assert watching.version == seen[-1] == watching.read().version


def test_the_demonstration_set_through_the_same_door(tmp_path: Path):
    """Its plans and an LP3H's last register come out as they were sent."""
    store = Store(tmp_path)
    demo = Path(__file__).parents[2] / "data" / "demo"
    for file in [*sorted(demo.glob("*Kuota*")), *demo.glob("2025-12-19 Register ITK*")]:
        store.commit(read_upload(file), by="contoh")
    tables = store.tables()
    assert tables.quotas.groupby("statement_date")["quota"].sum().tolist() == [1000, 1000]
    assert set(tables.applications["lp3h"]) == {"LP3H Institut Teknologi Kalimantan"}
