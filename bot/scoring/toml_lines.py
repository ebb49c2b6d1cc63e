"""Where each key of a TOML text stands: tomllib reads values but does not say on which line."""

from __future__ import annotations

import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the file: ('criteria', 0, 'id')."""

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


class LineIndex:
    """The line of every key, header and list item of a text that tomllib has accepted."""

    def __init__(self, text: str) -> None:
        self._lines = _Scan(text).run()

    def line_of(self, path: Path) -> int:
        """The line a path begins on; of what contains it where it does not exist; 1 for the file."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    @property
    def paths(self) -> frozenset[Path]:
        """All paths known."""
        return frozenset(self._lines)


class _Scan:
    """One walk through a valid text: structure only, values are skipped."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._pos = 0
        self._ends = [i for i, c in enumerate(self._text) if c == "\n"]
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}
        """{path of an array of tables: headers seen}."""

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_blank():
            if self._text.startswith("[[", self._pos):
                table = self._array_header()
            elif self._text[self._pos] == "[":
                self._pos += 1
                table = self._resolve(self._dotted_key("]"))
            else:
                self._key_and_value(table)
        return self._lines

    def _array_header(self) -> Path:
        self._pos += 2
        keys = self._dotted_key("]")
        array = (*self._resolve(keys[:-1]), keys[-1])
        self._note(array)
        number = self._lengths.get(array, 0)
        self._lengths[array] = number + 1
        table = (*array, number)
        self._note(table)
        self._pos += 1
        return table

    def _resolve(self, keys: tuple[str, ...]) -> Path:
        """Follow header keys; a key that names an array of tables means its latest table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            self._note(path)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _key_and_value(self, table: Path) -> None:
        path = table
        keys = self._dotted_key("=")
        for key in keys:
            path = (*path, key)
            self._note(path)
        self._skip_blank()
        self._value(path)

    def _dotted_key(self, end: str) -> tuple[str, ...]:
        """Read 'a.b."c d"' up to and with `end`."""
        keys: list[str] = []
        while self._text[self._pos] != end:
            char = self._text[self._pos]
            if char in "\"'":
                begin = self._pos
                self._string()
                keys.append(tomllib.loads(f"key = {self._text[begin : self._pos]}")["key"])
            elif char in _BARE:
                begin = self._pos
                while self._text[self._pos] in _BARE:
                    self._pos += 1
                keys.append(self._text[begin : self._pos])
            else:
                self._pos += 1
        self._pos += 1
        return tuple(keys)

    def _value(self, path: Path) -> None:
        char = self._text[self._pos]
        if char in "\"'":
            self._string()
        elif char == "[":
            self._array(path)
        elif char == "{":
            self._inline_table(path)
        else:
            while self._pos < len(self._text) and self._text[self._pos] not in ",]}#\n":
                self._pos += 1

    def _string(self) -> None:
        quote = self._text[self._pos]
        is_long = self._text.startswith(quote * 3, self._pos)
        end = quote * 3 if is_long else quote
        self._pos += len(end)
        while not self._text.startswith(end, self._pos):
            self._pos += 2 if quote == '"' and self._text[self._pos] == "\\" else 1
        self._pos += len(end)
        while is_long and self._text.startswith(quote, self._pos):  # up to two quotes may stand before the end
            self._pos += 1

    def _array(self, path: Path) -> None:
        self._pos += 1
        number = 0
        while self._skip_blank() and self._text[self._pos] != "]":
            if self._text[self._pos] == ",":
                self._pos += 1
                continue
            item = (*path, number)
            self._note(item)
            self._value(item)
            number += 1
        self._pos += 1

    def _inline_table(self, path: Path) -> None:
        self._pos += 1
        while self._skip_blank() and self._text[self._pos] != "}":
            if self._text[self._pos] == ",":
                self._pos += 1
                continue
            self._key_and_value(path)
        self._pos += 1

    def _skip_blank(self) -> bool:
        """Pass over blanks, line ends and comments; whether anything is left."""
        while self._pos < len(self._text):
            char = self._text[self._pos]
            if char == "#":
                end = self._text.find("\n", self._pos)
                self._pos = len(self._text) if end < 0 else end
            elif char in " \t\n":
                self._pos += 1
            else:
                return True
        return False

    def _note(self, path: Path) -> None:
        self._lines.setdefault(path, bisect_right(self._ends, self._pos - 1) + 1)
