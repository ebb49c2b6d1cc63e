from __future__ import annotations

from typing import Any

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import Person

VIETNAMESE = [{"command": "help", "description": "Trợ giúp"}]
ENGLISH = [{"command": "help", "description": "Help"}]
PRIVATE: dict[str, Any] = {"type": "all_private_chats"}


async def test_each_scope_and_language_has_its_own_menu(api: Api, an: Person) -> None:
    own = {"type": "chat", "chat_id": an.chat_id}
    await api.ok("setMyCommands", commands=VIETNAMESE)
    await api.ok("setMyCommands", commands=ENGLISH, language_code="en")
    await api.ok("setMyCommands", commands=ENGLISH, scope=own)
    assert await api.ok("getMyCommands") == VIETNAMESE
    assert await api.ok("getMyCommands", language_code="en") == ENGLISH
    assert await api.ok("getMyCommands", scope={"type": "default"}) == VIETNAMESE
    assert await api.ok("getMyCommands", scope=own | {"chat_id": str(an.chat_id)}) == ENGLISH
    assert await api.ok("getMyCommands", scope=PRIVATE) == []


async def test_a_menu_is_deleted_alone(api: Api) -> None:
    await api.ok("setMyCommands", commands=VIETNAMESE)
    await api.ok("setMyCommands", commands=ENGLISH, language_code="en")
    assert await api.ok("deleteMyCommands", language_code="en") is True
    assert await api.ok("getMyCommands", language_code="en") == []
    assert await api.ok("getMyCommands") == VIETNAMESE


async def test_a_slash_and_blanks_are_taken_off(api: Api) -> None:
    await api.ok("setMyCommands", commands=[{"command": " /help ", "description": " Trợ giúp "}])
    assert await api.ok("getMyCommands") == VIETNAMESE


def commands(command: str = "help", description: str = "x", count: int = 1) -> list[dict[str, str]]:
    return [{"command": command, "description": description}] * count


@pytest.mark.parametrize(
    ("arguments", "description"),
    [
        ({"commands": commands(count=101)}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("x" * 33)}, "command length must not exceed 32"),
        ({"commands": commands("/")}, "command must be non-empty"),
        ({"commands": commands("Help")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("giúp")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands(description="x" * 257)}, "command description length must not exceed 256"),
        ({"commands": commands(description=" ")}, "command description must be non-empty"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": ["help"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {}} | {"commands": {"a": 1}}, "expected an Array of BotCommand"),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": VIETNAMESE, "language_code": "vie"}, "invalid language code specified"),
        ({"commands": VIETNAMESE, "scope": {"type": "me"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": VIETNAMESE, "scope": {}}, ""),
        ({"commands": VIETNAMESE, "scope": {"x": 1}}, "can't parse BotCommandScope: Can't find field \"type\""),
        ({"commands": VIETNAMESE, "scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"commands": VIETNAMESE, "scope": {"type": "chat", "chat_id": 7}}, "chat not found"),
    ],
)
async def test_wrong_menus_are_refused(api: Api, arguments: dict[str, object], description: str) -> None:
    answer = await api("setMyCommands", **arguments)
    assert answer.get("description", "") == (f"Bad Request: {description}" if description else "")


async def test_100_commands_of_full_length_pass(api: Api) -> None:
    full = commands("x" * 32, "ế" * 256, count=100)
    await api.ok("setMyCommands", commands=full)
    assert await api.ok("getMyCommands") == full


@pytest.mark.parametrize(("kind", "limit"), [("Description", 512), ("ShortDescription", 120), ("Name", 64)])
async def test_the_texts_of_the_bots_page_by_language(api: Api, kind: str, limit: int) -> None:
    name = {"Description": "description", "ShortDescription": "short_description", "Name": "name"}[kind]
    await api.ok(f"setMy{kind}", **{name: "tiếng Việt"})
    await api.ok(f"setMy{kind}", **{name: "English"}, language_code="en")
    assert await api.ok(f"getMy{kind}") == {name: "tiếng Việt"}
    assert await api.ok(f"getMy{kind}", language_code="en") == {name: "English"}
    assert await api.ok(f"getMy{kind}", language_code="fr") == {name: "tiếng Việt"}
    assert (await api(f"setMy{kind}", **{name: "x" * (limit + 1)}))["error_code"] == 400
