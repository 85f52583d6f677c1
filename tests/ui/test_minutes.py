"""The minutes of a meeting: in the office's order, with the numbers of its set, real Word styles, room to sign."""

import re
import zipfile
from io import BytesIO

import docx
import pandas as pd
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

import halal_metrics as hm
from halal_metrics.personal import PERSONAL_COLUMNS
from halal_metrics.places import KAB_KOTA
from halal_store import Store
from halal_ui.reports.minutes import minutes
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import story
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.names import place

ID = "R-2025-06-04"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TABLE = "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription".split()
"""Properties of a table in the order of the schema (ECMA-376, CT_TblPr)."""


def opened(folder) -> Store:
    return Store(folder, time_zone=programme().time_zone)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demo_to):
    return demo_to(tmp_path_factory.mktemp("minutes") / "store")


@pytest.fixture(scope="module")
def meeting(folder):
    return opened(folder).meeting(ID)


@pytest.fixture(scope="module")
def content(meeting):
    return minutes(meeting)


@pytest.fixture(scope="module")
def document(content):
    return docx.Document(BytesIO(content))


def table(document, *heads: str) -> list[list[str]]:
    """The rows below the head of the one table that has these columns."""
    found = [one for one in document.tables if set(heads) <= {cell.text for cell in one.rows[0].cells}]
    assert len(found) == 1
    return [[cell.text for cell in row.cells] for row in found[0].rows[1:]]


def test_it_follows_the_order_of_the_office(document):
    """Letterhead, title, attendance, figures, changes, obstacles, decisions, the matrix: as headings of Word."""
    assert document.paragraphs[0].text == programme().office.upper()
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Title"]
    assert titles == ["NOTULEN RAPAT"]
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Daftar hadir", "I. Angka", "II. Sejak rapat terakhir", "III. Kendala", "IV. Keputusan",
        "V. Matriks tindak lanjut",
    ]  # fmt: skip


def test_it_says_when_and_where(document):
    """The day by its name, the time in the office's zone, the place; who leads and writes is left to fill in."""
    facts = {row.cells[0].text: row.cells[2].text for row in document.tables[0].rows}
    assert facts["Hari/tanggal"] == "Rabu, 4 Juni 2025"
    assert facts["Waktu"] == "pukul 09.30 WITA s.d. selesai"
    assert facts["Tempat"].startswith("Ruang Rapat Lempok")
    assert set(facts["Pimpinan rapat"]) == set(facts["Notulis"]) == {"."}


def test_an_event_stands_beside_what_it_cost(document):
    """What was counted, for how many working days, what was usual; submitted and issued, each on its line."""
    (event,) = table(document, "Peristiwa", "Akibatnya")
    assert event[:4] == ["Gangguan SIHALAL", "Gangguan SIHALAL", "2 Juni 2025", "3 Juni 2025"]
    assert event[4].split("\n") == [
        "7 pengajuan dalam 2 hari kerja, biasanya 20 (12–29): kurang 13",
        "0 sertifikat terbit dalam 2 hari kerja, biasanya 3 (1–5): kurang 3",
    ]


def test_its_numbers_are_the_metrics(document, meeting):
    """The three numbers, and each kab/kota's, as the metrics give them."""
    tables, as_of = meeting.tables, meeting.as_of
    plan, progress = hm.plan(tables.quotas, as_of=as_of), hm.progress(tables.applications, tables.recaps)
    whole = hm.absorption(plan, progress, by=(), as_of=as_of).iloc[0]
    stated = {row[0]: row[1:4] for row in table(document, "Angka", "Nilai")}
    assert stated["Dimanfaatkan"] == [fmt_count(whole["used"]), "dari 1.000 kuota", fmt_rate(whole["absorption_rate"])]
    assert stated["Terbit"] == ["58", "dari 1.000 kuota", "5,8%"]
    groups = hm.absorption(plan, progress, by=["kab_kota"], as_of=as_of)
    expected = {
        place(row["kab_kota"]): [
            fmt_count(row["quota"]), fmt_count(row["used"]), fmt_rate(row["absorption_rate"]), fmt_count(row["issued"]),
        ]
        for row in groups.to_dict("records")
    }  # fmt: skip
    shown = {row[0]: row[1:5] for row in table(document, "Kab/kota", "Kuota")}
    assert shown.pop("Jumlah") == ["1.000", "320", "32,0%", "58"]
    assert shown == expected
    assert {place(name) for name in KAB_KOTA} <= set(expected)


