"""The same business twice: pairs that are likely one, with the evidence. Nothing is ever removed by it."""

from typing import Final

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from halal_metrics.counting.groups import codes
from halal_metrics.names import IDLE, Names
from halal_metrics.schema import APPLICATIONS, COUNT, LEFT, STATED, TEXT, conform, empty

EVIDENCE: Final = {
    "same_certificate": 10,
    "same_nib": 10,
    "near_nib": 3,  # one digit apart: mistyped
    "other_nib": -4,  # a NIB is of one person or firm for good, so two NIBs speak against it
    "same_phone": 5,
    "other_phone": -1,
    "same_business": 4,
    "other_business": -1,
    "same_owner": 4,
    "other_owner": -2,
    "same_address": 3,
    "same_kecamatan": 1,
    "same_product": 1,
}
"""What speaks for, or against, two being one business → points. Never a NIK: Excel ends most of them in 0."""

LIKELY: Final = 7
"""Points from which a pair is shown. A NIB, or names and place, or a phone and a name are enough; a phone is not."""

CERTAIN: Final = 12
"""Points from which two independent things say the same."""

SIMILAR: Final = 88
UNLIKE: Final = 60
"""Similarity of two names, 0–100, from which they are one name, and up to which they are two."""

BEARERS: Final = 4
"""A phone on more applications than this is a pendamping's, not a business's."""

NEIGHBOURS: Final = 24
"""How far apart, in the order of their names, two of one block may be: what keeps a block of thousands quick."""

_ROWS: Final = {**APPLICATIONS, "source_row": STATED}
"""A frame may come without a source."""

PAIRS: Final = {
    "pair": TEXT,
    "kind": TEXT,
    "score": COUNT,
    "reasons": TEXT,
    "first": TEXT,
    "second": TEXT,
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "other_kab_kota": TEXT,
    "other_lp3h": TEXT,
}


def identify(rows: pd.DataFrame) -> pd.Series:
    """
    A name for each row that stays the same from day to day: registration number, else ID Reg, else certificate number,
    else where it stands.

    >>> identify(pd.DataFrame({"registration_number": ["SH2025-1-990001", None], "reg_id": [None, "3501"]})).tolist()
    ['SH2025-1-990001', 'ID Reg 3501']
    """
    known = conform(rows, _ROWS)
    name = known["registration_number"].fillna("ID Reg " + known["reg_id"]).fillna(known["certificate_number"])
    place = known["source_row"].astype(TEXT).fillna("?")
    return name.fillna(known["source_file"].fillna("?") + " · " + known["source_sheet"].fillna("?") + " · " + place)


