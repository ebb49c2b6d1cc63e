"""Texts of the village's rooms."""

from __future__ import annotations

from bot.messages.markers import Message
from bot.messages.village import answers, bulk, clans, imports, people, progress, review, roll, visiting, years

MESSAGES: dict[str, Message] = {
    **roll.MESSAGES,
    **visiting.MESSAGES,
    **bulk.MESSAGES,
    **review.MESSAGES,
    **people.MESSAGES,
    **clans.MESSAGES,
    **progress.MESSAGES,
    **imports.MESSAGES,
    **answers.MESSAGES,
    **years.MESSAGES,
}
