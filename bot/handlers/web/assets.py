"""The style sheet, the script and the icon, served under names that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).resolve().parent / "static"
TYPES = MappingProxyType(
    {
        "chat.css": "text/css; charset=utf-8",
        "chat.js": "text/javascript; charset=utf-8",
        "rules.css": "text/css; charset=utf-8",
        "icon.svg": "image/svg+xml",
    }
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; `path` is its address."""

    path: str
    mime: str
    data: bytes


def load_assets() -> Mapping[str, Asset]:
    """Read the files, by their plain name."""
    assets = {}
    for name, mime in TYPES.items():
        data = (FOLDER / name).read_bytes()
        stem, suffix = name.split(".")
        path = f"/s/{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"
        assets[name] = Asset(path=path, mime=mime, data=data)
    return MappingProxyType(assets)
