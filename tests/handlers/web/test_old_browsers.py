"""The script and the style sheets keep to what Chrome 49 (Android 5 to 7) understands."""

from __future__ import annotations

import re

import pytest

from bot.handlers.web.assets import FOLDER

SCRIPT = (FOLDER / "chat.js").read_text(encoding="utf-8")
STYLE = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("chat.css", "rules.css"))
CODE = re.sub(r"/\*.*?\*/", "", SCRIPT, flags=re.DOTALL)

TOO_NEW_IN_SCRIPT = {
    "an arrow function": r"=>",
    "let": r"\blet\s+[\w\[{]",
    "const": r"\bconst\s+[\w\[{]",
    "a class": r"\bclass\s+\w",
    "a template string": r"`",
    "fetch": r"\bfetch\s*\(",
    "a promise": r"\bPromise\b|\basync\b|\bawait\b",
    "optional chaining or ??": r"\?\.[^\d]|\?\?",
    "spread": r"\.\.\.",
    "for-of": r"\bfor\s*\([^)]*\bof\b",
    "a default argument": r"function\s*\w*\([^)]*=",
    "a power operator": r"\*\*",
    "a method that came later": r"\.(replaceAll|includes|replaceChildren|prepend|flat|at|padStart|entries|values)\(",
    "a trailing comma in a call": r",\s*\)",
}


@pytest.mark.parametrize("what", TOO_NEW_IN_SCRIPT)
def test_the_script_does_without(what: str) -> None:
    assert not re.findall(TOO_NEW_IN_SCRIPT[what], CODE)


@pytest.mark.parametrize(
    "line",
    ["x => 1", "let a = 1", "const a = 1", "`a`", "fetch('/')", "a?.b", "a ?? b", "f(...a)", "for (var a of b)"],
)
def test_the_check_of_the_script_can_fail(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in TOO_NEW_IN_SCRIPT.values())


def test_the_script_needs_no_inline_code_or_eval() -> None:
    assert not re.search(r"\beval\b|new Function|javascript:|setAttribute\('(style|on)", CODE)


@pytest.mark.parametrize(
    "what", [":has(", "var(", "inset:", "aspect-ratio", "clamp(", "min(", ":is(", ":where(", "@layer"]
)
def test_the_style_does_without(what: str) -> None:
    assert what not in STYLE


def test_grids_have_something_to_fall_back_on() -> None:
    """Grid came with Chrome 57; before it the keypad wraps."""
    outside = re.sub(r"@supports \(display: grid\) \{.*?\n\}", "", STYLE, flags=re.DOTALL)
    assert "display: grid;" not in outside
    assert re.search(r"^\.keypad button \{[^}]*flex:", outside, flags=re.MULTILINE)


def test_flex_boxes_keep_their_distance_by_margins() -> None:
    """`gap` in flex boxes came with Chrome 84."""
    assert not re.search(r"[\s;{]gap:", STYLE)
