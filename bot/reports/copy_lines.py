"""The lines of a copy of somebody's data as they are written, and how times and sizes are said in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.dialogs.screens import Param, Say
from bot.i18n import Translator
from bot.messages import MESSAGES

Row = Mapping[str, object]
Kept = Mapping[str, Sequence[Row]]
"""{table: records}, as ports.People.everything gives them."""

KB, MB = 1_000, 1_000_000


@dataclass(slots=True)
class CopyLines:
    """The lines written so far."""

    words: Translator
    timezone: ZoneInfo
    lines: list[str] = field(default_factory=list)
    headings: int = 0

    def head(self, code: str, **params: Param) -> None:
        """Begin a numbered part."""
        self.headings += 1
        self.lines.extend(("", f"{self.headings}. {self.words.text(code, params)}"))

    def write(self, code: str, indent: str = "", /, count: int | None = None, **params: Param) -> None:
        """Write one sentence as one line."""
        self.lines.append(indent + one_line(self.words.text(code, params, count)))

    def add(self, text: Say | str, indent: str = "") -> None:
        """Write one line of words that are put together elsewhere, or were typed."""
        self.lines.append(indent + one_line(text if isinstance(text, str) else self.words.say(text)))

    def moment(self, at: datetime) -> str:
        """Say a moment in local time."""
        return f"{at.astimezone(self.timezone):%H:%M %d/%m/%Y}"

    def at(self, row: Row, name: str) -> str:
        """Say the moment in a column; nothing where there is none."""
        value = row.get(name)
        return self.moment(value) if isinstance(value, datetime) else ""

    def size(self, row: Row) -> str:
        """Say the size of a file."""
        size = row.get("size")
        if not isinstance(size, int) or size <= 0:
            return self.words.text("copy.size_unknown")
        if size < MB:
            return f"{-(-size // KB)} KB"
        return f"{self.words.param((Decimal(size) / MB).quantize(Decimal('0.1')))} MB"

    def channel(self, row: Row) -> str:
        """Name a channel; one without a name by its code."""
        name = text_in(row, "channel")
        code = f"copy.channel.{name}"
        return self.words.text(code) if code in MESSAGES else name


def one_line(text: str) -> str:
    """One line of what may have been typed as several."""
    return " ".join(text.split())


def text_in(row: Row, name: str) -> str:
    """What a column holds, as text."""
    return str(row.get(name, ""))


def day_in(row: Row, name: str) -> date | str:
    """The day that a column holds; nothing where there is none."""
    value = row.get(name)
    return value if isinstance(value, date) else ""
