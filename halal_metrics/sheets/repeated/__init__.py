"""What is stated more than once: on several rows, sheets or levels."""
