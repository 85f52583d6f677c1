"""The page Unggah asks which of two sheets counts, on the face of step 2, before anything of the file is saved."""

from upload_files import workbook
from upload_pages import UNMUL, drop, opened, press, session, words

from halal_store import Store

HEADER = ["Kab/Kota", "LP3H", "Pengajuan", "Per Tanggal"]
COUNTS = {"Mei": 120, "Juni": 130}
SHEETS = {name: [HEADER, ["Berau", "Unmul", count, "06/06/2025"]] for name, count in COUNTS.items()}
TWO = ("Rekap Unmul.xlsx", workbook(**SHEETS), "")


def asked(app) -> str:
    told = (part.value.replace("\\", "") for part in app.markdown)
    return " ".join(part for part in told if "menyebut angka berbeda" in part)


def test_which_of_two_sheets_counts_is_asked_kept_and_remembered(store: Store):
    """Unanswered it is not saved with others; answered it is the same in another window, and for the next file."""
    app = drop(opened(), TWO, UNMUL)
    assert "▲" in asked(app)
    assert "Dipakai sekarang: lembar Juni" in asked(app)
    both = "Berau · Unmul: lembar Mei baris 2: Pengajuan 120 · lembar Juni baris 2: Pengajuan 130"
    assert both in [part.value.replace("\\", "") for part in app.markdown]
    assert "1 pasang lembar menyebut angka berbeda: pilih dahulu" in words(app)
    assert any("Simpan semua yang siap (1 berkas)" in button.label for button in app.button)
    press(app, "Pakai lembar Mei")
    app = opened()
    assert "✓" in asked(app)
    assert "Dipakai sekarang: lembar Mei" in asked(app)
    one = next(item for item in session(app).items.values() if item.filename == TWO[0])
    assert (one.upload.frame["submitted"].tolist(), one.kept_back) == ([120], "")
    press(app, "Simpan 1 baris")
    assert store.preview(one.upload).counts["same"] == 1
    later = (TWO[0], TWO[1] + b"\0", "")
    app = drop(opened(), later)
    assert "Yang diingat: angka lembar Mei didahulukan dari lembar Juni" in words(app)
    assert "✓" in asked(app)
    assert "▲" in asked(press(app, "Lupakan"))
