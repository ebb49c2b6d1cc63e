"""The house keeps its shape: where files may be, what they may be called, what every room has."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    ".ci",
    "bot",
    "docs",
    "locales",
    "storage",
    "tests",
}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
CHANNELS = ("telegram", "web", "terminal")
CHANNEL_FILES = ("translate.py", "render.py", "receive.py")
LONGEST_FILE = 400


def tracked() -> list[Path]:
    """Every file of the checkout that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(line) for line in listed.splitlines() if (ROOT / line).is_file()]


PYTHON = [path for path in tracked() if path.suffix == ".py"]
PRODUCT = [path for path in PYTHON if path.parts[0] in ("bot", "storage")]


def test_folders_at_the_top_are_the_ones_agreed_on() -> None:
    assert {path.parts[0] for path in tracked() if len(path.parts) > 1} <= TOP_LEVEL


def test_no_module_hides_behind_a_name_that_says_nothing() -> None:
    assert [path for path in PYTHON if path.stem in FORBIDDEN or set(path.parts[:-1]) & FORBIDDEN] == []


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_files_stay_short_enough_to_read(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_has_the_same_files(channel: str) -> None:
    folder = ROOT / "bot" / "handlers" / channel
    assert [name for name in CHANNEL_FILES if not (folder / name).exists()] == []


@pytest.mark.parametrize(
    "path", [p for p in PRODUCT if p.parts[:2] in (("bot", "dialogs"), ("bot", "scoring"))], ids=str
)
def test_the_core_holds_no_user_text(path: Path) -> None:
    """Vietnamese sentences live in bot/messages and the criteria files; understanding and names of languages apart."""
    if "understanding" in path.parts or path.name == "resting.py":
        return
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    attribute_docs = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in docstrings | attribute_docs
        and any(letter > "\u00bf" and letter.isalpha() for letter in node.value)
    ]
    assert texts == []


def test_lock_files_name_no_host_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "index-url" not in text


def test_the_runtime_lock_is_part_of_the_development_lock() -> None:
    """So that one virtual environment serves both: the same versions wherever both name a package."""
    pins = [
        {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] <= pins[1]
