"""Puts the program together: the only place that names concrete classes, and where time and chance come in."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
import uvicorn
from starlette.routing import BaseRoute

import storage
from bot.config import Config
from bot.config import Telegram as TelegramConfig
from bot.dialogs.facts import Channel
from bot.handlers.telegram.client import Client, connect
from bot.handlers.telegram.receive import receive
from bot.handlers.telegram.sender import TelegramSender
from bot.handlers.telegram.settings import TelegramSettings
from bot.handlers.telegram.webhook import webhook_route
from bot.handlers.terminal.receive import Terminal
from bot.handlers.web.app import create_app
from bot.handlers.web.settings import WebSettings
from bot.outside import SystemClock, SystemIds
from bot.ports import Blobs, Clock, Sender, Storage
from bot.reports.answers_workbook import AnswersFiles
from bot.reports.printer import SheetPrinter
from bot.reports.roll_files.files import RollFiles
from bot.reports.village_printer import VillagePrinter
from bot.reports.village_source import VillageSource
from bot.reports.workbook_printer import WorkbookPrinter
from bot.reports.workbooks import CriteriaWorkbooks
from bot.scheduler.tick import Job, ticking
from bot.scoring.shipped import load_shipped
from bot.services.addresses import BotName
from bot.services.awaken import Attendance
from bot.services.bells import Bell, MailBells
from bot.services.converse import Conversation
from bot.services.deliver import Delivering, GivingBack
from bot.services.housekeeping import clean
from bot.services.knowledge import Installation
from bot.services.limiter import Pace
from bot.services.proposals import Proposals
from bot.services.pump import Pump
from bot.services.reception import Reception
from bot.services.rule_reading import RuleReading
from bot.services.rules import Rulebook
from bot.services.village.answers_import import FiledAnswersKind
from bot.services.village.importing import Importing
from bot.services.village.news import Telling
from bot.services.village.roll_import import RollKind
from storage import StorageError
from storage.blobs import FolderBlobs

__all__ = [
    "Core",
    "ListenError",
    "StorageError",
    "backup",
    "chat",
    "configure_logging",
    "open_core",
    "run",
    "run_until_signalled",
]

log = structlog.get_logger()

PULL_CHANNELS = ("web", "terminal")
"""Channels that fetch their mail; the others are written to."""

CHANNELS: Mapping[str, Channel] = {
    "telegram": Channel("telegram", max_file_bytes=20_000_000),
    "web": Channel("web", max_file_bytes=10_000_000),
    "terminal": Channel("terminal", max_file_bytes=0),
}
UPLOADS_EVERY = timedelta(seconds=1)
"""How often workbooks that were sent in are looked for."""

NEWS_EVERY = timedelta(seconds=1)
"""How often it is looked for whom something is to be told."""

STOP_S = 8.0
"""How long finishing may take after a stop signal."""


class ListenError(Exception):
    """The address of the web chat cannot be listened on; says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Core:
    """The program without its channels."""

    storage: Storage
    clock: Clock
    ids: SystemIds
    blobs: Blobs
    reception: Reception
    conversation: Conversation
    printer: SheetPrinter
    proposals: Proposals
    imports: Importing
    rules: RuleReading
    telling: Telling
    updates: Bell
    mail: MailBells
    bot_name: BotName


