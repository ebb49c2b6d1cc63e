"""The documents say what is so: paths, commands, settings, functions, links and words exist as they are named."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pytest

from bot import __main__ as command_line
from bot import config
from tests.test_layout import ROOT, TOP_LEVEL, tracked

DOCUMENTS = sorted(path for path in tracked() if path.suffix == ".md")
OURS = [path for path in DOCUMENTS if path.parts[0] == "docs" or len(path.parts) == 1]
FILES = frozenset(str(path) for path in tracked())
FOLDERS = frozenset(str(parent) for path in tracked() for parent in path.parents)
SOURCES = "\n".join(
    (ROOT / path).read_text(encoding="utf-8")
    for path in tracked()
    if path.parts[0] in ("bot", "storage") and path.suffix == ".py"
)
NOT_OF_THE_PROGRAM = {"HOCTAP_VENV", "HOCTAP_TEST_POSTGRESQL_URL"}
"""Settings of `./dev` and of the tests, which the program only tolerates."""

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_ENVIRONMENT = r"(?:sudo (?:-u \w+ )?)?(?:env )?(?:[A-Z_]+=\S+ )*"
_COMMAND = re.compile(rf"^\s*{_ENVIRONMENT}(?P<program>(?:/opt/hoctap/|\./)dev|hoctap)(?P<rest>(?: .*)?)$")
_SETTING = re.compile(r"\bHOCTAP_[A-Z_]*[A-Z]\b")


def text_of(document: Path) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def spans(text: str) -> Iterator[str]:
    """Everything set as code within a line."""
    yield from _SPAN.findall(_FENCE.sub("", text))


def fenced_lines(text: str) -> Iterator[str]:
    for block in _FENCE.findall(text):
        yield from block.splitlines()[1:-1]


def named_paths(text: str) -> Iterator[str]:
    """What is set as code and begins like a path of this checkout; `<...>` stands for any name."""
    for span in spans(text):
        if re.fullmatch(r"[\w./<>*-]+", span):
            first = span.split("/")[0]
            is_below = "/" in span and first in TOP_LEVEL
            if is_below or span in {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"}:
                yield span


def exists(named: str) -> bool:
    pattern = re.compile(re.sub(r"<[^>]*>|\*", "[^/]+", re.escape(named.rstrip("/")).replace("\\*", "*")))
    return any(pattern.fullmatch(path) for path in FILES | FOLDERS)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Program and the rest of every command line of ours."""
    for line in (*spans(text), *fenced_lines(text)):
        found = _COMMAND.match(line)
        if found:
            rest = re.sub(r"\$\([^)]*\)", "x", found["rest"])  # what the shell puts in
            yield found["program"].rsplit("/", 1)[-1], rest.split(" #")[0].strip()


def parser_of(words: list[str]) -> tuple[argparse.ArgumentParser, list[str]] | str:
    """The parser that the first words lead to, and the words left for it; the word that is no command otherwise."""
    parser = command_line._parser()
    while True:
        groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
        if not groups or not words:
            return parser, words
        word, *words = words
        if word not in groups[0].choices:
            return word
        parser = groups[0].choices[word]


def is_runnable(rest: str) -> bool:
    """Whether the product's command line takes these words; a group or command alone may want more."""
    found = parser_of(shlex.split(rest))
    if isinstance(found, str):
        return False
    parser, words = found
    if not words:
        return True
    try:
        parser.parse_args(words)
    except SystemExit:
        return False
    return True


def dev_commands() -> set[str]:
    labels = re.findall(r"^    ([a-z][a-z| -]*)\)$", (ROOT / "dev").read_text(), flags=re.MULTILINE)
    return {word.strip() for label in labels for word in label.split("|")}


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", normalize("NFC", heading.lower())) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@dataclass(frozen=True)
class Link:
    """A link of a document to somewhere in this checkout."""

    document: Path
    target: str


LINKS = [
    Link(document, target)
    for document in OURS
    for target in _LINK.findall(_FENCE.sub("", text_of(document)))
    if "://" not in target
]


@pytest.mark.parametrize("document", OURS, ids=str)
def test_every_path_named_exists(document: Path) -> None:
    assert [path for path in named_paths(text_of(document)) if not exists(path)] == []


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.document}-{link.target}")
def test_every_link_leads_somewhere(link: Link) -> None:
    path, _, anchor = link.target.partition("#")
    target = (ROOT / link.document).parent / path if path else ROOT / link.document
    assert target.exists()
    assert not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", OURS, ids=str)
def test_every_command_named_can_be_given(document: Path) -> None:
    of_product = {"run", "chat", "criteria", "admin", "backup"}
    wrong = []
    for program, rest in commands(text_of(document)):
        words = rest.split()
        is_known = not words or program == "hoctap" or words[0] in dev_commands()
        is_of_product = words and (program == "hoctap" or words[0] in of_product)
        if not is_known or (is_of_product and not is_runnable(rest)):
            wrong.append(f"{program} {rest}")
    assert wrong == []


