"""A typed line becomes an update; the line number tells a repetition."""

from __future__ import annotations

from bot.dialogs.events import Typed
from bot.ports import Incoming

CHANNEL = "terminal"


def translate(line: str, number: int, run: str, user: str, seen: int | None) -> Incoming:
    """Translate one line.

    Args:
        run: what tells this run of the terminal from others.
        user: name of the operating system's user.
        seen: revision of the screen above the line.
    """
    return Incoming(
        channel=CHANNEL,
        update_id=f"{run}:{number}",
        order=number,
        external_id=user,
        event=Typed(line, seen),
        language="vi",
    )
