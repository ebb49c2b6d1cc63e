"""Reading a posted form without ever holding more of it than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from starlette.datastructures import FormData
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.handlers.web.translate import BadFormError

MOST_FIELDS = 12
LARGEST_TEXT_FORM = 1024 * 1024
DRAINED = 6
"""A file up to so many times the limit is read to its end, so that the conversation can answer it."""


class FormTooLargeError(Exception):
    """The body goes on beyond what is worth reading."""


async def read_form(request: Request, max_upload_bytes: int) -> FormData:
    """Read the form of a request; files spill to disk. Close the result. Raises: FormTooLargeError, BadFormError."""
    is_multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    limit = DRAINED * max_upload_bytes if is_multipart else LARGEST_TEXT_FORM
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > limit:
        raise FormTooLargeError
    body = _at_most(request, limit)
    try:
        if is_multipart:
            return await MultiPartParser(
                request.headers, body, max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_TEXT_FORM
            ).parse()
        return await FormParser(request.headers, body, max_fields=MOST_FIELDS, max_part_size=LARGEST_TEXT_FORM).parse()
    except MultiPartException as error:
        raise BadFormError(error.message) from error


async def _at_most(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise FormTooLargeError
        yield chunk
