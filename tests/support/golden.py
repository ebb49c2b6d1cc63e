"""Golden conversations: transcripts of inputs and screens, in the form the terminal prints.

Inputs stand behind `> `: plain text is typed; `[Có]` taps the choice with that label on the newest screen; `[Có @-2]`
taps it as it stood two screens before; `{sticker}`, `{voice}`, `{photo 300 kB}`, `{document a.pdf 30 MB}` are sent;
`{outage}` is the service coming back. Everything else is what the person then sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.dialogs.effects import SendDocument, Show
from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Resumed, Typed, Unsupported
from bot.dialogs.screens import Screen
from bot.handlers.terminal.render import lines
from bot.i18n import translator
from tests.support.world import World

FOLDER = Path(__file__).parent.parent / "golden" / "conversations"
_TAP = re.compile(r"\[(?P<label>.+?)(?: @-(?P<before>\d+))?\]")
_FILE = re.compile(r"\{(?P<kind>photo|document)(?: (?P<name>\S+\.\w+))? (?P<size>\d+) (?P<unit>kB|MB)\}")
_UNITS = {"kB": 1000, "MB": 1_000_000}
_TYPES = {"pdf": "application/pdf", "exe": "application/x-msdownload", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Golden:
    """One file: its heading lines and its inputs."""

    path: Path
    heading: tuple[str, ...]
    inputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name without ending."""
        return self.path.stem


def read(path: Path) -> Golden:
    """Read a golden conversation's heading and inputs."""
    text = path.read_text(encoding="utf-8").splitlines()
    heading = tuple(line for line in text[: next((n for n, x in enumerate(text) if x.startswith("> ")), 0)] if line)
    return Golden(path, heading, tuple(line[2:] for line in text if line.startswith("> ")))


def goldens() -> Iterator[Golden]:
    """All golden conversations."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield read(path)


def play(golden: Golden) -> str:
    """Play the inputs through the pure conversation and return the whole transcript."""
    world = World()
    seen: list[Screen] = []
    out = [*golden.heading, ""]
    for said in golden.inputs:
        out.append(f"> {said}")
        for effect in world.play(event_of(said, seen, world.session.locale)):
            words = translator(world.session.locale)
            if isinstance(effect, Show):
                seen.append(effect.screen)
                if effect.toast is not None:
                    out.append(f"* {words.say(effect.toast)}")
                out.extend(lines(words.screen(effect.screen), words))
            elif isinstance(effect, SendDocument):
                out.append(f"→ {effect.kind.value}")
        out.append("")
    return "\n".join(out)


def event_of(said: str, seen: list[Screen], locale: str) -> Event:
    """Turn an input line into what happened."""
    revision = seen[-1].revision if seen else None
    if tap := _TAP.fullmatch(said):
        screen = seen[-1 - int(tap["before"] or 0)]
        words = translator(locale)
        for choice in screen.choices + screen.navigation:
            if words.say(choice.label) == tap["label"]:
                return Pressed(choice.id, screen.revision)
        on_screen = [words.say(c.label) for c in screen.choices + screen.navigation]
        raise AssertionError(f"{tap['label']!r} is not on the screen; there are {on_screen}")
    if file := _FILE.fullmatch(said):
        kind = FileKind(file["kind"])
        name = file["name"] or ""
        mime = "image/jpeg" if kind is FileKind.PHOTO else _TYPES[name.rpartition(".")[2]]
        return FileSent(FileRef("ref", kind, int(file["size"]) * _UNITS[file["unit"]], mime, name), seen=revision)
    if said == "{outage}":
        return Resumed("outage")
    if said.startswith("{long "):
        return Typed("x" * int(said[6:-1]), revision)
    if said.startswith("{"):
        return Unsupported(said[1:-1], revision)
    return Typed(said, revision)
