"""Use cases, one a function; each owns its transaction and talks to ports only."""
