"""Texts of rolls and answers sent in as files."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
