"""Rows of another programme: on no page and no paper counted, on Mutu data listed; a frozen meeting keeps its rule."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import halal_metrics as hm
from halal_store import Store
from halal_ui.intake import reading
from halal_ui.intake.item import item_of
from halal_ui.snapshot import meeting_set, now, quality_set
from halal_ui.snapshot.masked import MaskedStore
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.scope import Scope
from halal_ui.views.drilldown import Asked, left_out, rows_behind
from halal_ui.views.quality import quality

ROOT = Path(__file__).parents[2]
HEAD = "No. Daftar;NIB;Nama Usaha;Nama Pemilik;Kab/Kota;LP3H;Kode Fasilitasi;Status;Tanggal Pengajuan;No. Sertifikat\n"
OURS = (
    "SH2025-1-990001;9900000000001;Dapur A;Siti Rekaan;Bontang;Unmul;KALTIM25;OF10;05/05/2025;\n"
    "SH2025-1-990002;9900000000002;Dapur B;Budi Rekaan;Bontang;Unmul;;OF10;06/05/2025;\n"
)
THEIRS = (
    "SH2025-1-990003;9900000000001;Dapur A;Siti Rekaan;Bontang;Unmul;SEHATI25;OF300;01/05/2025;ID64110000990010525\n"
    "SH2025-1-990004;9900000000004;Dapur D;Dodi Rekaan;Bontang;PWI Kaltim;sehati 25;OF74;01/05/2025;\n"
)
QUOTA = "Kab/Kota;LP3H;Kuota;Tenggat;Per Tanggal\nBontang;Unmul;10;31/05/2025;20/02/2025\n"
SCOPE = Scope(date(2025, 6, 4))


def commit(store: Store, text: str, filename: str, day: str) -> None:
    upload = hm.read_upload(text.encode(), filename=filename, defaults={"statement_date": day[:10]})
    store.commit(upload, by="Rina", received_at=day)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the app shows: a plan, and a register with rows of two programmes."""
    monkeypatch.setenv("PANTAU_HALAL_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PANTAU_HALAL_DEMO", "0")
    store = Store(tmp_path / "store", time_zone=programme().time_zone)
    store.commit(hm.read_upload(QUOTA.encode(), filename="kuota.csv"), by="Rina", received_at="2025-02-20 09:00")
    commit(store, HEAD + OURS + THEIRS, "register.csv", "2025-05-30 09:00")
    return store


def snapshot(store: Store) -> now.Snapshot:
    return now.take(MaskedStore(store).read(), programme())


def used(found: now.Snapshot) -> tuple[int, int]:
    row = found.within(SCOPE).absorption().iloc[0]
    return int(row["used"]), int(row["issued"])


def test_no_figure_counts_them(store: Store):
    """Used, funnel, backlog, active pendamping and rows behind a figure are of this programme; all rows are kept."""
    found = snapshot(store)
    view = found.within(SCOPE)
    assert len(store.tables().applications) == 4
    assert used(found) == (2, 0)
    assert view.funnel()["reached"].tolist() == [10, 2, 0, 0, 0, 0]
    assert view.backlog()["waiting"].sum() == 2
    assert rows_behind(found.tables, Asked("used"), SCOPE.as_of).count == 2
    assert found.tables.of_others().applications["registration_number"].str[-1].tolist() == ["3", "4"]
    (told,) = left_out(found.tables.of_others().applications, Asked("used", lp3h="PWI Kaltim"))
    assert told.startswith("1 pengajuan berkode program lain tidak ada di angka mana pun: sehati 25 (1).")
    assert left_out(found.tables.of_others().applications, Asked("used", kab_kota="Kabupaten Paser")) == []


