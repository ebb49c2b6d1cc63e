"""Making cards from the records, for whoever may give out their codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.dialogs.facts import RoleInvite, RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.granting import may_grant
from bot.i18n import Translator
from bot.ports import Document, PersonRecord
from bot.ports.village.invitations import HouseholdCard
from bot.reports.cards.content import Addresses, CardContent, household_card, role_card
from bot.reports.cards.picture import card_png
from bot.reports.cards.sheet import cards_pdf
from bot.reports.file_names import file_name
from bot.reports.village_source import VillageSource
from bot.services.village.asker import Asker

_LONGEST_ID: Final = 18
_MAY: Final = (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)


async def cards(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Print cards: of every household of a hamlet that has a code ('place/12'), or of one ('subject/34').

    Raises: ValueError: there are none, or the person has no role for that hamlet.
    """
    what, _, digits = of.partition("/")
    id_ = _id(digits)
    async with source.asked_by(person, at) as asker:
        place_id, subject_id = (0, id_) if what == "subject" else (id_, 0)
        found = await _found(asker, place_id, subject_id) if what in ("place", "subject") else ()
    if not found:
        raise ValueError(f"no cards of {of!r} for person {person.person_id}")
    contents = _contents(source, found, asker.year, words)
    place = found[0].place.name
    title = words.text("cards.file", {"place": place})
    data = await source.drawn(cards_pdf, contents, title, words.locale, source.today(at))
    caption = say("cards.caption", count=len(contents), place=place)
    return Document(file_name(title, "pdf", str(asker.year)), "application/pdf", data, caption)


async def invite_card(
    source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime
) -> Document:
    """Draw the card of one household, `of` its id. Raises: ValueError: likewise."""
    async with source.asked_by(person, at) as asker:
        found = await _found(asker, 0, _id(of))
    if not found:
        raise ValueError(f"no card of {of!r} for person {person.person_id}")
    (content,) = _contents(source, found, asker.year, words)
    data = await source.drawn(card_png, content)
    name = file_name(content.name, "png", str(asker.year))
    return Document(name, "image/png", data, say("cards.invite_caption", name=content.name, code=content.code))


async def role(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Draw the card of a role's code: 'ABCD2345/officer/7'.

    Raises: ValueError: the person may not grant such a role there, or the code grants it no more.
    """
    code, _, rest = of.partition("/")
    kind, _, place_id = rest.partition("/")
    async with source.asked_by(person, at) as asker:
        place = await asker.work.records.place(_id(place_id))
        is_theirs = place is not None and kind in set(RoleKind) and may_grant(person.roles, RoleKind(kind), place)
        # Only then: an answer to anybody else would tell whether a guessed code is one.
        invite = await asker.work.records.invite(code, at) if is_theirs else None
        if not isinstance(invite, RoleInvite) or invite.state is not None:
            raise ValueError(f"no such code for person {person.person_id}")
        if invite.role.kind != kind or invite.role.place.id != _id(place_id):
            raise ValueError(f"no such code for person {person.person_id}")
    content = role_card(invite.role, code, invite.until, _addresses(source), words)
    data = await source.drawn(card_png, content)
    caption = say("cards.role_caption", role=content.name, place=content.place, code=content.code)
    return Document(file_name(f"{content.heading} {content.place}", "png"), "image/png", data, caption)


async def _found(asker: Asker, place_id: int, subject_id: int) -> Sequence[HouseholdCard]:
    """Cards with a code, of places that the person may give out codes for."""
    if not (place_id or subject_id):
        return ()
    found = await asker.work.invitations.cards(place_id, subject_id, asker.now)
    return [card for card in found if card.serial and asker.holds(card.place.path, *_MAY)]


def _contents(source: VillageSource, found: Sequence[HouseholdCard], year: int, words: Translator) -> list[CardContent]:
    to = _addresses(source)
    return [
        household_card(card, source.ids.household_code(card.subject_id, card.serial), year, to, words) for card in found
    ]


def _addresses(source: VillageSource) -> Addresses:
    return Addresses(source.web_address, source.bot_name.value)


def _id(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_ID else 0
