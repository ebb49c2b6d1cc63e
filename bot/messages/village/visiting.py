"""Texts of visits, answers for many, last year's answers."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
