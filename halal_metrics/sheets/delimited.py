"""CSV and its relatives: encoding and delimiter from the content."""

import codecs
import csv
import io
import re
from itertools import islice
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS
from halal_metrics.sheets.parsers.ragged import swallowed
from halal_metrics.sheets.problems import UnreadableFile

DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 50  # lines: enough to see past titles, cheap
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HINT: Final = re.compile(rb"sep=([,;\t|])\r?\n", re.IGNORECASE)
"""A first line that tells Excel the delimiter; Excel does not show it."""

_NO_TEXT: Final = bytes(sorted({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"}))
"""A picture, a program: no text has these."""


class Ragged(Exception):
    """Lines differ in their number of cells; `text` in UTF-8 is to be read with `delimiter`, patiently."""

    def __init__(self, text: bytes, delimiter: str):
        super().__init__(delimiter)
        self.text, self.delimiter = text, delimiter


def read(content: bytes) -> list[pa.ChunkedArray]:
    """Columns of text, every line a row, first line included. Raises Ragged, or UnreadableFile for what is no text."""
    text = as_utf8(content)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    sample = _sample(text)
    delimiter = hint[1].decode() if hint else guess_delimiter(sample)
    width = len(next(csv.reader(sample, delimiter=delimiter), []))
    if width > MOST_COLUMNS:
        raise UnreadableFile("too_large")
    try:
        if width:
            return _quick(text, delimiter, width)
    except pa.ArrowInvalid:  # a line with more or fewer cells than the first, or a blank one
        pass
    raise Ragged(text, delimiter)


def as_utf8(content: bytes) -> bytes:
    """
    The text in UTF-8, without mark, from UTF-8, UTF-16 or Windows-1252.

    >>> as_utf8("Café".encode("cp1252")) == as_utf8("Café".encode("utf-16")) == "Café".encode()
    True
    """
    encoding, start = next(
        ((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), (_without_mark(content), 0)
    )
    text = content[start:]
    if encoding != "utf-8":
        text = text.decode(encoding, "replace").encode()
    elif not _is_utf8(text):
        text = text.decode("utf-8", _MIXED).encode()
    if text[:4096].translate(None, _NO_TEXT) != text[:4096]:
        raise UnreadableFile("unsupported")
    return text.rstrip(b"\r\n")


def _is_utf8(text: bytes) -> bool:
    try:
        pa.array([text], pa.large_binary()).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _cp1252(error: UnicodeError) -> tuple[str, int]:
    """A file put together from two sources may be in both encodings: only what is no UTF-8 is the other one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_MIXED: Final = "halal_metrics.cp1252"
codecs.register_error(_MIXED, _cp1252)


def _without_mark(content: bytes) -> str:
    """UTF-16 betrays itself: in Latin letters every other byte is zero."""
    start = content[:2000]
    if start[1::2].count(0) * 2 > len(start) // 2:
        return "utf-16-le"
    if start[::2].count(0) * 2 > len(start) // 2:
        return "utf-16-be"
    return "utf-8"


def _sample(text: bytes) -> list[str]:
    lines = io.TextIOWrapper(io.BytesIO(text[:200_000]), "utf-8", "replace", newline=None)
    return list(islice(lines, _SAMPLE))


def guess_delimiter(lines: list[str]) -> str:
    """
    The delimiter that cuts most lines into the same number of cells, and into many.

    >>> guess_delimiter(["Nama;Alamat", "A;Jl. Mawar, RT 5, Samarinda", "B;Jl. Melati, Bontang"])
    ';'
    """

    def regularity(delimiter: str) -> float:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
        if not widths:
            return 0
        usual = max(set(widths), key=widths.count)
        return (usual - 1) * widths.count(usual) / len(widths)

    return max(DELIMITERS, key=lambda delimiter: (regularity(delimiter), "".join(lines).count(delimiter)))


def _quick(text: bytes, delimiter: str, width: int, *, newlines_in_values: bool = False) -> list[pa.ChunkedArray]:
    names = [f"f{place}" for place in range(width)]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(text),
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=newlines_in_values, ignore_empty_lines=False
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    # Looking for line breaks inside quotes makes the parser half as slow again, so it is only asked to where there
    # are some: then there are fewer rows than lines.
    if not newlines_in_values and b'"' in text and table.num_rows != text.count(b"\n") + 1:
        columns = _quick(text, delimiter, width, newlines_in_values=True)
        if any(_has_swallowed(column, delimiter, width) for column in columns):
            raise Ragged(text, delimiter)
        return columns
    return table.columns


def _has_swallowed(column: pa.ChunkedArray, delimiter: str, width: int) -> bool:
    on_lines = column.filter(pc.match_substring(column, "\n"))
    return any(swallowed(cell, delimiter, width) for cell in on_lines.to_pylist())
