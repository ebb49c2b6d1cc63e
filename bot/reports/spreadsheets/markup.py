"""Walk through the XML of an untrusted part: no tree, no declarations that could expand, a bounded number of steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol
from xml.parsers import expat

from bot.reports.spreadsheets.refusal import RefusedFileError

MOST_DEPTH: Final = 100


class PartReader(Protocol):
    """Takes a part's elements as they come; names are without name space."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within the element that began last and has not ended."""


class Walker:
    """Walks through the parts of one file; their elements count together.

    A document type declaration is refused outright: no program that makes workbooks writes one, and without it no
    entity can be declared that expands to gigabytes or reads a file.
    """

    def __init__(self, most_elements: int) -> None:
        self._elements = 0
        self._most = most_elements

    def walk(self, part: bytes, reader: PartReader) -> None:
        """Hand every element of a part to a reader.

        Raises: RefusedFileError: not XML, has a document type, too many or too deep elements, or the reader could not
            make sense of a value (its ValueError).
        """
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > MOST_DEPTH or self._elements > self._most:
                raise RefusedFileError("too_large_inside")
            reader.start(_local(name), {_local(key): value for key, value in attributes.items()})

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            reader.end(_local(name))

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = reader.text
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise RefusedFileError("broken") from error


def _refuse_document_type(*_: object) -> None:
    raise RefusedFileError("unsafe")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
