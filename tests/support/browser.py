"""Finding a Chromium to drive, and starting it so that it stays quiet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one HOCTAP_CHROMIUM names, else the system's."""
    named = os.environ.get("HOCTAP_CHROMIUM", "")
    if named:
        return named if Path(named).exists() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def chromium_or_skip() -> str:
    """Return the path of a Chromium. Without one the test is skipped, but fails where CI says it is CI."""
    path = find_chromium()
    if path is None:
        message = "no Chromium found; install it (Debian: apt install chromium) or name one in HOCTAP_CHROMIUM"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(message)
        pytest.skip(message)
    return path
