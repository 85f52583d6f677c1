"""Random programmes are repeatable and have no deadline; the programme of the public record."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import settings

import halal_metrics as hm

settings.register_profile("metrics", max_examples=60, derandomize=True, deadline=None)
settings.load_profile("metrics")


@pytest.fixture(scope="session")
def public_record():
    """
    (quotas, progress, the day) of the press release of DPPKUKM Kaltim, 4 June 2025: 1.000 quota, 320 used
    ("dimanfaatkan"), 58 issued ("terbit"), to be met by 31 May 2025.
    """
    quotas = pd.DataFrame({"quota": [1000], "target_date": pd.to_datetime(["2025-05-31"])})
    applications = pd.DataFrame({"status": ["issued"] * 58 + ["submitted"] * 262})
    applications["statement_date"] = pd.Timestamp("2025-06-04")
    return quotas, hm.progress(applications), dt.date(2025, 6, 4)
