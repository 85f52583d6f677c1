"""Parquet: typed columns as the text a spreadsheet would hold."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from halal_metrics.sheets.parsers.parsed import TEXT, Parsed, Refused, number_text, trimmed

_MOST_CELLS: Final = 200_000_000
"""A few bytes can claim any number of equal values."""


def read(content: bytes, name: str) -> Iterator[Parsed]:
    """One sheet: the names of the columns, then their values. Raises Refused for more cells than memory can hold."""
    file = pq.ParquetFile(pa.BufferReader(content))
    if file.metadata.num_rows * file.metadata.num_columns > _MOST_CELLS:
        raise Refused("too_large")
    table = file.read()
    yield Parsed(
        name,
        trimmed([_headed(name, column) for name, column in zip(table.column_names, table.columns, strict=True)]),
    )


def _headed(header: str, column: pa.ChunkedArray) -> pa.Array:
    values = _as_text(column)
    blank = pc.equal(pc.utf8_trim_whitespace(values), "")
    if pc.any(blank).as_py():
        values = pc.if_else(blank, pa.scalar(None, TEXT), values)
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    return pa.concat_arrays([pa.array([header or None], TEXT), *chunks])


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    column = column.cast(kind)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _plain(column)
    if pa.types.is_timestamp(kind):
        return pc.replace_substring_regex(column.cast(TEXT), r"([ T]00:00:00(\.0+)?|\.0+)(Z?)$", "")
    try:
        text = column.cast(TEXT)
        text.validate(full=True)  # what a file says is UTF-8 need not be
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # lists, records, bytes that are no text
        return pa.array([_said(value) for value in column.cast(_raw(kind)).to_pylist()], TEXT)
    return text


def _raw(kind: pa.DataType) -> pa.DataType:
    return pa.large_binary() if pa.types.is_string(kind) or pa.types.is_large_string(kind) else kind


def _said(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if value is None else str(value)


def _plain(column: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Each number as `number_text` has it: 8120001234567.0 would be 8.120001234567e+12."""
    if pa.types.is_floating(column.type):
        column = column.cast(pa.float64())
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))
    text = pc.replace_substring_regex(column.cast(TEXT), r"\.0+$", "")
    if not pc.any(pc.match_substring_regex(text, r"[.eE]")).as_py():
        return text
    encoded = text.combine_chunks().dictionary_encode()
    words = pa.array([number_text(word) for word in encoded.dictionary.to_pylist()], TEXT)
    return words.take(encoded.indices)
