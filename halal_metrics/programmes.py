"""Which applications are this programme's: the one rule, by the code (kode fasilitasi) on each row."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import codes as coded
from halal_metrics.schema import CERTIFICATES, conform


def belongs(applications: pd.DataFrame, codes: Collection[str]) -> np.ndarray:
    """
    Whether each row is of the programme of these codes; a row without a code is, and every row where none are named.

    >>> rows = pd.DataFrame({"programme_code": ["KALTIM25", "kaltim 25", None, "SEHATI25"]})
    >>> belongs(rows, ["KALTIM25"]).tolist(), belongs(rows, []).tolist()
    ([True, True, True, False], [True, True, True, True])
    """
    if not codes:
        return np.ones(len(applications), bool)
    row, written = coded(applications, "programme_code")
    own = {key(code) for code in ([codes] if isinstance(codes, str) else codes)} | {""}
    # the last entry is for a missing code, whose number is −1
    return np.array([key(code) in own for code in written] + [True], bool).take(row)


def of_programme(applications: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """
    The applications that count to the programme of these codes: what every metric is given. The very same frame where
    all of them do.

    >>> rows = pd.DataFrame({"programme_code": ["SEHATI25", "KALTIM25"], "status": "issued"})
    >>> of_programme(rows, ["KALTIM25"])
      programme_code  status
    0       KALTIM25  issued
    """
    own = belongs(applications, codes)
    return applications if own.all() else applications[own].reset_index(drop=True)


def code_counts(applications: pd.DataFrame) -> dict[str, int]:
    """
    How many rows bear each code, most first; spelled as most of them do.

    >>> code_counts(pd.DataFrame({"programme_code": ["kaltim25", "SEHATI25", "KALTIM25", "KALTIM25", None]}))
    {'KALTIM25': 3, 'SEHATI25': 1}
    """
    row, written = coded(applications, "programme_code")
    found: dict[str, list[tuple[int, str]]] = {}
    for count, code in zip(np.bincount(row[row >= 0], minlength=len(written)).tolist(), written, strict=True):
        found.setdefault(key(code), []).append((count, code))
    found.pop("", None)
    summed = {max(spelled, key=lambda one: one[0])[1]: sum(count for count, _ in spelled) for spelled in found.values()}
    return dict(sorted(summed.items(), key=lambda one: -one[1]))


def as_certificates(applications: pd.DataFrame) -> pd.DataFrame:
    """
    The certificates that applications of another programme have brought, as the table `certificates` of this one.

    >>> rows = pd.DataFrame({"programme_code": "SEHATI25", "status": ["issued", "fatwa"], "nib": ["990001", "990002"]})
    >>> as_certificates(rows)[["nib", "programme"]].values.tolist()
    [['990001', 'SEHATI25']]
    """
    issued = applications[applications["status"] == "issued"]
    return conform(issued.assign(programme=issued["programme_code"]), CERTIFICATES)


def key(code: str) -> str:
    """
    A code without case and space, by which two are the same; "" for a dash, which is none.

    >>> key(" Kaltim 25 "), key("-")
    ('kaltim25', '')
    """
    bare = "".join(str(code).split()).casefold()
    return bare if any(map(str.isalnum, bare)) else ""
