"""What a store holds at a moment."""

from typing import NamedTuple

import pandas as pd

from halal_store.tables import Tables


class Contents(NamedTuple):
    """What a store holds: the tables, and one row of `history` (see HISTORY) for each upload, in order of arrival."""

    version: str
    tables: Tables
    history: pd.DataFrame
