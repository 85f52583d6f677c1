"""What a recap says against what the rows say, and why they differ."""
