"""Why a cell's quota becomes what it becomes: one sentence with every number it takes to work it out again."""

from fractions import Fraction

from halal_metrics.deadlines import PACE_DAYS
from halal_metrics.reallocation_cells import Cell

_NOTHING_LEFT = "tidak ada lagi kuota yang dapat dialihkan"


def reason(cell: Cell) -> str:
    """
    >>> from halal_metrics.reallocation_cells import Terms
    >>> terms = Terms(floor=Fraction(1, 2), receive=Fraction(65, 100), days=56, extra=0)
    >>> print(reason(Cell(terms, "Kota Bontang", "PWI Kaltim", quota=20, used=18, recent=3, receives=4)))
    Kuota 20, dimanfaatkan 18, mencapai batas 65%: 3 pengajuan dalam 28 hari terakhir, dengan laju itu mampu mengajukan
    6 lagi dalam 56 hari, memerlukan 18 + 6 − 20 = 4; menerima 4, kuota baru 24.
    """
    return f"{_standing(cell)}: {_why(cell)}; {_outcome(cell)}."


def _standing(cell: Cell) -> str:
    lacking = [word for word, name in (("kab/kota", cell.kab_kota), ("LP3H", cell.lp3h)) if name is None]
    kind = f"Kuota tanpa {' dan '.join(lacking)}" if lacking else "Kuota"
    known = f"{kind} {_count(cell.quota)}, dimanfaatkan {_count(cell.used)}"
    if cell.spare and not cell.undivided:
        return f"{known}, di bawah batas {_percent(cell.terms.floor)}"
    if cell.eager and not cell.spare and not cell.overshoot:
        return f"{known}, mencapai batas {_percent(cell.terms.receive)}"
    return known


def _why(cell: Cell) -> str:
    """What it can give or what it claims, and what stands in the way."""
    if cell.unclaimed:
        rest = f"dari tambahan {_count(cell.terms.extra)} tidak ada yang memerlukan {_count(cell.unclaimed)}"
        return f"{_claim(cell)}, dan {rest}" if cell.claim else rest
    if cell.spare:
        against = {
            "kept": ", tetapi keberatannya diterima",
            "no_receiver": ", tetapi tidak ada lagi yang memerlukan",
        }
        return _spare(cell) + against.get(cell.rule, "")
    if cell.claim:
        return _claim(cell) + ("" if cell.receives else f", tetapi {_NOTHING_LEFT}")
    if cell.eager:
        left = f"{_count(cell.quota)} − {_count(cell.used)} = {_count(cell.quota - cell.used)}"
        return f"{_capacity(cell)}, tidak memerlukan lebih dari sisanya {left}"
    if not cell.quota:
        return "belum ada kuota dan belum ada pengajuan"
    low, high = (
        f"{_percent(share)} × {_count(cell.quota)} = {_number(share * cell.quota)}"
        for share in (cell.terms.floor, cell.terms.receive)
    )
    if cell.above_use > 0:
        return f"kurang dari satu kuota di bawah batas {low}"
    return f"di antara batas {low} dan {high}"


def _outcome(cell: Cell) -> str:
    new = f"kuota baru {_count(cell.new_quota)}"
    if cell.gives:
        return f"dialihkan {_count(cell.gives)}, {new}"
    if cell.receives:
        short = f" karena {_NOTHING_LEFT}" if cell.receives < cell.claim else ""
        return f"menerima {_count(cell.receives)}{short}, {new}"
    return f"kuota tetap {_count(cell.quota)}"


def _spare(cell: Cell) -> str:
    part = "" if cell.undivided else f"{_percent(cell.terms.floor)} × "
    # corrections can leave less than nothing used
    less = f"− {_count(cell.used)}" if cell.used >= 0 else f"+ {_count(-cell.used)}"
    whole = f"{part}{_count(cell.quota)} {less} = {_number(cell.above_use)}"
    if cell.above_use > cell.quota:
        return f"{whole}, tidak lebih dari kuotanya {_count(cell.spare)} dapat dialihkan"
    if cell.above_use > cell.spare:
        return f"{whole}, dibulatkan ke bawah menjadi {_count(cell.spare)}, dapat dialihkan"
    return f"{whole} dapat dialihkan"


def _claim(cell: Cell) -> str:
    if cell.claim == cell.overshoot:
        return f"{_count(cell.used)} − {_count(cell.quota)} = {_count(cell.overshoot)} di atas kuota"
    needed = f"{_count(cell.used)} + {_count(cell.capacity)} − {_count(cell.quota)} = {_count(cell.claim)}"
    return f"{_capacity(cell)}, memerlukan {needed}"


def _capacity(cell: Cell) -> str:
    more = f"mampu mengajukan {_count(cell.capacity)} lagi"
    if cell.stated is not None:
        return more
    pace = f"{_count(max(cell.recent, 0))} pengajuan dalam {PACE_DAYS} hari terakhir"
    return f"{pace}, dengan laju itu {more} dalam {_count(cell.terms.days)} hari"


def _percent(share: Fraction) -> str:
    return f"{_number(share * 100)}%"


def _count(number: int) -> str:
    return _number(Fraction(number))


def _number(number: Fraction) -> str:
    """With at most two decimals, and none where it has none."""
    text = f"{float(number):,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans({",": ".", ".": ",", "-": "−"}))
