"""The Excel view of a criteria set."""
