"""Request bodies: form, multipart and JSON, all into the same parameters."""

from __future__ import annotations

import binascii
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from tests.support.fake_telegram.errors import bad_request

_NAME = re.compile(rb'[;\s]name="?([^";\r\n]*)"?', re.IGNORECASE)
_FILENAME = re.compile(rb'[;\s]filename="((?:[^"\\\r\n]|\\.)*)"', re.IGNORECASE)
_FILENAME_STAR = re.compile(rb"[;\s]filename\*=utf-8''([^;\r\n]*)", re.IGNORECASE)
_PART_TYPE = re.compile(rb"content-type:[ \t]*([^\r\n]*)", re.IGNORECASE)
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+-]?\d+)")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    mime_type: str
    content: bytes


class Parameters:
    """The arguments of one call, read as leniently as the real server reads them."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: dict[str, object], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def text(self, name: str) -> str:
        """The argument as text; absent is empty."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; what is no number counts as the default."""
        value = self.values.get(name)
        if isinstance(value, int):
            return int(value)
        found = _NUMBER.match(value) if isinstance(value, str) else None
        return int(found[1]) if found else default

    def boolean(self, name: str) -> bool:
        """The argument as yes or no."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in {"true", "yes", "1"}
        return value is True or value == 1

    def json(self, name: str, complaint: str) -> object:
        """The argument as a JSON value, None when absent; text that is no JSON is refused with `complaint`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise bad_request(complaint) from None
        return parsed

    def recorded(self) -> dict[str, object]:
        """The arguments for the list of calls; a file stands there by its name."""
        if not self.uploads:
            return self.values
        return self.values | {name: f"<{upload.name}>" for name, upload in self.uploads.items()}


def read_parameters(query: str, content_type: str, body: bytes) -> Parameters:
    """The arguments of a call from its address and its body.

    Raises: ApiError (400) for a body that cannot be read.
    """
    values: dict[str, object] = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if not body:
        return Parameters(values)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return Parameters(values | _read_json(body))
    if kind == "multipart/form-data":
        return _read_multipart(values, content_type, body)
    if kind == "application/x-www-form-urlencoded":
        values.update(_read_form(body))
    return Parameters(values)


def _read_form(body: bytes) -> dict[str, str]:
    """A form's fields. Quoted-printable is percent-encoding with another mark, and its decoder is written in C:
    four times as fast as urllib.parse, which would be a third of all the work of a call."""
    fields: dict[str, str] = {}
    try:
        for pair in body.replace(b"+", b" ").split(b"&"):
            name, _, value = pair.partition(b"=")
            quoted = value.replace(b"=", b"=3D").replace(b"%", b"=") if b"%" in value else value
            fields[unquote(name.decode())] = (binascii.a2b_qp(quoted) if quoted is not value else value).decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return fields


def _read_json(body: bytes) -> dict[str, object]:
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request body as JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse request body as JSON object")
    return values


def _read_multipart(values: dict[str, object], content_type: str, body: bytes) -> Parameters:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise bad_request("boundary not found")
    uploads: dict[str, Upload] = {}
    mark = b"\r\n--" + boundary[1].encode()
    for part in (b"\r\n" + body).split(mark)[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not separator or name is None:
            continue
        key, filename = name[1].decode(), _filename(head)
        if filename is None:
            values[key] = content.decode(errors="replace")
        else:
            mime_type = _PART_TYPE.search(head)
            uploads[key] = Upload(filename, mime_type[1].decode() if mime_type else "", content)
    return Parameters(values, uploads)


def _filename(head: bytes) -> str | None:
    """The file's name in a part's head; None when the part is a plain field."""
    if starred := _FILENAME_STAR.search(head):
        return unquote(starred[1].decode())
    if plain := _FILENAME.search(head):
        return unquote(plain[1].decode(errors="replace")).replace('\\"', '"')
    return None
