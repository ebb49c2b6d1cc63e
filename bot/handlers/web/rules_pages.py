"""The rules as pages: a list to search in, and each set as one page that prints well; they work without scripts."""

from __future__ import annotations

from math import ceil
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.handlers.web.cookies import Cookies
from bot.handlers.web.limits import Buckets
from bot.handlers.web.render import Renderer
from bot.handlers.web.settings import WebSettings
from bot.handlers.web.translate import CHANNEL, read_locale
from bot.ports import Clock
from bot.services.rule_reading import Reader, RuleList, RulePage

ADDRESS = "/tieuchi"
LONGEST_LOOKED_AT = 200


class RuleShelf(Protocol):
    """What the pages need of `services.rule_reading.RuleReading`."""

    async def listed(self, reader: Reader | None, query: str = "") -> RuleList:
        """List the sets in force where the reader is, and find by words in them."""

    async def page(self, reader: Reader | None, set_id: str, version: str) -> RulePage | None:
        """Return a whole set; None when there is none."""


class RulePages:
    """The endpoints. Reading opens no conversation and gives no cookie."""

    def __init__(
        self, rules: RuleShelf, settings: WebSettings, clock: Clock, cookies: Cookies, renderer: Renderer
    ) -> None:
        self._rules = rules
        self._cookies = cookies
        self._renderer = renderer
        self._of_address = Buckets(settings.posts_of_address, clock)

    async def listed(self, request: Request) -> Response:
        """Show the sets in force, and what was found by the words of `q`."""
        if wait_s := self._over_limit(request):
            return self._refuse(request, 429, "too_many", {"Retry-After": str(ceil(wait_s))})
        query = _clean(request.query_params.get("q", "")[:LONGEST_LOOKED_AT])
        listed = await self._rules.listed(self._reader(request), query)
        return HTMLResponse(self._renderer.rules_list(listed.locale or _locale(request), listed))

    async def whole_set(self, request: Request) -> Response:
        """Show a whole set."""
        if wait_s := self._over_limit(request):
            return self._refuse(request, 429, "too_many", {"Retry-After": str(ceil(wait_s))})
        page = await self._rules.page(
            self._reader(request), request.path_params["set_id"], request.path_params["version"]
        )
        if page is None:
            return self._refuse(request, 404, "not_found")
        return HTMLResponse(self._renderer.rules_set(page.locale or _locale(request), page))

    def _reader(self, request: Request) -> Reader | None:
        visitor = self._cookies.read(request)
        return None if visitor is None else Reader(CHANNEL, visitor.external_id)

    def _over_limit(self, request: Request) -> float:
        return self._of_address.take(request.client.host if request.client else "")

    def _refuse(self, request: Request, status: int, code: str, headers: dict[str, str] | None = None) -> Response:
        """Say what is wrong. `code`: of the messages 'web.error.'."""
        page = self._renderer.plain_page(_locale(request), "web.name", f"web.error.{code}", ADDRESS, "rules.page.all")
        return HTMLResponse(page, status, headers)


def _locale(request: Request) -> str:
    return read_locale(request.headers.get("accept-language", ""))


def _clean(text: str) -> str:
    """Drop halves of surrogate pairs, which no page can show."""
    return "".join(c for c in text if not "\ud800" <= c <= "\udfff")
