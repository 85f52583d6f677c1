"""Spreadsheets that are marked-up text: HTML tables (what many web systems call .xls), Excel's XML of 2003, MHTML."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from typing import Final

from halal_metrics.sheets.parsers import spreadsheetml, webpage
from halal_metrics.sheets.parsers.parsed import Parsed, Refused

_HEAD: Final = 4096
_CHARSET: Final = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read(content: bytes, name: str) -> Iterator[Parsed]:
    """The sheets of a marked-up spreadsheet. Raises Refused("unsupported") where there is no table."""
    if content[:_HEAD].lstrip().lower().startswith((b"mime-version:", b"from:", b"content-type: multipart")):
        yield from _read_archive(content, name)
        return
    text = as_text(content)
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:_HEAD] and re.search(r"<(\w+:)?Workbook", text[:_HEAD]):
        yield from spreadsheetml.read(text)
    else:
        yield from webpage.read(text, name)


def _read_archive(content: bytes, name: str) -> Iterator[Parsed]:
    """A page and its frames in one file, as Excel saves a "Single File Web Page": a frame for each sheet."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    found = 0
    for part in pages:
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        try:
            for parsed in webpage.read(as_text(payload, part.get_content_charset()), name):
                found += 1
                yield Parsed(webpage.numbered(name, found), parsed.columns, parsed.hidden, parsed.merged)
        except Refused:  # a frame of tabs or of styles
            continue
    if not found:
        raise Refused("unsupported")


def as_text(content: bytes, charset: str | None = None) -> str:
    """
    The text, by its byte-order mark, by the charset it declares, else UTF-8, else Windows-1252.

    >>> as_text("Café".encode()) == as_text(b'<meta charset="iso-8859-1">Caf\\xe9')[-4:] == "Café"
    True
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if content[:100].count(0) > 20:
        little = content[1:100:2].count(0) > content[:100:2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", "replace")
    declared = _CHARSET.search(content[:_HEAD])
    for encoding in (charset, declared and declared[1].decode("ascii"), "utf-8"):
        # many systems declare one and write the other: a declaration only counts where it works
        try:
            if encoding and not encoding.lower().startswith("utf-16"):
                return content.decode("cp1252" if encoding.lower() in ("iso-8859-1", "latin1") else encoding)
        except (LookupError, UnicodeError):
            continue
    return content.decode("cp1252", "replace")
