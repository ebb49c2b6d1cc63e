"""Understanding of typed answers: Vietnamese with or without diacritics, and plain English.

Every reader takes what a person typed and returns what was surely meant, or None. None is never an error: the
conversation asks once more, which costs less than a wrong record.
"""

from bot.dialogs.understanding.bulk import BulkSaid, read_answered, read_bulk, read_excepted, says_excepted
from bot.dialogs.understanding.choice import read_choice
from bot.dialogs.understanding.code import CODE_ALPHABET, read_code, read_linked_code
from bot.dialogs.understanding.command import read_command, split_command
from bot.dialogs.understanding.command_table import Command
from bot.dialogs.understanding.counted import read_counted
from bot.dialogs.understanding.day import read_day
from bot.dialogs.understanding.decision import read_decision_number
from bot.dialogs.understanding.name import read_name, readable
from bot.dialogs.understanding.named import find_named
from bot.dialogs.understanding.number import read_number, read_points
from bot.dialogs.understanding.phone import read_phone
from bot.dialogs.understanding.share import read_share
from bot.dialogs.understanding.text import fold, normal
from bot.dialogs.understanding.year import read_year
from bot.dialogs.understanding.yes_no import read_yes_no

__all__ = [
    "CODE_ALPHABET",
    "BulkSaid",
    "Command",
    "find_named",
    "fold",
    "normal",
    "read_answered",
    "read_bulk",
    "read_choice",
    "read_code",
    "read_command",
    "read_counted",
    "read_day",
    "read_decision_number",
    "read_excepted",
    "read_linked_code",
    "read_name",
    "read_number",
    "read_phone",
    "read_points",
    "read_share",
    "read_year",
    "read_yes_no",
    "readable",
    "says_excepted",
    "split_command",
]
