"""The office's words: numbers and dates, labels, names, headers, masks, the parts of a note."""
