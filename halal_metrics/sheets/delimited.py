"""CSV and its relatives: encoding and delimiter from the content."""

import codecs
import csv
import io
from itertools import islice, zip_longest
from typing import Final

import pyarrow as pa
import pyarrow.csv

from halal_metrics.sheets.problems import UnreadableFile

DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 50  # lines: enough to see past titles, cheap
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Longer cells than any person types, but no reason to fail; the default limit is 128 KB.
csv.field_size_limit(2**31 - 1)


def read(content: bytes) -> list[pa.ChunkedArray]:
    """Columns of text, every line a row, first line included; short lines are filled up with missing cells."""
    text = as_utf8(content)
    sample = _sample(text)
    delimiter = guess_delimiter(sample)
    width = len(next(csv.reader(sample, delimiter=delimiter), []))
    try:
        return _quick(text, delimiter, width) if width else _patient(text, delimiter)
    except pa.ArrowInvalid:  # a line with more or fewer cells than the first, or a blank one
        return _patient(text, delimiter)


def as_utf8(content: bytes) -> bytes:
    """
    The text in UTF-8, without mark, from UTF-8, UTF-16 or Windows-1252.

    >>> as_utf8("Café".encode("cp1252")) == as_utf8("Café".encode("utf-16")) == "Café".encode()
    True
    """
    encoding, start = next(
        ((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), (_without_mark(content), 0)
    )
    if encoding == "utf-8":
        text = content[start:]
        try:
            text.decode()
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace").encode()
    else:
        text = content[start:].decode(encoding, "replace").encode()
    if any(byte in text[:4096] for byte in b"\0\1\2\3\4\5\6\7\x0e\x0f\x10\x11\x12\x13\x14\x15"):
        raise UnreadableFile("unsupported")  # a picture, a program: no text has these
    if text[:200].lstrip()[:1] == b"<":
        raise UnreadableFile("unsupported")  # HTML or XML
    return text.rstrip(b"\r\n")


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
        return _quick(text, delimiter, width, newlines_in_values=True)
    return table.columns


def _patient(text: bytes, delimiter: str) -> list[pa.ChunkedArray]:
    rows = csv.reader(io.StringIO(text.decode(errors="replace"), newline=""), delimiter=delimiter)
    return [pa.chunked_array([column], pa.large_string()) for column in zip_longest(*rows)]
