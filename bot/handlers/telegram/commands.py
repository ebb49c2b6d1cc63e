"""The command menu and the profile of the bot, in both languages."""

from __future__ import annotations

from typing import Final

import structlog
from telegram.error import TelegramError

from bot.handlers.telegram import quirks
from bot.handlers.telegram.client import Client
from bot.i18n import SOURCE_LOCALE, Translator, translator

log = structlog.get_logger(__name__)

MENU: Final = (
    "start",
    "continue",
    "rules",
    "titles",
    "sheets",
    "help",
    "cancel",
    "language",
    "link",
    "privacy",
    "mydata",
    "delete",
)
"""The last part of each message code, and the command itself unless a language has its own word."""

_OWN_WORDS: Final = {
    (SOURCE_LOCALE, "continue"): "tieptuc",
    (SOURCE_LOCALE, "rules"): "tieuchi",
    (SOURCE_LOCALE, "titles"): "danhhieu",
    (SOURCE_LOCALE, "sheets"): "phieu",
}

# Telegram shows the texts without a language code to everybody whose language has none of its own.
_LANGUAGE_CODES: Final = {SOURCE_LOCALE: "", "en": "en"}


def menu(words: Translator) -> list[dict[str, str]]:
    """The commands of one language, as setMyCommands takes them."""
    return [
        {
            "command": _OWN_WORDS.get((words.locale, name), name),
            "description": words.text(f"telegram.command.{name}"),
        }
        for name in MENU
    ]


async def publish(client: Client) -> None:
    """Tell Telegram the menu and the profile; a failure is logged and changes nothing for the conversation."""
    for locale, language_code in _LANGUAGE_CODES.items():
        words = translator(locale)
        language = {"language_code": language_code}
        try:
            await client.call("setMyCommands", {"commands": menu(words), **language})
            await client.call("setMyDescription", {"description": words.text("telegram.description"), **language})
            await client.call(
                "setMyShortDescription", {"short_description": words.text("telegram.short_description"), **language}
            )
        except TelegramError as error:
            log.warning("telegram.menu_not_published", locale=locale, code=quirks.send_error(error).code)
