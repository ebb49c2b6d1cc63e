"""Run the fake by itself: `python -m tests.support.fake_telegram --listen 127.0.0.1:8081 --control 127.0.0.1:8082`."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import signal
import sys

from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.faults import Faults
from tests.support.fake_telegram.server import DEFAULT_TOKEN, FakeTelegram
from tests.support.fake_telegram.settings import Limits, Settings
from tests.support.fake_telegram.wire import to_json


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="fake_telegram", description="A faithful fake of the Telegram Bot API.")
    parser.add_argument("--listen", default="127.0.0.1:0", help="address of the Bot API (default: a free port)")
    parser.add_argument("--control", default="", help="address for RemoteFake (default: a free port of the same host)")
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--seed", type=int, default=1, help="of the injected faults")
    parser.add_argument("--duplicate-update", type=float, default=0.0, metavar="P")
    parser.add_argument("--reorder-updates", type=float, default=0.0, metavar="P")
    parser.add_argument("--lose-answer", type=float, default=0.0, metavar="P")
    parser.add_argument("--lose-request", type=float, default=0.0, metavar="P")
    parser.add_argument("--latency-s", type=float, default=0.0, metavar="S")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429")
    parser.add_argument("--frozen", action="store_true", help="time passes only when told to")
    parser.add_argument(
        "--driver",
        default="",
        metavar="MODULE:FUNCTION",
        help="called with the FakeTelegram: people that play by script",
    )
    return parser.parse_args(arguments)


async def run(options: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT; the first line printed is JSON with `url`, `control_url` and `token`."""
    faults = Faults(
        seed=options.seed,
        duplicate_update=options.duplicate_update,
        reorder_updates=options.reorder_updates,
        lose_answer=options.lose_answer,
        lose_request=options.lose_request,
        latency_s=options.latency_s,
    )
    settings = Settings(limits=Limits.off() if options.no_limits else Limits(), calls_kept=0)
    clock = VirtualClock(frozen=options.frozen)
    fake = FakeTelegram(token=options.token, settings=settings, clock=clock, faults=faults)
    host, _, port = options.listen.rpartition(":")
    await fake.start(host, int(port), control_port=int(options.control.rpartition(":")[2] or 0))
    if options.driver:
        module, _, function = options.driver.partition(":")
        getattr(importlib.import_module(module), function)(fake)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    sys.stdout.write(to_json({"url": fake.url, "control_url": fake.control_url, "token": fake.token}) + "\n")
    sys.stdout.flush()
    await stopped.wait()
    await fake.close()


if __name__ == "__main__":
    asyncio.run(run(read_arguments()))
