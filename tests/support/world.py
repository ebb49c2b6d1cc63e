"""People in a world without storage or channels: plays events through the pure conversation.

The session is written and read again between every two events, as it is in the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.dialogs.asks import needs
from bot.dialogs.choosing import is_by_year
from bot.dialogs.codec import decode_session, encode_session
from bot.dialogs.effects import (
    AdoptCriteria,
    CountFailedCode,
    Effect,
    IssueLinkCode,
    JoinPerson,
    RegisterSubject,
    Show,
    ShowAgain,
    TakeUp,
)
from bot.dialogs.events import Event, Resumed
from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    Channel,
    CodeState,
    ConsentGiven,
    Facts,
    LinkTarget,
    Needs,
    OwnSheet,
    Proposal,
    Role,
    RoleInvite,
    RoleKind,
    Subject,
)
from bot.dialogs.linking import MINUTES
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.screens import Screen
from bot.dialogs.session import Session
from bot.dialogs.steps import step
from bot.dialogs.understanding import fold
from bot.dialogs.village.earlier import sheet_of
from bot.dialogs.village.facts import EarlierSheet
from bot.dialogs.village.needs import VillageFacts
from bot.i18n import translator
from bot.scoring.model import CriteriaSet, Derived, DerivedRule, SubjectKind
from bot.scoring.shipped import load_shipped

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PROVINCE = Place(1, "Tỉnh Mẫu", "", "province", "/1/")
COMMUNE = Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")
DISTRICT = Place(30, "Huyện Mẫu", "tỉnh Mẫu", "district", "/1/30/")
HAMLETS = tuple(  # as in the sample places of the product, so that one golden fits both
    Place(n, name, "xã Mẫu, tỉnh Mẫu", path=f"/1/2/{n}/")
    for n, name in enumerate(("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"), 1)
)
MANY_HAMLETS = tuple(
    Place(n, name, "xã Mẫu, tỉnh Mẫu", path=f"/1/2/{n}/")
    for n, name in enumerate(
        ("Bản Nà Tốc", "Thôn 2", "Thôn 1", "Thôn Đông", "Thôn Đông Hạ", "Thôn Đoài", "Ấp Tân Bình", "Buôn Ma Nhe"), 11
    )
)
PLACES = {"province": PROVINCE, "commune": COMMUNE, "district": DISTRICT, "hamlet": HAMLETS[0]}
OFFICER = RoleInvite(Role(RoleKind.OFFICER, COMMUNE))
INVITES: Mapping[str, Place | RoleInvite | CodeState] = {
    "KHXM26": HAMLETS[0],
    "KHXM27": HAMLETS[1],
    "KHXM25": CodeState.EXPIRED,
    "KHXM24": CodeState.USED_UP,
    "CBXM26": OFFICER,
    "CBTM26": RoleInvite(Role(RoleKind.OFFICER, PROVINCE)),
    "CBHM24": RoleInvite(Role(RoleKind.OFFICER, DISTRICT)),
    "TTKP26": RoleInvite(Role(RoleKind.VILLAGE_HEAD, HAMLETS[0])),
    "CBXM25": RoleInvite(Role(RoleKind.OFFICER, COMMUNE), CodeState.EXPIRED),
    "CBXM24": RoleInvite(Role(RoleKind.OFFICER, COMMUNE), CodeState.USED_UP),
}
"""Codes as the program reads them."""
BUTTONS = Channel("telegram", max_file_bytes=20_000_000)
PAGE = 4
TRIES = 5


def family_set() -> CriteriaSet:
    """The shipped set for families."""
    return next(s for s in load_shipped() if s.subject is SubjectKind.HOUSEHOLD)


def in_force(sets: Iterable[CriteriaSet], kind: SubjectKind, group: str | None, on: date) -> CriteriaSet | None:
    """The set of a kind and group on a day, as the service finds it."""
    found = (s for s in sets if s.subject is kind and s.group == group and s.is_in_force(on))
    return max(found, key=lambda s: s.valid_from, default=None)


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
    subject: Subject | None
    assessment: Assessment | None


@dataclass
class World:
    """One phone in hand, who holds it, what is on record, and what was done."""

    facts: Facts = field(default_factory=facts)
    session: Session = field(default_factory=Session)
    effects: list[Effect] = field(default_factory=list)
    screen: Screen | None = None
    places: tuple[Place, ...] = HAMLETS
    sets: tuple[CriteriaSet, ...] = field(default_factory=load_shipped)
    """Every set there is; the set of `facts.criteria` comes before them."""
    sheets: dict[int, tuple[Subject, Assessment]] = field(default_factory=dict)
    """All sheets of who holds the phone, by assessment."""
    proposal: Proposal | None = None
    """What came of the last workbook sent in."""
    proposed: CriteriaSet | None = None
    """The set in it."""
    invites: dict[str, Place | RoleInvite | CodeState] = field(default_factory=lambda: dict(INVITES))
    derived: Mapping[str, Derived] = field(default_factory=dict)
    """{indicator id: what the records say}, whoever is assessed."""
    recognised: int = 0
    """How many of each kind the records know as recognised below a place that is assessed."""
    are_difficult: bool = False
    """Whether all places are difficult areas."""
    links: dict[str, tuple[Person, datetime]] = field(default_factory=dict)
    used_links: set[str] = field(default_factory=set)
    failed_codes: int = 0
    opening_year: int = 0
    """The year of the sheet that is being registered."""

    def __post_init__(self) -> None:
        if self.facts.criteria is not None:
            self.put_in_force(self.facts.criteria)

    def play(self, event: Event) -> tuple[Effect, ...]:
        """Take one step, as the service does; returns its effects."""
        self._keep_sheet()
        self.session = decode_session(encode_session(self.session))
        taken = step(self.session, event, self._loaded(event), translator(self.session.locale).say)
        self.session = taken.session
        after = taken.after
        sheet = after.assessment and replace(after.assessment, derived={})
        self.facts = replace(
            self.facts, consent=after.consent, subject=after.subject, assessment=sheet, roles=after.roles
        )
        self.effects.extend(taken.effects)
        more: tuple[Effect, ...] = ()
        for effect in taken.effects:
            match effect:
                case Show(screen):
                    self.screen = screen
                case IssueLinkCode(code):
                    self.links[code] = (self.holder, self.facts.now)
                case CountFailedCode():
                    self.failed_codes += 1
                case JoinPerson(code):
                    more = self._join(code)
                case TakeUp(assessment_id):
                    subject, assessment = self.sheets[assessment_id]
                    self.facts = replace(self.facts, subject=subject, assessment=assessment)
                    more = self.play(Resumed("taken_up"))
                case AdoptCriteria(valid_from=day) if self.proposed is not None:
                    self.put_in_force(replace(self.proposed, valid_from=day))
                case RegisterSubject(kind) if kind in OWN_PLACES:
                    more = self._begin_own_place(effect)
                case ShowAgain(done, notice):
                    more = self.play(Resumed("settled", done, notice))
                case _:
                    pass
        self._keep_sheet()
        return taken.effects + more

    def _keep_sheet(self) -> None:
        """Give what was newly registered or opened its number, and keep it among the person's sheets."""
        subject, assessment = self.facts.subject, self.facts.assessment
        if subject is None or assessment is None:
            return
        if not assessment.id:
            assessment = replace(assessment, id=len(self.sheets) + 1)
        if not subject.id:
            subject = replace(subject, id=assessment.id)
        self.facts = replace(self.facts, subject=subject, assessment=assessment)
        self.sheets[assessment.id] = (subject, assessment)

    def _begin_own_place(self, of: RegisterSubject) -> tuple[Effect, ...]:
        """Open the sheet of a place, as the storage does for whoever comes first."""
        place = next(p for p in self._listed(OWN_PLACES[of.kind]) if p.id == of.place_id)
        subject = Subject(0, of.kind, of.name, place, of.told, of.group)
        year = self.opening_year
        criteria = in_force(self.sets, of.kind, of.group, self._day_of(year))
        assert criteria is not None
        assessment = Assessment(0, year, criteria, {}, AssessmentState.DRAFT)
        self.facts = replace(self.facts, subject=subject, assessment=assessment)
        self._keep_sheet()
        return self.play(Resumed("taken_up"))

    def put_in_force(self, criteria: CriteriaSet) -> None:
        """Let another set of the same kind and group take the place of the one there was."""
        others = (s for s in self.sets if (s.subject, s.group) != (criteria.subject, criteria.group))
        self.sets = (criteria, *others)

    @property
    def holder(self) -> Person:
        """Who holds the phone."""
        return Person(self.session, self.facts.consent, self.facts.subject, self.facts.assessment)

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
        assessment, subject = self.facts.assessment, self.facts.subject
        year = wanted.year or self.facts.year
        place = next((p for p in self._listed(wanted.level) if p.id == wanted.place_id), None)
        kind = wanted.kind or SubjectKind.HOUSEHOLD
        criteria = in_force(self.sets, kind, wanted.group if wanted.kind else None, self._day_of(year))
        current = None
        if wanted.kind is not None:
            self.opening_year = year
        if subject is not None and assessment is not None:
            of_year = assessment.year if is_by_year(subject.kind, subject.group) else self.facts.year
            current = in_force(self.sets, subject.kind, subject.group, self._day_of(of_year))
        return replace(
            self.facts,
            criteria=criteria,
            current=current,
            opening_year=year,
            past=tuple(s for s in self.sets if s.valid_until is not None and s.valid_until < self.facts.today),
            in_force=tuple(s for s in self.sets if s.is_in_force(self.facts.today)),
            assessment=assessment and replace(assessment, derived=self.derived or self._counted()),
            sheets=self._own_sheets() if wanted.sheets else (),
            places=self._page(wanted, wanted.place_query, wanted.place_page),
            found=self._page(wanted, wanted.search_query, wanted.search_page),
            place=place,
            invite=self.invites.get(wanted.invite_code, CodeState.UNKNOWN) if wanted.invite_code else None,
            link=self._link(wanted.link_code) if wanted.link_code else None,
            wait_minutes=MINUTES if self.failed_codes >= TRIES else 0,
            proposal=self.proposal if wanted.upload_id else None,
            village=VillageFacts(last_year=self._last_year() if wanted.village.last_year else None),
        )

    def _last_year(self) -> EarlierSheet | None:
        """The newest sheet of an earlier year of the subject in hand."""
        subject, assessment = self.facts.subject, self.facts.assessment
        if subject is None or assessment is None:
            return None
        own = (sheet for of, sheet in self.sheets.values() if of.id == subject.id and sheet.year < assessment.year)
        before = max(own, key=lambda sheet: sheet.year, default=None)
        return None if before is None else sheet_of(before, subject)

    def _counted(self) -> Mapping[str, Derived]:
        """What the records know of the places below; whatever is no place is not counted, as in the service."""
        subject, assessment = self.facts.subject, self.facts.assessment
        if subject is None or assessment is None or subject.kind not in OWN_PLACES:
            return {}
        computed = {i.id: i.rule for i in assessment.criteria.indicators if isinstance(i.rule, DerivedRule)}
        wholes = {i: subject.profile.get(rule.whole_fact or "", 0) for i, rule in computed.items()}
        return {
            i: Derived(self.recognised, whole, self.facts.today)
            for i, whole in wholes.items()
            if 0 < whole >= self.recognised
        }

    def _day_of(self, year: int) -> date:
        return self.facts.today if year == self.facts.today.year else date(year, 12, 31)

    def _own_sheets(self) -> tuple[OwnSheet, ...]:
        return tuple(
            OwnSheet(number, subject.kind, subject.group, subject.name, assessment.year, assessment.state)
            for number, (subject, assessment) in sorted(self.sheets.items(), reverse=True)
        )

    def _listed(self, level: str) -> tuple[Place, ...]:
        listed = self.places if level == "hamlet" else (PLACES[level],)
        return tuple(replace(place, is_difficult_area=self.are_difficult) for place in listed)

    def _page(self, wanted: Needs, query: str | None, page: int) -> PlacePage | None:
        if query is None:
            return None
        roles = [role.place for role in self.facts.roles]
        found = [
            p
            for p in self._listed(wanted.level)
            if fold(query) in fold(p.name) and (not wanted.only_own or any(own.holds(p) for own in roles))
        ]
        return PlacePage(tuple(found[page * PAGE : (page + 1) * PAGE]), len(found) > (page + 1) * PAGE, len(found))

    def _link(self, code: str) -> LinkTarget | CodeState:
        if self.failed_codes >= TRIES:
            return CodeState.TOO_MANY_TRIES
        if code in self.used_links:
            return CodeState.USED_UP
        if code not in self.links:
            return CodeState.UNKNOWN
        _, issued_at = self.links[code]
        if self.facts.now - issued_at >= timedelta(minutes=MINUTES):
            return CodeState.EXPIRED
        return LinkTarget(code, 1)

    def _join(self, code: str) -> tuple[Effect, ...]:
        self.used_links.add(code)
        self._hand_to(self.links[code][0])
        return self.play(Resumed("joined"))

    def _hand_to(self, person: Person) -> None:
        self.session = person.session
        self.facts = replace(self.facts, consent=person.consent, subject=person.subject, assessment=person.assessment)
