"""The methods of the Bot API that the fake knows, by their names in small letters (getUpdates is the server's own)."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.methods.callbacks import answer_callback_query
from tests.support.fake_telegram.methods.commands import delete_my_commands, get_my_commands, set_my_commands
from tests.support.fake_telegram.methods.editing import (
    delete_message,
    delete_messages,
    edit_message_caption,
    edit_message_reply_markup,
    edit_message_text,
)
from tests.support.fake_telegram.methods.media import get_file, send_document, send_photo
from tests.support.fake_telegram.methods.profile import PROFILE_METHODS, get_chat, get_me
from tests.support.fake_telegram.methods.sending import send_chat_action, send_message
from tests.support.fake_telegram.methods.webhook import delete_webhook, get_webhook_info, set_webhook

METHODS: dict[str, Callable[[Backend, Parameters], object]] = {
    "answercallbackquery": answer_callback_query,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "deletemycommands": delete_my_commands,
    "deletewebhook": delete_webhook,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagetext": edit_message_text,
    "getchat": get_chat,
    "getfile": get_file,
    "getme": get_me,
    "getmycommands": get_my_commands,
    "getwebhookinfo": get_webhook_info,
    "sendchataction": send_chat_action,
    "senddocument": send_document,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "setmycommands": set_my_commands,
    "setwebhook": set_webhook,
    **PROFILE_METHODS,
}
