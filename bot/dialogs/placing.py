"""Which place a subject belongs to: from a list, by some letters of its name, or by an invite code."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.dialogs import navigation
from bot.dialogs.facts import (
    CodeState,
    Facts,
    HouseholdInvite,
    RoleInvite,
)
from bot.dialogs.moves import Refusal
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskPlace, Session, SubjectDraft
from bot.dialogs.understanding import fold, read_choice, read_code, read_command
from bot.scoring.model import SubjectKind

LONGEST_QUERY = 60
MORE, FROM_FIRST, KEEP = "more", "first", "keep"
_LIST_WORDS = {
    MORE: ("xem them", "them", "them nua", "trang sau", "tiep", "tiep theo", "more", "see more", "show more", "next"),
    FROM_FIRST: ("xem tu dau", "tu dau", "xem lai tu dau", "from the start", "back to the start", "start over"),
    KEEP: ("giu", "giu nguyen", "giu lai", "giu nhu cu", "nhu cu", "khong doi", "keep", "keep it"),
}
_PLACES = ("",) * 9
"""As many nameless labels as a list may have: what is understood among them was said by place alone."""

OWN_PLACES = {
    SubjectKind.VILLAGE: "hamlet",
    SubjectKind.COMMUNE: "commune",
    SubjectKind.DISTRICT: "district",
    SubjectKind.PROVINCE: "province",
}
"""{kind of subject that is itself a place: its level}; assessed by whoever has a role there."""


def level_of(kind: SubjectKind, group: str | None) -> str:
    """The level of the places that a subject of this kind belongs to."""
    match kind:
        case SubjectKind.HOUSEHOLD | SubjectKind.CLAN | SubjectKind.CITIZEN | SubjectKind.VILLAGE:
            return "hamlet"
        case SubjectKind.UNIT if group is None:
            return "hamlet"  # a unit at the base lies in a hamlet, whose head confirms it
        case SubjectKind.UNIT if group == "tinh":
            return "province"
        case SubjectKind.UNIT | SubjectKind.LEARNING_CENTRE | SubjectKind.COMMUNE:
            return "commune"
        case SubjectKind.DISTRICT:
            return "district"
        case SubjectKind.PROVINCE:
            return "province"
        case _:
            assert_never(kind)


def suits(draft: SubjectDraft, place: Place, facts: Facts) -> bool:
    """Whether a place is of the level that is asked for and, where it is assessed itself, of the person's roles."""
    if place.level != level_of(draft.kind, draft.group):
        return False
    return draft.kind not in OWN_PLACES or any(role.place.holds(place) for role in facts.roles)


def draw(session: Session, node: AskPlace, facts: Facts) -> Screen:
    """List the places found, some at a time."""
    draft, page = session.draft, facts.places
    level = level_of(draft.kind, draft.group)
    places = page.places if page else ()
    choices = tuple(Choice(f"h-{place.id}", _label(place)) for place in places)
    turning: tuple[Choice, ...] = ()
    if page and page.has_more:
        turning = (Choice(MORE, say("register.hamlet_more")),)
    elif node.page or node.query:
        turning = (Choice(FROM_FIRST, say("register.hamlet_first")),)
    asked = "own" if draft.kind in OWN_PLACES else "household" if draft.kind is SubjectKind.HOUSEHOLD else "other"
    lines = [Paragraph(say(f"place.{level}.{asked}"), Tone.QUESTION)]
    if node.query and not places:
        lines.append(Paragraph(say("place.none", query=node.query), Tone.NOTICE))
    elif node.query:
        lines.append(Paragraph(say("place.found", query=node.query, count=page.total if page else 0)))
    elif not places:
        lines.append(Paragraph(say(f"place.{level}.nowhere"), Tone.NOTICE))
    lines.append(Paragraph(say("place.hamlet.hint" if level == "hamlet" else "place.hint"), Tone.QUIET))
    around: tuple[Choice, ...] = (navigation.BACK, navigation.HELP)
    if session.is_editing:
        kept = drafted(session, facts)
        around = (
            Choice(KEEP, say("register.keep", value=kept.name if kept else "")),
            navigation.BACK,
            navigation.CANCEL,
        )
    return Screen(session.revision, level, tuple(lines), choices, turning + around, Expects.CHOICE)


def _label(place: Place) -> Say:
    if not place.within:
        return say("place.choice_alone", name=place.name)
    return say("register.hamlet_choice", name=place.name, within=place.within)


