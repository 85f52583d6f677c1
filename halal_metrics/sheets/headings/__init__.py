"""Lines above the rows → headers, columns, which table it is, and what titles state for all rows."""
