"""
Spreadsheets in: bytes → Upload (`upload.py`).

Bytes become grids of text in a child process (`files`, `worker`, `parsers/`); in a grid the tables are found and their
columns named (`section`, `headings/`, `matrix/`); rows that are no records are left out (`left_out/`); cells become
values (`rows`, `values/`); what is stated twice is taken once (`repeated/`); and all there is to say is said (`said/`).
"""

from halal_metrics.sheets.said.problems import UnreadableFile
from halal_metrics.sheets.upload import Upload, read_upload

__all__ = ["UnreadableFile", "Upload", "read_upload"]
