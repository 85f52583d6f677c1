"""Halaman sedang dibuat."""
