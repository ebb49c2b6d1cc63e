"""The route by which Telegram brings updates: 200 only once an update is stored, so that Telegram tries again."""

from __future__ import annotations

import hmac
import json
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.handlers.telegram.receive import Acceptor
from bot.handlers.telegram.settings import TelegramSettings
from bot.handlers.telegram.translate import translate

BODY_MAX_BYTES: Final = 1024 * 1024
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

log = structlog.get_logger(__name__)


def webhook_route(settings: TelegramSettings, reception: Acceptor) -> Route:
    """The route to mount in the web server, when the settings ask for a webhook."""
    secret = settings.webhook_secret.encode()

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not secret or not hmac.compare_digest(given, secret):
            return Response(status_code=403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX_BYTES:
                return Response(status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if not isinstance(update, dict):
            return Response(status_code=400)
        incoming = translate(update)
        if incoming is not None:
            try:
                await reception.accept([incoming])
            except Exception as error:  # noqa: BLE001 - storage may fail in any way; Telegram brings the update again
                log.warning("telegram.not_accepted", error=type(error).__name__)
                return Response(status_code=503, headers={"Retry-After": "1"})
        return Response(status_code=200)

    return Route(settings.webhook_path, take, methods=["POST"])
