"""What has been sent, and the tables that follow from it."""

from halal_store.store import Store
from halal_store.tables import Tables

__all__ = ["Store", "Tables"]
