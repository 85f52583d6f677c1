"""What committing a file, or undoing it, makes of the dashboard: told on the day it takes effect, plans in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.intake.changes import new_table, rates
from halal_ui.intake.effect import Effect

TODAY = date(2025, 6, 20)
HEAD = "Kab/Kota;LP3H;Kuota;Tenggat;Per Tanggal\n"
WHOLE = HEAD + "Berau;Unmul;100;31/05/2025;20/02/2025\nPaser;UINSI;900;31/05/2025;20/02/2025\n"


def lines(*rows: str, head: str = HEAD) -> str:
    return head + "".join(f"{row}\n" for row in rows)


def register(first: int, count: int, *, place: str = "Berau", lp3h: str = "Unmul", day: str = "04/06/2025") -> str:
    rows = [f"SH2025-1-99{n:04};{place};{lp3h};OF10;{day};{day}" for n in range(first, first + count)]
    return lines(*rows, head="No. Daftar;Kab/Kota;LP3H;Status;Tgl Daftar;Per Tanggal\n")


def recap(used: int, day: str, issued: int = 0) -> str:
    return lines(f"Paser;UINSI;{used};{issued};{day}", head="Kab/Kota;LP3H;Pengajuan;Terbit;Per Tanggal\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A plan of 1.000 since 20 February; 30 used in Berau by register, 40 in Paser by recap, both of 4 June."""
    made = Store(tmp_path, time_zone="Asia/Makassar")
    for text in (WHOLE, register(1, 30), recap(40, "04/06/2025")):
        commit(made, text)
    return made


def commit(store: Store, text: str) -> str:
    return store.commit(read_upload(text.encode(), filename="a.csv"), by="Rina").upload_id


@pytest.fixture
def effect(store: Store) -> Callable[[str], Effect]:
    return lambda text: Effect(store.preview(read_upload(text.encode(), filename="baru.csv")), TODAY)


def test_a_plan_for_one_place_replaces_the_whole(effect: Callable[[str], Effect]):
    """All rows of a file are one plan: the others are left without quota, in words, on the day from which it holds."""
    found = effect(lines("Berau;Unmul;120;31/12/2025;04/06/2025", "Berau;UINSI;70;31/12/2025;04/06/2025"))
    assert found.day == date(2025, 6, 4)
    assert (found.before.quota, found.after.quota, found.after.used) == (1000, 190, 70)
    assert found.plans_told == [
        [
            "Rencana 1.000 kuota diganti 190 sejak 4 Juni 2025.",
            "Kuota per kabupaten/kota: Paser 900 → 0 · Berau 100 → 190.",
            "Yang tidak disebut dalam rencana itu menjadi 0 kuota.",
            "Tenggat: 31 Mei 2025 → 31 Desember 2025.",
            "Sampai 20 Juni 2025 sudah dimanfaatkan lebih banyak dari kuotanya: Paser 40 dari 0.",
        ]
    ]
    assert found.agreement == "Ya: Rencana 1.000 kuota diganti 190 sejak 4 Juni 2025"
    assert not found.agreed_to(())
    assert found.agreed_to(found.asks)


def test_a_plan_without_a_date_holds_from_the_day_of_receipt(store: Store):
    """Whatever day somebody looks at on the dashboard."""
    upload = read_upload(b"Kab/Kota;LP3H;Kuota\nBerau;Unmul;190\n", filename="a.csv")
    received = store.clock.local(store.clock.now()).date()
    found = Effect(store.preview(upload), received)
    assert found.day == received
    assert [one.since.date() for one in found.plans] == [received]


def test_an_earlier_plan_holds_only_in_between(store: Store, effect: Callable[[str], Effect]):
    """Dated before the newest one it replaces the one before, until the newest begins; today nothing changes."""
    commit(store, lines("Berau;Unmul;500;31/05/2025;05/06/2025", "Paser;UINSI;500;31/05/2025;05/06/2025"))
    found = effect(lines("Berau;Unmul;50;31/05/2025;01/03/2025"))
    assert found.plans_told[0][0] == "Rencana 1.000 kuota diganti 50 sejak 1 Maret 2025 sampai 4 Juni 2025."
    assert found.plans_told[0][-1] == "Sampai 4 Juni 2025 sudah dimanfaatkan 70: 20 lebih banyak dari 50 kuota."
    assert (found.day, found.after.quota) == (date(2025, 3, 1), 50)
    assert found.now is not None
    assert (found.now[0].quota, found.now[1].quota) == (1000, 1000)


