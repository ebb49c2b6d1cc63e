"""Where a person is in the conversation: the only state a dialog has, stored through the codec."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Consent:
    """What this is, and whether the household agrees. `invite` is a code the person arrived with."""

    invite: str = ""


@dataclass(frozen=True, slots=True)
class AskName:
    """How the representative likes to be called."""


@dataclass(frozen=True, slots=True)
class AskHamlet:
    """Which hamlet: from the list, by some letters, or by invite code."""

    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskAdults:
    """How many adults live in the household."""


@dataclass(frozen=True, slots=True)
class AskChildren:
    """How many children of school age live in the household."""


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


Node = (
    Consent
    | AskName
    | AskHamlet
    | AskAdults
    | AskChildren
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
)


Aside = ChooseLanguage | ConfirmDelete | EnterCode
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
class HouseholdDraft:
    """What registration has learned so far."""

    name: str = ""
    hamlet_id: int | None = None
    adults: int | None = None
    school_age_children: int | None = None
    invite: str = ""
    """The code that led to the hamlet; empty when it was chosen from the list."""


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
    draft: HouseholdDraft = HouseholdDraft()
    editing_household: bool = False
    """Registration is walked again to correct the household."""
    postponed: tuple[str, ...] = ()
    """Indicators answered 'later', in that order."""
