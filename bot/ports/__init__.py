"""What the services need from outside: storage, channels, clock, ids, files, printing."""

from bot.ports.database import Conflict, Inbox, Outbox, People, Records, Storage, Work
from bot.ports.outside import Blobs, Clock, Ids
from bot.ports.people import AssessmentRecord, Outcome, Parked, PersonRecord, Place, Turn
from bot.ports.sending import Delivery, Document, Kept, Printer, Priority, Sender, SendError, Sent, Settled, Settlement
from bot.ports.updates import Account, Claimed, Incoming

__all__ = [
    "Account",
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
    "Outbox",
    "Outcome",
    "Parked",
    "People",
    "PersonRecord",
    "Place",
    "Printer",
    "Priority",
    "Records",
    "SendError",
    "Sender",
    "Sent",
    "Settled",
    "Settlement",
    "Storage",
    "Turn",
    "Work",
]
