"""Texts of clans and their households."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
