"""Texts of the summary, the score sheet, titles and reasons."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
