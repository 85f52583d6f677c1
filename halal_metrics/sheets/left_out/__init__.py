"""Rows that are no records: totals, notes, signatures, headings of groups, headers once more."""
