"""What is worked on at Unggah is there again: another window, a restart, another device; and is nobody else's."""

from importlib import import_module
from pathlib import Path

import pytest
from upload_pages import UINSI, UNMUL, choose, drop, opened, press, session, words

from halal_store import Store, StoreError
from halal_store.in_work import FOLDER, InWork
from halal_ui.screen import access
from halal_ui.screen.upload import session as sessions

FIRST = ("data.xlsx", *UINSI[1:])
SECOND = ("data.xlsx", *UNMUL[1:])


def kept(store: Store) -> list[str]:
    folder = Path(store.path) / FOLDER
    return sorted(file.suffix for file in folder.iterdir()) if folder.exists() else []


def signed_in(monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    monkeypatch.setattr("halal_ui.screen.access.actors.at_keyboard", lambda: False)
    who = access.Actor("Rina", "operator", email=email)
    for asking in ("access.actors", "access.gate", "access.permission", "upload.page"):
        monkeypatch.setattr(import_module(f"halal_ui.screen.{asking}"), "standing", lambda: (who, ""))


def test_another_window_goes_on_where_the_first_was(store: Store):
    """Two files of one name in their order, choices, cells mended and cells typed, the note, the file looked at."""
    app = drop(opened(), FIRST, SECOND)
    second = list(session(app).items)[1]
    app = choose(app, "Wil", "kab_kota")
    session(app).item.pending = {("data", 5, "NIB"): "9900000000002"}
    app = press(app.run(), "Periksa lagi")
    session(app).item.pending = {("data", 6, "Nama Usaha"): "Roti Rekaan"}
    session(app).item.note = "lewat WA"
    app.run()
    again = opened(name="Budi")
    assert "tampak bagi siapa pun di komputer ini" in words(again)
    assert "2 berkas yang belum disimpan dibuka kembali" in words(again)
    assert list(session(again).items) == list(session(app).items)
    assert "dibuka kembali" not in words(again.run())  # said once
    item, before = session(again).item, session(app).item
    assert item.key == before.key != second
    assert (item.choices, item.pending, item.note) == (before.choices, before.pending, "lewat WA")
    assert item.upload.frame.equals(before.upload.frame)
    assert "9900000000002" in set(item.upload.frame["nib"])
    assert [one.label for one in session(again).items.values()] == ["data.xlsx", "data.xlsx · ke-2"]


def test_what_is_committed_or_taken_off_is_kept_no_longer(store: Store):
    """The folder is empty again; what was undone is kept again, since it can be committed once more."""
    app = drop(opened(), FIRST, SECOND)
    assert kept(store) == [".json", ".json", ".original", ".original"]
    app = press(app, "Simpan 3 baris")
    assert kept(store) == [".json", ".original"]
    assert [one.filename for one in session(opened()).items.values()] == ["data.xlsx"]
    app.text_input(key=f"{session(app).item.key}-alasan").set_value("keliru")
    app = press(app, "Batalkan penyimpanan")
    assert kept(store) == [".json", ".json", ".original", ".original"]
    app = press(press(app, "Keluarkan data.xlsx"), "Keluarkan data.xlsx")
    assert kept(store) == []
    assert not session(opened()).items


def test_all_files_are_kept_before_the_first_is_read(store: Store, monkeypatch: pytest.MonkeyPatch):
    """A server that dies while it reads has lost nothing, the files whose turn had not come neither."""

    def killed(*_):
        raise RuntimeError

    app = opened()
    with monkeypatch.context() as dying:
        dying.setattr("halal_ui.screen.upload.drop.look", killed)
        drop(app, UINSI, UNMUL)
    assert "diterima 3 · ditolak 1" in words(again := opened())
    assert [one.filename for one in session(again).items.values()] == [UINSI[0], UNMUL[0]]


def test_two_windows_lose_each_other_nothing(store: Store):
    """Each writes what it changes: the file of the other, and its choices, stay."""
    first, second = drop(opened(), FIRST), opened()
    drop(second, SECOND)
    choose(first, "Wil", "kab_kota")
    third = session(opened())
    assert [one.choices.mapping for one in third.items.values()] == [{"Wil.": "kab_kota"}, {}]


def test_nobody_sees_anothers_work(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Signed in as somebody else the page is empty; as the same person, wherever, it is not."""
    signed_in(monkeypatch, "rina@dinas.example")
    assert "hanya untuk akun yang menjatuhkannya" in words(drop(opened(None), FIRST))
    signed_in(monkeypatch, "budi@dinas.example")
    app = opened(None)
    assert "Jatuhkan berkas seperti dikirim" in words(app)
    signed_in(monkeypatch, "rina@dinas.example")
    assert len(session(app.run()).items) == 1  # the window itself, signed in anew
    signed_in(monkeypatch, "budi@dinas.example")
    assert not session(app.run()).items
    assert kept(store) == [".json", ".original"]


def test_what_cannot_be_kept_is_said(store: Store, monkeypatch: pytest.MonkeyPatch):
    """Named, with the reason, on the page that shows the file; kept as soon as there is room."""

    def full(*_, **__):
        raise StoreError("disk_full")

    with monkeypatch.context() as no_room:
        no_room.setattr(InWork, "keep", full)
        app = drop(opened(), FIRST, SECOND)
        assert "data.xlsx, data.xlsx · ke-2 hanya ada di jendela ini" in words(app).replace("\\", "")
        assert "Ruang penyimpanan habis" in words(app)
        assert "diterima 3" in words(app)
        assert "7 hari" not in words(app)
    app = press(app, "Coba lagi")
    assert "hanya ada di jendela ini" not in words(app)
    assert len(kept(store)) == 4


def test_a_damaged_item_is_named_and_the_others_are_there(store: Store):
    """Neither a crash nor a silent wrong cell; dropped once more, it is whole."""
    drop(opened(), UINSI, UNMUL)
    folder = Path(store.path) / FOLDER
    original = next(file for file in folder.glob("*.original") if file.read_bytes() == UINSI[1])
    original.write_bytes(b"x")
    app = opened()
    assert "“Rekap_UINSI.csv” rusak" in words(app).replace("\\", "")
    assert [one.filename for one in session(app).items.values()] == [UNMUL[0]]
    drop(app, UINSI)
    assert len(session(opened()).items) == 2


def test_what_another_version_kept_is_taken_up(store: Store):
    """A field this version does not know, one it misses, choices it cannot read: the file is there all the same."""
    now = store.clock.now()
    for name, content, choices in (("a1", UINSI[1], {"mapping": {"Wil.": "kab_kota"}, "new": 1}), ("b2", UNMUL[1], 7)):
        facts = {"filename": f"{name}.csv", "choices": choices, "unheard_of": True}
        store.in_work.keep("di komputer ini", name, facts, content, now=now)
    app = opened()
    assert "Pilihan untuk “b2.csv” tidak dapat dibuka kembali" in words(app).replace("\\", "")
    first, second = session(app).items.values()
    assert first.upload.frame["kab_kota"].notna().all()
    assert second.ready


def test_the_same_bytes_twice_are_said_once(store: Store):
    """Under two names, in one drop and again: one file, one sentence."""
    app = drop(opened(), UINSI, ("lain.csv", *UINSI[1:]), UINSI)
    assert len(session(app).items) == 1
    assert words(app).count("isinya persis sama") == 1
    assert "dijatuhkan sebagai lain.csv" in words(app).replace("\\", "")
    app = drop(app, UNMUL)
    assert "isinya persis sama" not in words(app)


def test_two_files_of_one_name_are_told_apart(store: Store):
    """By a number that stays, by how they begin and by their digest; each is committed as itself."""
    app = drop(opened(), FIRST, SECOND)
    assert [option.replace("\\", "") for option in app.radio[0].options] == ["data.xlsx", "data.xlsx · ke-2"]
    captions = list(app.radio[0].proto.captions)
    assert ["Dapur Rekaan" in caption for caption in captions] == [True, False]
    assert ["SH2025\\-1\\-990101" in caption for caption in captions] == [False, True]
    app = press(app, "Simpan 3 baris")
    app.radio[0].set_value(list(session(app).items)[1]).run()
    press(app, "Simpan 1 baris")
    assert store.history()["filename"].tolist()[-2:] == ["data.xlsx", "data.xlsx"]
    assert store.history()["rows"].tolist()[-2:] == [3, 1]


def test_what_was_dropped_while_nothing_can_be_kept_is_named(store: Store):
    """A folder that cannot be used, from the first look on: the file is named in a warning."""
    broken = Path(store.path) / FOLDER
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_bytes(b"not a folder")
    app = drop(opened(), UINSI)
    told = [warning.value.replace("\\", "") for warning in app.warning]
    assert any("Rekap_UINSI.csv hanya ada di jendela ini" in one for one in told)
    assert "7 hari" not in words(app)
    assert session(app).item.ready or session(app).item.waiting
    broken.unlink()
    app = app.run()
    assert "hanya ada di jendela ini" not in words(app)
    assert kept(store) == [".json", ".original"]


def test_what_was_taken_off_can_be_put_back(store: Store):
    """With the cells mended in it, which are named; and it is kept again."""
    app = drop(opened(), FIRST, SECOND)
    session(app).item.pending = {("data", 5, "NIB"): "9900000000002"}
    app = press(app.run(), "Periksa lagi")
    before = session(app).item
    app = press(app, "Keluarkan data.xlsx")
    assert "data.xlsx dikeluarkan dari daftar, 1 sel yang diperbaiki di dalamnya" in words(app)
    app = press(app, "Kembalikan")
    assert session(app).item is before
    assert not [button for button in app.button if button.label == "Kembalikan"]
    assert session(opened()).items[before.key].choices == before.choices


def test_the_file_looked_at_stays_open(store: Store):
    """After a reload too, not the one changed last; the button says which it saves."""
    app = drop(opened(), UINSI, UNMUL)
    app = choose(app, "Wil", "kab_kota")
    app.radio[0].set_value(list(session(app).items)[1]).run()
    assert "berkas" in app.query_params
    again = opened(berkas=session(app).item.key)
    assert session(again).item.filename == UNMUL[0]
    assert [button.label.replace("\\", "") for button in again.button if button.label.startswith("Simpan 1")] == [
        "Simpan 1 baris dari unmul.csv"
    ]


def test_the_address_of_a_saved_file_says_where_it_is(store: Store):
    """Opened anew what was seen after saving is gone; of a file that was never dropped nothing is said."""
    app = press(drop(opened(), FIRST), "Simpan 3 baris")
    key = session(app).item.key
    assert "“data.xlsx” sudah tersimpan pada" in words(opened(berkas=key))
    assert "sudah tersimpan pada" not in words(opened(berkas="0" * 16))


def test_the_first_click_after_a_restart_is_said_not_to_have_been_done(store: Store):
    """The browser still shows what a session drew that is gone: the same file stays open, and the next click works."""
    app = drop(opened(), UINSI, UNMUL)
    app = choose(app, "Wil", "kab_kota")
    app.radio[0].set_value(list(session(app).items)[1]).run()
    before = len(store.history())
    del app.session_state[sessions.KEY]
    app = press(app, "Simpan 1 baris dari unmul")
    assert "Klik atau isian terakhir Anda belum dijalankan" in words(app)
    assert (session(app).item.filename, len(store.history())) == (UNMUL[0], before)
    app = press(app, "Simpan 1 baris dari unmul")
    assert store.history()["filename"].tolist()[before:] == [UNMUL[0]]
    assert "belum dijalankan" not in words(app)
