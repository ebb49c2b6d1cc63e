"""Texts of the channels themselves: the web page, command menus, hints where there are no buttons."""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    "channel.or_words": N_("Cũng có thể gõ: %(words)s."),
    "channel.progress": N_("Câu %(number)s/%(total)s"),
}
