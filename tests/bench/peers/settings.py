"""What every peer is told through its environment."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bench.form import Form

API = os.environ.get("BENCH_API", "")
TOKEN = os.environ.get("BENCH_TOKEN", "")


def data_dir() -> Path:
    """A folder of the peer's own."""
    return Path(os.environ["BENCH_DATA"])


def form() -> Form:
    """The questionnaire."""
    return Form.read(Path(os.environ["BENCH_FORM"]))
