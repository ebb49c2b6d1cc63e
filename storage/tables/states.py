"""The codes that columns hold and that only storage knows."""

from __future__ import annotations

from enum import StrEnum


class InboxState(StrEnum):
    """Where an update is."""

    PENDING = "pending"
    PARKED = "parked"
    DONE = "done"


class OutboxState(StrEnum):
    """Where a delivery is."""

    QUEUED = "queued"
    SENDING = "sending"
    KEPT = "kept"
    DEAD = "dead"


class OutboxKind(StrEnum):
    """What a delivery carries, so that it can be told without reading it."""

    SHOW = "show"
    DOCUMENT = "document"
    FETCH = "fetch"
    NOTICE = "notice"


class EvidenceState(StrEnum):
    """Whether the file of an evidence is here."""

    AWAITED = "awaited"
    KEPT = "kept"
    FAILED = "failed"


class UploadState(StrEnum):
    """Whether a file that was sent in is here, and was read."""

    AWAITED = "awaited"
    KEPT = "kept"
    FAILED = "failed"
    READ = "read"
    APPLYING = "applying"
    """A roll or answers are being written."""
    APPLIED = "applied"
