"""The tables. Names are permanent; what each row means is said in DESIGN of the project, chapter 'Things it keeps'.

What is personal lives in person, account, role, subject.name, answer, answer_history, evidence, upload, and the content
of inbox and outbox rows; forgetting (storage.forgetting) removes it from there, and the files of evidence and uploads
from the blob store. Everything else holds ids, codes and times. What concerns a place and not a person stays without
its author: the sheet of a hamlet or a commune, and a criteria set that was adopted.
"""

from storage.tables.columns import metadata
from storage.tables.people import account, consent, link_code, person, role
from storage.tables.places import invite, period, place
from storage.tables.rules import adoption, upload
from storage.tables.states import EvidenceState, InboxState, OutboxKind, OutboxState, UploadState
from storage.tables.subjects import (
    PLACE_KINDS,
    PLACES_THEMSELVES,
    answer,
    answer_history,
    assessment,
    evidence,
    person_subject,
    review,
    subject,
)
from storage.tables.traffic import inbox, outbox
from storage.tables.upkeep import audit, blob_garbage, heartbeat, wrong_code
from storage.tables.village import clan_household, difference, meeting, news, nudge, sample, sample_sheet, target

__all__ = [
    "PLACES_THEMSELVES",
    "PLACE_KINDS",
    "EvidenceState",
    "InboxState",
    "OutboxKind",
    "OutboxState",
    "UploadState",
    "account",
    "adoption",
    "answer",
    "answer_history",
    "assessment",
    "audit",
    "blob_garbage",
    "clan_household",
    "consent",
    "difference",
    "evidence",
    "heartbeat",
    "inbox",
    "invite",
    "link_code",
    "meeting",
    "metadata",
    "news",
    "nudge",
    "outbox",
    "period",
    "person",
    "person_subject",
    "place",
    "review",
    "role",
    "sample",
    "sample_sheet",
    "subject",
    "target",
    "upload",
    "wrong_code",
]
