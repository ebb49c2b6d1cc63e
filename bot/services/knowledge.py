"""What a step may know: loaded by what the dialog asked for, in the transaction of the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.dialogs.asks import needs
from bot.dialogs.choosing import is_by_year
from bot.dialogs.codes import held_code
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import (
    Channel,
    CodeState,
    Facts,
    HouseholdInvite,
    LinkTarget,
    Needs,
    Proposal,
    ProposalState,
    RoleInvite,
    Subject,
)
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.placing import OWN_PLACES, found_by
from bot.dialogs.session import Session
from bot.ports import Account, Clock, Ids, PersonRecord, Work
from bot.scoring.model import CriteriaSet, Derived, DerivedRule, SubjectKind
from bot.services.addresses import BotName
from bot.services.adopting import against
from bot.services.rules import Rulebook
from bot.services.village.asker import Asker
from bot.services.village.knowing import know

log = structlog.get_logger()

PLACES_A_PAGE = 4
CODE_TRIES = 5
CODE_TRIES_WITHIN = timedelta(minutes=15)
WRONG_CODES_OF_CHANNEL = 200
"""Wrong codes within this time on a channel, by whatever accounts; from then on each of its accounts has one try."""

CODE_TRIES_WHEN_MANY = 1
CODE_LENGTH = 8
"""Of one-time codes: 8 of 32 signs, 40 bits, for 15 minutes and 5 tries."""

RECOGNISED_YEARS = {SubjectKind.COMMUNE: 3, SubjectKind.DISTRICT: 3}
"""For how many years a recognition counts; of one year where nothing else is published (TT 25/2023: 36 months)."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What is the same for every step here."""

    rulebook: Rulebook
    channels: dict[str, Channel]
    timezone: ZoneInfo
    web_address: str = ""
    bot_name: BotName = field(default_factory=BotName)
    contact: str = ""