def test_a_plan_before_the_first_is_the_first(effect: Callable[[str], Effect]):
    """Until the plan there was begins."""
    found = effect(lines("Berau;Unmul;50;31/05/2025;01/01/2025"))
    assert found.plans_told[0][0] == "Rencana 1.000 kuota diganti 50 sejak 1 Januari 2025 sampai 19 Februari 2025."


def test_a_plan_of_the_same_day_takes_the_others_place(effect: Callable[[str], Effect]):
    """The later arrival holds; the allocations that vanish are counted."""
    found = effect(lines("Berau;Unmul;100;31/05/2025;20/02/2025"))
    assert found.plans_told[0][0] == "Rencana 1.000 kuota diganti 100 sejak 20 Februari 2025."
    assert found.preview.counts["gone"] == 1


def test_a_plan_that_moves_dates_alone_asks_too(effect: Callable[[str], Effect]):
    """The total stays, the deadline does not: told, and agreed to."""
    found = effect(WHOLE.replace("31/05/2025", "31/12/2025").replace("20/02/2025", "05/06/2025"))
    assert found.plans_told[0][1:] == ["Tenggat: 31 Mei 2025 → 31 Desember 2025."]
    assert (found.before.targets, found.after.targets) == ((date(2025, 5, 31),), (date(2025, 12, 31),))
    assert found.asks


def test_a_plan_that_only_moves_quota_between_institutions_is_told(effect: Callable[[str], Effect]):
    """The places keep their sums."""
    found = effect(WHOLE.replace("Paser;UINSI", "Paser;Unmul").replace("20/02/2025", "05/06/2025"))
    assert found.plans_told[0][1] == "Kuota per LP3H: UINSI 900 → 0 · Unmul 100 → 1.000."


def test_a_plan_stated_again_replaces_nothing(effect: Callable[[str], Effect]):
    """Nothing to agree to, and it is said that nothing changes."""
    found = effect(WHOLE + "\n")
    assert (found.plans, found.asks) == ([], ())
    assert found.warnings == ["Tidak ada yang berubah: semua isinya sudah diketahui."]
    assert not effect(WHOLE.replace("20/02/2025", "05/06/2025")).plans


def test_the_first_plan_gives_up_none(tmp_path: Path):
    """It is told, and needs no tick."""
    found = Effect(Store(tmp_path).preview(read_upload(WHOLE.encode(), filename="a.csv")), TODAY)
    assert found.plans_told == [["Rencana pertama: 1.000 kuota sejak 20 Februari 2025."]]
    assert found.asks == ()


def test_two_plans_of_one_file_are_two(effect: Callable[[str], Effect]):
    """The figures are those of the latest day."""
    found = effect(lines("Berau;Unmul;50;31/05/2025;01/03/2025", "Berau;Unmul;70;31/05/2025;01/04/2025"))
    assert [told[0] for told in found.plans_told] == [
        "Rencana 1.000 kuota diganti 50 sejak 1 Maret 2025 sampai 31 Maret 2025.",
        "Rencana 1.000 kuota diganti 70 sejak 1 April 2025.",
    ]
    assert found.day == date(2025, 4, 1)


def test_a_recap_that_states_less_is_named(effect: Callable[[str], Effect]):
    """Where, which figure, from what to what."""
    found = effect(recap(25, "11/06/2025"))
    assert (found.before.used, found.after.used) == (70, 55)
    assert found.warnings == ["Berkurang per 11 Juni 2025: Paser · UINSI (dimanfaatkan 40 → 25)."]


def test_a_register_that_takes_a_recaps_place_is_named(effect: Callable[[str], Effect]):
    """One application in a cell, and the recap of it counts no longer: the fall is told before it happens."""
    found = effect(register(501, 1, place="Paser", lp3h="UINSI", day="11/06/2025"))
    assert found.warnings == ["Berkurang per 11 Juni 2025: Paser · UINSI (dimanfaatkan 40 → 1)."]


