"""Texts of the conversation: welcome, consent, registration, pauses, privacy, languages, links."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
