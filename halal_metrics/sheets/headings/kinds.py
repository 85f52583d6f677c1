"""What the cells below a header speak for, and which table the headers of a sheet make."""

import re
from collections.abc import Callable
from typing import Final

from halal_metrics import statuses
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import FEW, USED, Measure, are_counts
from halal_metrics.sheets.values.cells import NOTHING_WORDS
from halal_metrics.sheets.values.numbers import number

_DIGITS: Final = 5
"""Digits from which a text is a number that identifies something."""

_NOTES: Final = 6
"""Cells below a table's only column of names that may be notes, a signature, a total."""

Peek = Callable[[str], list[str]]
"""Header → some distinct values below it."""


def by_content(name: str, values: list[str]) -> str | None:
    """What the values speak for; None where they do not."""
    values = [value for value in values if value.lower() not in NOTHING_WORDS]
    match headers.either(name):
        case "registration_or_certificate":
            certificates = sum(bool(re.match(r"ID[\s.]*\d", value, re.IGNORECASE)) for value in values)
            registrations = sum(bool(re.match(r"SH[\s.]*20\d", value, re.IGNORECASE)) for value in values)
            return "registration_number" if registrations > certificates else "certificate_number" if values else None
        case "quota_or_date":
            return "quota" if sum(number(value) is not None for value in values) * 2 > len(values) else "target_date"
        case "status_or_note":
            known = [value for value in values if statuses.meaning(value).canonical]
            return "status" if len(known) * 2 > len(values) else "note"
    return None


def table_of(columns: set[str], counts: set[str]) -> str | None:
    """
    Which table has these columns, and these counts of stages; None where none can be told.

    >>> table_of({"nib", "business_name", "status"}, set()), table_of({"nib", "business_name"}, set())
    ('applications', 'candidates')
    >>> table_of({"kab_kota", "quota"}, {"submitted", "issued"}), table_of({"kab_kota", "quota"}, set())
    ('recaps', 'quotas')

    A row about one business is an application if anything says that it was sent in, a certificate if it only has
    the number of one, else a candidate. Rows about places or institutions are a recap if they count stages.
    """
    if columns & set(headers.IDENTITY):
        if columns & headers.OF_APPLICATIONS:
            return "applications"
        return "certificates" if "certificate_number" in columns else "candidates"
    if counts - {"active_p3h"}:
        return "recaps"
    return "quotas" if "quota" in columns else None


def table_told(names: list[str], known: dict[str, str | None], counted: dict[str, Measure], peek: Peek) -> str | None:
    """
    The table that these headers make; `known` {header: column, or None} what is settled, `counted` those that count.

    A list of businesses is one of certificates where most rows have the number of one; a survey is one of candidates.
    """
    meant = {column for column in known.values() if column}
    counts = meant & set(headers.COUNTS)
    for name in names:
        if name in counted and counted[name].tells_table:
            of = counted[name].column
            (meant if of == "quota" else counts).add("submitted" if of == USED else of)
        column = (headers.column_of(name) or ("",))[0] if not headers.is_form_stamp(name) else ""
        if headers.either(name) == "business_or_owner":
            column = "business_name"
        # Where numbers stand below "Pelaku Usaha", businesses are counted, not named.
        if column and not (column in ("business_name", "owner_name") and are_counts(peek(name)[:FEW] or ["?"])):
            meant.add(column)
    of_certificates = meant & {"issued_date", "programme"}  # columns that no candidate has
    survey = any(map(headers.is_form_stamp, names))
    if "certificate_number" in meant and not of_certificates and (survey or _few_certificates(names, peek)):
        meant.remove("certificate_number")
    return table_of(meant, counts)


def _few_certificates(names: list[str], peek: Peek) -> bool:
    """
    Whether at most half of the businesses have a certificate's number, and there are any businesses.

    Notes and signatures stand in one column as a rule, so of several that tell businesses apart the shortest counts.
    """
    numbers: set[str] = set()
    businesses = []
    for name in names:
        column = (headers.column_of(name) or ("",))[0]
        if column == "certificate_number":
            numbers |= {value for value in peek(name) if sum(map(str.isdigit, value)) >= _DIGITS}
        elif column in headers.IDENTITY or headers.either(name) == "business_or_owner":
            businesses.append(len(peek(name)))
    if not numbers or not businesses:
        return bool(businesses) and min(businesses) > 0
    rows = min(businesses) - (_NOTES if len(businesses) == 1 else 0)
    return len(numbers) * 2 <= rows
