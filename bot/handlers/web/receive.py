"""What each address of the web chat does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import ceil
from typing import Protocol
from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.dialogs.effects import DocumentKind
from bot.handlers.web.cookies import Cookies, Visitor
from bot.handlers.web.forms import FormTooLargeError, read_form
from bot.handlers.web.limits import Buckets
from bot.handlers.web.polls import Mail, Polls
from bot.handlers.web.render import PICTURES, Renderer, Row
from bot.handlers.web.security import HEADERS, is_from_our_page
from bot.handlers.web.settings import WebSettings
from bot.handlers.web.translate import (
    CHANNEL,
    Arrival,
    Arrivals,
    BadFormError,
    Submission,
    Upload,
    clean_file_name,
    clean_mime,
    event_of,
    incoming,
    read_invite,
    read_language,
    read_locale,
    read_row,
    read_submission,
    start,
)
from bot.i18n import translator
from bot.ports import Clock, Document, Incoming, Kept

FIRST_VISIT = "c"
"""Says in the address that a cookie was just given: a browser that comes without one does not keep them."""

INVITE = "m"
"""Carries an invite code past the first visit."""


class FrontDoor(Mail, Protocol):
    """What the web chat needs of `services.reception.Reception`."""

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Store updates durably."""

    async def keep_file(self, data: bytes) -> str:
        """Store bytes and return their reference."""

    async def document(self, channel: str, external_id: str, kind: DocumentKind, of: str = "") -> Document:
        """Make a document. Raises: LookupError, ValueError."""

    async def is_ready(self) -> bool:
        """Whether the database answers."""


