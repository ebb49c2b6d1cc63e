"""What the services need from outside: storage, channels, clock, ids, files, printing."""

from bot.ports.database import Conflict, Inbox, Outbox, People, Records, Rules, Storage, Uploads, Work
from bot.ports.outside import Blobs, Clock, Ids
from bot.ports.people import (
    Adoption,
    AssessmentRecord,
    HouseholdCode,
    NewAdoption,
    Outcome,
    Parked,
    PersonRecord,
    PlaceRecord,
    StoredSheet,
    Turn,
    Upload,
)
from bot.ports.sending import Delivery, Document, Kept, Printer, Priority, Sender, SendError, Sent, Settled, Settlement
from bot.ports.updates import Account, Claimed, Incoming
from bot.ports.workbooks import FindSet, RefusedFile, SoundWorkbook, UnsoundWorkbook, Workbooks

__all__ = [
    "Account",
    "Adoption",
    "AssessmentRecord",
    "Blobs",
    "Claimed",
    "Clock",
    "Conflict",
    "Delivery",
    "Document",
    "FindSet",
    "HouseholdCode",
    "Ids",
    "Inbox",
    "Incoming",
    "Kept",
    "NewAdoption",
    "Outbox",
    "Outcome",
    "Parked",
    "People",
    "PersonRecord",
    "PlaceRecord",
    "Printer",
    "Priority",
    "Records",
    "RefusedFile",
    "Rules",
    "SendError",
    "Sender",
    "Sent",
    "Settled",
    "Settlement",
    "SoundWorkbook",
    "Storage",
    "StoredSheet",
    "Turn",
    "UnsoundWorkbook",
    "Upload",
    "Uploads",
    "Work",
    "Workbooks",
]
