"""People in a world without storage or channels: plays events through the pure conversation.

The session is written and read again between every two events, as it is in the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.dialogs.asks import needs
from bot.dialogs.codec import decode_session, encode_session
from bot.dialogs.effects import CountFailedCode, Effect, IssueLinkCode, JoinPerson, Show
from bot.dialogs.events import Event, Resumed
from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    Channel,
    CodeState,
    ConsentGiven,
    Facts,
    Hamlet,
    HamletPage,
    Household,
    LinkTarget,
)
from bot.dialogs.linking import MINUTES
from bot.dialogs.screens import Screen
from bot.dialogs.session import Session
from bot.dialogs.steps import step
from bot.dialogs.understanding import fold
from bot.i18n import translator
from bot.scoring.model import CriteriaSet, Derived, SubjectKind
from bot.scoring.shipped import load_shipped

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
HAMLETS = tuple(  # as in the sample places of the product, so that one golden fits both
    Hamlet(n, name, "xã Mẫu, tỉnh Mẫu") for n, name in enumerate(("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"), 1)
)
MANY_HAMLETS = tuple(
    Hamlet(n, name, "xã Mẫu, tỉnh Mẫu")
    for n, name in enumerate(
        ("Bản Nà Tốc", "Thôn 2", "Thôn 1", "Thôn Đông", "Thôn Đông Hạ", "Thôn Đoài", "Ấp Tân Bình", "Buôn Ma Nhe"), 11
    )
)
INVITES: Mapping[str, Hamlet | CodeState] = {
    "KHXM26": HAMLETS[0],
    "KHXM27": HAMLETS[1],
    "KHXM25": CodeState.EXPIRED,
    "KHXM24": CodeState.USED_UP,
}
"""Codes as the program reads them."""
BUTTONS = Channel("telegram", max_file_bytes=20_000_000)
PAGE = 4
TRIES = 5


def family_set() -> CriteriaSet:
    """The shipped set for families."""
    return next(s for s in load_shipped() if s.subject is SubjectKind.HOUSEHOLD)


def facts(criteria: CriteriaSet | None = None) -> Facts:
    """What is known of somebody who has just arrived."""
    return Facts(
        now=NOW,
        today=date(2026, 11, 22),
        year=2026,
        channel=BUTTONS,
        criteria=criteria or family_set(),
        fresh_code="K7QM2XPA",
        web_address="https://hoctap.example.vn",
        contact="Hội Khuyến học xã Mẫu",
    )


@dataclass(frozen=True)
class Person:
    """Somebody whose phone is not the one in hand."""

    session: Session
    consent: ConsentGiven | None
    household: Household | None
    assessment: Assessment | None


@dataclass
class World:
    """One phone in hand, who holds it, what is on record, and what was done."""

    facts: Facts = field(default_factory=facts)
    session: Session = field(default_factory=Session)
    effects: list[Effect] = field(default_factory=list)
    screen: Screen | None = None
    hamlets: tuple[Hamlet, ...] = HAMLETS
    invites: dict[str, Hamlet | CodeState] = field(default_factory=lambda: dict(INVITES))
    derived: Mapping[str, Derived] = field(default_factory=dict)
    """{indicator id: what the records say}, for sets that compute."""
    links: dict[str, tuple[Person, datetime]] = field(default_factory=dict)
    used_links: set[str] = field(default_factory=set)
    failed_codes: int = 0

    def play(self, event: Event) -> tuple[Effect, ...]:
        """Take one step, as the service does; returns its effects."""
        self.session = decode_session(encode_session(self.session))
        taken = step(self.session, event, self._loaded(event), translator(self.session.locale).say)
        self.session = taken.session
        after = taken.after
        sheet = after.assessment and replace(after.assessment, derived={})
        self.facts = replace(self.facts, consent=after.consent, household=after.household, assessment=sheet)
        self.effects.extend(taken.effects)
        joined: tuple[Effect, ...] = ()
        for effect in taken.effects:
            match effect:
                case Show(screen):
                    self.screen = screen
                case IssueLinkCode(code):
                    self.links[code] = (self.holder, self.facts.now)
                case CountFailedCode():
                    self.failed_codes += 1
                case JoinPerson(code):
                    joined = self._join(code)
                case _:
                    pass
        return taken.effects + joined

    @property
    def holder(self) -> Person:
        """Who holds the phone."""
        return Person(self.session, self.facts.consent, self.facts.household, self.facts.assessment)

    def take_another_phone(self) -> None:
        """Let the same family begin on a phone that nobody knows yet."""
        self._hand_to(Person(Session(revision=self.session.revision + 1000), None, None, None))
        self.screen = None

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.facts = replace(self.facts, now=self.facts.now + timedelta(minutes=minutes))
        if minutes >= MINUTES:
            self.failed_codes = 0

    def start_next_year(self) -> None:
        """Let the next period begin."""
        year = self.facts.year + 1
        now = self.facts.now.replace(year=year, month=1)
        self.facts = replace(self.facts, now=now, today=now.date(), year=year)

    def review(self, state: AssessmentState) -> None:
        """Let the village or the commune look at what was handed in."""
        assert self.facts.assessment is not None
        reviewed = replace(self.facts.assessment, state=state, is_reviewed=state is not AssessmentState.RETURNED)
        self.facts = replace(self.facts, assessment=reviewed)

    def _loaded(self, event: Event) -> Facts:
        wanted = needs(self.session, event)
        known, hamlet_id = self.hamlets, wanted.hamlet_id
        assessment = self.facts.assessment
        return replace(
            self.facts,
            assessment=assessment and replace(assessment, derived=self.derived),
            hamlets=self._page(wanted.hamlet_query, wanted.hamlet_page),
            found=self._page(wanted.search_query, wanted.search_page),
            hamlet=next((h for h in known if h.id == hamlet_id), None),
            invite=self.invites.get(wanted.invite_code, CodeState.UNKNOWN) if wanted.invite_code else None,
            link=self._link(wanted.link_code) if wanted.link_code else None,
        )

    def _page(self, query: str | None, page: int) -> HamletPage | None:
        if query is None:
            return None
        found = [h for h in self.hamlets if fold(query) in fold(h.name)]
        return HamletPage(tuple(found[page * PAGE : (page + 1) * PAGE]), len(found) > (page + 1) * PAGE, len(found))

    def _link(self, code: str) -> LinkTarget | CodeState:
        if self.failed_codes >= TRIES:
            return CodeState.TOO_MANY_TRIES
        if code in self.used_links:
            return CodeState.USED_UP
        if code not in self.links:
            return CodeState.UNKNOWN
        person, issued_at = self.links[code]
        if self.facts.now - issued_at >= timedelta(minutes=MINUTES):
            return CodeState.EXPIRED
        return LinkTarget(code, 1, person.household.name if person.household else "")

    def _join(self, code: str) -> tuple[Effect, ...]:
        self.used_links.add(code)
        self._hand_to(self.links[code][0])
        return self.play(Resumed("joined"))

    def _hand_to(self, person: Person) -> None:
        self.session = person.session
        self.facts = replace(
            self.facts, consent=person.consent, household=person.household, assessment=person.assessment
        )
