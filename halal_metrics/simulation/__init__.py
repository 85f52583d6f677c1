"""A programme run forward: where it stands, how files come in, how long each step takes, the fatwa as a queue."""
