"""Text that a spreadsheet program would run as a formula, and how it is handed back as the text it is."""

from typing import Final

import pandas as pd

STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell that is run begins with (OWASP, "CSV Injection")."""


def disarmed(text: str) -> str:
    """
    The text with an apostrophe before it where a spreadsheet program would run it.

    >>> disarmed("=HYPERLINK(A1)"), disarmed("Dapur Rekaan")
    ("'=HYPERLINK(A1)", 'Dapur Rekaan')
    """
    return f"'{text}" if text.startswith(STARTS) else text


def disarmed_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """
    The frame with all its text disarmed; other columns as they are.

    >>> disarmed_frame(pd.DataFrame({"note": ["+1", "2", None], "count": [-1, 2, 3]}))["note"].tolist()
    ["'+1", '2', nan]
    """
    texts = {name: column for name, column in frame.items() if pd.api.types.is_string_dtype(column)}
    return frame.assign(
        **{name: ("'" + text).where(text.str.startswith(STARTS, na=False), text) for name, text in texts.items()}
    )
