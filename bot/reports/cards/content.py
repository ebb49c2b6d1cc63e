"""What stands on a card: whose it is, the code in groups, where its QR leads, and how it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.dialogs.codes import bot_link, grouped, web_link
from bot.dialogs.facts import Role
from bot.i18n import Translator
from bot.ports.village.invitations import HouseholdCard


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the code can be used; both may be empty."""

    web: str
    bot: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """The texts of one card, worded, and what its QR holds."""

    heading: str
    name: str
    place: str
    code: str
    """In groups, as it is read aloud."""
    qr: str
    how: tuple[str, ...]
    """Two plain lines."""
    note: str


def household_card(card: HouseholdCard, code: str, year: int, to: Addresses, words: Translator) -> CardContent:
    """The card of a household: number and part of the hamlet stand beside its place."""
    place = card.place
    where = [words.text("cards.number", {"number": card.number})] if card.number else []
    where += [each for each in (card.group, place.name, place.within) if each]
    return CardContent(
        words.text("cards.heading", {"year": str(year)}),
        words.text("cards.household", {"name": card.name}),
        ", ".join(where),
        grouped(code),
        qr_text(code, to),
        _how(to, words),
        words.text("cards.own"),
    )


def role_card(role: Role, code: str, until: date | None, to: Addresses, words: Translator) -> CardContent:
    """The card of a code that grants a role to one person; `until`: the last day of the role."""
    note = words.text("cards.once") if until is None else words.text("cards.once_until", {"day": until})
    return CardContent(
        words.text("cards.role_heading"),
        words.text(f"people.kind.{role.kind}"),
        ", ".join(each for each in (role.place.name, role.place.within) if each),
        grouped(code),
        qr_text(code, to),
        _how(to, words),
        note,
    )


def qr_text(code: str, to: Addresses) -> str:
    """What the QR holds: the link of the web chat, else of the Telegram bot, else the code alone."""
    return web_link(to.web, code) or bot_link(to.bot, code) or code


def _how(to: Addresses, words: Translator) -> tuple[str, ...]:
    if to.web:
        where = urlsplit(to.web).netloc
        return words.text("cards.how.scan"), words.text("cards.how.web", {"address": where})
    if to.bot:
        return words.text("cards.how.scan"), words.text("cards.how.telegram", {"bot": f"@{to.bot}"})
    return words.text("cards.how.chat"), words.text("cards.how.code")
