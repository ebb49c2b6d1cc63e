"""What the village's rooms need from the database, by slices of one transaction."""

from bot.ports.village.answers import FiledAnswers
from bot.ports.village.bulk import Bulk
from bot.ports.village.clans import Clans
from bot.ports.village.imports import Imports
from bot.ports.village.invitations import Invitations
from bot.ports.village.news import News
from bot.ports.village.reviews import Reviews
from bot.ports.village.roll import Roll
from bot.ports.village.visits import Visits
from bot.ports.village.watch import Watch
from bot.ports.village.years import Years

__all__ = [
    "Bulk",
    "Clans",
    "FiledAnswers",
    "Imports",
    "Invitations",
    "News",
    "Reviews",
    "Roll",
    "Visits",
    "Watch",
    "Years",
]
