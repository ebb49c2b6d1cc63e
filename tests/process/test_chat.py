"""`hoctap chat`: the golden conversation of all channels, typed into a real terminal program line by line."""

from __future__ import annotations

import re
from pathlib import Path

from bot.i18n import translator
from tests.support import golden
from tests.support.process import hoctap

CHANNELS = golden.read(golden.FOLDER / "channels.txt")


async def test_it_prints_the_golden_conversation_of_what_is_typed(tmp_path: Path) -> None:
    """So that whoever saw something go wrong can hand it to a developer as a test."""
    assert CHANNELS.inputs[0] == "/start", "what the terminal says by itself"
    typed = "".join(f"{line}\n" for line in CHANNELS.inputs[1:])
    finished = await hoctap("chat", "--repro", typed=typed, HOCTAP_DATA_DIR=str(tmp_path))
    assert (finished.code, finished.errors) == (0, "")
    expected = CHANNELS.path.read_text(encoding="utf-8")
    assert _timeless(finished.out) == _timeless(expected[expected.index("> /start") :])
    again = tmp_path / "again.txt"
    again.write_text(finished.out, encoding="utf-8")
    assert golden.read(again).inputs == CHANNELS.inputs


async def test_it_goes_on_where_the_person_was(tmp_path: Path) -> None:
    begun = await hoctap("chat", typed="đồng ý\nBà Tư\n", HOCTAP_DATA_DIR=str(tmp_path))
    assert begun.code == 0
    words = translator("vi")
    assert begun.out.count("> ") >= 3
    later = await hoctap("chat", HOCTAP_DATA_DIR=str(tmp_path))
    assert (later.code, later.errors) == (0, "")
    assert words.text("place.hamlet.household") in later.out
    assert words.text("consent.question") not in later.out


def _timeless(transcript: str) -> list[str]:
    """A transcript without blank lines, with moments and years made the same."""
    still = re.sub(r"\d\d:\d\d \d\d/\d\d/\d{4}", "(moment)", transcript)
    still = re.sub(r"(năm|[-_.]) ?20\d\d", r"\1 (year)", still)
    return [line.rstrip() for line in still.splitlines() if line.strip()]
