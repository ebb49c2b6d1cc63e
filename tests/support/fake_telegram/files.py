"""Files on the server: their ids, their sizes, and links to them that stop working after an hour."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.wire import JsonObject


@dataclass(slots=True)
class StoredFile:
    """One file; the size may be declared without any content being kept."""

    file_id: str
    unique_id: str
    kind: str
    size: int
    path: str
    mime_type: str
    name: str
    content: bytes | None
    link_until: float = 0.0

    def wire(self) -> JsonObject:
        """The fields every kind of file shares."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def bytes(self) -> bytes:
        """The content; a size that was only declared gives zeros."""
        return self.content if self.content is not None else bytes(self.size)


class FileStore:
    """Every file a bot or a person has sent."""

    def __init__(self, clock: VirtualClock, settings: Settings) -> None:
        self._clock = clock
        self._settings = settings
        self._files: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self, kind: str, *, name: str = "", mime_type: str = "", content: bytes | None = None, size: int | None = None
    ) -> StoredFile:
        """Keep a file under a new id; `kind` is document, photo, sticker or voice."""
        number = len(self._files) + 1
        digest = hashlib.sha256(f"{kind}-{number}".encode()).hexdigest()
        length = size if size is not None else len(content or b"")
        extension = {"photo": ".jpg", "sticker": ".webp", "voice": ".oga"}.get(kind) or _extension(name)
        folder = {"photo": "photos", "sticker": "stickers", "voice": "voice"}.get(kind, "documents")
        path = f"{folder}/file_{number}{extension}"
        file = StoredFile(
            f"AgACAgUAAx{digest[:40]}", f"AQAD{digest[40:52]}", kind, length, path, mime_type, name, content
        )
        self._files[file.file_id] = self._by_path[path] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self._files.get(file_id)

    def link(self, file_id: str) -> JsonObject:
        """What getFile answers: a path that works for an hour.

        Raises: ApiError (400) for no id, an unknown one, or a file too big for a bot.
        """
        if not file_id:
            raise bad_request("file_id not specified")
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        if file.size > self._settings.download_max:
            raise bad_request("file is too big")
        file.link_until = self._clock.now() + self._settings.file_link_s
        return file.wire() | {"file_path": file.path}

    def download(self, path: str) -> StoredFile | None:
        """The file behind a path that getFile gave out and that still works."""
        file = self._by_path.get(path)
        return file if file is not None and file.link_until >= self._clock.now() else None


def _extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending}" if stem and dot else ""
