"""The numbers of a moment: of now, of a meeting, of what the sheets had stated by a day."""
