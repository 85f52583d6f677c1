"""CSV and its relatives: encoding, delimiter and dialect from the content; regular lines quickly, others patiently."""

import codecs
import csv
import io
import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from halal_metrics.sheets.parsers import ragged
from halal_metrics.sheets.parsers.parsed import MOST_COLUMNS, MOST_WRITTEN, TEXT, Parsed, Refused, plain, trimmed

# Longer cells than any person types, but no reason to fail; the default limit is 128 KB.
csv.field_size_limit(2**31 - 1)

DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 50  # lines: enough to see past titles, cheap
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HINT: Final = re.compile(rb'"?sep=([,;\t|])"?[ \t]*\r?\n', re.IGNORECASE)
"""A first line that tells Excel the delimiter; Excel does not show it."""

_NO_TEXT: Final = bytes(sorted({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"}))
"""A picture, a program: no text has these."""

_PIECE: Final = 2**17
"""Bytes that stay in a core's own memory between two looks at them."""
_LONG: Final = 2**22
_HEAD: Final = 2**18
"""Bytes from which it pays to look whether columns repeat themselves, and those in which it is seen."""
_FEW: Final = 0.1
"""Texts a row, up to which a column has few."""
_CODES: Final = pa.dictionary(pa.int32(), pa.string())
_LONGEST_LINE: Final = 2**20
"""Bytes: a row of thirty of the longest cells that a spreadsheet program holds."""


def read(content: bytes, name: str) -> Parsed:
    """One sheet: every line a row, the first included. Raises Refused for what is no text."""
    text = as_utf8(content)
    hint = _HINT.match(text)
    return read_text(text[hint.end() :] if hint else text, name, hint[1].decode() if hint else None)


def read_text(text: bytes, name: str, delimiter: str | None = None) -> Parsed:
    """The rows of UTF-8 text, with the delimiter that is given or else fits best."""
    if _has_endless_line(text):
        raise Refused("corrupt")
    text, hidden = _without_escapes(_without_formulas(text))
    ends = _line_ends(text)
    if ends > MOST_WRITTEN:
        raise Refused("too_large")
    sample = _sample(text)
    delimiter = delimiter or guess_delimiter(sample)
    width = len(next(csv.reader(sample, delimiter=delimiter), []))
    if width > MOST_COLUMNS:
        raise Refused("too_large")
    columns, said, widths = _quick(text, delimiter, width, ends), (), ()
    if columns is None:
        columns, said, widths = ragged.read(text.decode(errors="replace"), delimiter)
    columns = [_shown(column) for column in columns] if hidden else columns
    return Parsed(name, trimmed(columns), said=said, widths=widths)


def as_utf8(content: bytes) -> bytes:
    """
    The text in UTF-8, without marks, from UTF-8, UTF-16 or Windows-1252.

    >>> as_utf8("Café".encode("cp1252")) == as_utf8("Café".encode("utf-16")) == "Café".encode()
    True
    """
    encoding, start = next(
        ((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), (_without_mark(content), 0)
    )
    text = content[start:]
    if encoding != "utf-8":
        text = text.decode(encoding, "replace").encode()
    elif not text.isascii() and not _is_utf8(text):
        text = text.decode("utf-8", _MIXED).encode()
    if text[:4096].translate(None, _NO_TEXT) != text[:4096]:
        raise Refused("unsupported")
    if (
        not text.isascii() and codecs.BOM_UTF8 in text
    ):  # where files were put one behind the other; it would hide a quotation mark
        text = text.replace(codecs.BOM_UTF8, b"")
    return text.rstrip(b"\r\n")


def _is_utf8(text: bytes) -> bool:
    try:
        pa.array([text], pa.large_binary()).cast(TEXT)
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


_HIDING: Final = {b: chr(0xFDD0 + place) for place, b in enumerate('"\\,;\t|')}
"""What a backslash takes the meaning from → a letter that no text has, in its place while lines are cut into cells."""

_ESCAPED_QUOTE: Final = re.compile(rb'\\"(?![,;\t|\r\n]|\Z)')
_NO_VALUE: Final = re.compile(rb'(?:\A|[,;\t|\n"])\\N(?=[,;\t|\r\n"]|\Z)')
_ESCAPE: Final = re.compile(rb'\\(?:(["\\,;\t|])|(\r?\n))')
_LETTER: Final = re.compile(rb"(?<!\\)\\[ntr]")


def _without_escapes(text: bytes) -> tuple[bytes, bool]:
    """
    The text of a database, which writes a backslash before a quotation mark, with what that hides; and whether it is.

    >>> _without_escapes(rb'"C:\\berkas\\","Toko"'), _without_escapes(rb'"Toko \\"Maju\\", Bontang"')[1]
    ((b'"C:\\\\berkas\\\\","Toko"', False), True)
    """
    if b"\\" not in text:
        return text, False
    database = _NO_VALUE.search(text)
    if not database and not _ESCAPED_QUOTE.search(text):
        return text, False
    text = _ESCAPE.sub(lambda found: _HIDING[found[1].decode()].encode() if found[1] else b" ", text)
    return (_LETTER.sub(b" ", text) if database else text), True


_FORMULA: Final = re.compile(
    rb'(?:(?<=[,;\t|\n])|\A) *(?:="((?:[^"\n]|"")*)"|"=""((?:[^"\n]|"{4})*)""") *(?=[,;\t|\r\n]|\Z)'
)


def _without_formulas(text: bytes) -> bytes:
    """
    The text without the formulas by which programs keep Excel from taking a number for one: only what they show.

    >>> _without_formulas(b'="08120001";a="b"')
    b'"08120001";a="b"'
    """
    if b"=" not in text or b'="' not in text:  # one sign is found twenty times as fast as two
        return text
    return _FORMULA.sub(lambda found: b'"%s"' % (found[1] or (found[2] or b"").replace(b'""""', b'""')), text)


def _shown(column: pa.Array) -> pa.Array:
    column = plain(column)
    for letter, hiding in _HIDING.items():
        column = pc.replace_substring(column, hiding, letter)
    return column


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
        width, share = usual_width(lines, delimiter)
        return (width - 1) * share

    return max(DELIMITERS, key=lambda delimiter: (regularity(delimiter), "".join(lines).count(delimiter)))


def usual_width(lines: list[str], delimiter: str) -> tuple[int, float]:
    """How many cells most lines have, and the share of those lines among all that have any."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    if not widths:
        return 1, 0
    usual = max(set(widths), key=widths.count)
    return usual, widths.count(usual) / len(widths)


def _line_ends(text: bytes) -> int:
    """How many lines end: counted piece by piece, while each is at hand."""
    run = np.frombuffer(text, np.uint8)
    return sum(np.count_nonzero(run[at : at + _PIECE] == ord("\n")) for at in range(0, len(run), _PIECE))


def _quick(text: bytes, delimiter: str, width: int, ends: int) -> list[pa.Array] | None:
    """The columns where every line has so many cells and every quotation mark its place; else None."""
    if not width:
        return None
    try:
        with ThreadPoolExecutor(1) as aside:  # Arrow lets go of the interpreter while it parses
            parsing = aside.submit(_columns, text, delimiter, width, few=_of_few_texts(text, delimiter, width))
            marks = np.flatnonzero(np.frombuffer(text, np.uint8) == ord('"'))
            if _is_misquoted(text, delimiter, marks):
                return None
            table = parsing.result()
        # Looking for line breaks inside quotes makes the parser half as slow again, so it is only asked to where
        # there are some: then there are fewer rows than lines.
        if len(marks) and table.num_rows != ends + 1:
            table = _columns(text, delimiter, width, newlines_in_values=True)
            if any(_may_have_swallowed(column, delimiter) for column in table.columns):
                return None
    except pa.ArrowInvalid:  # a line with more or fewer cells than the first, or a blank one
        return None
    return [column.combine_chunks() for column in table.unify_dictionaries().columns]


def _of_few_texts(text: bytes, delimiter: str, width: int) -> list[int]:
    """The columns of a long text that repeat what they say among the first lines, and so will further down."""
    if len(text) < _LONG:
        return []
    head = _columns(text[: text.rfind(b"\n", 0, _HEAD)], delimiter, width)
    return [place for place, column in enumerate(head.columns) if len(column.unique()) < _FEW * head.num_rows]


def _columns(
    text: bytes, delimiter: str, width: int, *, few: Collection[int] = (), newlines_in_values: bool = False
) -> pa.Table:
    """The cells as text; columns of `few` texts as codes for them, which takes less room and less time later."""
    names = [f"f{place}" for place in range(width)]
    types = {name: _CODES if place in few else TEXT for place, name in enumerate(names)}
    return pyarrow.csv.read_csv(
        pa.BufferReader(text),
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=newlines_in_values, ignore_empty_lines=False
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types, strings_can_be_null=True, null_values=sorted(ragged.NOTHING)
        ),
    )


def _is_misquoted(text: bytes, delimiter: str, marks: np.ndarray) -> bool:
    """Whether some of these quotation marks opens no cell, closes none, and is not doubled; or one has no other."""
    run = np.frombuffer(text, np.uint8)
    if len(marks) % 2:
        return True
    beside = np.isin(np.arange(256), [ord(delimiter), *b'\r\n"'])
    inner = marks[(marks > 0) & (marks < len(run) - 1)]
    return not (beside[run[inner - 1]] | beside[run[inner + 1]]).all()


def _may_have_swallowed(column: pa.ChunkedArray, delimiter: str) -> bool:
    """Whether a cell of several lines holds delimiters as well, so that a mark may never have been meant to open it."""
    on_lines = pc.fill_null(pc.match_substring(column, "\n"), False)
    if not pc.any(on_lines).as_py():
        return False
    return bool(pc.any(pc.match_substring(column.filter(on_lines), delimiter)).as_py())


def _has_endless_line(text: bytes) -> bool:
    """Whether a line is twice as long as the longest; one that is no longer than that never is."""
    starts = range(0, len(text) - _LONGEST_LINE, _LONGEST_LINE)
    return any(
        text.find(b"\n", at, at + _LONGEST_LINE) < 0 and text.find(b"\r", at, at + _LONGEST_LINE) < 0 for at in starts
    )
