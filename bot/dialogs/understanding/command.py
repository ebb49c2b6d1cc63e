"""Commands, typed with a slash or in words that are nothing but the command."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogs.understanding.command_table import BY_SLASH, BY_WORDS, Command
from bot.dialogs.understanding.courtesy import BARE_KIN, ENDINGS, OPENING_PHRASES
from bot.dialogs.understanding.phrases import Phrases, combined, cores, listed, words
from bot.dialogs.understanding.text import fold, understandable, visible
from bot.dialogs.understanding.yes_no import SPELLINGS

_OPENINGS = Phrases(
    OPENING_PHRASES
    | listed(
        combined("cho, để", "em, tôi, mình, tui, con, cháu"),
        "muốn, xin, làm ơn, vui lòng, hãy, xin hãy, please, let me, i want to, lets",
    )
)

_SLASHED = re.compile(r"/\s?([^\s@/?&=.,:;]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)


def read_command(text: str) -> Command | None:
    """Understand a command with a slash, or words that are a command and nothing else.

    An answer that the question's own reader understands comes before a command in words; the caller sees to it.
    """
    return split_command(text)[0]


def split_command(text: str) -> tuple[Command | None, str]:
    """Return the command and the argument after a slash command ("/start ABC"), in the letters it was typed in."""
    said = understandable(text)
    if said is None:
        return None, ""
    if said.startswith("/"):
        return _slashed(text)
    return _in_words(said), ""


def is_in_words(said: str) -> bool:
    """Say whether a text in normal form is a command in words."""
    return _in_words(said) is not None


def _slashed(text: str) -> tuple[Command | None, str]:
    written = unicodedata.normalize("NFKC", visible(text)).strip()
    found = _SLASHED.fullmatch(written)
    if found is None:
        return None, ""
    command = BY_SLASH.get(fold(found[1]).replace(" ", ""))
    return command, (found[2] or "").strip() if command else ""


def _in_words(said: str) -> Command | None:
    if said == "?":
        return Command.HELP
    said = said.rstrip("?!. ").replace(",", " ")
    for core in cores(words(said, SPELLINGS), _OPENINGS, ENDINGS):
        command = BY_WORDS.find(core)
        if command is None and BARE_KIN.ending(core):
            command = BY_WORDS.find(core[:-1])
        if command is not None:
            return command
    return None
