"""Choosing what to work on: one of the person's sheets, or another title, for this year or one of the last."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import desk, navigation, registering
from bot.dialogs.facts import Facts, OwnSheet, RoleKind
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.screens import Choice, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskName, AskYear, ChooseTitle, MySheets, Session, SubjectDraft
from bot.dialogs.taking_up import take_up
from bot.dialogs.understanding import read_choice, read_year
from bot.scoring.model import CriteriaSet, SubjectKind, Text

SHEETS_A_PAGE = 4
YEARS_BACK = 3
"""How many past years can be assessed: their reports are due in the first quarter of the next."""

_FOR_ALL = (
    SubjectKind.HOUSEHOLD,
    SubjectKind.CITIZEN,
    SubjectKind.CLAN,
    SubjectKind.UNIT,
    SubjectKind.LEARNING_CENTRE,
)
_BY_LEVEL = {
    "hamlet": (SubjectKind.VILLAGE,),
    "commune": (SubjectKind.VILLAGE, SubjectKind.COMMUNE),
    "district": (SubjectKind.COMMUNE, SubjectKind.DISTRICT),
    "province": (SubjectKind.VILLAGE, SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE),
}
"""{level of a role's place: the places that it may assess}"""

OF_GROUPS = {
    SubjectKind.CITIZEN: ("nong_dan", "cong_nhan", "can_bo", "hoc_sinh"),
    SubjectKind.UNIT: (None, "huyen", "tinh"),
}
"""{kind that has several sets: their groups, in the order of the screen}; each has a text 'title.group.<kind>.<group>'.

The unit that is under no group is under its commune.
"""

_ONE_EACH = (SubjectKind.HOUSEHOLD, SubjectKind.CITIZEN)


def is_by_year(kind: SubjectKind, group: str | None) -> bool:
    """Whether the year is chosen: the ministry's sets are filled in for a year that is over."""
    return kind in (SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE) or (
        kind is SubjectKind.UNIT and group is not None
    )


def kinds_open_to(facts: Facts) -> tuple[SubjectKind, ...]:
    """What a person may assess: anybody these, and whoever has a role also the places of the role."""
    levels = {role.place.level for role in facts.roles}
    if any(role.kind is RoleKind.VILLAGE_HEAD for role in facts.roles):
        levels.add("hamlet")
    places = {kind for level in levels for kind in _BY_LEVEL.get(level, ())}
    return _FOR_ALL + tuple(kind for kind in OWN_PLACES if kind in places)


def draw(session: Session, node: ChooseTitle, facts: Facts) -> Screen:
    """Offer the kinds of subject, or the sets of one that has several."""
    if node.kind is None:
        lines = [Paragraph(say("title.question"), Tone.QUESTION), Paragraph(say("title.hint"), Tone.QUIET)]
        if not facts.roles:
            lines.append(Paragraph(say("title.role_wanted"), Tone.QUIET))
        choices = tuple(Choice(f"k-{kind}", say(f"kind.{kind}")) for kind in kinds_open_to(facts))
    else:
        lines = [Paragraph(say(f"title.which.{node.kind}"), Tone.QUESTION)]
        sets = _sets_of(node.kind, facts)
        choices = tuple(Choice(f"g-{each.group or ''}", _group_words(each)) for each in sets)
    around = (navigation.BACK, navigation.MY_SHEETS, navigation.RULES)
    return Screen(session.revision, "title", tuple(lines), choices, around)


def press(moves: Moves, session: Session, node: ChooseTitle, facts: Facts, choice: str) -> Step | None:
    """Go on to the sets of a kind, to its year, or to registering."""
    head, _, name = choice.partition("-")
    if head == "g" and node.kind is not None:
        groups = [each.group or "" for each in _sets_of(node.kind, facts)]
        return _begin(moves, session, node, facts, node.kind, name or None) if name in groups else None
    if head != "k" or name not in set(SubjectKind):
        return None
    kind = SubjectKind(name)
    if kind not in kinds_open_to(facts):
        return None
    own = _own_sheet(facts, kind)
    if own is not None:
        return take_up(session, facts, own.assessment_id)
    sets = _sets_of(kind, facts)
    if len(sets) > 1:
        return moves.go(session, replace(node, kind=kind), facts)
    return _begin(moves, session, node, facts, kind, sets[0].group if sets else None)


def _sets_of(kind: SubjectKind, facts: Facts) -> tuple[CriteriaSet, ...]:
    groups = OF_GROUPS.get(kind, ())
    sets = (each for each in facts.in_force if each.subject is kind)
    return tuple(sorted(sets, key=lambda each: groups.index(each.group) if each.group in groups else len(groups)))


def _group_words(criteria: CriteriaSet) -> Say | Text:
    if criteria.group not in OF_GROUPS.get(criteria.subject, ()):
        return criteria.title
    return say(f"title.group.{criteria.subject}.{criteria.group or 'xa'}")


def reopen(moves: Moves, session: Session, facts: Facts) -> Step:
    """Choose again, from the first question about a subject; a family that has nothing else is at the very first."""
    kind, home = session.draft.kind, desk.home(facts)
    afresh = replace(session, draft=SubjectDraft())
    if kind is not SubjectKind.HOUSEHOLD:
        chosen = kind if len(_sets_of(kind, facts)) > 1 else None
        return moves.go(afresh, ChooseTitle(home or AskName(), chosen), facts)
    if home is None:
        return moves.stay(session, facts, say("register.first"))
    return moves.go(afresh, home, facts)


def _begin(
    moves: Moves, session: Session, node: ChooseTitle, facts: Facts, kind: SubjectKind, group: str | None
) -> Step:
    if is_by_year(kind, group):
        years = tuple(range(facts.year, facts.year - YEARS_BACK - 1, -1))
        return moves.go(session, AskYear(node, years, kind, group), facts)
    if not _sets_of(kind, facts):
        return moves.stay(session, facts, say("title.no_rules"))
    return moves.go(*registering.begin(session, SubjectDraft(kind, group)), facts)


def _own_sheet(facts: Facts, kind: SubjectKind) -> OwnSheet | None:
    """The sheet of this year that a person has already, of what nobody has two of."""
    if kind not in _ONE_EACH:
        return None
    return next((s for s in facts.sheets if s.kind is kind and s.year == facts.year), None)


def draw_years(session: Session, node: AskYear, facts: Facts) -> Screen:
    """Offer the years."""
    lines = (Paragraph(say("year.question"), Tone.QUESTION), Paragraph(say("year.hint"), Tone.QUIET))
    choices = tuple(Choice(f"y-{year}", say("year.choice", year=str(year))) for year in node.years)
    return Screen(session.revision, "year", lines, choices, (navigation.BACK, navigation.HELP), layout=Layout.KEYPAD)


def press_years(moves: Moves, session: Session, node: AskYear, facts: Facts, choice: str) -> Step | None:
    """Take a year whose rules can be scored by; `facts.criteria` are those of the year that was asked about.

    Where a place is assessed that is still to be chosen, they are the rules of any place that it may be.
    """
    year = year_of(choice)
    if year not in node.years:
        return None
    if facts.criteria is None:
        return moves.stay(session, facts, say("year.no_rules", year=str(year)))
    if facts.criteria.is_structure_only:
        return moves.stay(session, facts, say("year.structure_only", year=str(year), title=facts.criteria.title))
    return moves.go(*registering.begin(session, SubjectDraft(node.kind, node.group, year)), facts)


def read_years(moves: Moves, session: Session, node: AskYear, facts: Facts, text: str) -> Step | Refusal:
    """Take a year that was typed; `facts.criteria` are those of the year that `year_meant` finds."""
    year = year_meant(text, node.years)
    if year is None:
        return Refusal(say("year.not_understood", year=str(facts.year)))
    step = press_years(moves, session, node, facts, f"y-{year}")
    return step or Refusal(say("year.not_offered", year=str(year)), is_final=True)


def year_meant(text: str, years: tuple[int, ...]) -> int | None:
    """The year that a text says, or its place among those offered, newest first; None when it is neither."""
    year = read_year(text, max(years, default=0))
    at = read_choice(text, [str(each) for each in years]) if year is None else None
    return year if at is None else years[at]


def year_of(choice: str) -> int | None:
    """Read the year of a choice 'y-2025'; None when it is none."""
    head, _, digits = choice.partition("-")
    return int(digits) if head == "y" and digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def draw_sheets(session: Session, node: MySheets, facts: Facts) -> Screen:
    """List the person's sheets, newest first."""
    start = node.page * SHEETS_A_PAGE
    shown = facts.sheets[start : start + SHEETS_A_PAGE]
    choices = tuple(
        Choice(
            f"a-{each.assessment_id}",
            say(
                "sheets.choice",
                kind=say(f"sheets.kind.{each.kind}"),
                name=each.name,
                year=str(each.year),
                state=say(f"sheets.state.{each.state}"),
            ),
        )
        for each in shown
    )
    if start + SHEETS_A_PAGE < len(facts.sheets):
        choices += (Choice("more", say("register.hamlet_more")),)
    elif node.page:
        choices += (Choice("first", say("register.hamlet_first")),)
    lines = (Paragraph(say("sheets.title" if facts.sheets else "sheets.none"), Tone.QUESTION),)
    return Screen(session.revision, "sheets", lines, choices, (navigation.OTHER_TITLE, navigation.BACK))


def press_sheets(moves: Moves, session: Session, node: MySheets, facts: Facts, choice: str) -> Step | None:
    """Take one up, or turn the page."""
    if choice == "more" and (node.page + 1) * SHEETS_A_PAGE < len(facts.sheets):
        return moves.go(session, replace(node, page=node.page + 1), facts)
    if choice == "first":
        return moves.go(session, replace(node, page=0), facts)
    head, _, digits = choice.partition("-")
    if head != "a" or not any(str(each.assessment_id) == digits for each in facts.sheets):
        return None
    return take_up(session, facts, int(digits))
