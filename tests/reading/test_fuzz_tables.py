"""Whatever an office puts around a table, the table comes back: every value, every row, nothing else."""

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from messy_sheets import NIK, Messy, messy

from halal_metrics.sheets import Upload, read_upload


def plain(values: pd.Series) -> list[Any]:
    """Values as Python has them; dates without a time, missing as None."""
    values = values.astype(object).where(values.notna(), None)
    return [value.date() if isinstance(value, dt.datetime) else value for value in values]


def read(file: Messy) -> Upload:
    return read_upload(file.content, filename=f"uji.{file.kind}")


def states_once(file: Messy) -> bool:
    """Whether no two rows of a quota or a recap state one place, LP3H and date: they would count once."""
    key = ("kab_kota", "lp3h", "statement_date", "target_date")
    stated = [column.values for column in file.columns if column.name in key]
    rows = list(zip(*stated, strict=True)) or [()] * sum(len(sheet.records) for sheet in file.sheets)
    return file.table not in ("quotas", "recaps") or len(set(rows)) == len(rows)


@given(messy().filter(states_once))
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
def test_the_table_comes_back(file: Messy):
    """Every value as it was meant, each row where it stood, and every other row listed as skipped."""
    upload = read(file)
    assert upload.table == file.table
    assert upload.rejected.empty, upload.rejected["reason"].tolist()
    assert upload.frame["source_row"].tolist() == [row for sheet in file.sheets for row in sheet.records]
    for column in file.columns:
        assert plain(upload.frame[column.name]) == column.values, (column.name, column.header, column.cells)
    if file.statement:
        assert set(plain(upload.frame["statement_date"])) == {file.statement}
    if file.place:
        assert set(plain(upload.frame["kab_kota"])) == {file.place}
    for sheet, record in zip(file.sheets, upload.sheets, strict=True):
        assert record.header_row == sheet.header
        assert record.read == record.accepted + record.rejected + record.skipped
        assert record.read == len(sheet.records) + len(sheet.others)
    assert NIK not in repr([plain(upload.frame[name]) for name in upload.frame]) + repr(upload.sheets)
    assert NIK not in upload.problems.to_csv() + upload.skipped.to_csv()
    skipped = [row for sheet in file.sheets for row in sorted(sheet.others)]
    assert upload.skipped["source_row"].tolist() == skipped
