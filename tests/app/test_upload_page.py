"""The page Unggah through app.py, without a browser: drop, understand, check, commit, undo."""

import pytest
from upload_files import REGISTER, workbook
from upload_pages import UINSI, UNMUL, choose, drop, opened, press, session, words

from halal_metrics import read_upload
from halal_store import Store, StoreError
from halal_ui.screen import access


def test_before_a_file_is_dropped(store: Store):
    """The page says what it takes, hands out templates, and shows the four steps."""
    app = opened()
    assert "Jatuhkan berkas seperti dikirim" in words(app)
    assert [step in words(app) for step in ("Jatuhkan", "Pahami", "Periksa", "Simpan")] == [True] * 4
    assert len(app.get("download_button")) == 5


def test_a_dropped_file_is_read_and_checked_at_once(store: Store):
    """Rows add up, what is new is counted, the headline is told before anything is saved."""
    app = drop(opened(), UINSI)
    assert "diterima 3 · ditolak 1 · dilewati 1 = dibaca 5" in words(app)
    assert "3 pengajuan baru · 0 berubah · 0 sama" in words(app)
    assert "serapan kuota 32,0% → 32,2%" in words(app)
    assert "Belum ada yang disimpan" in words(app)
    assert UINSI[0] not in set(store.history()["filename"])


def test_rows_of_another_programme_are_said_and_not_counted(store: Store):
    """The codes of the settings hold at the door: one problem with counts, and a headline that stays."""
    rows = b"No. Daftar;NIB;Kab/Kota;Kode Fasilitasi;Status\nSH2025-1-990101;9900000000101;Berau;SEHATI25;OF10\n"
    app = drop(opened(), ("sehati.csv", rows, "text/csv"))
    assert "1 pengajuan baru" in words(app)
    assert "serapan kuota tetap" in words(app)
    upload = session(app).item.upload
    assert upload.problems["code"].tolist().count("other_programme") == 1


