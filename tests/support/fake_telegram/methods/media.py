"""sendDocument, sendPhoto and getFile."""

from __future__ import annotations

from io import BytesIO

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters, Upload
from tests.support.fake_telegram.errors import ApiError, bad_request
from tests.support.fake_telegram.files import StoredFile
from tests.support.fake_telegram.formatting import caption_content
from tests.support.fake_telegram.methods.sending import send
from tests.support.fake_telegram.state import length_is_over
from tests.support.fake_telegram.wire import JsonObject

_SIDES_MAX = 10_000
_RATIO_MAX = 20


def send_document(backend: Backend, parameters: Parameters) -> object:
    """A file up to 50 MB: uploaded, or again by its id."""
    file = _file(backend, parameters, "document")
    document: JsonObject = {"file_name": file.name} if file.name else {}
    if file.mime_type:
        document["mime_type"] = file.mime_type
    return send(backend, parameters, {"document": document | file.wire()} | _caption(backend, parameters))


def send_photo(backend: Backend, parameters: Parameters) -> object:
    """A picture up to 10 MB: uploaded, or again by its id."""
    file = _file(backend, parameters, "photo")
    width, height = _size(file.content) if file.content is not None else (1280, 960)
    return send(backend, parameters, {"photo": photo_sizes(file, width, height)} | _caption(backend, parameters))


def photo_sizes(file: StoredFile, width: int, height: int) -> list[JsonObject]:
    """What a photo looks like in a message: a small one of another id, and the whole one."""
    small = max(width, height) / 90
    thumbnail = {
        "file_id": f"{file.file_id}s",
        "file_unique_id": f"{file.unique_id}s",
        "file_size": min(file.size, 1500),
    }
    return [
        thumbnail | {"width": max(1, round(width / small)), "height": max(1, round(height / small))},
        file.wire() | {"width": width, "height": height},
    ]


def get_file(backend: Backend, parameters: Parameters) -> object:
    """A path to download a file from, up to 20 MB."""
    return backend.state.files.link(parameters.text("file_id"))


def _caption(backend: Backend, parameters: Parameters) -> JsonObject:
    content = caption_content(parameters)
    if length_is_over(content.get("caption", ""), backend.settings.caption_max):
        raise bad_request("message caption is too long")
    return content


def _file(backend: Backend, parameters: Parameters, kind: str) -> StoredFile:
    """The file a call sends: an upload under its own name or behind attach://, or a known id."""
    value = parameters.text(kind)
    upload = parameters.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload is not None:
        _check_upload(backend, upload, kind)
        return backend.state.files.add(kind, name=upload.name, mime_type=upload.mime_type, content=upload.content)
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = backend.state.files.find(value)
    if file is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def _check_upload(backend: Backend, upload: Upload, kind: str) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > backend.settings.upload_max:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        if len(upload.content) > backend.settings.photo_max:
            raise bad_request(
                f"file of size {len(upload.content)} bytes is too big for a photo; "
                f"the maximum size is {backend.settings.photo_max} bytes"
            )
        width, height = _size(upload.content)
        if width + height > _SIDES_MAX or max(width, height) > _RATIO_MAX * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _size(content: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # a fake that sends no photo does not pay for it

    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
