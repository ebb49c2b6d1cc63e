"""Where people find us: the addresses that codes are given out with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class BotName:
    """What Telegram calls the bot; empty until Telegram has said so, which it does once it is reached."""

    value: str = ""

    def learn(self, value: str) -> None:
        """Keep what Telegram said."""
        self.value = value
