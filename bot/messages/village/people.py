"""Texts of roles, codes, cards and arriving by a household's code."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