def test_a_recap_of_a_place_with_a_register_counts_for_nothing(effect: Callable[[str], Effect]):
    """The figures stay, and why is said."""
    found = effect(recap(90, "11/06/2025").replace("Paser;UINSI", "Berau;Unmul"))
    assert found.before.used == found.after.used
    assert found.warnings[0].startswith("Tidak ikut dihitung: semua barisnya")


def test_a_register_dated_in_the_future_says_so(effect: Callable[[str], Effect]):
    """Its figures are those of that day, and today's stay as they are."""
    found = effect(register(501, 2, day="11/07/2025"))
    assert (found.day, found.after.used) == (date(2025, 7, 11), 72)
    assert "Baru berlaku 11 Juli 2025, 21 hari lagi" in found.warnings[0]
    assert found.now is not None
    assert found.now[0].used == found.now[1].used == 70


def test_a_register_changes_today_as_on_its_day(effect: Callable[[str], Effect]):
    """Then the figures of its day alone are told."""
    found = effect(register(501, 2, day="05/06/2025"))
    assert (found.before.used, found.after.used, found.now) == (70, 72, None)
    assert found.warnings == []


def test_an_undo_brings_a_plan_back_in_the_same_words(store: Store):
    """And asks for the same tick; undoing a register only tells what falls."""
    upload = commit(store, lines("Berau;Unmul;190;31/12/2025;04/06/2025"))
    back = Effect(store.preview_undo(upload), TODAY, undo=True)
    assert back.day == date(2025, 6, 4)
    assert back.plans_told[0][0] == "Rencana 190 kuota diganti 1.000 sejak 4 Juni 2025."
    assert back.asks
    first = Effect(store.preview_undo(store.history()["upload_id"].iloc[0]), TODAY, undo=True)
    assert first.plans_told[0][0] == "Rencana 1.000 kuota diganti 190 sejak 20 Februari 2025 sampai 3 Juni 2025."
    falls = Effect(store.preview_undo(store.history()["upload_id"].iloc[1]), TODAY, undo=True)
    assert (falls.asks, falls.warnings) == ((), ["Berkurang per 4 Juni 2025: Berau · Unmul (dimanfaatkan 30 → 0)."])


def test_the_only_plan_undone_leaves_none(tmp_path: Path):
    """Said as it is: there is no other."""
    store = Store(tmp_path)
    found = Effect(store.preview_undo(commit(store, WHOLE)), TODAY, undo=True)
    assert found.plans_told == [
        ["Rencana 1.000 kuota tidak berlaku lagi sejak 20 Februari 2025, dan tidak ada rencana lain."]
    ]
    assert found.asks


def test_what_brings_no_figures_changes_none(effect: Callable[[str], Effect]):
    """Candidates are of no plan and of no count."""
    found = effect("Nama Usaha;NIB;Kab/Kota;Alamat\nDapur Rekaan;9900000000001;Berau;Jl. Mawar\n")
    assert found.before.same_as(found.after)
    assert isinstance(found.preview.takes_effect, pd.Timestamp)


def test_today_is_told_where_its_figures_are_others(store: Store, effect: Callable[[str], Effect]):
    """Also where both days change alike."""
    commit(store, register(601, 3, day="15/06/2025"))
    found = effect(register(501, 2, day="05/06/2025"))
    assert (found.before.used, found.after.used) == (70, 72)
    assert found.now is not None
    assert (found.now[0].used, found.now[1].used) == (73, 75)


def test_more_than_the_quota_is_said(store: Store, effect: Callable[[str], Effect]):
    """Of a place and of the whole, on the last day that is known; what was too much already is not told again."""
    found = effect(register(101, 80, day="05/06/2025"))
    assert found.warnings == ["Melebihi kuota kab/kotanya per 20 Juni 2025: Berau 110 dari 100."]
    commit(store, register(101, 80, day="05/06/2025"))
    commit(store, register(3001, 860, place="Paser", lp3h="Unmul", day="05/06/2025"))
    found = effect(register(9001, 1, place="Paser", lp3h="Unmul", day="05/06/2025"))
    assert found.warnings[0] == "Melebihi kuota per 20 Juni 2025: dimanfaatkan 1.011 dari 1.000 kuota, 11 lebih banyak."
    assert found.warnings[1] == "Melebihi kuota kab/kotanya per 20 Juni 2025: Paser 901 dari 900."


