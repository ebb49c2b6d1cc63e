"""The web chat: a phone-first page and its endpoints."""
