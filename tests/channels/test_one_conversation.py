"""Each kind of subject passes on the terminal, the web chat and Telegram: the same words, the same choices."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot import bootstrap, config
from bot.dialogs.facts import RoleKind
from bot.services import administer
from tests.channels.players import Player, Seen, TelegramPlayer, TerminalPlayer, WebPlayer, plain
from tests.support import golden
from tests.support.fake_telegram import FakeTelegram, Limits, Settings
from tests.support.program import RunningClock, free_port, program

ROLES = {"CBXM26": (RoleKind.OFFICER, "commune"), "TTKP26": (RoleKind.VILLAGE_HEAD, "hamlet")}
"""{code of a golden conversation: the role it grants, at the first sample place of that level}"""


@dataclass(frozen=True)
class Wanted:
    """One input of a golden conversation and the screen that follows it."""

    said: str
    paragraphs: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """A golden conversation as it is played."""

    name: str
    text: str
    steps: tuple[Wanted, ...]


def scripts() -> list[Script]:
    """The golden conversations of all channels."""
    return [_script(name) for name in golden.ON_EVERY_CHANNEL]


def _script(name: str) -> Script:
    text = (golden.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    text = text[text.index("> ") :]
    blocks = re.split(r"^> ", text, flags=re.MULTILINE)[1:]
    return Script(name, text, tuple(_wanted(*block.strip().splitlines()) for block in blocks))


def _wanted(said: str, *shown: str) -> Wanted:
    labels: list[str] = []
    paragraphs: list[str] = []
    for line in shown:
        if line.startswith("  ["):
            labels += re.findall(r"\[(.+?)\]", line)
        elif numbered := re.fullmatch(r"  \d+\. (.+)", line):
            labels.append(numbered[1])
        elif not line.startswith(("[", "~ ", "Câu ")):
            paragraphs.append(plain(line))
    return Wanted(said, tuple(p for p in paragraphs if p), tuple(labels))


async def play(player: Player, script: Script) -> None:
    """Type or tap each input and compare what is on the screen."""
    for number, step in enumerate(script.steps, 1):
        tapped = re.fullmatch(r"\[(.+)\]", step.said)
        seen = await (player.tap(tapped[1]) if tapped else player.type(step.said))
        _compare(f"{script.name}, input {number}, after {step.said!r}", step, seen)


async def play_all(player_of: Callable[[str], Player]) -> None:
    """Play every conversation at the same time, each with a person of its own."""
    async with asyncio.TaskGroup() as tasks:
        for script in scripts():
            tasks.create_task(play(player_of(script.name), script))


def _compare(where: str, step: Wanted, seen: Seen) -> None:
    text = "\n".join(plain(line) for line in seen.text.splitlines() if line.strip())
    at = 0
    for paragraph in step.paragraphs:
        found = text.find(paragraph, at)
        assert found >= 0, f"{where}: {paragraph!r} is missing, or out of order, in:\n{text}"
        at = found + len(paragraph)
    assert seen.labels[: len(step.labels)] == step.labels, where


class SaidIds:
    """Gives out the code that a golden conversation types."""

    def __init__(self, code: str) -> None:
        self._code = code

    def code(self, length: int) -> str:
        """Return the code, whatever length is asked for."""
        return self._code

    def household_code(self, subject_id: int, serial: int) -> str:
        """Return the code."""
        return self._code

    def seed(self) -> int:
        """Return any number."""
        return 1

    def token(self) -> str:
        """Return the code as a token."""
        return self._code


@pytest.fixture
async def installed(tmp_path: Path) -> Path:
    """A data directory with the sample places and a code for each role."""
    async with bootstrap.open_core(config.load({"HOCTAP_DATA_DIR": str(tmp_path)}), RunningClock()) as core:
        places = await administer.places(core.storage)
        for code, (role, level) in ROLES.items():
            place = next(each for each in places if each.level == level)
            await administer.grant(core.storage, core.clock, SaidIds(code), role, place.id, days=30)
    return tmp_path


async def test_on_the_terminal(installed: Path) -> None:
    for script in scripts():
        typed = [step.said.removeprefix("[").removesuffix("]") for step in script.steps]
        is_greeted = typed[0] != "/start"
        printed = await TerminalPlayer(installed, script.name).play(typed if is_greeted else typed[1:])
        if is_greeted:  # what it shows before anybody typed is the beginning of another conversation
            printed = printed[printed.index(f"> {typed[0]}") :]
        untapped = re.sub(r"^> \[(.+)\]$", r"> \1", script.text, flags=re.MULTILINE)
        assert _still(printed) == _still(untapped), script.name


async def test_on_the_web_without_scripts(installed: Path) -> None:
    async with program(installed) as url, AsyncExitStack() as clients:
        visitors = {
            script.name: await clients.enter_async_context(
                httpx.AsyncClient(base_url=url, follow_redirects=True, timeout=60)
            )
            for script in scripts()
        }
        await play_all(lambda name: WebPlayer(visitors[name]))


async def test_on_telegram_by_polling(installed: Path) -> None:
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake, program(installed, **telegram(fake)):
        await play_all(lambda name: TelegramPlayer(fake, name))


async def test_on_telegram_by_webhook(installed: Path) -> None:
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake:
        address = f"127.0.0.1:{free_port()}"
        webhook = {
            "HOCTAP_WEB_LISTEN": address,
            "HOCTAP_TELEGRAM_WEBHOOK_URL": f"http://{address}",
            "HOCTAP_TELEGRAM_WEBHOOK_SECRET": "bi-mat",
        }
        async with program(installed, **telegram(fake), **webhook):
            await play_all(lambda name: TelegramPlayer(fake, name))


def telegram(fake: FakeTelegram) -> dict[str, str]:
    """Settings that lead the program to the fake, at full speed."""
    return {
        "HOCTAP_TELEGRAM_TOKEN": fake.token,
        "HOCTAP_TELEGRAM_API": fake.url,
        "HOCTAP_TELEGRAM_RATE": "0",
        "HOCTAP_TELEGRAM_CHAT_RATE": "0",
    }


def _still(transcript: str) -> Sequence[str]:
    """A transcript without times of day and blank lines."""
    return [plain(line) for line in transcript.splitlines() if line.strip()]
