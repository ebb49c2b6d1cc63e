"""Changing and deleting messages that are there."""

from __future__ import annotations

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.formatting import caption_content, text_content
from tests.support.fake_telegram.keyboards import Markup, read_markup
from tests.support.fake_telegram.state import Chat, StoredMessage, length_is_over
from tests.support.fake_telegram.wire import JsonObject

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def edit_message_text(backend: Backend, parameters: Parameters) -> object:
    """New text; without `reply_markup` the keyboard goes."""
    content = text_content(parameters)
    markup = read_markup(parameters, backend.settings)
    chat, message = _editable(backend, parameters, markup)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    if length_is_over(content["text"], backend.settings.text_max):
        raise bad_request("MESSAGE_TOO_LONG")
    return _replace(backend, chat, message, ("text", "entities"), content, markup)


def edit_message_caption(backend: Backend, parameters: Parameters) -> object:
    """New caption, or none; without `reply_markup` the keyboard goes."""
    markup = read_markup(parameters, backend.settings)
    content = caption_content(parameters)
    chat, message = _editable(backend, parameters, markup)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    if length_is_over(content.get("caption", ""), backend.settings.caption_max):
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    return _replace(backend, chat, message, ("caption", "caption_entities"), content, markup)


def edit_message_reply_markup(backend: Backend, parameters: Parameters) -> object:
    """A new keyboard, or none."""
    markup = read_markup(parameters, backend.settings)
    chat, message = _editable(backend, parameters, markup)
    return _replace(backend, chat, message, (), {}, markup)


def _editable(backend: Backend, parameters: Parameters, markup: Markup | None) -> tuple[Chat, StoredMessage]:
    """The message to edit, if it is the bot's own and carries no keyboard of another kind."""
    message_id = parameters.integer("message_id")
    if not parameters.text("chat_id") and not message_id:
        if not parameters.text("inline_message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=True)
    message = chat.messages.get(message_id)
    if message is None or message.is_deleted:
        raise bad_request("message to edit not found")
    if not message.is_from_bot or (message.markup is not None and message.markup.kind != "inline"):
        raise bad_request("message can't be edited")
    if markup is not None and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return chat, message


def _replace(
    backend: Backend, chat: Chat, message: StoredMessage, replaced: tuple[str, ...], content: JsonObject,
    markup: Markup | None,
) -> JsonObject:  # fmt: skip
    old = message.wire
    wire = {key: value for key, value in old.items() if key not in replaced and key != "reply_markup"} | content
    if markup is not None:
        wire["reply_markup"] = markup.wire
    if wire == old:
        raise bad_request(_NOT_MODIFIED)
    backend.limits.take(chat.chat_id, is_group=chat.is_group, is_edit=True)
    wire["edit_date"] = backend.clock.date()
    message.wire, message.markup = wire, markup
    backend.screen_changed(chat, message, "edited")
    return wire


def delete_message(backend: Backend, parameters: Parameters) -> object:
    """Take a message away for everybody; only within 48 hours."""
    if not parameters.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=True)
    message = chat.messages.get(message_id)
    if message is None or message.is_deleted:
        raise bad_request("message to delete not found")
    _delete(backend, chat, [message])
    return True


def delete_messages(backend: Backend, parameters: Parameters) -> object:
    """Take away up to 100 messages; those that are not there are passed over."""
    ids = parameters.json("message_ids", "can't parse message_ids JSON object")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad_request("expected an Array of message identifiers")
    if not all(isinstance(message_id, int) for message_id in ids):
        raise bad_request("message identifier must be a Number")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=True)
    found = [message for message_id in ids if (message := chat.messages.get(message_id)) is not None]
    _delete(backend, chat, [message for message in found if not message.is_deleted])
    return True


def _delete(backend: Backend, chat: Chat, messages: list[StoredMessage]) -> None:
    oldest = backend.clock.now() - backend.settings.delete_within_s
    for message in messages:
        if chat.is_group and not message.is_from_bot:
            raise bad_request("message can't be deleted")
        if message.wire["date"] < oldest:
            raise bad_request("message can't be deleted for everyone")
    for message in messages:
        message.is_deleted = True
        backend.screen_changed(chat, message, "deleted")