def test_what_counts_elsewhere_or_not_at_all_is_said(effect: Callable[[str], Effect]):
    """A row without a place counts for the province; one without a status counts for nothing."""
    head = "No. Daftar;Kab/Kota;LP3H;Status;Tgl Daftar;Per Tanggal\n"
    rows = "SH2025-1-990801;;Unmul;OF10;04/06/2025;04/06/2025\nSH2025-1-990802;Berau;Unmul;draf;;04/06/2025\n"
    found = effect(head + rows)
    assert found.warnings == [
        "1 baris tetap dihitung, tanpa kab/kota: masuk angka provinsi, dan tidak masuk angka kab/kota mana pun.",
        "1 dari 2 pengajuan baru tidak menambah angka dimanfaatkan: masih draf 1.",
    ]


def test_a_plan_of_one_day_and_the_days_it_is_told_for(store: Store, effect: Callable[[str], Effect]):
    """The first and the last day told are those on which the plan is another; the days beside them are not."""
    commit(store, lines("Berau;Unmul;500;31/05/2025;05/06/2025"))
    found = effect(lines("Berau;Unmul;50;31/05/2025;04/06/2025"))
    assert found.plans_told[0][0] == "Rencana 1.000 kuota diganti 50 hanya pada 4 Juni 2025."
    days = [date(2025, 6, day) for day in (3, 4, 5)]
    assert [rates(found.preview.after, as_of=day).quota for day in days] == [1000, 50, 500]


def test_rows_that_add_nothing_are_marked_with_their_reason(store: Store):
    """Those of another programme too, in the sentence and row by row; the others are as many as are used."""
    head = "No. Daftar;Kab/Kota;LP3H;Status;Tgl Daftar;Tgl Terbit;Kode Fasilitasi;Per Tanggal\n"
    rows = ["OF10;04/06/2025;;KALTIM25", "OF300;04/06/2025;10/06/2025;SEHATI25", "OF900;04/06/2025;;KALTIM25",
            "OF1;;;KALTIM25", ";;;KALTIM25", "OF10;30/07/2025;;KALTIM25", "OF74;;;KALTIM25"]  # fmt: skip
    text = head + "".join(f"SH2025-1-99080{n};Berau;Unmul;{row};04/06/2025\n" for n, row in enumerate(rows))
    found = Effect(store.preview(read_upload(text.encode(), filename="a.csv")), TODAY, ("KALTIM25",))
    reasons = [None, "program lain", "sudah keluar", "masih draf", "tanpa status dan tanggal", "tanggalnya belum tiba"]
    assert found.uncounted.astype(object).where(found.uncounted.notna(), None).tolist() == [*reasons, None]
    assert "5 dari 7 pengajuan baru tidak menambah angka dimanfaatkan" in found.warnings[-1]
    assert found.after.used - found.before.used == 2
    assert new_table(found.preview.new, found.uncounted)["counted"].tolist()[:2] == ["ya", "tidak: program lain"]


def test_a_recap_without_institution_beside_a_register_is_said(store: Store, effect: Callable[[str], Effect]):
    """From either side, since both are added up; where nothing is registered, or the recap is of another LP3H, not."""
    of_places = "Kab/Kota;Pengajuan;Terbit;Per Tanggal\n"
    told = "Rekap yang tidak dirinci per LP3H dan kab/kota dihitung di samping pengajuan yang sudah terdaftar: {}."
    of_berau = lines("Berau;12;1;05/06/2025", head=of_places)
    found = effect(of_berau)
    assert (found.before.used, found.after.used) == (70, 82)
    assert next(text for text in found.warnings if "terhitung dua kali" in text).startswith(told.format("Berau"))
    assert not [text for text in effect(recap(41, "05/06/2025")).warnings if "terhitung dua kali" in text]
    other = lines("Kota Bontang;12;1;05/06/2025", head=of_places)
    assert not [text for text in effect(other).warnings if "terhitung dua kali" in text]
    commit(store, of_berau)
    found = effect(register(100, 2, lp3h="UINSI"))
    assert next(text for text in found.warnings if "terhitung dua kali" in text).startswith(told.format("Berau"))
    assert not [text for text in effect(register(100, 2, place="Kutim")).warnings if "terhitung dua kali" in text]
