"""A person in a world without storage or channels: plays events through the pure conversation.

The session is written and read again between every two events, as it is in the product.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.dialogs.asks import needs
from bot.dialogs.codec import decode_session, encode_session
from bot.dialogs.effects import Effect, IssueLinkCode, Show
from bot.dialogs.events import Event
from bot.dialogs.facts import Channel, CodeState, Facts, Hamlet, HamletPage, LinkTarget
from bot.dialogs.screens import Screen
from bot.dialogs.session import Session
from bot.dialogs.steps import step
from bot.dialogs.understanding import fold
from bot.i18n import translator
from bot.scoring.model import CriteriaSet, SubjectKind
from bot.scoring.shipped import load_shipped

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
HAMLETS = tuple(
    Hamlet(n, name, "xã Mẫu, tỉnh Mẫu") for n, name in enumerate(("Thôn Đông", "Thôn Đoài", "Thôn Trung"), 1)
)
BUTTONS = Channel("telegram", has_buttons=True, sends_files=True, max_file_bytes=20_000_000)
PAGE = 4


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


@dataclass
class World:
    """One person, what is on record, and what was done."""

    facts: Facts = field(default_factory=facts)
    session: Session = field(default_factory=Session)
    effects: list[Effect] = field(default_factory=list)
    screen: Screen | None = None
    invites: dict[str, Hamlet | CodeState] = field(default_factory=dict)
    links: dict[str, LinkTarget | CodeState] = field(default_factory=dict)

    def play(self, event: Event) -> tuple[Effect, ...]:
        """Take one step, as the service does; returns its effects."""
        self.session = decode_session(encode_session(self.session))
        wanted = needs(self.session, event)
        loaded = replace(
            self.facts,
            hamlets=None if wanted.hamlet_query is None else _page(wanted.hamlet_query, wanted.hamlet_page),
            hamlet=next((h for h in HAMLETS if h.id == wanted.hamlet_id), None),
            invite=self.invites.get(wanted.invite_code, CodeState.UNKNOWN) if wanted.invite_code else None,
            link=self.links.get(wanted.link_code, CodeState.UNKNOWN) if wanted.link_code else None,
        )
        taken = step(self.session, event, loaded, translator(self.session.locale).say)
        self.session = taken.session
        after = taken.after
        self.facts = replace(self.facts, consent=after.consent, household=after.household, assessment=after.assessment)
        self.effects.extend(taken.effects)
        for effect in taken.effects:
            if isinstance(effect, Show):
                self.screen = effect.screen
            elif isinstance(effect, IssueLinkCode):
                self.links[effect.code] = LinkTarget(effect.code, 1, "")
        return taken.effects


def _page(query: str, page: int) -> HamletPage:
    found = [h for h in HAMLETS if fold(query) in fold(h.name)]
    return HamletPage(tuple(found[page * PAGE : (page + 1) * PAGE]), len(found) > (page + 1) * PAGE, len(found))
