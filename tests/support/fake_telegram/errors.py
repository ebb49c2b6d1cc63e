"""The refusals of the Bot API, in the wording of the real server."""

from __future__ import annotations

from tests.support.fake_telegram.wire import JsonObject


class ApiError(Exception):
    """An answer `{"ok": false, ...}`; `parameters` is what the API calls ResponseParameters."""

    def __init__(self, code: int, description: str, *, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> JsonObject:
        """The JSON object the client reads."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(description: str) -> ApiError:
    """400; the real server writes the first letter small unless the second one is a capital or `_`."""
    if description[1:2] != "_" and not description[1:2].isupper():
        description = description[:1].lower() + description[1:]
    return ApiError(400, f"Bad Request: {description}")


def forbidden(description: str) -> ApiError:
    """403: the person or the chat does not want the bot."""
    return ApiError(403, f"Forbidden: {description}")


def conflict(description: str) -> ApiError:
    """409: two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {description}")


def too_many_requests(retry_after_s: int) -> ApiError:
    """429: come back after so many whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)