def configure_logging(level: str) -> None:
    """Log one JSON line an event to standard error: ids and codes, never what people wrote."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


@asynccontextmanager
async def open_core(config: Config, clock: Clock | None = None) -> AsyncIterator[Core]:
    """Migrate the database, open it, and build everything that is not a channel."""
    clock = clock or SystemClock()
    config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    await storage.migrate(config.database_url)
    store = storage.open(config.database_url, pull_channels=PULL_CHANNELS)
    try:
        async with store.work() as work:
            await work.records.ensure_sample(clock.now())
        rulebook = Rulebook(load_shipped())
        bot_name = BotName()
        installation = Installation(rulebook, dict(CHANNELS), config.timezone, config.web_url, bot_name, config.contact)
        ids = SystemIds(_web_secret(config.data_dir).encode())
        blobs = FolderBlobs(config.data_dir / "files")
        updates, mail = Bell(), MailBells()

        async def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
            async with store.work() as work:
                return await work.people.everything(person_id, clock.now().astimezone(config.timezone).date())

        async def bring(upload_id: int, person_id: int) -> bytes | None:
            async with store.work() as work:
                blob = await work.uploads.blob(upload_id, person_id)
            return await blobs.read(blob) if blob else None

        async def refresh() -> None:
            async with store.work() as work:
                await rulebook.refresh(work)

        await refresh()
        source = VillageSource(store.work, rulebook, ids, blobs, config.timezone, config.web_url, bot_name)
        village = VillagePrinter(source)
        workbooks = WorkbookPrinter(rulebook, bring, refresh)
        kinds = (
            FiledAnswersKind(AnswersFiles()),
            RollKind(RollFiles(lambda: clock.now().astimezone(config.timezone).date())),
        )
        imports = Importing(store, clock, blobs, kinds, rulebook, ids, config.timezone, updates)
        printer = SheetPrinter(rulebook, config.timezone, export, workbooks, village)
        yield Core(
            store,
            clock,
            ids,
            blobs,
            Reception(store, clock, blobs, printer, updates, mail, config.timezone),
            Conversation(store, clock, ids, installation),
            printer,
            Proposals(store, clock, blobs, CriteriaWorkbooks(), rulebook, config.timezone, updates, imports),
            imports,
            RuleReading(store, clock, rulebook, config.timezone),
            Telling(store, clock, config.timezone, updates),
            updates,
            mail,
            bot_name,
        )
    finally:
        await store.close()


async def run_until_signalled(config: Config) -> None:
    """Run every channel until SIGTERM or SIGINT."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    await run(config, stopping)


async def run(config: Config, stopping: asyncio.Event, clock: Clock | None = None) -> None:
    """Run every channel until told to stop; what is in hand is finished first.

    Raises: ListenError: the web chat's address is taken; nothing was touched.
    """
    async with AsyncExitStack() as stack:
        # Before anything else: a second program on the same data must not take over what the first is sending.
        listener = stack.enter_context(_listening(config))
        core = await stack.enter_async_context(open_core(config, clock))
        async with core.storage.work() as work:
            await work.outbox.reclaim()
        telegram = _telegram_settings(config.telegram) if config.telegram else None
        client = await stack.enter_async_context(connect(telegram)) if telegram else None
        senders: dict[str, Sender] = {"telegram": TelegramSender(client, core.clock)} if client else {}
        delivering = Delivering(
            core.storage,
            core.clock,
            senders,
            _paces(config),
            core.printer,
            core.blobs,
            core.updates,
            config.timezone,
        )
        pump = Pump(core.conversation, delivering.hand, core.updates, core.mail, core.clock)
        routes = [webhook_route(telegram, core.reception)] if telegram and telegram.uses_webhook else []
        server = WebServer(config, core, routes, listener)
        jobs: dict[str, tuple[timedelta, Job]] = {
            "due": (timedelta(seconds=1), delivering.claim_due),
            "uploads": (UPLOADS_EVERY, core.proposals.run_once),
            "imports": (UPLOADS_EVERY, core.imports.run_once),
            "news": (NEWS_EVERY, core.telling.run_once),
            "clean": (timedelta(hours=1), lambda: clean(core.storage, core.blobs, core.clock)),
        }
        async with asyncio.TaskGroup() as tasks:
            sending = tasks.create_task(delivering.run())
            pumping = tasks.create_task(pump.run())
            serving = tasks.create_task(server.serve())
            receiving = tasks.create_task(_receive(core, client, telegram)) if client and telegram else None
            async with ticking(jobs):
                await _until_stopped(stopping, serving)
            await _stop(core, pump, pumping, delivering, sending, server, receiving)
    log.info("stopped")


def _listening(config: Config) -> socket.socket:
    """Take the web chat's address, so that the line that names it is true from the moment it is printed."""
    family = socket.AF_INET6 if ":" in config.web_host else socket.AF_INET
    try:
        return socket.create_server((config.web_host, config.web_port), family=family)
    except OSError as error:
        raise ListenError(
            f"HOCTAP_WEB_LISTEN: nobody can listen on {config.web_host}:{config.web_port} ({error.strerror}); "
            "stop the program that does, or choose another address."
        ) from error


