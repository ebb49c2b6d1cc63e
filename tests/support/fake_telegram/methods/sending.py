"""sendMessage and sendChatAction, and what every sending method shares."""

from __future__ import annotations

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.formatting import text_content
from tests.support.fake_telegram.keyboards import read_markup
from tests.support.fake_telegram.state import Chat, length_is_over
from tests.support.fake_telegram.wire import JsonObject

_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(backend: Backend, parameters: Parameters) -> object:
    """Text, 1-4096 UTF-16 units after parsing."""
    content = text_content(parameters)
    if length_is_over(content["text"], backend.settings.text_max):
        raise bad_request("message is too long")
    return send(backend, parameters, content)


def send(backend: Backend, parameters: Parameters, content: JsonObject) -> JsonObject:
    """Put a checked content into the chat the call names."""
    markup = read_markup(parameters, backend.settings)
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=True, to_send=True)
    content |= _reply(parameters, chat)
    backend.limits.take(chat.chat_id, is_group=chat.is_group)
    if parameters.boolean("protect_content"):
        content["has_protected_content"] = True
    message = backend.state.add_message(chat, backend.state.bot, content, markup)
    backend.screen_changed(chat, message, "sent")
    return message.wire


def _reply(parameters: Parameters, chat: Chat) -> JsonObject:
    """The message that is replied to, by the new or the old parameter."""
    given = parameters.json("reply_parameters", "can't parse reply parameters JSON object")
    if given is not None and not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    old: JsonObject = {
        "message_id": parameters.integer("reply_to_message_id"),
        "allow_sending_without_reply": parameters.boolean("allow_sending_without_reply"),
    }
    reply: JsonObject = given or old
    if not reply.get("message_id"):
        return {}
    message = chat.messages.get(int(reply["message_id"]))
    if message is None or message.is_deleted:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {key: value for key, value in message.wire.items() if key != "reply_to_message"}}


def send_chat_action(backend: Backend, parameters: Parameters) -> object:
    """ "typing ..." and its like; kept on the chat."""
    action = parameters.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = backend.state.reachable(parameters.text("chat_id"), to_write=True, to_send=True)
    chat.actions.append(action)
    chat.changes.notify()
    return True
