"""One golden conversation passes on the terminal, the web chat and Telegram: the same words, the same choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.channels.players import Player, Seen, TelegramPlayer, TerminalPlayer, WebPlayer, plain
from tests.support import golden
from tests.support.fake_telegram import FakeTelegram, Limits, Settings
from tests.support.program import free_port, program

CONVERSATION = golden.FOLDER / "channels.txt"


@dataclass(frozen=True)
class Wanted:
    """One input of the golden conversation and the screen that follows it."""

    said: str
    paragraphs: tuple[str, ...]
    labels: tuple[str, ...]


def wanted() -> list[Wanted]:
    """Read the golden conversation as inputs and screens."""
    blocks = re.split(r"^> ", CONVERSATION.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    steps = []
    for block in blocks:
        said, *shown = block.strip().splitlines()
        labels: list[str] = []
        paragraphs: list[str] = []
        for line in shown:
            if line.startswith("  ["):
                labels += re.findall(r"\[(.+?)\]", line)
            elif numbered := re.fullmatch(r"  \d+\. (.+)", line):
                labels.append(numbered[1])
            elif not line.startswith(("[", "~ ", "Câu ")):
                paragraphs.append(plain(line))
        steps.append(Wanted(said, tuple(p for p in paragraphs if p), tuple(labels)))
    return steps


async def play(player: Player) -> None:
    """Type each input and compare what is on the screen."""
    for step in wanted():
        seen = await player.type(step.said)
        _compare(step, seen)


def _compare(step: Wanted, seen: Seen) -> None:
    text = "\n".join(plain(line) for line in seen.text.splitlines() if line.strip())
    at = 0
    for paragraph in step.paragraphs:
        found = text.find(paragraph, at)
        assert found >= 0, f"after {step.said!r}: {paragraph!r} is missing, or out of order, in:\n{text}"
        at = found + len(paragraph)
    assert seen.labels[: len(step.labels)] == step.labels, f"after {step.said!r}"


async def test_on_the_terminal(tmp_path: Path) -> None:
    steps = wanted()
    assert steps[0].said == "/start"
    printed = await TerminalPlayer(tmp_path).play(tuple(step.said for step in steps[1:]))
    text = CONVERSATION.read_text(encoding="utf-8")
    expected = text[text.index("> /start") :]
    assert _still(printed) == _still(expected)


async def test_on_the_web_without_scripts(tmp_path: Path) -> None:
    async with program(tmp_path) as url, httpx.AsyncClient(base_url=url, follow_redirects=True, timeout=60) as client:
        await play(WebPlayer(client))


async def test_on_telegram_by_polling(tmp_path: Path) -> None:
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake, program(tmp_path, **telegram(fake)):
        await play(TelegramPlayer(fake.person("Lan")))


async def test_on_telegram_by_webhook(tmp_path: Path) -> None:
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake:
        address = f"127.0.0.1:{free_port()}"
        webhook = {
            "HOCTAP_WEB_LISTEN": address,
            "HOCTAP_TELEGRAM_WEBHOOK_URL": f"http://{address}",
            "HOCTAP_TELEGRAM_WEBHOOK_SECRET": "bi-mat",
        }
        async with program(tmp_path, **telegram(fake), **webhook):
            await play(TelegramPlayer(fake.person("Lan")))


def telegram(fake: FakeTelegram) -> dict[str, str]:
    """Settings that lead the program to the fake, at full speed."""
    return {
        "HOCTAP_TELEGRAM_TOKEN": fake.token,
        "HOCTAP_TELEGRAM_API": fake.url,
        "HOCTAP_TELEGRAM_RATE": "0",
        "HOCTAP_TELEGRAM_CHAT_RATE": "0",
    }


def _still(transcript: str) -> list[str]:
    """A transcript without times of day and blank lines."""
    return [plain(line) for line in transcript.splitlines() if line.strip()]
