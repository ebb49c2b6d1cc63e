"""Tests of the fake Telegram, driven by two independent Bot API clients."""