class Knowledge:
    """Loads facts."""

    def __init__(self, clock: Clock, ids: Ids, installation: Installation) -> None:
        self._clock = clock
        self._ids = ids
        self._here = installation

    @property
    def today(self) -> date:
        """The local day."""
        return self._clock.now().astimezone(self._here.timezone).date()

    def asker(self, work: Work, person: PersonRecord) -> Asker:
        """Who asks for what concerns a village."""
        now = self._clock.now()
        return Asker(work, person, self._here.rulebook, self._ids, now, self.today, self._here.timezone)

    async def facts(self, work: Work, account: Account, person: PersonRecord, session: Session, event: Event) -> Facts:
        """Load everything that one step may look at."""
        now, today = self._clock.now(), self.today
        wanted = needs(session, event)
        book, records = self._here.rulebook, work.records
        year = wanted.year or today.year
        # Districts are no more; of a past year they are looked for. Other places are assessed as they are today.
        on = on_day(year, today) if wanted.level == "district" else today
        places = await self._page(work, person, wanted, wanted.place_query, wanted.place_page, on)
        found = await self._page(work, person, wanted, wanted.search_query, wanted.search_page, on)
        place = await records.place(wanted.place_id) if wanted.place_id is not None else None
        wait_minutes = await self._wait(work, account, session, wanted)
        invite = await self._invite(work, person, wanted.invite_code, wait_minutes) if wanted.invite_code else None
        there = _chosen(event, found, invite) or place
        subject, record = person.subject, person.assessment
        derived: Mapping[str, Derived] = {}
        if record is not None and subject is not None:
            answered_under = book.get(record.set_id, record.set_version)
            derived = await self._derived(work, answered_under, subject, record.year, today)
        return Facts(
            now=now,
            today=today,
            year=today.year,
            channel=self._here.channels[account.channel],
            criteria=self._opening(person, wanted, there),
            current=self._current(person),
            opening_year=year,
            in_force=book.in_force_at(_home(person, there), today),
            past=book.past_at(_home(person, there), today),
            consent=person.consent,
            subject=subject,
            assessment=None if record is None else book.assessment(record, derived),
            roles=person.roles,
            sheets=await work.people.sheets(person.person_id) if wanted.sheets else (),
            places=places,
            found=found,
            place=place,
            invite=invite,
            proposal=await self._proposal(work, person, wanted.upload_id) if wanted.upload_id else None,
            link=await self._link(work, wanted.link_code, wait_minutes) if wanted.link_code else None,
            is_visiting=person.is_visiting,
            village=await know(self.asker(work, person), wanted.village),
            wait_minutes=wait_minutes,
            fresh_code=self._ids.code(CODE_LENGTH),
            fresh_seed=self._ids.seed(),
            web_address=self._here.web_address,
            bot_name=self._here.bot_name.value,
            contact=self._here.contact,
        )

    def _opening(self, person: PersonRecord, wanted: Needs, there: Place | None) -> CriteriaSet | None:
        """The set under which the sheet of the draft would open."""
        book, today = self._here.rulebook, self.today
        path = _path(there, person.subject)
        if wanted.kind is None:
            return book.in_force(SubjectKind.HOUSEHOLD, None, path, today)
        day = on_day(wanted.year or today.year, today)
        if there is not None or wanted.kind not in OWN_PLACES:
            return book.in_force(wanted.kind, wanted.group, path, day)
        # Which place is asked after the year: one of the person's own, or one below.
        own = [book.in_force_below(wanted.kind, wanted.group, role.place.path, day) for role in person.roles]
        known = [each for each in own if each is not None]
        return next((each for each in known if not each.is_structure_only), known[0] if known else None)

    def _current(self, person: PersonRecord) -> CriteriaSet | None:
        """The set that holds for the sheet in hand."""
        subject, record, today = person.subject, person.assessment, self.today
        if subject is None or record is None:
            return None
        # Past years are chosen on purpose, so their rules stay those of that year.
        year = record.year if is_by_year(subject.kind, subject.group) else today.year
        return self._here.rulebook.in_force(subject.kind, subject.group, subject.place.path, on_day(year, today))

    async def _proposal(self, work: Work, person: PersonRecord, upload_id: int) -> Proposal | None:
        """What came of a workbook; outdated where other rules came into force since it was compared."""
        proposal = await work.uploads.proposal(upload_id, person.person_id)
        if proposal is None or proposal.state is not ProposalState.SOUND:
            return proposal
        if proposal.against == against(self._here.rulebook, proposal, self.today):
            return proposal
        return replace(proposal, state=ProposalState.OUTDATED)

    async def _page(
        self, work: Work, person: PersonRecord, wanted: Needs, query: str | None, page: int, on: date
    ) -> PlacePage | None:
        if query is None:
            return None
        below = tuple(role.place.path for role in person.roles) if wanted.only_own else None
        return await work.records.find_places(wanted.level, query, page, PLACES_A_PAGE, on, below)

    async def _wait(self, work: Work, account: Account, session: Session, wanted: Needs) -> int:
        """Minutes that an account must wait before a code is looked up for it; 0: none, as long as it guesses little.

        One rule for codes of every kind, so that no answer tells a right code from a wrong one. The code that led a
        person to where they stand was right already.
        """
        codes = {wanted.link_code, wanted.invite_code} - {None, "", held_code(session)}
        now, last = self._clock.now(), account.failed_code_at
        if not codes or last is None or now - last >= CODE_TRIES_WITHIN:
            return 0
        wrong = await work.invitations.wrong_codes(account.channel, now - CODE_TRIES_WITHIN)
        tries = CODE_TRIES if wrong < WRONG_CODES_OF_CHANNEL else CODE_TRIES_WHEN_MANY
        if account.failed_codes < tries:
            return 0
        log.warning("codes.slowed", account_id=account.id, channel=account.channel, wrong_codes_of_channel=wrong)
        return -(-(CODE_TRIES_WITHIN - (now - last)) // timedelta(minutes=1))

    async def _invite(
        self, work: Work, person: PersonRecord, code: str, wait_minutes: int
    ) -> Place | RoleInvite | HouseholdInvite | CodeState:
        if wait_minutes:
            return CodeState.TOO_MANY_TRIES
        return await work.records.invite(code, self._clock.now(), person.person_id)

    async def _link(self, work: Work, code: str, wait_minutes: int) -> LinkTarget | CodeState:
        return CodeState.TOO_MANY_TRIES if wait_minutes else await work.records.link_target(code, self._clock.now())

    async def _derived(
        self, work: Work, criteria: CriteriaSet, subject: Subject, year: int, today: date
    ) -> Mapping[str, Derived]:
        """Count what the records know: of the places below, or of a clan's member households; see `_counted`."""
        if subject.kind not in OWN_PLACES and subject.kind is not SubjectKind.CLAN:
            return {}
        derived: dict[str, Derived] = {}
        for indicator in criteria.indicators:
            rule = indicator.rule
            if not isinstance(rule, DerivedRule):
                continue
            part, whole = await _counted(work, subject, rule, year)
            if 0 < whole >= part:
                derived[indicator.id] = Derived(part, whole, today)
        return derived


async def _counted(work: Work, subject: Subject, rule: DerivedRule, year: int) -> tuple[int, int]:
    """Count who has a title, and of how many; (0, 0) where the records tell nothing.

    A hamlet counts whom it has confirmed itself, as does a clan of the households that agreed; above, only what was
    decided counts. The whole is what was told at registration; a clan to which more households belong has those.
    """
    if subject.kind is SubjectKind.CLAN:
        part, agreed = await work.clans.counted(subject.id, year) if rule.of is SubjectKind.HOUSEHOLD else (0, 0)
        told = subject.profile.get(rule.whole_fact, agreed) if rule.whole_fact is not None else agreed
        return (part, max(told, agreed)) if agreed else (0, 0)
    first = year - RECOGNISED_YEARS.get(rule.of, 1) + 1
    is_decided = subject.kind is not SubjectKind.VILLAGE
    part, whole = await work.records.recognised(subject.place.path, rule.of, first, year, is_decided=is_decided)
    return part, whole if rule.whole_fact is None else subject.profile.get(rule.whole_fact, whole)


def on_day(year: int, today: date) -> date:
    """The day whose rules hold for a year: today, or the last day of a year that is over."""
    return today if year == today.year else date(year, 12, 31)


def _chosen(
    event: Event, found: PlacePage | None, invite: Place | RoleInvite | HouseholdInvite | CodeState | None
) -> Place | None:
    """The place that this very event chooses by its name or by a code."""
    if isinstance(invite, Place):
        return invite
    return found_by(event.text, found) if isinstance(event, Typed) and found is not None else None


def _path(place: Place | None, subject: Subject | None) -> str:
    if place is not None:
        return place.path
    return subject.place.path if subject is not None else ""


def _home(person: PersonRecord, there: Place | None) -> str:
    """Where the rules to be read and chosen from are those of: the sheet in hand, else the role, else the choice."""
    if person.subject is not None:
        return person.subject.place.path
    return person.roles[0].place.path if person.roles else _path(there, None)
