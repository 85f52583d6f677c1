"""What has been sent, and the tables that follow from it."""

from halal_store.errors import StoreError
from halal_store.preview import Preview
from halal_store.store import Contents, Receipt, Store
from halal_store.stored import StoredUpload
from halal_store.tables import Tables

__all__ = ["Contents", "Preview", "Receipt", "Store", "StoreError", "StoredUpload", "Tables"]