def duplicates(
    applications: pd.DataFrame, certificates: pd.DataFrame | None = None, *, resolved: bool = False
) -> pd.DataFrame:
    """
    Pairs that are likely one business, most points first: `pair, kind, score, reasons, first, second, kab_kota, lp3h,
    other_kab_kota, other_lp3h`.

    >>> applications = pd.DataFrame(
    ...     {"registration_number": ["SH2025-1-990001", "SH2025-1-990002", "SH2025-1-990003"],
    ...      "nib": ["9900000000001", "9900000000001", "9900000000007"],
    ...      "owner_name": ["Siti Aminah", "Hj. Siti Aminah", "Budi"]})
    >>> duplicates(applications)[["first", "second", "score", "reasons"]]
                 first           second  score              reasons
    0  SH2025-1-990001  SH2025-1-990002     14  same_nib same_owner

    `kind`: "application", two of them, or "certificate", an application of a business that another programme has
    certified. `first` and `second` are names as `identify` gives them, of two applications the earlier submitted first;
    `pair` is both, and stays the same from day to day. `score` sums the points of EVIDENCE found, `reasons` names them.
    A pair of which one has left is settled, and only in the list if `resolved`.

    Rows meet if they share NIB, phone, certificate number, or, in one kab_kota, the beginnings of a word of the owner's
    and one of the business's name: the cost grows with the rows, not with their square.
    """
    rows = _stacked(applications, certificates)
    if len(rows) < 2:
        return empty(PAIRS)
    owner, business = (Names(rows[column], IDLE[column]) for column in ("owner_name", "business_name"))
    one, other = _meetings(rows, owner, business)
    certified = rows["certified"].to_numpy(bool)
    left = rows["status"].isin(LEFT).to_numpy(bool)
    wanted = ~certified[one] & (resolved | ~(left[one] | left[other]))
    one, other = one[wanted], other[wanted]

    found = _by_identity(rows, one, other) | _by_name(owner, business, one, other)
    possible = np.flatnonzero(_points(found) >= LIKELY - EVIDENCE["same_address"] - EVIDENCE["same_product"])
    one, other = one[possible], other[possible]
    found = {code: seen[possible] for code, seen in found.items()} | {
        "same_address": _alike(Names(rows["address"]), one, other)[0],
        "same_product": _alike(Names(rows["product"]), one, other)[0],
    }
    score = _points(found)
    likely = np.flatnonzero(score >= LIKELY)
    likely = likely[np.lexsort((other[likely], one[likely], -score[likely]))]
    one, other, score = one[likely], other[likely], score[likely]
    return _told(rows, one, other, score, {code: found[code][likely] for code in EVIDENCE})


def _stacked(applications: pd.DataFrame, certificates: pd.DataFrame | None) -> pd.DataFrame:
    """Applications, earliest submitted first, then certificates; with `certified` and `name`."""
    applied = conform(applications, _ROWS).assign(name=identify(applications).array, certified=False)
    applied = applied.sort_values("submitted_date", kind="stable")
    if certificates is None or certificates.empty:
        return applied.reset_index(drop=True)
    elsewhere = conform(certificates, _ROWS).assign(name=identify(certificates).array, certified=True)
    return pd.concat([applied, elsewhere], ignore_index=True)


def _meetings(rows: pd.DataFrame, owner: Names, business: Names) -> tuple[np.ndarray, np.ndarray]:
    """Rows worth comparing, each pair once, the smaller position first."""
    at = np.arange(len(rows))
    # neighbours in the order of their names, so that of very many with one key the likeliest meet
    order = pd.Series(business.text + " " + owner.text).rank(method="first").to_numpy()
    keys = [(codes(rows, column)[0], at) for column in ("nib", "phone", "certificate_number")]
    keys.append(_blocks(rows, owner, business))
    met = [_neighbours(key, row, order) for key, row in keys]
    pairs = _distinct(np.concatenate(met))
    return np.divmod(pairs, len(rows))


def _blocks(rows: pd.DataFrame, owner: Names, business: Names) -> tuple[np.ndarray, np.ndarray]:
    """(key, row): each word of the owner's name with each of the business's, in a kab_kota, by their first letters."""
    words = pd.DataFrame({"row": owner.row, "owner": owner.letters.to_pandas()}).drop_duplicates()
    others = pd.DataFrame({"row": business.row, "business": business.letters.to_pandas()}).drop_duplicates()
    both = words.merge(others, on="row")
    both["kab_kota"] = codes(rows, "kab_kota")[0][both["row"]]
    both = both[both["kab_kota"] >= 0]
    return both.groupby(["kab_kota", "owner", "business"], sort=False).ngroup().to_numpy(), both["row"].to_numpy()


