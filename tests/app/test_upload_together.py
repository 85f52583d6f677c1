"""Several files at Unggah: as many are saved as the button says, and of each other one it is said why not."""

import pytest
from upload_files import workbook
from upload_pages import UINSI, UNMUL, drop, opened, press, session, words

from halal_store import Store, StoreError

UNAIR = ("unair.csv", UNMUL[1].replace(b"990101", b"990102").replace(b"0000101", b"0000102"), "text/csv")
PHOTO = ("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(999), "image/png")
EMPTY = ("kosong.csv", b"No. Daftar;Nama Usaha;Status\n;;OF10\n", "text/csv")


def test_all_that_is_ready_is_committed_together(store: Store):
    """Each is an upload of its own, whatever the order; one still in doubt or unread waits, and says why."""
    press(drop(opened(), UNMUL), "Simpan 1 baris")
    app = drop(opened(), UINSI, UNMUL, ("data.csv", *UNAIR[1:]), PHOTO, EMPTY, ("data.csv", UNAIR[1] + b"\n", ""))
    told = words(app).replace("\\", "")
    assert "Rekap_UINSI.csv: 2 hal mohon diperiksa" in told
    assert "unmul.csv: sudah disimpan pada" in told
    assert "foto.xlsx: belum dapat dibaca" in told
    assert "kosong.csv: tidak ada baris yang diterima" in told
    assert "6 berkas dikerjakan, 2 siap disimpan (2 baris), 1 sudah tersimpan sebelumnya, 3 menunggu Anda" in told
    before = len(store.history())
    app = press(app, "Simpan semua yang siap (2 berkas)")
    assert store.history()["filename"].tolist()[before:] == ["data.csv", "data.csv"]
    assert "✓ 2 berkas tersimpan: data.csv, data.csv · ke-2." in words(app)
    assert "2 tersimpan" in words(app)
    assert not [button for button in app.button if "semua yang siap" in button.label]


def test_what_is_refused_on_the_way_is_said(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A disk that is full at the second file: one is saved, the other is named with the reason, and still there."""
    commit, made = Store.commit, []

    def full(self: Store, upload, **how):
        if made:
            raise StoreError("disk_full")
        made.append(upload)
        return commit(self, upload, **how)

    app = drop(opened(), UNMUL, UNAIR)
    monkeypatch.setattr(Store, "commit", full)
    app = press(app, "Simpan semua yang siap (2 berkas)")
    assert "✓ 1 berkas tersimpan: unmul.csv." in words(app)
    assert "unair.csv belum tersimpan: Ruang penyimpanan habis" in words(app)
    assert [button.label for button in app.button if "semua" in button.label] == ["Simpan semua yang siap (1 berkas)"]


def test_a_workbook_worked_on_twice_is_two(store: Store):
    """Its register and its recap are two items of one file, told apart, and both are saved."""
    register = [["No. Daftar", "Nama Usaha", "Kab/Kota", "LP3H", "Status"]]
    register += [[f"SH2025-1-99030{n}", f"Dapur Rekaan {n}", "Berau", "UINSI", "OF10"] for n in range(3)]
    recap = [["Kab/Kota", "LP3H", "Per Tanggal", "Pengajuan", "Terbit"]]
    recap += [["Berau", "UINSI", "4 Juni 2025", 40, 10]]
    app = drop(opened(), ("data.xlsx", workbook(Register=register, Rekap=recap), "application/octet-stream"))
    app = press(app, "Kerjakan juga rekap")
    assert [item.label for item in session(app).items.values()] == ["data.xlsx", "data.xlsx · rekap"]
    assert [item.label for item in session(opened()).items.values()] == ["data.xlsx", "data.xlsx · rekap"]
    assert not [button for button in app.button if "Kerjakan juga" in button.label]
    app = press(app, "Simpan semua yang siap (2 berkas)")
    assert store.history()["table"].tolist()[-2:] == ["applications", "recaps"]


def test_plans_are_saved_one_by_one(store: Store):
    """Of two plans one is among those saved, once its tick is set; a tick is there again in another window."""
    plans = [
        (f"kuota {n}.csv", f"Kab/Kota;Kuota;Per Tanggal\nBerau;{n}00;5 Juni 2025\nPaser;90;5 Juni 2025\n".encode(), "")
        for n in (1, 2)
    ]
    app = drop(opened(), *plans, UNMUL)
    assert words(app).count("rencana kuota yang digantinya belum disetujui") >= 2
    for key in list(session(app).items)[:2]:
        app.radio[0].set_value(key).run()
        next(box for box in app.checkbox if box.key == f"{key}-setuju").check().run()
    app = opened()
    assert "kuota 2.csv: rencana kuota disimpan satu per satu; simpan dahulu kuota 1.csv" in words(app)
    before = len(store.history())
    app = press(app, "Simpan semua yang siap (2 berkas)")
    assert store.history()["filename"].tolist()[before:] == ["kuota 1.csv", UNMUL[0]]
    assert "kuota 2.csv: rencana kuota yang digantinya belum disetujui" in words(app)


def test_the_list_with_something_in_it_is_open(store: Store):
    """One new and nothing changed: the new one is shown, not that nothing changes."""
    app = drop(opened(), UNMUL)
    assert "Yang baru: 1" in words(app)
    assert "Tidak ada yang berubah" not in words(app)
