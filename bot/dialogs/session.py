"""Where a person is in the conversation: the only state a dialog has, stored through the codec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.dialogs.screens import Say
from bot.dialogs.village.nodes import VillageNode, Walk
from bot.scoring.model import SubjectKind


@dataclass(frozen=True, slots=True)
class Consent:
    """What this is, and whether the household agrees. `invite` is a code the person arrived with."""

    invite: str = ""


@dataclass(frozen=True, slots=True)
class AskName:
    """How the representative likes to be called."""


@dataclass(frozen=True, slots=True)
class AskPlace:
    """Which place: from the list, by some letters, or by invite code. Of which level, the draft's kind decides."""

    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskFact:
    """One question of dialogs.profile about the subject, such as how many adults live there."""

    question: str
    is_missing: bool = False
    """Asked before the first question of a sheet, only because nobody has told it yet."""


@dataclass(frozen=True, slots=True)
class ChooseTitle:
    """Which title to assess: kinds of subject first, then the sets of a kind that has several."""

    back: Node
    kind: SubjectKind | None = None


@dataclass(frozen=True, slots=True)
class AskYear:
    """For which of these years, where rules of past years may be wanted; what is in hand waits until one is taken."""

    back: Node
    years: tuple[int, ...] = ()
    kind: SubjectKind = SubjectKind.COMMUNE
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MySheets:
    """All sheets of the person, to go on with one of them or begin another."""

    back: Node
    page: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody stands who has a role and no sheet in hand."""


@dataclass(frozen=True, slots=True)
class ReadRules:
    """Reading the rules: the sets in force here, one of them criterion by criterion, or what was found by words."""

    back: Node
    set_id: str = ""
    version: str = ""
    page: int = 0
    query: str = ""


@dataclass(frozen=True, slots=True)
class AwaitProposal:
    """A workbook was sent in and is being read, or is refused, or has problems."""

    upload_id: int
    back: Node


@dataclass(frozen=True, slots=True)
class Adopt:
    """A sound workbook is being adopted; what was asked for already is kept here."""

    upload_id: int
    back: Node
    is_confirmed: bool = False
    """Whether the difference was read and adopting was asked for."""
    number: str = ""
    decided_on: date | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator. `whole`: the m of a share question already said. `from_summary`: return there after it."""

    indicator: str
    whole: int | None = None
    from_summary: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """All answers before handing in."""


@dataclass(frozen=True, slots=True)
class PickQuestion:
    """Which answer to change."""


@dataclass(frozen=True, slots=True)
class Result:
    """The score sheet after handing in."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One criterion of the score sheet, in detail."""

    criterion: int


@dataclass(frozen=True, slots=True)
class PickDocument:
    """Which document to have: picture, PDF, DOCX."""

    back: Node


@dataclass(frozen=True, slots=True)
class Paused:
    """The person stopped for now; everything is kept and `back` is where they go on."""

    back: Node


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Vietnamese or English."""

    back: Node


@dataclass(frozen=True, slots=True)
class ConfirmDelete:
    """Whether to remove everything, really."""

    back: Node


@dataclass(frozen=True, slots=True)
class EnterCode:
    """Waiting for the one-time code of another channel."""

    back: Node


@dataclass(frozen=True, slots=True)
class ConfirmJoin:
    """Whether to take part for the household whose code was opened, beside what the person has in hand."""

    code: str
    back: Node


@dataclass(frozen=True, slots=True)
class Told:
    """Others did something with a sheet of the person; one tap leads to it, at `indicator` where one is named."""

    assessment_id: int
    what: Say
    indicator: str
    back: Node


Node = (
    Consent
    | AskName
    | AskPlace
    | AskFact
    | ChooseTitle
    | AskYear
    | MySheets
    | Desk
    | ReadRules
    | AwaitProposal
    | Adopt
    | Question
    | Summary
    | PickQuestion
    | Result
    | SheetPage
    | PickDocument
    | Paused
    | ChooseLanguage
    | ConfirmDelete
    | EnterCode
    | ConfirmJoin
    | Told
    | VillageNode
)


Aside = (
    ChooseLanguage
    | ConfirmDelete
    | EnterCode
    | ChooseTitle
    | AskYear
    | MySheets
    | ReadRules
    | AwaitProposal
    | Adopt
    | ConfirmJoin
    | Told
)
"""What can be opened from anywhere and leads back to where it was opened."""


def unwrapped(node: Node) -> Node:
    """The node on the main way, under any side path that leads back to it."""
    while isinstance(node, Paused | Aside | PickDocument):
        node = node.back
    return node


def opened_from(node: Node) -> Node:
    """Where something opened aside leads back to; never to another thing opened aside, so that they do not pile up."""
    while isinstance(node, Aside):
        node = node.back
    return node


@dataclass(frozen=True, slots=True)
class SubjectDraft:
    """What registration has learned so far."""

    kind: SubjectKind = SubjectKind.HOUSEHOLD
    group: str | None = None
    year: int = 0
    """0: the current period."""
    name: str = ""
    place_id: int | None = None
    told: Mapping[str, int] = field(default_factory=dict)
    invite: str = ""
    """The code that led to the place; empty when it was chosen from the list."""


@dataclass(frozen=True, slots=True)
class Session:
    """The state of one person's conversation.

    `revision` grows whenever the screen comes to mean something else; a press or text made for an older one is stale.
    """

    revision: int = 0
    is_begun: bool = False
    """Whether a screen was ever shown; until then no first word is an answer."""
    locale: str = "vi"
    node: Node = field(default_factory=Consent)
    draft: SubjectDraft = field(default_factory=SubjectDraft)
    is_editing: bool = False
    """Registration is walked again to correct the subject."""
    postponed: tuple[str, ...] = ()
    """Indicators answered 'later', in that order."""
    walk: Walk | None = None
    """What a village head goes through: everything of the village's rooms leads back to it."""
    sheet_of: int = 0
    """Whose sheet was taken up. Where another's is in hand, the right to work on it has ended; see `repairing`."""
