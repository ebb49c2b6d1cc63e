"""All text for people: code -> whole Vietnamese sentence, one module a room."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.messages import (
    channels,
    conversation,
    questions,
    reports,
    results,
    rules,
    scoring,
    subjects,
    telegram,
    village,
    web,
    workbook,
    workbook_problems,
)
from bot.messages.markers import Message

MESSAGES: Mapping[str, Message] = MappingProxyType(
    conversation.MESSAGES
    | questions.MESSAGES
    | results.MESSAGES
    | rules.MESSAGES
    | scoring.MESSAGES
    | subjects.MESSAGES
    | reports.MESSAGES
    | channels.MESSAGES
    | telegram.MESSAGES
    | village.MESSAGES
    | web.MESSAGES
    | workbook.MESSAGES
    | workbook_problems.MESSAGES
)
