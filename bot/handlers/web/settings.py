"""What the web chat can be told from outside."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.handlers.web.limits import Rate

SHORTEST_SECRET = 16
NEW_ACCOUNTS = Rate(burst=300, per_s=1)
POSTS_OF_ACCOUNT = Rate(burst=40, per_s=2)
POSTS_OF_ADDRESS = Rate(burst=900, per_s=60)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Settings of the web chat.

    Raises: ValueError: the secret is too short to sign with.
    """

    secret: str = field(repr=False)
    """Signs cookies and forms; when it changes, everybody has to start from a new page."""
    public_url: str = ""
    """Address people open, when a reverse proxy does not pass the Host on."""
    secure_cookies: bool = False
    """The page is only ever served over https."""
    max_upload_bytes: int = 10_000_000
    poll_s: float = 25
    """How long a waiting page is held before it asks again."""
    answer_wait_s: float = 3
    """How long a post waits for the reply, so that one trip over a slow line brings it."""
    opening_wait_s: float = 6
    """How long a newcomer's first page waits for the first screen."""
    new_accounts: Rate = NEW_ACCOUNTS
    """Of one address: a whole village may sit behind one."""
    posts_of_account: Rate = POSTS_OF_ACCOUNT
    posts_of_address: Rate = POSTS_OF_ADDRESS

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise ValueError(f"the web secret needs at least {SHORTEST_SECRET} characters")
