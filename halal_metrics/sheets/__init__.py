"""Spreadsheets in: bytes → Upload."""

from halal_metrics.sheets.problems import UnreadableFile
from halal_metrics.sheets.upload import Upload, read_upload

__all__ = ["UnreadableFile", "Upload", "read_upload"]