def _neighbours(key: np.ndarray, row: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Pairs of rows with one key, as smaller × number of rows + larger; key −1 meets nobody."""
    key, row = key[key >= 0], row[key >= 0]
    sorting = np.lexsort((order[row], key))
    key, row = key[sorting], row[sorting]
    found = [np.empty(0, np.int64)]
    for step in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(key[step:] == key[:-step])
        if not len(same):
            break
        one, other = row[same], row[same + step]
        found.append(np.minimum(one, other) * len(order) + np.maximum(one, other))
    pairs = _distinct(np.concatenate(found))
    return pairs[pairs // max(len(order), 1) != pairs % max(len(order), 1)]


def _distinct(numbers: np.ndarray) -> np.ndarray:
    """Each once, in order: what numpy's `unique` gives, which for millions hashes and takes eight times as long."""
    numbers = np.sort(numbers)
    return numbers[np.flatnonzero(np.diff(numbers, prepend=-1))]


def _by_identity(rows: pd.DataFrame, one: np.ndarray, other: np.ndarray) -> dict[str, np.ndarray]:
    """What numbers say: code of EVIDENCE → whether it is so, for each pair."""

    def same(column: str, bearers: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(both say the same, both say something)"""
        code = codes(rows, column)[0].astype(np.int64)
        if bearers is not None and len(code):
            shared = np.bincount(code + 1)[code + 1] > bearers
            code = np.where(shared, -1, code)
        known = (code[one] >= 0) & (code[other] >= 0)
        return known & (code[one] == code[other]), known

    nib, both_nib = same("nib")
    phone, both_phone = same("phone", BEARERS)
    near = np.zeros(len(one), bool)
    apart = np.flatnonzero(both_nib & ~nib)
    numbers = rows["nib"].to_numpy(object)
    near[apart] = cpdist(numbers[one[apart]], numbers[other[apart]], scorer=OSA.distance, dtype=np.int32) <= 1
    return {
        "same_certificate": same("certificate_number")[0],
        "same_nib": nib,
        "near_nib": near,
        "other_nib": both_nib & ~nib & ~near,
        "same_phone": phone,
        "other_phone": both_phone & ~phone,
        "same_kecamatan": same("kecamatan")[0],
    }


def _by_name(owner: Names, business: Names, one: np.ndarray, other: np.ndarray) -> dict[str, np.ndarray]:
    """What names say."""
    (same_business, other_business), (same_owner, other_owner) = (
        _alike(names, one, other) for names in (business, owner)
    )
    return {
        "same_business": same_business,
        "other_business": other_business,
        "same_owner": same_owner,
        "other_owner": other_owner,
    }


def _alike(names: Names, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(one name, two names); neither where they are between, or one is missing."""
    left, right = names.text[one], names.text[other]
    known = np.flatnonzero((left != "") & (right != ""))
    likeness = np.full(len(one), (SIMILAR + UNLIKE) / 2, np.float32)
    likeness[known] = cpdist(left[known], right[known], scorer=ratio, dtype=np.float32)
    return likeness >= SIMILAR, likeness <= UNLIKE


def _points(found: dict[str, np.ndarray]) -> np.ndarray:
    return np.sum([EVIDENCE[code] * seen.astype(np.int64) for code, seen in found.items()], axis=0)


def _told(
    rows: pd.DataFrame, one: np.ndarray, other: np.ndarray, score: np.ndarray, found: dict[str, np.ndarray]
) -> pd.DataFrame:
    reasons = pd.Series("", pd.RangeIndex(len(one)), dtype=TEXT)
    for code, seen in found.items():
        reasons = reasons.where(~seen, reasons + " " + code)
    first, second = rows.take(one).reset_index(drop=True), rows.take(other).reset_index(drop=True)
    low = first["name"].where(first["name"] <= second["name"], second["name"])
    high = second["name"].where(first["name"] <= second["name"], first["name"])
    return conform(
        pd.DataFrame(
            {
                "pair": low + " = " + high,
                "kind": np.where(second["certified"], "certificate", "application"),
                "score": score,
                "reasons": reasons.str.strip(),
                "first": first["name"],
                "second": second["name"],
                "kab_kota": first["kab_kota"],
                "lp3h": first["lp3h"],
                "other_kab_kota": second["kab_kota"],
                "other_lp3h": second["lp3h"],
            }
        ),
        PAIRS,
    )