def test_its_sentences_are_those_of_the_slides(document, meeting):
    """What stands on the screen stands in the minutes, word for word."""
    told = story(meeting_set(meeting))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for key in ("posisi", "sejak", "kendala"):
        slide = told.slide(key)
        assert slide
        assert set(slide.title.splitlines()) <= set("\n".join(texts).splitlines())


def test_notes_are_in_their_tables(document, meeting):
    """Obstacles ranked by what they hold, decisions numbered, overdue actions first and how their numbers moved."""
    ranked = [row[-2] for row in table(document, "No", "Kendala")]
    held = [int(number.replace(".", "")) for number in ranked]
    assert held == sorted(held, reverse=True) != []
    decided = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
    assert decided == meeting.decisions.loc[meeting.decisions["meeting"] == ID, "text"].tolist()
    first, *others = table(document, "No", "Tindak lanjut")
    assert len(others) + 1 == len(meeting.actions)
    assert first[4:] == ["30 Mei 2025", "25 pengajuan baru dari Berau", "Proses", first[-1]]
    assert first[-1].startswith("Lewat 5 hari.\nDimanfaatkan: ")
    statuses = [row[6] for row in (first, *others)]
    assert statuses[-1] == "Selesai"
    assert set(statuses) == {"Proses", "Belum", "Selesai"}


def test_there_is_room_to_fill_and_to_sign(document):
    """Twelve empty lines for those present; the note taker signs left, who led the meeting right, both with NIP."""
    present = table(document, "Nama", "Tanda tangan")
    assert [row[0] for row in present] == [str(number) for number in range(1, 13)]
    assert {cell for row in present for cell in row[1:]} == {""}
    left, right = (cell.text for cell in document.tables[-1].rows[0].cells)
    assert re.search(r"Notulis,\s+\.+\nNIP \.+$", left)
    assert re.search(r"^Samarinda, 4 Juni 2025\nKepala Dinas selaku pimpinan rapat,\s+\.+\nNIP \.+$", right)


def test_it_is_a_proper_word_file(document, content):
    """Heads repeat, rows stay whole, tables are described, the matrix lies on its side, pages have numbers."""
    for ruled in (one for one in document.tables if one.style.name == "Table Grid"):
        assert ruled.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in ruled.rows)
    for one in document.tables:
        assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert one._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    for properties in document.element.body.iter(qn("w:tblPr")):  # Word repairs a file whose parts are out of order
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=TABLE.index)
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    for section in document.sections:
        text = "\n".join(paragraph.text for paragraph in section.footer.paragraphs)
        assert f"Set {ID}" in text
        assert "per 4 Juni 2025" in text
        assert "Data contoh (rekaan)" in text
        fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    languages = {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"}
    assert document.core_properties.title == f"Notulen Rapat Koordinasi dan Monitoring Sertifikasi Halal ({ID})"


def test_the_same_set_is_the_same_bytes(content, folder, meeting):
    """Whoever makes it, whenever: the file's own date is when the set was frozen."""
    assert minutes(opened(folder).meeting(ID)) == content
    assert pd.Timestamp(docx.Document(BytesIO(content)).core_properties.created).tz_localize(None) == meeting.frozen_at


def test_nobody_is_named(content, meeting):
    """No owner, phone, address or NIK of any application is anywhere in the file."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
    text = "\n".join([*parts, *(re.sub(r"<[^>]+>", "", part) for part in parts)])
    for column in PERSONAL_COLUMNS:
        known = meeting.tables.applications[column].dropna().unique()
        assert len(known) > 50
        assert [value for value in known if len(value) > 5 and value in text] == []
    assert re.findall(r"\b99\d{14}\b", text) == []


def test_a_first_meeting_without_data(tmp_path):
    """It has minutes too, that say what is not there yet; nothing reads nan or None, and control characters go."""
    store = opened(tmp_path / "store")
    meeting = store.freeze(title="Rapat <pertama> & \x07", date="2025-06-04 09:00", by="Rina")
    store.note("decision", {"text": "Hubungi 0812-3456-7890\x0b"}, by="Rina", meeting=meeting.id)
    document = docx.Document(BytesIO(minutes(store.meeting(meeting.id))))
    texts = [node.text or "" for node in document.element.body.iter(f"{W}t")]
    assert "Rapat <pertama> & " in texts
    assert "Hubungi ••••••" in [text.strip() for text in texts]
    assert [text for text in texts if re.search(r"\b(nan|None|NaT)\b", text)] == []
