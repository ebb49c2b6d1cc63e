"""Who the bot is, who a chat is, and the texts on the bot's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request

_TEXTS_MAX = {"name": 64, "description": 512, "short_description": 120}


def get_me(backend: Backend, _parameters: Parameters) -> object:
    """The bot's own account."""
    return backend.state.bot.wire | {
        "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        "supports_guest_queries": False, "can_connect_to_business": False, "has_main_web_app": False,
        "has_topics_enabled": False, "allows_users_to_create_topics": False, "can_manage_bots": False,
    }  # fmt: skip


def get_chat(backend: Backend, parameters: Parameters) -> object:
    """What the bot may know of a chat."""
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=False)
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True
    )
    full = chat.wire | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if not chat.is_group:
        full["active_usernames"] = [chat.wire["username"]] if "username" in chat.wire else []
    return full


def _set_text(backend: Backend, parameters: Parameters, *, kind: str) -> object:
    text = parameters.text(kind)
    if len(text) > _TEXTS_MAX[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    backend.state.texts[kind, parameters.text("language_code")] = text
    return True


def _get_text(backend: Backend, parameters: Parameters, *, kind: str) -> object:
    texts = backend.state.texts
    fallback = backend.state.bot.wire["first_name"] if kind == "name" else ""
    return {kind: texts.get((kind, parameters.text("language_code"))) or texts.get((kind, "")) or fallback}


PROFILE_METHODS: dict[str, Callable[[Backend, Parameters], object]] = {
    f"{verb}my{kind.replace('_', '')}": partial(function, kind=kind)
    for kind in _TEXTS_MAX
    for verb, function in (("set", _set_text), ("get", _get_text))
}
