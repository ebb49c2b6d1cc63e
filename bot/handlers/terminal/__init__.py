"""The terminal: the same conversation on standard input and output."""
