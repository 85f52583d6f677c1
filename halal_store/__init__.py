"""What has been sent, and the tables that follow from it."""

from halal_store.contents import Contents
from halal_store.errors import StoreError
from halal_store.meetings import Meeting
from halal_store.notes import Noted
from halal_store.preview import Preview
from halal_store.store import Store
from halal_store.stored import StoredUpload
from halal_store.tables import Tables
from halal_store.writer import NIK_REPLACED, Receipt

__all__ = [
    "NIK_REPLACED",
    "Contents",
    "Meeting",
    "Noted",
    "Preview",
    "Receipt",
    "Store",
    "StoreError",
    "StoredUpload",
    "Tables",
]
