"""Files by content in a folder: written beside, made durable, then moved into place."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")


class FolderBlobs:
    """Keeps each file under its sha256, in folders of the first two digits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, data: bytes) -> str:
        """Store bytes durably and return their sha256 in hex."""
        return await asyncio.to_thread(self._keep, data)

    async def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises: KeyError: never kept or removed."""
        try:
            return await asyncio.to_thread(self._path(sha256).read_bytes)
        except FileNotFoundError:
            raise KeyError(sha256) from None

    async def remove(self, sha256: str) -> None:
        """Remove the bytes if they are there."""
        path = self._path(sha256)
        await asyncio.to_thread(path.unlink, missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise KeyError(sha256)
        return self._folder / sha256[:2] / sha256

    def _keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(path)
        for folder in (path.parent, self._folder):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return sha256
