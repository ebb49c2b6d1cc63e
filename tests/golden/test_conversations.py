"""Every golden conversation says, screen by screen, what it said when it was last read by a person."""

from __future__ import annotations

import pytest

from tests.support import golden


@pytest.mark.parametrize("conversation", list(golden.goldens()), ids=lambda g: g.name)
def test_conversation_is_as_written(conversation: golden.Golden, rewrite: bool) -> None:
    transcript = golden.play(conversation)
    if rewrite:
        conversation.path.write_text(transcript, encoding="utf-8")
    assert conversation.path.read_text(encoding="utf-8") == transcript