def test_a_code_that_changes_takes_the_application_along(store: Store):
    """What was stated last decides, for earlier statements too; undone, it counts again."""
    moved = OURS.splitlines()[0].replace("KALTIM25", "SEHATI25").replace("OF10", "OF280") + "\n"
    commit(store, HEAD + moved, "susulan.csv", "2025-06-02 09:00")
    found = snapshot(store)
    assert used(found) == (1, 0)
    assert found.within(SCOPE).backlog()["waiting"].sum() == 1
    assert len(found.tables.statements) == 1
    assert len(found.tables.of_others().statements) == 4
    store.undo(store.history()["upload_id"].iloc[-1], by="Rina", reason="keliru")
    assert used(snapshot(store)) == (2, 0)


def test_a_file_of_another_programme_alone(tmp_path: Path):
    """It changes nothing but what is listed; the preview's headline says so, and the problem counts every row."""
    store = Store(tmp_path / "store")
    commit(store, HEAD + OURS, "register.csv", "2025-05-30 09:00")
    item = item_of("lain.csv", (HEAD + THEIRS).encode(), codes=programme().codes)
    reading.look(item, [])
    check = reading.check(item, store)
    assert check is not None
    assert item.upload is not None
    assert check.preview.counts["new"] == 2
    assert (check.before.used, check.before.issued) == (check.after.used, check.after.issued) == (2, 0)
    told = item.upload.problems[item.upload.problems["code"] == "other_programme"]["message"].tolist()
    assert len(told) == 1
    assert "2 dari 2 baris berkode program lain" in told[0]


def test_a_meeting_keeps_the_codes_it_was_frozen_with(store: Store):
    """Other settings later change nothing in it; one that names none is counted as the pages count."""
    frozen = {"title": "Rapat", "by": "Rina"}
    ours = store.freeze(date="2025-06-04", codes=programme().codes, **frozen)
    every = store.freeze(date="2025-06-05", codes=[], **frozen)
    silent = store.freeze(date="2025-06-06", **frozen)
    theirs = store.freeze(date="2025-06-07", codes=["SEHATI25"], **frozen)
    assert [one.codes for one in store.meetings()] == [programme().codes, (), None, ("SEHATI25",)]
    counted = [used(meeting_set.numbers_of(one).snapshot)[0] for one in (ours, every, silent, theirs)]
    assert counted == [2, 4, 2, 3]  # a row without a code is everybody's
    assert len(ours.tables.applications) == 4


def test_mutu_data_lists_them(store: Store):
    """How many, of which codes, and each row; a business certified by another programme is found as such."""
    found = snapshot(store)
    stated = quality_set.stated(found, MaskedStore(store), SCOPE.as_of)
    shown = quality(
        found.within(SCOPE),
        False,
        quality_set=quality_set.QualitySet("", stated, quality_set.decisions(store.records("duplicate"))),
    )
    assert "2 pengajuan berkode program lain tidak dihitung." in shown.answer
    assert shown.others.told.startswith("2 pengajuan berkode program lain: SEHATI25 2.")
    assert shown.others.whole.frame["registration_number"].str[-1].tolist() == ["3", "4"]
    assert stated.pairs[["kind", "first", "second"]].values.tolist() == [
        ["certificate", "SH2025-1-990001", "ID64110000990010525"]
    ]
    early = quality_set.stated(found, MaskedStore(store), date(2025, 5, 1))
    assert early.others.empty


def test_the_pages_say_it(store: Store):
    """Ringkasan counts two; Mutu data names the codes and the rows."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["per"] = "2025-06-04"
    app.run()
    assert not app.exception
    app.switch_page("pages/data/quality.py").run()
    app.segmented_control(key="bagian-mutu").set_value("Perlu dibetulkan").run()
    assert not app.exception
    told = " ".join(part.proto.body for part in app.get("html"))
    assert "2 pengajuan berkode program lain" in told
    assert "SH2025-1-990004" in told


def test_without_codes_every_row_counts(store: Store):
    """A programme whose codes are not set counts what it is sent, as before."""
    found = now.take(MaskedStore(store).read(), replace(programme(), codes=()))
    assert used(found) == (4, 1)
    assert found.tables.of_others().applications.empty
