"""The page Unggah: a spreadsheet dropped, understood, checked and committed, nothing lost on the way."""
