"""Rows as the metrics give them, around the public record of 4 June 2025."""

from itertools import pairwise

import pandas as pd

JUNE = "2025-06-04"
NAT = pd.NaT


def gap_row(**values):
    """`deadline_gaps` of the whole on 4 June 2025, but for what is said."""
    row = {
        "quota": 1000,
        "done": 320,
        "remaining": 680,
        "target_date": pd.Timestamp("2025-05-31"),
        "days_left": -4,
        "working_days_left": -3,
        "planned": 1000.0,
        "gap": -680.0,
        "gap_rate": -0.68,
        "pace_per_week": 31.5,
        "required_per_week": float("nan"),
        "projected_date": pd.Timestamp("2025-11-02"),
        "status": "late",
    }
    frame = pd.DataFrame([row | values])
    return frame.astype({"days_left": "Int64", "working_days_left": "Int64"})


def absorption_row(quota=1000, used=320, issued=58):
    def rate(part, whole):
        return part / whole if whole else float("nan")

    return pd.DataFrame(
        {
            "quota": [quota],
            "used": [used],
            "issued": [issued],
            "absorption_rate": [rate(used, quota)],
            "issuance_rate": [rate(issued, quota)],
        }
    )


AHEAD = {
    "target_date": pd.Timestamp("2025-07-25"),
    "days_left": 51,
    "working_days_left": 35,
    "required_per_week": 97.14,
    "status": "critical",
}


def by_place(gaps, **quota):
    """`deadline_gaps` by kab_kota from {place: gap}."""
    rows = [
        gap_row(gap=gap, quota=100, done=100 + gap, remaining=-gap).assign(kab_kota=name) for name, gap in gaps.items()
    ]
    return pd.concat(rows, ignore_index=True)


PLACES = by_place(
    {
        "Kabupaten Berau": -57.0,
        "Kabupaten Kutai Barat": -41.4,
        "Kabupaten Kutai Kartanegara": -38.0,
        "Kabupaten Paser": -20.0,
        "Kabupaten Kutai Timur": 3.0,
    }
)


def by_lp3h(gaps):
    return by_place(gaps).rename(columns={"kab_kota": "lp3h"})


def funnel(*reached):
    waiting = [here - after for here, after in pairwise(reached)] + [0]
    stages = ["quota", "submitted", "verified", "fatwa", "decided", "issued"]
    quota = reached[0]
    share = [count / quota if quota else float("nan") for count in reached]
    return pd.DataFrame({"stage": stages, "reached": reached, "waiting": waiting, "share_of_quota": share})


def backlog(*waiting):
    stages = ["submitted", "verified", "fatwa", "decided", "returned"]
    actors = ["lp3h", "bpjph", "komite_fatwa", "bpjph", "business"]
    return pd.DataFrame({"stage": stages, "actor": actors, "waiting": waiting})
