"""Cells of a column → values of its type."""
