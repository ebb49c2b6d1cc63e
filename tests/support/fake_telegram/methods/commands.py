"""The bot's command menus: one for each scope and language."""

from __future__ import annotations

import re

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.wire import JsonObject, to_json

_COMMANDS_MAX = 100
_COMMAND_MAX = 32
_DESCRIPTION_MAX = 256
_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(backend: Backend, parameters: Parameters) -> object:
    """Replace the menu of one scope and language."""
    given = parameters.json("commands", "can't parse commands JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    commands = [_command(entry) for entry in given]
    if len(commands) > _COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    backend.state.commands[_place(backend, parameters)] = commands
    return True


def get_my_commands(backend: Backend, parameters: Parameters) -> object:
    """The menu of exactly this scope and language; empty when none was set."""
    return backend.state.commands.get(_place(backend, parameters), [])


def delete_my_commands(backend: Backend, parameters: Parameters) -> object:
    """Take the menu of one scope and language away."""
    backend.state.commands.pop(_place(backend, parameters), None)
    return True


def _command(entry: object) -> JsonObject:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if field not in entry:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command, description = str(entry["command"]).strip().removeprefix("/"), str(entry["description"]).strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > _COMMAND_MAX:
        raise bad_request(f"command length must not exceed {_COMMAND_MAX}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _DESCRIPTION_MAX:
        raise bad_request(f"command description length must not exceed {_DESCRIPTION_MAX}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _place(backend: Backend, parameters: Parameters) -> tuple[str, str]:
    """Scope and language a menu belongs to."""
    language = parameters.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    scope = parameters.json("scope", "can't parse BotCommandScope JSON object") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    if "type" not in scope:
        raise bad_request("can't parse BotCommandScope: Can't find field \"type\"")
    kind = scope["type"]
    if kind in _WIDE_SCOPES:
        return to_json({"type": kind}), language
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    chat = backend.state.reachable(str(scope["chat_id"]), to_write=False)
    key: JsonObject = {"type": kind, "chat_id": chat.chat_id}
    if kind == "chat_member":
        key["user_id"] = scope.get("user_id")
    return to_json(key), language
