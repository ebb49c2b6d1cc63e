"""What an earlier release stored still loads: sessions stand at the same question, mailboxes can be read."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.codec import CodecError, decode_content, decode_session, encode_session
from bot.dialogs.effects import SendDocument, Show
from bot.dialogs.facts import ConsentGiven
from bot.dialogs.places import PlacePage
from bot.dialogs.session import AskFact, AskPlace, Node, Session, unwrapped
from bot.dialogs.steps import draw
from bot.i18n import LOCALES, translator
from bot.scoring.model import SubjectKind
from tests.dialogs.people import assessment, subject
from tests.support.world import HAMLETS, NOW, World

FOLDER = Path(__file__).parent / "stored"
SESSIONS = tomllib.loads((FOLDER / "sessions_of_version_1.toml").read_text(encoding="utf-8"))["session"]
CONTENTS = (FOLDER / "contents_of_version_1.jsonl").read_text(encoding="utf-8").splitlines()
OF_REGISTERING = ("name", "hamlet", "adults", "children")
"""What the first release called the screens of registering a household."""


def stands(node: Node) -> str:
    """Where a session stands, as the table writes it: 'Paused < Question dieu_kien_quy'."""
    told = {each.name: getattr(node, each.name) for each in fields(node)}
    telling = ("question", "indicator", "criterion", "query", "invite")
    said = [str(told[name]) for name in telling if told.get(name, "") != ""]
    behind = f" < {stands(told['back'])}" if "back" in told else ""
    return " ".join((type(node).__name__, *said)) + behind


@pytest.mark.parametrize("row", SESSIONS, ids=[row["stands"] for row in SESSIONS])
def test_a_session_of_the_first_release_stands_where_it_stood(row: dict[str, str]) -> None:
    old, session = json.loads(row["stored"]), decode_session(row["stored"])
    draft = old.get("draft", {})

    assert stands(session.node) == row["stands"]
    assert (session.revision, session.locale) == (old["revision"], old.get("locale", "vi"))
    assert session.postponed == tuple(old.get("postponed", ()))
    assert session.is_editing == old.get("editing_household", False)
    assert (session.draft.name, session.draft.place_id) == (draft.get("name", ""), draft.get("hamlet_id"))
    assert session.draft.told == {fact: draft[fact] for fact in ("adults", "school_age_children") if fact in draft}
    assert (session.draft.kind, session.draft.group, session.draft.year) == (SubjectKind.HOUSEHOLD, None, 0)
    assert decode_session(encode_session(session)) == session


@pytest.mark.parametrize("row", SESSIONS, ids=[row["stands"] for row in SESSIONS])
def test_its_screen_can_be_drawn(row: dict[str, str]) -> None:
    session = decode_session(row["stored"])
    family, world = subject(), World()
    known = replace(
        world.facts,
        consent=ConsentGiven("2026-11", NOW),
        subject=family,
        assessment=assessment(family, open_ids=("dieu_kien_quy",)),
        places=PlacePage(HAMLETS, has_more=False, total=len(HAMLETS)),
    )

    screen = draw(session, known)

    assert screen.revision == session.revision
    assert translator(session.locale).screen(screen).paragraphs


def test_every_kind_of_place_in_the_conversation_was_stored() -> None:
    old = {json.loads(row["stored"]).get("node", {"type": "Consent"})["type"] for row in SESSIONS}
    assert len(old) == 15, "as many as the first release had"


# --- sessions as the first release could have written any of them -----------------------------------------------------

NAMES = st.text("abcđêư ", max_size=12)
ENDS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.sampled_from(("AskName", "AskAdults", "AskChildren", "Summary", "PickQuestion", "Result")).map(
        lambda kind: {"type": kind}
    ),
    st.fixed_dictionaries({"type": st.just("Consent")}, optional={"invite": NAMES}),
    st.fixed_dictionaries({"type": st.just("AskHamlet")}, optional={"query": NAMES, "page": st.integers(0, 9)}),
    st.fixed_dictionaries(
        {"type": st.just("Question"), "indicator": NAMES},
        optional={"whole": st.integers(1, 99), "from_summary": st.just(value=True)},
    ),
    st.fixed_dictionaries({"type": st.just("SheetPage"), "criterion": st.integers(0, 9)}),
)
ASIDES = st.sampled_from(("PickDocument", "Paused", "ChooseLanguage", "ConfirmDelete", "EnterCode"))
NODES = st.recursive(ENDS, lambda back: st.builds(lambda kind, node: {"type": kind, "back": node}, ASIDES, back))
COUNTS = st.none() | st.integers(0, 30)
WRITTEN: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"v": st.just(1)},
    optional={
        "revision": st.integers(0, 10**6),
        "is_begun": st.just(value=True),
        "locale": st.sampled_from(("vi", "en")),
        "node": NODES,
        "draft": st.fixed_dictionaries(
            {},
            optional={
                "name": NAMES,
                "hamlet_id": st.integers(1, 10**6),
                "adults": COUNTS,
                "school_age_children": COUNTS,
                "invite": NAMES,
            },
        ),
        "editing_household": st.just(value=True),
        "postponed": st.lists(NAMES, max_size=4),
    },
)


def depth(node: dict[str, Any]) -> int:
    return 1 + depth(node["back"]) if "back" in node else 0


def asides(session: Session) -> int:
    node, count = session.node, 0
    while hasattr(node, "back"):
        node, count = node.back, count + 1
    return count


@given(WRITTEN)
def test_any_session_of_the_first_release_loads_and_nothing_of_it_is_lost(written: dict[str, Any]) -> None:
    session = decode_session(json.dumps(written))

    draft, node = written.get("draft", {}), written.get("node", {"type": "Consent"})
    assert session.revision == written.get("revision", 0)
    assert session.is_editing == written.get("editing_household", False)
    assert session.draft.place_id == draft.get("hamlet_id")
    told = {fact: draft.get(fact) for fact in ("adults", "school_age_children")}
    assert session.draft.told == {fact: count for fact, count in told.items() if count is not None}
    assert asides(session) == depth(node)
    main: Any = node
    while "back" in main:
        main = main["back"]
    kinds = {"AskHamlet": AskPlace, "AskAdults": AskFact, "AskChildren": AskFact}
    stood = unwrapped(session.node)
    assert type(stood) is kinds.get(main["type"], type(stood))
    assert type(stood).__name__ == kinds.get(main["type"], type(stood)).__name__
    if isinstance(stood, AskFact):
        assert stood.question == {"AskAdults": "adults", "AskChildren": "school_age_children"}[main["type"]]
    again = json.loads(encode_session(session))
    assert again["v"] == 3
    assert decode_session(json.dumps(again)) == session


def test_a_session_of_a_newer_release_is_refused() -> None:
    with pytest.raises(CodecError, match="Upgrade the program"):
        decode_session('{"v":4}')


# --- mailboxes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("stored", CONTENTS, ids=[json.loads(c).get("screen", {}).get("name", "-") for c in CONTENTS])
def test_what_waits_in_a_mailbox_is_still_worded(stored: str, locale: str) -> None:
    content = decode_content(stored)
    if isinstance(content, SendDocument):
        return
    assert isinstance(content, Show)
    drawn = translator(locale).screen(content.screen)
    said = [text for _, text in drawn.paragraphs] + [choice.label for choice in drawn.choices + drawn.navigation]
    assert all(said)
    assert not [text for text in said if "%(" in text]


def test_every_screen_of_registering_was_stored() -> None:
    named = {json.loads(each).get("screen", {}).get("name") for each in CONTENTS}
    assert set(OF_REGISTERING) <= named


@pytest.mark.parametrize(
    ("was", "session"),
    [
        ("hamlet", Session(node=AskPlace())),
        ("adults", Session(node=AskFact("adults"))),
        ("children", Session(node=AskFact("school_age_children"))),
    ],
)
def test_buttons_that_the_first_release_drew_are_among_todays(was: str, session: Session) -> None:
    """A button lives as long as its screen, which an upgrade does not redraw."""
    screens = [json.loads(each).get("screen", {}) for each in CONTENTS]
    drawn = [{choice["id"] for choice in each.get("choices", ())} for each in screens if each.get("name") == was]
    world = World()
    places = PlacePage(HAMLETS, has_more=False, total=len(HAMLETS))
    today = draw(session, replace(world.facts, places=places))

    assert {choice.id for choice in today.choices} in drawn
