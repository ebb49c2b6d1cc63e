"""What travels over the wire: JSON objects, and the one way to write them."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: object) -> str:
    """Compact JSON text, letters beyond ASCII written as they are."""
    return _encoder.encode(value)
