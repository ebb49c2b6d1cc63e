"""Texts around a question: asking, help, what was not understood."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
