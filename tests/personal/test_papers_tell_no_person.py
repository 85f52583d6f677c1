"""No paper, slide, view or set says who somebody is, wherever it was written."""

import dataclasses
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from paper_texts import docx_texts, pdf_texts, pptx_texts
from planted import Planted, leaks, planted_store

from halal_store import Meeting, Store
from halal_ui.reports import deck, minutes, print_pdf, workbook
from halal_ui.slides import slides_html
from halal_ui.snapshot.masked import MaskedStore
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.now import take
from halal_ui.snapshot.programme import programme
from halal_ui.story import story


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Meeting, Planted]:
    return planted_store(tmp_path_factory.mktemp("planted") / "store")


def whole(content: bytes) -> str:
    """Everything in an office file, unpacked: its texts, their attributes, what lies in files within it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(name + "\n" + whole(parts.read(name)) for name in parts.namelist())


def texts(value: Any, seen: set[int]) -> Iterator[str]:
    """Every text in what a set hands out: public attributes and properties, frames, lists, down to the last."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, pd.DataFrame | pd.Series):
        yield value.to_csv()
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (*texts(key, seen), *texts(part, seen))
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from texts(part, seen)
    elif type(value).__module__.startswith(("halal_ui", "halal_store")) and id(value) not in seen:
        seen.add(id(value))
        for name in dir(value):
            if not name.startswith("_") and not callable(part := getattr(value, name)):
                yield from texts(part, seen)


def test_much_is_planted(planted: tuple[Store, Meeting, Planted]):
    """Every kind of place is among them; what the store holds has the phones, so that there is something to mask."""
    store, meeting, made = planted
    for part in ("action.evidence", "event.text", "applications.business_name", "applications.p3h", "recaps.obstacle",
                 "meeting.title", "meeting.place", "applications.kecamatan", "candidates.source_opd"):  # fmt: skip
        assert part in made.places
    assert leaks(meeting.actions.to_csv(), but=("NIK",)).keys() == {"telepon", "pos-el"}
    assert set(leaks(store.tables().applications.to_csv())) == {"telepon", "pos-el", "pemilik", "alamat"}


def test_a_set_hands_out_no_person(planted: tuple[Store, Meeting, Planted]):
    """A meeting's set, the snapshot, and all that is read of a store for a screen are masked, to the last frame."""
    store, meeting, _ = planted
    shown = MaskedStore(store)
    found = [meeting_set(meeting), take(store.read(), programme()), take(shown.read(), programme())]
    found += [part.tables.of_others() for part in found[1:]]
    uploads = [shown.upload(upload_id) for upload_id in store.history()["upload_id"]]
    found += [shown.records(), shown.changes(), shown.meetings(), *uploads, *map(tuple, uploads)]
    found += [shown.problems(upload_id) for upload_id in store.history()["upload_id"]]
    assert len("".join(read := list(texts(found, set())))) > 50_000
    assert not [leak for text in read if (leak := leaks(text))]


@pytest.mark.parametrize("paper", [deck, workbook, minutes, print_pdf])
def test_a_paper_tells_no_person(planted: tuple[Store, Meeting, Planted], paper: Any):
    """Read as its readers do, and byte by byte of every part."""
    content = paper(planted[1])
    reading = {deck: pptx_texts, minutes: docx_texts, print_pdf: pdf_texts}.get(paper, lambda _: [])
    assert not leaks("\n".join(reading(content)))
    assert not leaks(whole(content))


def test_the_slides_tell_no_person(planted: tuple[Store, Meeting, Planted]):
    """What Tayang puts on the wall."""
    html = slides_html(story(meeting_set(planted[1])), dark=False)
    assert len(html) > 10_000
    assert not leaks(html)


def test_every_field_of_a_meeting_is_masked_or_says_nothing(planted: tuple[Store, Meeting, Planted]):
    """A text added to Meeting is masked too, or this test says that it is not."""
    shown = meeting_set(planted[1]).meeting
    for part in dataclasses.fields(Meeting):
        value = getattr(shown, part.name)
        assert not (isinstance(value, str) and leaks(value)), part.name
