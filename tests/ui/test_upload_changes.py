"""What a commit would change, told."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from halal_metrics import schema
from halal_metrics.sheets.said.problems import SENTENCES
from halal_ui.intake.changes import change_table, new_table, rates, rates_in_words, record_names
from halal_ui.words import uploads

DAY = date(2025, 6, 4)


def tables(statuses: list[str], quota: int = 4):
    """Tables of one place with so much quota and an application for each status."""
    applications = pd.DataFrame({"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "status": statuses, "source_row": 2})
    applications["statement_date"] = pd.Timestamp("2025-06-01")
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [quota], "source_row": 2})
    quotas["statement_date"] = pd.Timestamp("2025-02-20")
    return SimpleNamespace(
        applications=schema.conform(applications, schema.APPLICATIONS),
        recaps=schema.empty(schema.RECAPS),
        quotas=schema.conform(quotas if quota else quotas.head(0), schema.QUOTAS),
    )


def test_the_headline_before_and_after():
    """One used of four is 25,0%, two with one issued is 50,0% and 25,0%."""
    before, after = (rates(tables(statuses), as_of=DAY) for statuses in (["submitted"], ["submitted", "issued"]))
    assert (before.used, before.issued, after.used, after.issued) == (1, 0, 2, 1)
    told = rates_in_words(before, after)
    assert told == ("serapan kuota 25,0% → 50,0% (1 → 2 dari 4) dan terbit 0,0% → 25,0% (0 → 1), per 4 Juni 2025")


def test_without_a_quota_only_counts_are_told():
    """A rate needs a quota; without one nothing is divided by zero."""
    before, after = (rates(tables(statuses, quota=0), as_of=DAY) for statuses in ([], ["submitted"]))
    assert rates_in_words(before, after) == (
        "dimanfaatkan 0 → 1 pengajuan dan terbit tetap 0 sertifikat, per 4 Juni 2025"
    )


def changed() -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "registration_number": ["SH2025-1-990001", "SH2025-1-990002"],
            "business_name": ["Dapur Rekaan", None],
            "status": ["issued", "fatwa"],
            "status_before": ["fatwa", "fatwa"],
            "issued_date": [pd.Timestamp("2025-06-02"), pd.NaT],
            "issued_date_before": [pd.NaT, pd.NaT],
            "owner_name": ["Siti Rekaan", "Ani Rekaan"],
            "owner_name_before": [None, "Ani Rekaann"],
            "source_row": [7, 8],
            "source_row_before": [6, 5],
        }
    )
    text = [name for name in rows if not name.startswith(("issued", "source_row"))]
    return rows.astype(dict.fromkeys(text, "str"))


def test_only_cells_that_change_are_told():
    """A record's cells stand together; where a row came from is no change; personal data are masked."""
    told = change_table(changed(), "applications")
    assert told[["record", "column", "before", "after"]].to_numpy().tolist() == [
        ["Dapur Rekaan · SH2025-1-990001", "Nama Pemilik", "–", "Siti R."],
        ["Dapur Rekaan · SH2025-1-990001", "Status", "Di Komite Fatwa", "Sertifikat terbit"],
        ["Dapur Rekaan · SH2025-1-990001", "Tanggal Terbit", "–", "2 Juni 2025"],
        ["SH2025-1-990002", "Nama Pemilik", "Ani R.", "Ani R. (berubah)"],
    ]


def test_nothing_changed_is_an_empty_table():
    """Without a change there is a table all the same, of no rows."""
    assert len(change_table(changed().head(0), "applications")) == 0


def test_a_recap_is_known_by_its_place_and_institution():
    """A record without a business is named by what it is about."""
    rows = pd.DataFrame({"kab_kota": ["Kota Bontang", None], "lp3h": ["PWI Kaltim", None]}, dtype="str")
    assert record_names(rows).tolist() == ["Kota Bontang · PWI Kaltim", ""]
    assert list(new_table(rows)) == ["record", "kab_kota", "lp3h"]


def test_every_kind_of_problem_has_a_name():
    """Whatever the reader has to say can be filtered by a name of its own."""
    assert not set(SENTENCES) - set(uploads.KIND)


def test_every_column_that_can_be_chosen_has_a_label_of_its_own():
    """Two columns of one table under the same label could not be told apart in the list."""
    for table in schema.TABLES:
        labels = [uploads.column(name) for name in uploads.columns_to_choose(table)]
        assert len(set(labels)) == len(labels)