class WebChat:
    """The endpoints and what they share."""

    def __init__(
        self,
        reception: FrontDoor,
        settings: WebSettings,
        clock: Clock,
        cookies: Cookies,
        renderer: Renderer,
        polls: Polls,
    ) -> None:
        self._reception = reception
        self._settings = settings
        self._cookies = cookies
        self._renderer = renderer
        self._polls = polls
        self._arrivals = Arrivals(clock)
        self._new_accounts = Buckets(settings.new_accounts, clock)
        self._posts_of_account = Buckets(settings.posts_of_account, clock)
        self._posts_of_address = Buckets(settings.posts_of_address, clock)

    # --- pages --------------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """Show the conversation; a newcomer's begins here."""
        visitor = self._cookies.read(request)
        invite = read_invite(request.query_params.get(INVITE, ""))
        if visitor is None:
            return self._first_visit(request, invite)
        kept = await self._reception.mail(CHANNEL, visitor.external_id, 0)
        is_waiting = False
        if not kept and request.method == "GET":
            if wait_s := self._new_accounts.take(_address(request)):
                return self._too_many(request, wait_s)
            await self._accept(start(visitor.external_id, invite, 0, self._arrival(request)))
            kept = await self._wait(request, visitor, 0, self._settings.opening_wait_s)
            is_waiting = not kept
        elif "wait" in request.query_params:
            last = read_row(request.query_params["wait"])
            if kept and kept[-1].id <= last:
                news = await self._wait(request, visitor, last, self._settings.opening_wait_s)
                kept, is_waiting = kept + news, not news
        locale = _locale(request)
        response = HTMLResponse(self._renderer.page(kept, visitor, locale=locale, is_waiting=is_waiting))
        self._cookies.write(response, visitor)
        return response

    async def invite(self, request: Request) -> Response:
        """Open the conversation by the address of an invite."""
        code = read_invite(request.path_params["code"])
        visitor = self._cookies.read(request)
        if visitor is None:
            return self._first_visit(request, code)
        kept = await self._reception.mail(CHANNEL, visitor.external_id, 0)
        if not kept:
            return _see_other(f"/?{INVITE}={code}")
        if code and request.method == "GET":
            last = kept[-1].id
            await self._accept(start(visitor.external_id, code, last, self._arrival(request)))
            await self._wait(request, visitor, last, self._settings.answer_wait_s)
        return _see_other("/#newest")

    # --- what the page sends and fetches ------------------------------------------------------------------------------

    async def send(self, request: Request) -> Response:
        """Take an answer; it is acknowledged once it is stored."""
        visitor = self._cookies.read(request)
        if visitor is None or not is_from_our_page(request, self._settings.public_url):
            return self._refuse(request, 403, "refused")
        if wait_s := self._over_limit(request, visitor):
            return self._too_many(request, wait_s)
        try:
            form = await read_form(request, self._settings.max_upload_bytes)
        except FormTooLargeError:
            return self._refuse(request, 413, "too_large", {"Connection": "close"})
        except BadFormError:
            return self._refuse(request, 400, "refused")
        try:
            return await self._take(request, visitor, form)
        except BadFormError:
            return self._refuse(request, 400, "refused")
        finally:
            await form.close()

    async def mail(self, request: Request) -> Response:
        """Hand out new messages as soon as there are any."""
        visitor = self._cookies.read(request)
        if visitor is None:
            return self._refuse(request, 403, "refused")
        after = read_row(request.query_params.get("after", ""))
        kept = await self._wait(request, visitor, after, self._settings.poll_s)
        return _rows_response(self._renderer.rows(kept, visitor))

    async def document(self, request: Request) -> Response:
        """Hand out a document; a picture can also be looked at."""
        visitor = self._cookies.read(request)
        kind = request.path_params["kind"]
        if visitor is None or kind not in set(DocumentKind):
            return self._refuse(request, 404, "not_found")
        if wait_s := self._over_limit(request, visitor):
            return self._too_many(request, wait_s)
        try:
            of = request.query_params.get("of", "")[:100]
            document = await self._reception.document(CHANNEL, visitor.external_id, DocumentKind(kind), of)
        except (LookupError, ValueError):
            return self._refuse(request, 404, "nothing_to_print")
        disposition = "inline" if "xem" in request.query_params and kind in PICTURES else "attachment"
        plain = document.name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or kind
        name = f"filename=\"{plain}\"; filename*=UTF-8''{quote(document.name, safe='')}"
        headers = {"Content-Disposition": f"{disposition}; {name}"}
        return Response(document.data, media_type=document.mime, headers=headers)

    # --- for machines -------------------------------------------------------------------------------------------------

    async def healthz(self, _request: Request) -> Response:
        """Say that the process is alive."""
        return PlainTextResponse("ok\n")

    async def readyz(self, _request: Request) -> Response:
        """Say whether people can be served."""
        is_ready = await self._reception.is_ready()
        return PlainTextResponse("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503)

    async def robots(self, _request: Request) -> Response:
        """Ask search engines to stay away."""
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    # --- when something is wrong --------------------------------------------------------------------------------------

    async def not_found(self, request: Request, _error: Exception) -> Response:
        """Answer an address that does not exist."""
        return self._refuse(request, 404, "not_found")

    async def failed(self, request: Request, _error: Exception) -> Response:
        """Answer when the server made a mistake; this is outside the middleware that sets headers."""
        return self._refuse(request, 500, "failed", HEADERS | {"Cache-Control": "no-store"})

    # --- parts --------------------------------------------------------------------------------------------------------

    async def _take(self, request: Request, visitor: Visitor, form: FormData) -> Response:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        if not self._cookies.is_own_form(visitor, fields.get("form", "")):
            return self._refuse(request, 403, "refused")
        submission = read_submission(fields)
        event = event_of(submission, await self._upload(form, submission))
        if event is None:
            return _rows_response(()) if _is_script(request) else _see_other("/#newest")
        await self._accept(incoming(visitor.external_id, submission.client_id, event, self._arrival(request)))
        kept = await self._wait(request, visitor, submission.last, self._settings.answer_wait_s)
        if _is_script(request):
            return _rows_response(self._renderer.rows(kept, visitor))
        return _see_other("/#newest" if kept else f"/?wait={submission.last}#newest")

    async def _upload(self, form: FormData, submission: Submission) -> Upload | None:
        file = form.get("file")
        if submission.choice or not isinstance(file, UploadFile) or not file.filename:
            return None
        size = file.size or 0
        ref = ""
        if 0 < size <= self._settings.max_upload_bytes:
            ref = await self._reception.keep_file(await file.read())
        return Upload(ref, size, clean_mime(file.content_type or ""), clean_file_name(file.filename))

    async def _accept(self, update: Incoming) -> None:
        await self._reception.accept((update,))

    async def _wait(self, request: Request, visitor: Visitor, after: int, wait_s: float) -> tuple[Kept, ...]:
        return await self._polls.wait(visitor.external_id, after, wait_s, request.is_disconnected)

    def _first_visit(self, request: Request, invite: str) -> Response:
        """Give a cookie and look whether it comes back: crawlers that preview links do not open conversations."""
        is_back_without = FIRST_VISIT in request.query_params or INVITE in request.query_params
        if is_back_without:
            link = f"/m/{invite}" if invite else "/"
            locale = _locale(request)
            page = self._renderer.plain_page(locale, "web.welcome.title", "web.welcome.text", link, "web.welcome.go")
            response: Response = HTMLResponse(page)
        else:
            response = _see_other(f"/?{INVITE}={invite}" if invite else f"/?{FIRST_VISIT}=1")
        self._cookies.write(response, self._cookies.new())
        return response

    def _arrival(self, request: Request) -> Arrival:
        return self._arrivals.next(read_language(request.headers.get("accept-language", "")))

    def _over_limit(self, request: Request, visitor: Visitor) -> float:
        return max(self._posts_of_address.take(_address(request)), self._posts_of_account.take(visitor.external_id))

    def _too_many(self, request: Request, wait_s: float) -> Response:
        return self._refuse(request, 429, "too_many", {"Retry-After": str(ceil(wait_s))})

    def _refuse(self, request: Request, status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
        """Say what is wrong, to the script or to the person. `code`: of the messages 'web.error.'."""
        locale = _locale(request)
        if _is_script(request):
            text = translator(locale).text(f"web.error.{code}")
            return JSONResponse({"error": code, "text": text}, status, headers)
        page = self._renderer.plain_page(locale, "web.name", f"web.error.{code}", "/", "web.error.back")
        return HTMLResponse(page, status, headers)


def _rows_response(rows: tuple[Row, ...]) -> Response:
    return JSONResponse({"rows": [asdict(row) for row in rows]})


def _see_other(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


def _is_script(request: Request) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _locale(request: Request) -> str:
    """The language of pages shown before the conversation has one."""
    return read_locale(request.headers.get("accept-language", ""))
