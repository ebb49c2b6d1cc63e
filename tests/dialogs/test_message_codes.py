"""Every code that is said has a sentence, every sentence is said by somebody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot
import storage
from bot.messages import MESSAGES
from bot.scoring.explain import REASON_CODES

SOURCES = Path(bot.__file__).parent
TELLING = Path(storage.__file__).parent
"""Storage tells persons what others did."""
_IN_TEMPLATES = re.compile(r"""['"]([a-z_]+(?:\.[a-z_0-9]+)+)['"]""")


def trees() -> Iterator[ast.AST]:
    for path in sorted((*SOURCES.rglob("*.py"), *TELLING.rglob("*.py"))):
        if "messages" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def said() -> Iterator[str]:
    """First arguments of `say(...)`, `Say(...)` and `words.text(...)`, where they are plain."""
    for tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("say", "Say"):
                yield from plain(node.args[0])


def plain(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as code):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from plain(body)
            yield from plain(orelse)
        case _:
            pass


def constants() -> set[str]:
    """Every string in the sources and templates that could be a code."""
    nodes = (node for tree in trees() for node in ast.walk(tree))
    found = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for path in SOURCES.rglob("*"):
        if path.suffix in (".html", ".js"):
            found.update(_IN_TEMPLATES.findall(path.read_text(encoding="utf-8")))
    return found


def families() -> set[str]:
    """Patterns of codes that are put together: f"state.{state.value}"."""
    patterns = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = (re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.]+" for v in node.values)
                pattern = "".join(parts)
                if re.match(r"[a-z_]+\\\.", pattern):
                    patterns.add(pattern)
    return patterns


def test_every_code_that_is_said_has_a_sentence() -> None:
    codes = set(said())
    assert len(codes) > 100, "the scan finds what it looks for"
    assert codes - MESSAGES.keys() == set()


def test_every_reason_of_the_rules_has_a_sentence() -> None:
    assert set(REASON_CODES) - MESSAGES.keys() == set()


def test_every_sentence_is_said_by_somebody() -> None:
    known, patterns = constants() | set(REASON_CODES), families()
    unsaid = {code for code in MESSAGES if code not in known and not any(re.fullmatch(p, code) for p in patterns)}
    assert unsaid == set()
