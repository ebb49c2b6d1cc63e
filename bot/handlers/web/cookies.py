"""Who is looking: a signed random token in a cookie, known to everybody else by its hash alone."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response

from bot.handlers.web.settings import WebSettings
from bot.ports import Ids

MAX_AGE_S = 400 * 24 * 3600
"""The longest that browsers keep a cookie; it is renewed with every page."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser."""

    token: str = field(repr=False)
    external_id: str
    """sha256 of the token: what is stored does not open the chat."""
    form_token: str = field(repr=False)
    """Proof that a form came from a page of this visitor."""

    @property
    def key(self) -> str:
        """A name for what the page keeps in the browser, saying nothing about the token."""
        return self.external_id[:12]


class Cookies:
    """Signs and reads the visitor's cookie."""

    def __init__(self, settings: WebSettings, ids: Ids) -> None:
        self._secure = settings.secure_cookies
        self._ids = ids
        self.name = "__Host-hoctap" if self._secure else "hoctap"
        self._cookie = Signer(settings.secret, salt="hoctap.web.cookie", digest_method=hashlib.sha256)
        self._form = Signer(settings.secret, salt="hoctap.web.form", digest_method=hashlib.sha256)

    def new(self) -> Visitor:
        """Make a visitor with a fresh token."""
        return self._visitor(self._ids.token())

    def read(self, request: Request) -> Visitor | None:
        """Return who is looking; None without a cookie of ours."""
        signed = request.cookies.get(self.name, "")
        try:
            return self._visitor(self._cookie.unsign(signed).decode())
        except (BadSignature, UnicodeDecodeError):
            return None

    def write(self, response: Response, visitor: Visitor) -> None:
        """Set or renew the visitor's cookie."""
        response.set_cookie(
            self.name,
            self._cookie.sign(visitor.token).decode(),
            max_age=MAX_AGE_S,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def is_own_form(self, visitor: Visitor, form_token: str) -> bool:
        """Whether a form was made for this visitor."""
        return hmac.compare_digest(visitor.form_token.encode(), form_token.encode())

    def _visitor(self, token: str) -> Visitor:
        digest = hashlib.sha256(token.encode()).hexdigest()
        return Visitor(token=token, external_id=digest, form_token=self._form.get_signature(digest).decode())
