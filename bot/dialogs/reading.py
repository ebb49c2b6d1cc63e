"""Reading the rules without assessing: the sets in force here, each criterion with its article, found by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from bot.dialogs import adopting, navigation, rule_words
from bot.dialogs.facts import Facts
from bot.dialogs.finding import LONGEST_QUERY, Hit, example, find, words_of
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import ReadRules, Session, opened_from
from bot.dialogs.understanding import fold, read_choice, read_command, read_yes_no
from bot.scoring.model import CriteriaSet

SHOWN = 4
"""Sets or hits a screen."""

_MOST_PLACES = 9
_CRITERION = re.compile(r"(?:tieu chi|criterion)(?: so| thu| no)? (\d{1,2})")
_MORE = Choice("more", say("rules.more"))
_LEAVE = Choice("leave", say("rules.leave"))


def open_rules(moves: Moves, session: Session, facts: Facts, argument: str = "") -> Step:
    """Open the list, or what is found by the words behind the command."""
    query, opened = _query(argument), ReadRules(opened_from(session.node))
    if not words_of(query):
        return moves.stay(session, facts) if session.node == opened else moves.go(session, opened, facts)
    if not find(_sets(facts), query):
        return moves.go(session, opened, facts, notice=_not_found(query, facts))
    return moves.go(session, replace(opened, query=query), facts)


def draw(session: Session, node: ReadRules, facts: Facts) -> Screen:
    """List the sets in force, show one page of a set, or what was found."""
    criteria = _opened(node, facts)
    if criteria is not None:
        page = _page(node, criteria)
        if page:
            return _draw_criterion(session, criteria, page, facts)
        return _draw_set(session, criteria, facts)
    hits = _hits(node, facts)
    return _draw_hits(session, node, hits, facts) if hits else _draw_list(session, node, facts)


def press(moves: Moves, session: Session, node: ReadRules, facts: Facts, choice: str) -> Step | None:
    """Open a set or what was found, turn a page, leave, or send the set as a workbook."""
    criteria = _opened(node, facts)
    if choice == "leave":
        return moves.go(session, node.back, facts)
    if criteria is None:
        return _press_listed(moves, session, node, facts, choice)
    page, last = _page(node, criteria), len(rule_words.pages(criteria))
    if choice.startswith("w-") and not page:
        return adopting.send_workbook(moves, session, node, facts, criteria, choice)
    if choice == "next" and page < last:
        return moves.go(session, replace(node, page=page + 1), facts)
    if choice == "previous" and page:
        return moves.go(session, replace(node, page=page - 1), facts)
    return None


def read(moves: Moves, session: Session, node: ReadRules, facts: Facts, text: str) -> Step | Refusal:
    """Find by words; digits, commands, yes and no are none, and 'tiêu chí 3' opens that one of the set."""
    query = _query(text)
    is_other = (
        read_command(text) is not None
        or read_choice(text, ("",) * _MOST_PLACES) is not None
        or read_yes_no(text) is not None
    )
    if is_other or not words_of(query):
        return Refusal(say("one_of.not_understood"))
    criteria = _opened(node, facts)
    if criteria is not None:
        asked = _CRITERION.fullmatch(fold(query))
        at = int(asked[1]) - 1 if asked else -1
        if at in rule_words.pages(criteria):
            return moves.go(session, replace(node, page=_page_of(criteria, at)), facts)
    if not find(_sets(facts), query):
        return Refusal(_not_found(query, facts))
    return moves.go(session, ReadRules(node.back, query=query), facts)


def turn(moves: Moves, session: Session, node: ReadRules, facts: Facts) -> Step:
    """Go on to the next page; at the end stay."""
    criteria = _opened(node, facts)
    step = press(moves, session, node, facts, "more" if criteria is None else "next")
    return step or moves.stay(session, facts)


def back(moves: Moves, session: Session, node: ReadRules, facts: Facts) -> Step:
    """Go back: from a set to where it was chosen, from a later page of a list to the one before, from there out."""
    criteria = _opened(node, facts)
    if criteria is not None:
        return moves.go(session, _chosen_from(node, criteria, facts), facts)
    if node.page:
        return moves.go(session, replace(node, page=node.page - 1), facts)
    if node.query:
        return moves.go(session, ReadRules(node.back), facts)
    return moves.go(session, node.back, facts)


def _draw_list(session: Session, node: ReadRules, facts: Facts) -> Screen:
    sets = _sets(facts)
    if not sets:
        lines: tuple[Paragraph, ...] = (Paragraph(say("rules.none"), Tone.NOTICE),)
    else:
        hint = say("rules.hint", example=example(sets))
        lines = (Paragraph(say("rules.title"), Tone.QUESTION), Paragraph(hint, Tone.QUIET))
    names, start = rule_words.names(sets, facts.today), _start(node, len(sets))
    shown = [Choice(f"s-{n}", names[c.id, c.version]) for n, c in enumerate(sets[start : start + SHOWN], start)]
    return _listing(session, lines, shown, (navigation.BACK,), has_more=start + SHOWN < len(sets))


def _draw_hits(session: Session, node: ReadRules, hits: Sequence[Hit], facts: Facts) -> Screen:
    lines = (Paragraph(say("rules.found", count=len(hits), query=node.query), Tone.QUESTION),)
    start = _start(node, len(hits))
    labels = rule_words.hit_labels(hits[start : start + SHOWN], _sets(facts), facts.today)
    shown = [Choice(f"h-{n}", label) for n, label in enumerate(labels, start)]
    return _listing(session, lines, shown, (navigation.BACK, _LEAVE), has_more=start + SHOWN < len(hits))


def _listing(
    session: Session,
    lines: tuple[Paragraph, ...],
    shown: Sequence[Choice],
    around: tuple[Choice, ...],
    *,
    has_more: bool,
) -> Screen:
    choices = (*shown, _MORE) if has_more else tuple(shown)
    return Screen(session.revision, "rules", lines, choices, around, Expects.TEXT)


def _press_listed(moves: Moves, session: Session, node: ReadRules, facts: Facts, choice: str) -> Step | None:
    hits, sets = _hits(node, facts), _sets(facts)
    head, _, digits = choice.partition("-")
    at = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else -1
    if choice == "more":
        count = len(hits or sets)
        page = _start(node, count) // SHOWN + 1
        return moves.go(session, replace(node, page=page), facts) if page * SHOWN < count else None
    if head == "h" and 0 <= at < len(hits):
        hit = hits[at]
        page = 0 if hit.at is None else _page_of(hit.criteria, hit.at)
        opened = replace(node, set_id=hit.criteria.id, version=hit.criteria.version, page=page)
        return moves.go(session, opened, facts)
    if head == "s" and not hits and 0 <= at < len(sets):
        opened = ReadRules(node.back, sets[at].id, sets[at].version)
        return moves.go(session, opened, facts)
    return None


def _draw_set(session: Session, criteria: CriteriaSet, facts: Facts) -> Screen:
    words = rule_words.set_words(criteria, facts.today)
    lines = [
        Paragraph(words.title, Tone.HEADING),
        Paragraph(words.standing, Tone.NOTICE),
        Paragraph(stacked(*words.about)),
        Paragraph(stacked(words.judged, *words.titles)),
        Paragraph(stacked(say("rules.criteria"), *words.contents)),
    ]
    if words.note is not None:
        lines.append(Paragraph(words.note, Tone.QUIET))
    if facts.web_address:
        path = f"/tieuchi/{quote(criteria.id, safe='')}/{quote(criteria.version, safe='')}"
        address = facts.web_address.rstrip("/") + path
        lines.append(Paragraph(say("rules.to_print"), Tone.QUIET))
        lines.append(Paragraph(say("link.address", address=address), Tone.LINK))
    onward = (Choice("next", say("rules.read_on")),) if rule_words.pages(criteria) else ()
    choices = onward + adopting.workbook_choices(facts)
    return Screen(
        session.revision,
        "rule_set",
        tuple(lines),
        choices,
        (navigation.BACK, _LEAVE),
        Expects.TEXT,
        takes_files=bool(adopting.officer_places(facts)),
    )


def _draw_criterion(session: Session, criteria: CriteriaSet, page: int, facts: Facts) -> Screen:
    pages = rule_words.pages(criteria)
    words = rule_words.criterion_words(criteria, pages[page - 1])
    lines = [Paragraph(rule_words.name(criteria, facts.today), Tone.QUIET), Paragraph(words.heading, Tone.HEADING)]
    if words.points is not None:
        lines.append(Paragraph(words.points))
    for indicator in words.indicators:
        lines.append(Paragraph(indicator.heading, Tone.QUESTION))
        lines.append(Paragraph(indicator.question))
        lines.append(Paragraph(stacked(*indicator.rule, *indicator.applies)))
        lines.append(Paragraph(indicator.article, Tone.QUIET))
    onward = (Choice("next", say("sheet.next")),) if page < len(pages) else ()
    choices = (*onward, Choice("previous", say("sheet.previous")))
    return Screen(session.revision, "rule_page", tuple(lines), choices, (navigation.BACK, _LEAVE), Expects.TEXT)


def _chosen_from(node: ReadRules, criteria: CriteriaSet, facts: Facts) -> ReadRules:
    """The list, or what was found, with the page on which a set was chosen."""
    chosen = ReadRules(node.back, query=node.query)
    hits = _hits(chosen, facts)
    if not hits:
        return replace(chosen, query="", page=_sets(facts).index(criteria) // SHOWN)
    page = _page(node, criteria)
    at = rule_words.pages(criteria)[page - 1] if page else None
    same = (n for n, hit in enumerate(hits) if hit.criteria == criteria and hit.at == at)
    return replace(chosen, page=next(same, 0) // SHOWN)


def _sets(facts: Facts) -> tuple[CriteriaSet, ...]:
    """Every set that can be read: first those in force, then those of past years."""
    return rule_words.in_order(facts.in_force) + facts.past


def _hits(node: ReadRules, facts: Facts) -> tuple[Hit, ...]:
    return find(_sets(facts), node.query) if node.query else ()


def _opened(node: ReadRules, facts: Facts) -> CriteriaSet | None:
    return next((c for c in _sets(facts) if (c.id, c.version) == (node.set_id, node.version)), None)


def _page(node: ReadRules, criteria: CriteriaSet) -> int:
    """0: the set as a whole; from 1: its criteria."""
    return min(max(node.page, 0), len(rule_words.pages(criteria)))


def _page_of(criteria: CriteriaSet, at: int) -> int:
    """The page of the criterion at a place; the set as a whole where it has none of its own."""
    pages = rule_words.pages(criteria)
    return pages.index(at) + 1 if at in pages else 0


def _start(node: ReadRules, count: int) -> int:
    """Where the shown part of a list begins; its last page where it has become shorter."""
    return min(max(node.page, 0), max(count - 1, 0) // SHOWN) * SHOWN


def _query(text: str) -> str:
    return " ".join(text.split())[:LONGEST_QUERY].rstrip()


def _not_found(query: str, facts: Facts) -> Say:
    if not _sets(facts):
        return say("rules.none")
    return say("rules.not_found", query=query, example=example(_sets(facts)))