def _telegram_settings(config: TelegramConfig) -> TelegramSettings:
    return TelegramSettings(
        config.token,
        api_root=config.api_root,
        webhook_url=config.webhook_url,
        webhook_secret=config.webhook_secret,
        proxy=config.proxy,
    )


def _paces(config: Config) -> dict[str, Pace]:
    if config.telegram is None:
        return {}
    rate, chat_rate = config.telegram.rate, config.telegram.chat_rate
    return {"telegram": Pace(rate, max(rate, 1), chat_rate, max(4 * chat_rate, 1))}


async def _receive(core: Core, client: Client, settings: TelegramSettings) -> None:
    attendance = Attendance(core.storage, core.clock, "telegram", core.updates)
    await receive(client, core.reception, settings, core.clock, attendance.in_contact, core.bot_name.learn)


async def _until_stopped(stopping: asyncio.Event, serving: asyncio.Task[None]) -> None:
    """Wait for the signal, or for the web server to give up."""
    async with asyncio.TaskGroup() as tasks:
        signalled = tasks.create_task(stopping.wait())
        await asyncio.wait({signalled, serving}, return_when=asyncio.FIRST_COMPLETED)
        signalled.cancel()


async def _stop(
    core: Core,
    pump: Pump,
    pumping: asyncio.Task[None],
    delivering: Delivering,
    sending: asyncio.Task[None],
    server: WebServer,
    receiving: asyncio.Task[None] | None,
) -> None:
    """Take nothing new, finish what is in hand, in the order in which it flows."""
    log.info("stopping")
    deadline = core.clock.monotonic() + STOP_S
    if receiving is not None:
        receiving.cancel()
    server.stop()
    pump.stop()
    await asyncio.wait({pumping}, timeout=max(0.1, deadline - core.clock.monotonic()))
    await delivering.idle(max(0.1, deadline - core.clock.monotonic() - 1))
    sending.cancel()
    pumping.cancel()


class WebServer:
    """The web server, stopped by us rather than by its own signal handlers."""

    def __init__(self, config: Config, core: Core, routes: Sequence[BaseRoute], listener: socket.socket) -> None:
        secure = config.web_url.startswith("https://")
        settings = WebSettings(_web_secret(config.data_dir), config.web_url, secure_cookies=secure)
        self._app = create_app(core.reception, core.rules, settings, core.clock, core.ids, routes)
        self._listener = listener
        self._address = config.web_url or f"http://{config.web_host}:{config.web_port}"
        self._server = _Server(
            uvicorn.Config(
                self._app,
                config.web_host,
                config.web_port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
                lifespan="off",
                proxy_headers=True,
            )
        )

    async def serve(self) -> None:
        """Serve until stopped."""
        print(f"Trò chuyện tại {self._address}", flush=True)  # noqa: T201 - the one line a user waits for
        await self._server.serve(sockets=[self._listener])

    def stop(self) -> None:
        """Let waiting pages go and take no new connections."""
        self._app.state.polls.close()
        self._server.should_exit = True


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to us."""
        yield


def _web_secret(data_dir: Path) -> str:
    """The key that signs cookies: made once, kept beside the data, readable by us alone."""
    path = data_dir / "web.key"
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(32))
    return path.read_text().strip()


def backup(config: Config, target: Path) -> None:
    """Copy the database consistently while it is in use. Raises: an error that says why not."""
    asyncio.run(storage.backup(config.database_url, target))


async def chat(config: Config, *, repro: bool) -> None:
    """Hold the conversation in this terminal."""
    async with open_core(config) as core:
        giving_back = GivingBack(core.storage, core.clock)
        pump = Pump(core.conversation, giving_back.hand, core.updates, core.mail, core.clock)
        line = int(core.clock.now().timestamp() * 1000)
        terminal = Terminal(
            core.reception,
            getpass.getuser(),
            core.ids.token(),
            line,
            config.data_dir / "downloads",
            out=sys.stdout,
            repro=repro,
        )
        async with asyncio.TaskGroup() as tasks:
            pumping = tasks.create_task(pump.run())
            await terminal.talk()
            pump.stop()
            await pumping
