"""What the services need from outside: storage, channels, clock, ids, files, printing."""

from bot.ports.database import Conflict, Inbox, Outbox, People, Records, Rules, Storage, Uploads, Work
from bot.ports.outside import Blobs, Clock, Ids
from bot.ports.people import (
    Adoption,
    AssessmentRecord,
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
    "Rules",
    "SendError",
    "Sender",
    "Sent",
    "Settled",
    "Settlement",
    "Storage",
    "StoredSheet",
    "Turn",
    "Upload",
    "Uploads",
    "Work",
]
