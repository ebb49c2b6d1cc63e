"""What the channels call: take updates in durably, hand mail and documents out."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.dialogs.effects import DocumentKind
from bot.ports import Blobs, Clock, Document, Incoming, Kept, Printer, Storage
from bot.services.bells import Bell, MailBells

MAILBOX_SHOWN = 40
"""How many messages of a conversation a page can look back on."""

POLL_S = 2.0
"""How often a waiting page looks by itself: another process may have written its mail."""


class Reception:
    """The one front door of all channels."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        blobs: Blobs,
        printer: Printer,
        updates: Bell,
        mail: MailBells,
        timezone: ZoneInfo,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._blobs = blobs
        self._printer = printer
        self._updates = updates
        self._mail = mail
        self._timezone = timezone

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Store updates; when this returns they survive a power loss and may be acknowledged."""
        if not updates:
            return
        async with self._storage.work() as work:
            new = await work.inbox.add(updates, self._clock.now())
        if new:
            self._updates.ring()

    async def mail(self, channel: str, external_id: str, after: int, wait_s: float = 0) -> tuple[Kept, ...]:
        """Return a pull channel's messages above id `after`, oldest first, waiting up to `wait_s` for the first."""
        deadline = self._clock.monotonic() + wait_s
        while True:
            async with self._storage.work() as work:
                account = await work.people.account(channel, external_id)
                kept = await work.outbox.mailbox(account.id, after, MAILBOX_SHOWN) if account else ()
            left = deadline - self._clock.monotonic()
            if kept or left <= 0:
                return kept
            if account is None:
                await self._clock.sleep(min(left, POLL_S))
            else:
                await self._mail.wait(account.id, min(left, POLL_S))

    async def keep_file(self, data: bytes) -> str:
        """Store uploaded bytes and return the reference to name in a FileRef."""
        return f"sha256:{await self._blobs.keep(data)}"

    async def document(self, channel: str, external_id: str, kind: DocumentKind, of: str = "") -> Document:
        """Make a document for the person behind an account.

        Raises: LookupError: no such account. ValueError: nothing to print yet.
        """
        async with self._storage.work() as work:
            account = await work.people.account(channel, external_id)
            if account is None:
                raise LookupError(f"no account {channel}")
            now = self._clock.now()
            today = now.astimezone(self._timezone).date()
            person = (await work.people.load([account.person_id], today))[account.person_id]
        return await self._printer.make(kind, person, person.session.locale, now, of)

    async def is_ready(self) -> bool:
        """Whether the database answers."""
        return await self._storage.is_ready()