def test_every_command_is_named_somewhere() -> None:
    named = {(program, *rest.split()[:1]) for document in OURS for program, rest in commands(text_of(document)) if rest}
    assert {("dev", command) for command in dev_commands()} - named == set()


def setting_rows() -> dict[str, str]:
    """{setting: its default} of the table in the README."""
    rows = re.findall(r"^\| `(HOCTAP_\w+)` \| (.*?) \|", text_of(Path("README.md")), flags=re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def test_the_table_of_settings_is_that_of_the_program() -> None:
    assert set(setting_rows()) == config._KNOWN - NOT_OF_THE_PROGRAM


@pytest.mark.parametrize("name", sorted(setting_rows()))
def test_a_default_in_the_table_is_what_is_used(name: str) -> None:
    written = setting_rows()[name]
    base = {"HOCTAP_TELEGRAM_TOKEN": "123456:ABCDEFGHIJKLMNOP"} if name != "HOCTAP_TELEGRAM_TOKEN" else {}
    if written == "*(trống)*":
        default = ""
    elif name == "HOCTAP_DATABASE_URL":
        default = f"sqlite:///{Path('var').resolve() / 'hoctap.db'}"
    else:
        default = written
    assert config.load({**base, name: default}) == config.load(base)


def test_settings_of_developers_are_told_to_developers() -> None:
    assert set(_SETTING.findall(text_of(Path("CONTRIBUTING.md")))) >= NOT_OF_THE_PROGRAM


@pytest.mark.parametrize("document", OURS, ids=str)
def test_no_document_names_an_unknown_setting(document: Path) -> None:
    read_somewhere = {
        name
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] in ("bot", "tests") and path.name != "test_docs.py"
        for name in _SETTING.findall(text_of(path))
    }
    assert set(_SETTING.findall(text_of(document))) - read_somewhere == set()


WALK = re.findall(r"^\| `(\w+)` \| (\S+\.py) \|", text_of(Path("docs/design.md")), flags=re.MULTILINE)


@pytest.mark.parametrize(("function", "file"), WALK, ids=[f"{file}-{function}" for function, file in WALK])
def test_the_walk_names_functions_where_they_are(function: str, file: str) -> None:
    assert re.search(rf"^\s*(?:async )?def {function}\b", text_of(Path(file)), flags=re.MULTILINE)


def glossary_words() -> list[str]:
    cells = re.findall(r"^\|[^|]*\|([^|]*)\|[^|]*\|$", text_of(Path("docs/glossary.md")), flags=re.MULTILINE)
    return [word for cell in cells for word in _SPAN.findall(cell)]


def test_the_words_of_the_glossary_are_those_of_the_code() -> None:
    assert len(glossary_words()) > 50
    assert [word for word in glossary_words() if not re.search(rf"\b{word}\b", SOURCES)] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    pages = sorted(path.name for path in OURS if path.parent == Path("docs/decisions") and path.name != "README.md")
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", text_of(Path("docs/decisions/README.md"))) == pages


@pytest.mark.parametrize("document", [p for p in OURS if re.match(r"docs/decisions/\d", str(p))], ids=str)
def test_a_decision_says_why_what_and_what_follows(document: Path) -> None:
    text = text_of(document)
    assert text.startswith(f"# {document.name[:4]} ")
    parts = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert parts[:3] == ["Context", "Decision", "Consequences"]
    assert parts[3:] in ([], ["Changed"]), "a decision that was changed says so at its end"
    assert len(text.splitlines()) <= 60


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads(text_of(Path("pyproject.toml")))["project"]["version"]
    assert f"\n## {version} - " in text_of(Path("CHANGELOG.md"))


def test_the_readme_is_short_enough_to_read() -> None:
    assert len(text_of(Path("README.md")).splitlines()) <= 200


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ('`./dev admin add-place hamlet "Buôn Dù" --within 6`', True),
        ("`./dev admin add-place kingdom X`", False),
        ("`hoctap admin remove-place 3`", False),
        ("`sudo -u hoctap env HOCTAP_DATA_DIR=/var/lib/hoctap /opt/hoctap/dev admin places`", True),
        ("```sh\nHOCTAP_LOG=debug ./dev backup /backup/a.db   # now\n```", True),
        ("`hoctap backup`", True),
        ("`hoctap chat --loud`", False),
    ],
)
def test_the_check_of_commands_can_fail(text: str, is_fine: bool) -> None:
    ((_, rest),) = commands(text)
    assert is_runnable(rest) == is_fine


def test_the_check_of_paths_can_fail() -> None:
    named = list(named_paths("`bot/nothing.py` `bot/handlers/<channel>/translate.py` `var/x` `docs/`"))
    assert named == ["bot/nothing.py", "bot/handlers/<channel>/translate.py", "docs/"]
    assert [exists(path) for path in named] == [False, True, True]