def turned(node: AskPlace, facts: Facts, choice: str) -> tuple[AskPlace, Facts] | None:
    """Turn the list; None when the choice does not."""
    if facts.found is None:
        return None
    match choice:
        case "more":
            return AskPlace(node.query, node.page + 1), replace(facts, places=facts.found)
        case "first":
            return AskPlace(), replace(facts, places=facts.found)
        case _:
            return None


def offered(draft: SubjectDraft, facts: Facts, choice: str) -> Place | None:
    """The place of a choice: on the page that was loaded, or the one that was asked for by its id."""
    listed = facts.places.places if facts.places else ()
    known = listed if facts.place is None else (facts.place, *listed)
    return next((place for place in known if f"h-{place.id}" == choice and suits(draft, place, facts)), None)


def found_by(text: str, found: PlacePage) -> Place | None:
    """The one place that typed letters mean: the only one found, or the only one that is called exactly so."""
    named = [place for place in found.places if fold(place.name) == fold(text.strip())]
    only = named if len(named) == 1 else found.places
    return only[0] if len(only) == 1 and not found.has_more else None


def read(draft: SubjectDraft, facts: Facts, text: str) -> Place | AskPlace | Refusal:
    """Read a place's name, or letters to search by. What turns the list was tried before."""
    match facts.invite:
        case Place() as place:
            return place if suits(draft, place, facts) else Refusal(say("place.other_invite"), is_final=True)
        case CodeState.UNKNOWN | RoleInvite() | HouseholdInvite() | None:
            pass  # some letters of a hamlet's name look like a code
        case CodeState.TOO_MANY_TRIES if facts.found is not None and facts.found.total:
            pass  # likewise
        case CodeState() as state:
            return Refusal(why_not_invited(state, facts.wait_minutes), is_final=True)
    if is_place(text):
        return _check_place(facts, text)
    query, found = text.strip(), facts.found
    if found is None or not 0 < len(query) <= LONGEST_QUERY or read_command(text) is not None:
        return Refusal(say("place.not_understood"))
    return found_by(query, found) or AskPlace(query)


def _check_place(facts: Facts, text: str) -> Refusal:
    """Leave a place to the list on the screen; '3' is none where a place on it that stands elsewhere is called so."""
    at = read_choice(text, _PLACES)
    said = fold(text)
    for index, place in enumerate(facts.places.places if facts.places else ()):
        if index != at and said in fold(place.name).split():
            return Refusal(say("place.which", said=text.strip(), name=place.name), is_final=True)
    return Refusal(say("place.not_understood"))


def drafted(session: Session, facts: Facts) -> Place | None:
    """The place of the draft."""
    if facts.place is not None and facts.place.id == session.draft.place_id:
        return facts.place
    return facts.subject.place if facts.subject is not None and session.is_editing else None


def chosen(session: Session, place: Place, text: str = "") -> Session:
    """Keep a place in the draft; `text` is what was typed, for an invite's code. A place's own name is taken over."""
    draft = session.draft
    name = place.name if draft.kind in OWN_PLACES else draft.name
    return replace(session, draft=replace(draft, place_id=place.id, invite=read_code(text) or "", name=name))


def done(draft: SubjectDraft, place: Place) -> Say:
    """Say which place was taken."""
    if not place.within:
        return say("place.done_alone", name=place.name)
    if level_of(draft.kind, draft.group) == "hamlet":
        return say("register.hamlet_done", name=place.name, within=place.within)
    return say("place.done", name=place.name, within=place.within)


def why_not_invited(state: CodeState, wait_minutes: int) -> Say:
    """Say why an invite code leads nowhere, and what to do instead."""
    match state:
        case CodeState.EXPIRED:
            return say("register.invite_expired")
        case CodeState.USED_UP:
            return say("register.invite_used_up")
        case CodeState.REVOKED:
            return say("register.invite_revoked")
        case CodeState.LEFT_ROLL:
            return say("arriving.left_roll")
        case CodeState.TOO_MANY_TRIES:
            return say("code.too_many_tries", minutes=wait_minutes)
        case CodeState.UNKNOWN:
            return say("register.invite_unknown")
        case _:
            assert_never(state)


def place_id_of(choice: str) -> int | None:
    """Read the place of a choice 'h-7'; None when it is none."""
    head, _, digits = choice.partition("-")
    return int(digits) if head == "h" and digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def list_word(text: str) -> str | None:
    """Read words that turn the list of places or keep what is recorded: the choice they mean."""
    said = fold(text[:LONGEST_QUERY]).strip(" .!")
    return next((choice for choice, words in _LIST_WORDS.items() if said in words), None)


def is_place(text: str) -> bool:
    """Whether a text says a place in the list ('2', 'cái thứ hai') rather than a name."""
    return read_choice(text, _PLACES) is not None or text.strip().isdigit()
