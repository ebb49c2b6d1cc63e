"""Open the ZIP of an untrusted workbook within limits that do not believe a word of its headers."""

from __future__ import annotations

import zlib
from io import BytesIO
from struct import error as StructError  # noqa: N812 - an exception under a lower-case name
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from bot.reports.spreadsheets.limits import Limits
from bot.reports.spreadsheets.refusal import RefusedFileError

MOST_PARTS: Final = 1_000

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How .xls files and encrypted workbooks begin."""
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 64 * 1024
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    StructError,
    ValueError,
    zlib.error,
)
"""What zipfile raises on one or another broken file."""


class Archive:
    """The parts of a workbook by name.

    Raises: RefusedFileError: too large, not a ZIP, locked, or made to be larger than it looks.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.bytes:
            raise RefusedFileError("too_large", most=limits.bytes // 1024**2)
        if data.startswith(_OLE):
            raise RefusedFileError("old_or_locked")
        if not data.startswith(b"PK"):
            raise RefusedFileError("not_xlsx")
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise RefusedFileError("broken") from error
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.bytes_inside:
            raise RefusedFileError("too_large_inside")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise RefusedFileError("old_or_locked")
        self._infos = {_plain(info.filename): info for info in infos}
        if len(self._infos) < len(infos):  # one program would read the first of them, another the last
            raise RefusedFileError("broken")
        self._read = 0
        self._most = limits.bytes_inside

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in small letters."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._infos

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises: RefusedFileError: it is missing or broken, or all that was unpacked is too much.
        """
        info = self._infos.get(_plain(name))
        if info is None or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise RefusedFileError("broken")
        chunks: list[bytes] = []
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._read += len(chunk)
                    if self._read > self._most:
                        raise RefusedFileError("too_large_inside")
                    chunks.append(chunk)
        except _BROKEN as error:
            raise RefusedFileError("broken") from error
        return b"".join(chunks)


def _plain(name: str) -> str:
    """A name as it is looked up: parts are named without regard to letter case, some programs write '\\'."""
    return name.replace("\\", "/").lstrip("/").lower()
