"""Keeps the catalogues in step with the sentences: `python -m tests.support.translations check | update`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.checkers import checkers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.i18n import LOCALES, LOCALES_DIR, SOURCE_LOCALE

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = tuple(locale for locale in LOCALES if locale != SOURCE_LOCALE)


def main(command: str) -> int:
    """Check, or update, every shipped catalogue; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        _pybabel(
            "extract", "-k", "N_", "-k", "NN_:1,2", "--no-location", "--omit-header", "-o", template, "bot/messages"
        )
        if command == "update":
            return max(_update(locale, template) for locale in TRANSLATED)
        problems = [problem for locale in TRANSLATED for problem in _problems(locale, template)]
    for problem in problems:
        print(problem)
    if not problems:
        print("Translations are complete.")
    return 1 if problems else 0


def _update(locale: str, template: Path) -> int:
    path = _path(locale)
    options = ("-i", template, "-o", path, "-l", locale, "--no-wrap")
    if path.exists():
        _pybabel("update", *options, "--ignore-obsolete", "--no-fuzzy-matching")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        _pybabel("init", *options)
    return 0


def _problems(locale: str, template: Path) -> list[str]:
    path = _path(locale)
    wanted, catalogue = _read(template, None), _read(path, locale)
    found = []
    ids = {message.id for message in wanted if message.id}
    for message in catalogue:
        if not message.id:
            continue
        where = f"{path.relative_to(ROOT)}: {message.id!r}"
        if message.id not in ids:
            found.append(f"{where}: no sentence in bot/messages says this any more; run ./dev translate.")
        if message.fuzzy:
            found.append(f"{where}: marked fuzzy; read it, correct it, remove the mark.")
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            found.append(f"{where}: not translated.")
        for checker in checkers:
            try:
                checker(catalogue, message)
            except Exception as error:  # noqa: BLE001 - a checker's own kinds of error
                found.append(f"{where}: {error}")
    have = {message.id for message in catalogue}
    found.extend(f"{path.relative_to(ROOT)}: {i!r}: missing; run ./dev translate." for i in ids - have)
    write_mo(BytesIO(), catalogue)
    return sorted(set(found), key=str)


def _path(locale: str) -> Path:
    return LOCALES_DIR / locale / "LC_MESSAGES" / "messages.po"


def _read(path: Path, locale: str | None) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as source:
        return read_po(source, locale=locale)


def _pybabel(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
