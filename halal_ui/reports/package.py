"""The file itself: the same bytes for the same content, whenever it is written."""

import re
import zipfile
from io import BytesIO
from typing import Final

import pandas as pd

_FIRST: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; the day is in the properties
_MOMENT: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


def settled(content: bytes, moment: pd.Timestamp) -> bytes:
    """An Office file whose parts, and the workbooks embedded in it, say `moment` and not the clock's."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = settled(part, moment)
            elif name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return written.getvalue()