def test_a_file_that_cannot_be_read_does_not_hinder_the_others(store: Store):
    """One sentence for the picture, and the register is read all the same."""
    app = drop(opened(), ("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(999), "image/png"), UINSI)
    assert "Jenis berkas ini belum dapat dibaca" in words(app)
    app.radio[0].set_value(list(session(app).items)[1]).run()
    assert "diterima 3" in words(app)


def test_a_fault_of_ours_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A file that trips the reader up says so without a traceback, and the others are read all the same."""

    def trips(content: bytes, **choices):
        if content == UNMUL[1]:
            raise RuntimeError("secret detail")
        return read_upload(content, **choices)

    monkeypatch.setattr("halal_ui.intake.reading.read_upload", trips)
    app = drop(opened(), UNMUL, UINSI)
    assert "gangguan pada aplikasi" in words(app)
    assert "secret detail" not in str(app)
    app.radio[0].set_value(list(session(app).items)[1]).run()
    assert "diterima 3" in words(app)


def test_a_header_chosen_by_hand_is_read_so(store: Store):
    """The column nobody knows is offered with what its values look like; chosen, the places are counted."""
    app = drop(opened(), UINSI)
    assert "isinya tampak seperti Kab/Kota" in words(app)
    app = choose(app, "Wil", "kab_kota")
    assert session(app).item.upload.frame["kab_kota"].tolist()[0] == "Kota Bontang"
    app = choose(app, "Wil", "")
    assert session(app).item.upload.frame["kab_kota"].isna().all()


def test_a_spelling_is_given_its_meaning(store: Store):
    """A status nobody knows waits for its meaning, and has it in every row then."""
    app = choose(drop(opened(), UINSI), "sedang jalan", "verified")
    assert "verified" in set(session(app).item.upload.frame["status"])
    assert "Status tidak dikenal" not in words(app)


def test_a_date_for_the_whole_file(store: Store):
    """A file without a date says so, until one is set for all of it."""
    app = drop(opened(), UNMUL)
    assert "tidak menyebut per tanggal" in words(app)
    next(box for box in app.date_input if box.label == "Per Tanggal").set_value("2025-06-02").run()
    assert "tidak menyebut per tanggal" not in words(app)
    assert str(session(app).item.upload.frame["statement_date"][0])[:10] == "2025-06-02"


def test_leaving_the_page_loses_nothing(store: Store):
    """Choices, and cells typed but not checked yet, are there when one comes back."""
    app = choose(drop(opened(), UINSI), "Wil", "kab_kota")
    session(app).item.pending = {("Rekap_UINSI", 5, "NIB"): "9900000000002"}
    app.switch_page("pages/monitor/summary.py").run()
    app.switch_page("pages/data/upload.py").run()
    assert session(app).item.choices.mapping == {"Wil.": "kab_kota"}
    assert "1 perbaikan belum diperiksa" in words(app)
    assert next(button for button in app.button if "Simpan 3 baris" in button.label).disabled
    app = press(app, "Periksa lagi")
    assert "9900000000002" in set(session(app).item.upload.frame["nib"])


def test_a_mended_cell_can_be_taken_back(store: Store):
    """Each cell mended here is named, and without it the file says what it said."""
    app = drop(opened(), UINSI)
    session(app).item.pending = {("Rekap_UINSI", 5, "NIB"): "9900000000002"}
    app = press(app.run(), "Periksa lagi")
    chips = next(box for box in app.multiselect if "Sel yang diperbaiki" in box.label)
    assert chips.value == ["Rekap_UINSI baris 5 · NIB → 9900000000002"]
    chips.set_value([]).run()
    assert not session(app).item.choices.corrections
    assert "9900000000002" not in set(session(app).item.upload.frame["nib"])


def test_commit_tells_what_changed_and_undo_takes_it_back(store: Store):
    """The figure changes on the dashboard, under the name of who did it; undone with a reason, it is as before."""
    app = press(drop(opened(), UINSI), "Simpan 3 baris")
    entry = store.history().iloc[-1]
    assert (entry["filename"], entry["by"]) == (UINSI[0], "Rina Wulandari")
    assert "✓" in words(app)
    assert "angka di dashboard: serapan kuota 32,0% → 32,2%" in words(app)
    assert "322 dari 1.000" in words(app.switch_page("pages/monitor/summary.py").run())
    app = press(app.switch_page("pages/data/upload.py").run(), "Batalkan penyimpanan")
    assert "Tulis dahulu alasannya" in words(app)
    app.text_input(key=f"{session(app).item.key}-alasan").set_value("berkas keliru")
    app = press(app, "Batalkan penyimpanan")
    assert "Penyimpanan tadi dibatalkan" in words(app)
    assert store.history().iloc[-1]["undo_reason"] == "berkas keliru"
    assert "320 dari 1.000" in words(app.switch_page("pages/monitor/summary.py").run())


def test_a_committed_file_can_only_be_looked_back_at(store: Store):
    """What is in the log is not changed: its choices are shown, and cannot be moved."""
    app = press(drop(opened(), UINSI), "Simpan 3 baris")
    assert all(box.disabled for box in app.selectbox if box.key.startswith(session(app).item.key))


def test_a_file_in_the_log_is_said_at_once(store: Store):
    """Dropped again by somebody else, the same bytes are said to be there already, and cannot be committed."""
    press(drop(opened(), UINSI), "Simpan 3 baris")
    app = drop(opened("Budi"), ("nama lain.csv", *UINSI[1:]))
    assert "sudah disimpan pada" in words(app)
    assert not [button for button in app.button if button.label.startswith("Simpan")]


def test_the_next_file_of_a_sender_needs_no_mapping(store: Store):
    """What was chosen once is used for the sender's next file, with a note, and can be refused."""
    app = choose(drop(opened(), UINSI), "Wil", "kab_kota")
    press(app, "Simpan 3 baris")
    later = ("Rekap_UINSI 11 juni.csv", REGISTER.replace("4 Juni", "11 Juni").encode(), "text/csv")
    app = drop(opened("Budi"), later)
    assert "Pilihan terakhir untuk <b>LP3H UINSI Samarinda</b> dipakai" in words(app)
    assert session(app).item.upload.frame["kab_kota"].notna().all()
    app = press(app, "Jangan pakai")
    assert session(app).item.upload.frame["kab_kota"].isna().all()


def test_what_is_remembered_is_forgotten_with_one_click(store: Store):
    """It is said choice by choice; forgotten, the sender's next file is read by itself, without a commit of this."""
    press(choose(drop(opened(), UINSI), "Wil", "kab_kota"), "Simpan 3 baris")
    files = [
        (f"UINSI {day} juni.csv", REGISTER.replace("4 Juni", f"{day} Juni").encode(), "text/csv") for day in (11, 18)
    ]
    app = drop(opened("Budi"), files[0])
    assert "“Wil.” = Kab/Kota" in words(app)
    app = press(app, "Lupakan")
    assert session(app).item.upload.frame["kab_kota"].isna().all()
    assert "Pilihan terakhir untuk" not in words(drop(opened("Sari"), files[1]))


def test_a_workbook_of_two_kinds_of_table_is_worked_on_twice(store: Store):
    """The rows of the other table are said, and taken as a file of their own."""
    register = [["No. Daftar", "Nama Usaha", "Kab/Kota", "Status"]]
    register += [[f"SH2025-1-99030{n}", f"Dapur Rekaan {n}", "Berau", "OF10"] for n in range(3)]
    recap = [["Kab/Kota", "Kuota", "Pengajuan", "Terbit"], ["Berau", 100, 40, 10]]
    app = drop(opened(), ("unmul.xlsx", workbook(Register=register, Rekap=recap), "application/octet-stream"))
    assert "Lembar lain di berkas ini memuat rekap (1 baris)" in words(app)
    app = press(app, "Kerjakan juga rekap")
    assert session(app).item.upload.table == "recaps"
    assert "1 baris rekap" in words(app)


def test_a_name_is_asked_for_before_the_first_commit(store: Store):
    """Dropping and checking need no name; saving does."""
    app = drop(opened(None), UINSI)
    assert "Tulis dahulu nama Anda untuk mengunggah berkas" in words(app)
    assert not [button for button in app.button if button.label.startswith("Simpan")]


def test_staff_of_an_lp3h_commit_only_their_own_rows(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Asked at the moment of writing: rows of another LP3H are refused in a sentence, and nothing is written."""
    uinsi = access.Actor("Budi", "lp3h", "LP3H UINSI Samarinda", "budi@uinsi.example")
    monkeypatch.setattr("halal_ui.screen.access.permission.standing", lambda: (uinsi, ""))
    before = len(store.history())
    app = press(drop(opened(), UNMUL), "Simpan 1 baris")
    assert "Ada 1 baris milik Unmul" in words(app)
    assert len(store.history()) == before
    app = press(drop(opened(), UINSI), "Simpan 3 baris")
    assert store.history().iloc[-1]["by"] == "Budi <budi@uinsi.example>"


def test_a_store_that_refuses_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A full disk is one sentence; the file stays on the page, as it was mended."""

    def full(*_, **__):
        raise StoreError("disk_full")

    monkeypatch.setattr(Store, "commit", full)
    app = press(choose(drop(opened(), UINSI), "Wil", "kab_kota"), "Simpan 3 baris")
    assert app.error[0].value == str(StoreError("disk_full"))
    assert session(app).item.ready
    assert session(app).item.choices.mapping == {"Wil.": "kab_kota"}


def test_a_viewer_elsewhere_can_drop_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Who may not write is told why, and the server reads none of their files."""
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: False)
    app = opened()
    assert not app.file_uploader
    assert "hanya dapat dibaca" in words(app)


def test_nothing_is_written_while_one_looks_at_the_past(store: Store):
    """The past is not changed: the page says so and offers the way back."""
    app = opened(pada="2026-01-01T00:00")
    assert not app.file_uploader
    assert "Kembali ke sekarang" in [button.label for button in app.button]


def test_the_header_row_can_be_pointed_at(store: Store):
    """Where the reader took another line for it."""
    app = drop(opened(), UNMUL)
    box = next(box for box in app.number_input if box.label.startswith("Baris judul"))
    app = box.set_value(2).run()
    assert session(app).item.choices.header_rows == {"unmul": 2}
    assert not app.exception
