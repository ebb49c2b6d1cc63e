"""Plain data to documents: picture card, printable sheet."""
