"""Texts of the review: waiting sheets, differences, samples, meetings, and what members are told."""

from __future__ import annotations

from bot.messages.markers import Message

MESSAGES: dict[str, Message] = {}
