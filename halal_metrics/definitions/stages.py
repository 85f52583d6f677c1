"""What the stages of an application are called."""

from typing import Final

STAGE_LABEL: Final = {
    "quota": "Kuota",
    "submitted": "Diajukan (dimanfaatkan)",
    "verified": "Terverifikasi",
    "fatwa": "Di Komite Fatwa",
    "decided": "Ditetapkan",
    "issued": "Terbit",
}
"""Stage, and what comes before the first → its name, as a value and over a column of its counts."""


def within_a_sentence(stage: str) -> str:
    """
    >>> within_a_sentence("submitted"), within_a_sentence("fatwa")
    ('diajukan', 'di Komite Fatwa')
    """
    name, _, _ = STAGE_LABEL[stage].partition(" (")
    return name[0].lower() + name[1:]
