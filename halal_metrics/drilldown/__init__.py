"""The rows behind a figure, and how each of them moved it."""
