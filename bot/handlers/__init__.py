"""The edges: one folder a channel, the same file names in each."""
