"""What a reader has to say: findings, collected as problems, and their sentences."""
