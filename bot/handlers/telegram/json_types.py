"""Names for what travels as JSON."""

from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""An object of the Bot API, as it came or goes."""
