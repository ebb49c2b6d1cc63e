"""The command menu and the profile, as people see them in both languages."""

from __future__ import annotations

import re

import pytest
from structlog.testing import capture_logs

from bot.dialogs.understanding import read_command
from bot.handlers.telegram.client import Client
from bot.handlers.telegram.commands import menu, publish
from bot.i18n import LOCALES, translator
from tests.support.fake_telegram import FakeTelegram, bad_request


@pytest.mark.parametrize("locale", LOCALES)
def test_the_menu_keeps_telegrams_rules_and_every_command_is_understood(locale: str) -> None:
    commands = menu(translator(locale))
    assert len({entry["command"] for entry in commands}) == len(commands) == 12
    for entry in commands:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"])
        assert 1 <= len(entry["description"]) <= 256
        assert read_command("/" + entry["command"]) is not None


def test_vietnamese_readers_find_vietnamese_words() -> None:
    own, english = ([entry["command"] for entry in menu(translator(locale))] for locale in ("vi", "en"))
    assert {"tieptuc", "tieuchi", "danhhieu", "phieu"} <= set(own)
    assert {"continue", "rules", "titles", "sheets"} <= set(english)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_profile_fits(locale: str) -> None:
    words = translator(locale)
    assert len(words.text("telegram.description")) <= 512
    assert len(words.text("telegram.short_description")) <= 120


async def test_everything_is_published_in_both_languages(client: Client, fake: FakeTelegram) -> None:
    await publish(client)
    vietnamese, english = await client.get_my_commands(), await client.get_my_commands(language_code="en")
    assert [command.to_dict() for command in vietnamese] == menu(translator("vi"))
    assert [command.to_dict() for command in english] == menu(translator("en"))
    for language_code, locale in (("", "vi"), ("en", "en")):
        words = translator(locale)
        described = await client.get_my_description(language_code=language_code)
        shortly = await client.get_my_short_description(language_code=language_code)
        assert described.description == words.text("telegram.description")
        assert shortly.short_description == words.text("telegram.short_description")


async def test_a_failure_is_logged_and_the_other_language_still_published(client: Client, fake: FakeTelegram) -> None:
    fake.faults.fail_next("setMyCommands", bad_request("BOT_COMMAND_INVALID"))
    with capture_logs() as logs:
        await publish(client)
    assert [(entry["event"], entry["locale"]) for entry in logs] == [("telegram.menu_not_published", "vi")]
    assert await client.get_my_commands(language_code="en")
