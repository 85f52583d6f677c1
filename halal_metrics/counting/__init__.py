"""What every count shares: groups and their sums, the days they fall on, cumulative tables, what is remembered."""
