"""The escapes of workbooks for characters that XML cannot hold: '_x000D_' (ISO/IEC 29500-1, 22.9.2.19)."""

from __future__ import annotations

import re

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_KEPT = "\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
"""What XML holds; a carriage return too, but its readers make a line feed of it."""
_NOT_XML = re.compile(f"[^{_KEPT}]")
_LOOKS_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|[^{_KEPT}]))")
"""As it stands, or once what follows begins with the '_' of an escape."""


def escape(text: str) -> str:
    """Write a text so that `unescape` gives it back, whatever it holds."""
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def unescape(text: str) -> str:
    """Read a text as spreadsheet programs do; halves of a character that are left alone become '\ufffd'."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
