"""What a large file took is given back once its upload is forgotten."""

import dataclasses
import weakref

from make_files import csv_bytes

from halal_metrics.sheets import memory, read_upload

ROWS = [["No. Daftar", "Nama Usaha", "Status"], *([f"SH2025-1-{at}", "Dapur Rekaan", "OF10"] for at in range(100, 130))]


def test_memory_goes_back_after_what_was_held(monkeypatch):
    """When it is given back nobody holds the rows any more; an upload made from another one holds them too."""
    given_back = []
    monkeypatch.setattr(memory, "LARGE", 30)
    monkeypatch.setattr(memory, "give_back", lambda: given_back.append(held() is None))
    held = lambda: True  # noqa: E731 - while it is read
    upload = read_upload(csv_bytes(ROWS), filename="uji.csv")
    assert given_back == [False]
    held = weakref.ref(upload.frame)
    upload = dataclasses.replace(upload, filename="lain.csv")
    assert given_back == [False]
    del upload
    assert given_back == [False, True]


def test_a_small_file_is_not_worth_it(monkeypatch):
    """What it took is used again for the next."""
    monkeypatch.setattr(memory, "give_back", lambda: 1 / 0)
    read_upload(csv_bytes(ROWS), filename="uji.csv")
