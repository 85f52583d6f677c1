"""Two windows of one person on the same file at Unggah: what either does is there, and is said in the other."""

from streamlit.testing.v1 import AppTest
from upload_pages import UINSI, choose, drop, opened, press, session, words

from halal_store import Store
from halal_ui.intake.choices import Cell
from halal_ui.intake.item import UploadItem

ROW_4, ROW_5 = ("Rekap_UINSI", 4, "NIB"), ("Rekap_UINSI", 5, "NIB")


def looked_at(app: AppTest) -> UploadItem:
    item = session(app).item
    assert item is not None
    return item


def typed(app: AppTest, cells: dict[Cell, str]) -> AppTest:
    looked_at(app).pending = cells
    return app.run()


def corrections(app: AppTest) -> dict[Cell, str]:
    return dict(looked_at(app).choices.corrections)


def test_cells_mended_in_either_are_mended(store: Store):
    """The window opened before takes up the other's; the same cell is as it was typed here last."""
    first = drop(opened(), UINSI)
    second = opened()
    press(typed(first, {ROW_4: "9900000000001", ROW_5: "9900000000003"}), "Periksa lagi")
    second = typed(second, {ROW_5: "9900000000002"})
    told = words(second).replace("\\", "")
    assert "Rekap_UINSI.csv juga diubah di jendela lain: sel yang diperbaiki (Rekap_UINSI baris 4 · NIB)" in told
    second = press(second, "Periksa lagi")
    assert "jendela lain" not in words(second)
    both = {ROW_4: "9900000000001", ROW_5: "9900000000002"}
    assert corrections(second) == corrections(opened()) == corrections(first.run()) == both
    assert looked_at(first).warnings == looked_at(second).warnings


def test_what_was_changed_elsewhere_is_looked_at_before_it_is_saved(store: Store):
    """The click that takes up another window's cells does not commit them; the next one does."""
    first = choose(drop(opened(), UINSI), "Wil", "kab_kota")
    second = opened()
    press(typed(first, {ROW_4: "9900000000001"}), "Periksa lagi")
    before = len(store.history())
    second = press(second, "Simpan 3 baris")
    assert len(store.history()) == before
    assert "Belum disimpan: " in words(second)
    assert "juga diubah di jendela lain" in words(second)
    press(second, "Simpan 3 baris")
    assert len(store.history()) == before + 1


def test_a_file_dropped_again_in_another_window_keeps_what_was_done_to_it(store: Store):
    """A window that has not seen the other's work does not begin it anew."""
    first, second = opened(), opened()
    press(typed(drop(first, UINSI), {ROW_4: "9900000000001"}), "Periksa lagi")
    assert corrections(drop(second, UINSI)) == corrections(opened()) == {ROW_4: "9900000000001"}
