"""Settings from the environment: everything that is wrong is said at once, each with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

TELEGRAM_API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{10,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_DATABASES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+asyncpg", "postgres")
_PROXIES = ("http", "https", "socks5", "socks5h")
_KNOWN = frozenset(
    {
        "HOCTAP_DATABASE_URL",
        "HOCTAP_DATA_DIR",
        "HOCTAP_WEB_LISTEN",
        "HOCTAP_WEB_URL",
        "HOCTAP_TELEGRAM_TOKEN",
        "HOCTAP_TELEGRAM_API",
        "HOCTAP_TELEGRAM_WEBHOOK_URL",
        "HOCTAP_TELEGRAM_WEBHOOK_SECRET",
        "HOCTAP_TELEGRAM_PROXY",
        "HOCTAP_TELEGRAM_RATE",
        "HOCTAP_TELEGRAM_CHAT_RATE",
        "HOCTAP_TIMEZONE",
        "HOCTAP_CONTACT",
        "HOCTAP_LOG",
    }
)
_DEVELOPERS = ("HOCTAP_VENV", "HOCTAP_TEST_", "HOCTAP_CRASH_", "HOCTAP_CHROMIUM")
"""What the development tools read; not settings of the program."""


class ConfigError(Exception):
    """Settings that cannot work; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Telegram:
    """How Telegram is reached; there is none without a token."""

    token: str = field(repr=False)
    api_root: str
    webhook_url: str
    webhook_secret: str = field(repr=False)
    proxy: str = field(repr=False)
    rate: float
    """Messages a second in all; 0 for no limit (a self-hosted server with limits of its own)."""
    chat_rate: float


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, checked."""

    data_dir: Path
    database_url: str = field(repr=False)
    web_host: str
    web_port: int
    web_url: str
    """Public address of the web chat, named in links; empty when it is only reached on this machine."""
    telegram: Telegram | None
    timezone: ZoneInfo
    contact: str
    log_level: str


def load(env: Mapping[str, str]) -> Config:
    """Read the settings.

    Raises: ConfigError: with every problem, where it is and how to mend it.
    """
    reader = _Reader(env)
    config = reader.config()
    if reader.problems:
        raise ConfigError("\n".join(reader.problems))
    return config


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.problems: list[str] = []

    def config(self) -> Config:
        for name in sorted(self._env):
            if name.startswith("HOCTAP_") and name not in _KNOWN and not name.startswith(_DEVELOPERS):
                self._problem(name, "is not a setting of this program", f"known are {', '.join(sorted(_KNOWN))}")
        data_dir = Path(self._get("HOCTAP_DATA_DIR", "./var")).expanduser().resolve()
        host, port = self._listen()
        return Config(
            data_dir=data_dir,
            database_url=self._database(data_dir),
            web_host=host,
            web_port=port,
            web_url=self._url("HOCTAP_WEB_URL", "", ("http", "https")),
            telegram=self._telegram(),
            timezone=self._timezone(),
            contact=self._get("HOCTAP_CONTACT", ""),
            log_level=self._log_level(),
        )

    def _get(self, name: str, default: str) -> str:
        return self._env.get(name, "").strip() or default

    def _problem(self, name: str, what: str, mend: str) -> None:
        self.problems.append(f"{name}: {what}; {mend}.")

    def _database(self, data_dir: Path) -> str:
        url = self._get("HOCTAP_DATABASE_URL", f"sqlite:///{data_dir / 'hoctap.db'}")
        if urlsplit(url).scheme not in _DATABASES:
            self._problem(
                "HOCTAP_DATABASE_URL",
                "is not an address of a database we know",
                "use sqlite:////path/to/file.db or postgresql://user:password@host/name",
            )
        return url

    def _listen(self) -> tuple[str, int]:
        value = self._get("HOCTAP_WEB_LISTEN", "127.0.0.1:8080")
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
            self._problem("HOCTAP_WEB_LISTEN", f"{value!r} is not host:port", "for example 127.0.0.1:8080")
            return "127.0.0.1", 8080
        return host.strip("[]"), int(port)

    def _url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self._get(name, default).rstrip("/")
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            is_sound = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            is_sound = False
        if not is_sound:
            self._problem(name, "is not a full address", f"begin with {' or '.join(s + '://' for s in schemes)}")
        return value

    def _telegram(self) -> Telegram | None:
        token = self._get("HOCTAP_TELEGRAM_TOKEN", "")
        api_root = self._url("HOCTAP_TELEGRAM_API", TELEGRAM_API, ("http", "https"))
        webhook_url = self._url("HOCTAP_TELEGRAM_WEBHOOK_URL", "", ("http", "https"))
        secret = self._get("HOCTAP_TELEGRAM_WEBHOOK_SECRET", "")
        proxy = self._url("HOCTAP_TELEGRAM_PROXY", "", _PROXIES)
        rate, chat_rate = self._rate("HOCTAP_TELEGRAM_RATE", 30), self._rate("HOCTAP_TELEGRAM_CHAT_RATE", 1)
        if token and not _TOKEN.fullmatch(token):
            self._problem(
                "HOCTAP_TELEGRAM_TOKEN",
                "does not look like a bot token",
                "copy it whole from @BotFather: 123456:ABC...",
            )
        if bool(webhook_url) != bool(secret):
            missing = "HOCTAP_TELEGRAM_WEBHOOK_SECRET" if webhook_url else "HOCTAP_TELEGRAM_WEBHOOK_URL"
            self._problem(missing, "is missing", "a webhook needs both its URL and its secret; polling needs neither")
        if secret and not _SECRET.fullmatch(secret):
            self._problem("HOCTAP_TELEGRAM_WEBHOOK_SECRET", "has other signs", "use 1 to 256 of A-Z a-z 0-9 _ -")
        if not token:
            for name in ("HOCTAP_TELEGRAM_WEBHOOK_URL", "HOCTAP_TELEGRAM_PROXY"):
                if self._get(name, ""):
                    self._problem(name, "is set without a token", "set HOCTAP_TELEGRAM_TOKEN too, or remove it")
            return None
        return Telegram(token, api_root, webhook_url, secret, proxy, rate, chat_rate)

    def _rate(self, name: str, default: float) -> float:
        value = self._get(name, str(default))
        try:
            rate = float(value)
        except ValueError:
            rate = -1
        if not 0 <= rate <= 100_000:
            self._problem(name, f"{value!r} is not a number of messages a second", "use 0 (no limit) or more")
        return rate

    def _timezone(self) -> ZoneInfo:
        name = self._get("HOCTAP_TIMEZONE", "Asia/Ho_Chi_Minh")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self._problem("HOCTAP_TIMEZONE", f"{name!r} is not a time zone", "for example Asia/Ho_Chi_Minh")
            return ZoneInfo("UTC")

    def _log_level(self) -> str:
        level = self._get("HOCTAP_LOG", "info").lower()
        if level not in ("debug", "info", "warning", "error"):
            self._problem("HOCTAP_LOG", f"{level!r} is not a level", "use debug, info, warning or error")
        return level
