"""What the Telegram channel is told from outside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

API_ROOT = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """Settings of one bot. Everything secret stays out of `repr`."""

    token: str = field(repr=False)
    api_root: str = API_ROOT
    """Root of the Bot API; a self-hosted Bot API server has its own."""
    webhook_url: str = ""
    """Public address of our web server, such as https://hoctap.example.vn; empty for long polling."""
    webhook_secret: str = field(default="", repr=False)
    """1-256 of A-Z a-z 0-9 _ -; Telegram shows it with every webhook call."""
    proxy: str = field(default="", repr=False)
    """http://, https:// or socks5:// with user and password if need be; empty for none."""
    connections: int = 32
    """How many calls may be on their way at once."""
    timeout_s: float = 15.0
    """How long one call may take, uploads and downloads apart."""
    poll_timeout_s: int = 50
    """How long Telegram keeps a poll open when nothing comes: at most 50."""
    webhook_connections: int = 40

    @property
    def uses_webhook(self) -> bool:
        """Whether Telegram calls us, rather than we it."""
        return bool(self.webhook_url)

    @property
    def webhook_path(self) -> str:
        """Where our web server takes the webhook: nobody finds it who does not know the secret."""
        return f"/telegram/{hashlib.sha256(self.webhook_secret.encode()).hexdigest()[:32]}"

    @property
    def webhook_address(self) -> str:
        """The whole address given to Telegram."""
        return self.webhook_url.rstrip("/") + self.webhook_path
