"""The ASGI application of the web chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.handlers.web.assets import Asset, load_assets
from bot.handlers.web.cookies import Cookies
from bot.handlers.web.polls import Polls
from bot.handlers.web.receive import FrontDoor, WebChat
from bot.handlers.web.render import Renderer
from bot.handlers.web.rules_pages import RulePages, RuleShelf
from bot.handlers.web.security import SecurityHeaders
from bot.handlers.web.settings import WebSettings
from bot.ports import Clock, Ids

FOREVER = "public, max-age=31536000, immutable"


def create_app(
    reception: FrontDoor,
    rules: RuleShelf,
    settings: WebSettings,
    clock: Clock,
    ids: Ids,
    extra_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """Build the web chat; `rules` hands out the rules to read, `extra_routes` are other channels' webhooks.

    Call `app.state.polls.close()` when the server begins to stop, so that no waiting page holds it up.
    """
    assets = load_assets()
    polls = Polls(reception, clock)
    renderer = Renderer(assets, settings.max_upload_bytes, ids.token)
    cookies = Cookies(settings, ids)
    chat = WebChat(reception, settings, clock, cookies, renderer, polls)
    reading = RulePages(rules, settings, clock, cookies, renderer)
    packed = [Middleware(GZipMiddleware, minimum_size=800, compresslevel=6)]
    routes: list[BaseRoute] = [
        Route("/", chat.page, middleware=packed),
        Route("/m/{code}", chat.invite),
        Route("/send", chat.send, methods=["POST"], middleware=packed),
        Route("/mail", chat.mail, middleware=packed),
        Route("/tai/{kind}", chat.document),
        Route("/tieuchi", reading.listed, middleware=packed),
        Route("/tieuchi/{set_id}/{version}", reading.whole_set, middleware=packed),
        Route("/healthz", chat.healthz),
        Route("/readyz", chat.readyz),
        Route("/robots.txt", chat.robots),
        Route("/favicon.ico", _serve(assets["icon.svg"])),
        *(Route(asset.path, _serve(asset), middleware=packed) for asset in assets.values()),
        *extra_routes,
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders, is_https=settings.secure_cookies)],
        exception_handlers={404: chat.not_found, 405: chat.not_found, 500: chat.failed},
    )
    app.state.polls = polls
    return app


def _serve(asset: Asset) -> Callable[[Request], Awaitable[Response]]:
    async def serve(_request: Request) -> Response:
        return Response(asset.data, media_type=asset.mime, headers={"Cache-Control": FOREVER})

    return serve
