"""The page Unggah says what will happen before it happens: plans given up, warnings, and a tick."""

from upload_pages import UINSI, UNMUL, drop, opened, press, session, words

from halal_metrics import read_upload
from halal_store import Store

BERAU = ("Kuota Berau.csv", b"Kab/Kota;LP3H;Kuota;Per Tanggal\nBerau;Unmul;190;06/06/2025\n", "text/csv")


def test_a_plan_given_up_is_told_in_red_and_agreed_to(store: Store):
    """Whatever day the sidebar shows; without the tick nothing is saved, nor is it undone without one."""
    app = drop(opened(per="2025-03-01"), BERAU)
    red = next(part.value for part in app.error if "diganti" in part.value)
    assert "Rencana 1.000 kuota diganti 190 sejak 6 Juni 2025" in red
    assert "Balikpapan 135 → 0" in red
    assert "1.000 → 190 <small>kuota" in words(app)
    assert "rencana kuota yang digantinya belum disetujui" in words(app)
    save = [button for button in app.button if button.label.startswith("Simpan 1 baris")]
    assert save[0].disabled
    app.checkbox[0].check().run()
    assert "rencana kuota yang digantinya belum disetujui" not in words(app)
    app = press(app, "Simpan 1 baris")
    assert store.tables().quotas["quota"].iloc[-1] == 190
    links = [link.proto.query_string for link in app.get("page_link")]
    assert sum("per=2025-06-06" in link for link in links) == 2  # where the figures that were told are seen
    assert "Rencana 190 kuota diganti 1.000 sejak 6 Juni 2025" in app.error[-1].value
    assert next(button for button in app.button if button.label == "Batalkan penyimpanan").disabled
    app.checkbox[0].check().run()
    app.text_input(key=f"{session(app).item.key}-alasan").set_value("hanya untuk Berau")
    app = press(app, "Batalkan penyimpanan")
    assert store.history().iloc[-1]["undo_reason"] == "hanya untuk Berau"


def test_a_plan_is_not_saved_by_the_way(store: Store):
    """Together with others only once it is agreed to; until then it is said why it stays behind."""
    app = drop(opened(), UINSI, UNMUL, BERAU)
    assert "Kuota Berau.csv: rencana kuota yang digantinya belum disetujui" in words(app).replace("\\", "")
    press(app, "Simpan semua yang siap (1 berkas)")
    assert store.history()["filename"].tolist()[-1] == UNMUL[0]


def test_what_was_agreed_to_is_not_another_change(store: Store):
    """Somebody saves another plan meanwhile: the tick is empty again, and the words are new."""
    app = drop(opened(), BERAU)
    app.checkbox[0].check().run()
    later = BERAU[1].replace(b"190", b"500")
    store.commit(read_upload(later, filename="lain.csv"), by="Budi")
    app.run()
    assert not app.checkbox[0].value
    assert "Rencana 500 kuota diganti 190" in app.checkbox[0].label


def test_warnings_are_seen_before_saving(store: Store):
    """A file with warnings does not look like one without: where it stands, and above the button."""
    damaged = ("rusak.csv", UNMUL[1].replace(b"9900000000101", b"8,12E+12"), "text/csv")
    app = drop(opened(), UNMUL)
    assert "peringatan" not in words(app)
    app = drop(press(app, "Keluarkan "), damaged)
    assert "siap disimpan · ▲ 1 peringatan" in words(app)
    assert "1 peringatan ikut tersimpan bila tidak dibetulkan: Rusak oleh Excel (1)" in words(app)


NEW = "LP3H Contoh Nusantara"
ASKS = ("contoh.csv", f"No. Daftar;Kab/Kota;LP3H;Status\nSH2025-1-990801;Berau;{NEW};OF10\n".encode(), "text/csv")


def test_an_unknown_lp3h_is_asked_on_the_face_of_the_step(store: Store):
    """Unanswered nothing is saved; entered as new it is on record under a name, known from then on, and taken back."""
    app = drop(opened(), ASKS)
    told = " ".join(part.value for part in app.markdown).replace("\\", "")
    assert f"LP3H “{NEW}” belum dikenal" in told
    assert not any("siap disimpan" in part for part in words(app).split(" · "))
    assert next(button for button in app.button if button.label.startswith("Simpan 1 baris")).disabled
    answer = next(radio for radio in app.radio if radio.label == "Jawaban")
    app = press(answer.set_value("LP3H baru").run(), "Masukkan ke daftar LP3H")
    press(app, "Simpan 1 baris")
    noted = store.notes("institution").iloc[0]
    assert (noted["name"], noted["noted_by"]) == (NEW, "Rina Wulandari")
    later = ("lagi.csv", ASKS[1].replace(b"990801", b"990802").replace(b"LP3H C", b"lp3h c"), "text/csv")
    app = drop(opened(), later)
    assert "belum dikenal" not in " ".join(part.value for part in app.markdown)
    assert session(app).item.upload.frame["lp3h"].tolist() == [NEW]
    press(app, "Keluarkan ")
    app = app.switch_page("pages/data/history.py").run()
    app.session_state["keputusan"] = True
    store.take_back(store.changes().iloc[-1]["record_id"], by="Rina")
    app = drop(opened(), later)
    assert "belum dikenal" in " ".join(part.value for part in app.markdown)
