"""The one codec for everything that is stored: sessions, answers, events, contents, as JSON with a version."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from bot.dialogs.effects import Content
from bot.dialogs.events import Event
from bot.dialogs.facts import Proposal
from bot.dialogs.screens import Param, Say
from bot.dialogs.session import Node, Session
from bot.dialogs.village.import_facts import Import
from bot.scoring.model import Answer, Text

T = TypeVar("T")
Json = dict[str, Any]

VERSION = 3
"""Raise it together with an entry in UPGRADES; what older versions wrote must still load."""


def _from_1(session: Json) -> Json:
    """Households became subjects of any kind, and their two counts facts like any other."""
    if "node" in session:
        session["node"] = _node_from_1(session["node"])
    if "editing_household" in session:
        session["is_editing"] = session.pop("editing_household")
    draft = session.get("draft", {})
    if "hamlet_id" in draft:
        draft["place_id"] = draft.pop("hamlet_id")
    told = {fact: draft.pop(fact) for fact in ("adults", "school_age_children") if fact in draft}
    if told:
        draft["told"] = {fact: count for fact, count in told.items() if count is not None}
    return session


def _node_from_1(node: Json) -> Json:
    match node["type"]:
        case "AskHamlet":
            node["type"] = "AskPlace"
        case "AskAdults":
            node |= {"type": "AskFact", "question": "adults"}
        case "AskChildren":
            node |= {"type": "AskFact", "question": "school_age_children"}
        case _:
            pass
    if "back" in node:
        node["back"] = _node_from_1(node["back"])
    return node


def _from_2(session: Json) -> Json:
    """The village's rooms came; nothing that was there changed."""
    return session


UPGRADES: Mapping[int, Callable[[Json], Json]] = MappingProxyType({1: _from_1, 2: _from_2})
"""{version: how a session written by it becomes one of the next version}."""

_RENAMED = MappingProxyType(
    {
        "register.name": "name.household.question",
        "register.name_hint": "name.household.hint",
        "register.name_done": "name.household.done",
        "register.name_not_understood": "name.household.not_understood",
        "register.hamlet": "place.hamlet.household",
        "register.hamlet_hint": "place.hamlet.hint",
        "register.hamlet_found": "place.found",
        "register.hamlet_none": "place.none",
        "register.hamlet_not_understood": "place.not_understood",
        "register.hamlet_which": "place.which",
        "register.adults": "fact.adults",
        "register.adults_hint": "fact.adults.hint",
        "register.adults_done": "fact.adults.done",
        "register.children": "fact.school_age_children",
        "register.children_hint": "fact.school_age_children.hint",
        "register.children_done": "fact.school_age_children.done",
        "result.cannot_take_back": "result.cannot_take_back.hamlet",
        "state.handed_in": "state.handed_in.hamlet",
        "state.confirmed": "state.confirmed.hamlet",
        "state.appraised": "state.appraised.hamlet",
        "hamlet": "place",
    }
)
"""Codes and parameters that stored screens may still call by an older name."""


class CodecError(Exception):
    """Stored text that this version cannot read."""


def encode_session(session: Session) -> str:
    """Write a session with the version of its form."""
    return _dump({"v": VERSION, **_CONVERTER.unstructure(session)})


def decode_session(text: str) -> Session:
    """Read a session of this or any earlier version.

    Raises: CodecError: it was written by a newer version, or is damaged.
    """
    data = json.loads(text)
    version = data.pop("v", None)
    if not isinstance(version, int) or version > VERSION:
        raise CodecError(f"session of version {version!r}; this program reads up to {VERSION}. Upgrade the program.")
    for older in range(version, VERSION):
        data = UPGRADES[older](data)
    return _read(data, Session)


def encode_answer(answer: Answer) -> str:
    """Write an answer."""
    return _dump(_CONVERTER.unstructure(answer, Answer))


def decode_answer(text: str) -> Answer:
    """Read an answer. Raises: CodecError."""
    return _read(json.loads(text), Answer)  # type: ignore[arg-type]  # a union is not a type[T]


def encode_event(event: Event) -> str:
    """Write an event."""
    return _dump(_CONVERTER.unstructure(event, Event))


def decode_event(text: str) -> Event:
    """Read an event. Raises: CodecError."""
    return _read(json.loads(text), Event)  # type: ignore[arg-type]  # a union is not a type[T]


def encode_content(content: Content) -> str:
    """Write what an outbox row carries."""
    return _dump(_CONVERTER.unstructure(content, Content))


def decode_content(text: str) -> Content:
    """Read what an outbox row carries. Raises: CodecError."""
    return _read(json.loads(text), Content)  # type: ignore[arg-type]  # a union is not a type[T]


def encode_proposal(proposal: Proposal) -> str:
    """Write what came of a workbook that was sent in."""
    return _dump(_CONVERTER.unstructure(proposal))


def decode_proposal(text: str) -> Proposal:
    """Read what came of a workbook that was sent in. Raises: CodecError."""
    return _read(json.loads(text), Proposal)


def encode_import(read: Import) -> str:
    """Write what came of a roll or answers that were sent in."""
    return _dump(_CONVERTER.unstructure(read))


def decode_import(text: str) -> Import:
    """Read what came of a roll or answers that were sent in. Raises: CodecError."""
    return _read(json.loads(text), Import)


def encode_words(words: Sequence[Say]) -> str:
    """Write sentences."""
    return _dump([_write_say(each) for each in words])


def decode_words(text: str) -> tuple[Say, ...]:
    """Read sentences."""
    return tuple(_read_say(each) for each in json.loads(text))


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _read(data: object, kind: type[T]) -> T:
    try:
        return _CONVERTER.structure(data, kind)
    except Exception as error:
        raise CodecError(f"stored {getattr(kind, '__name__', kind)} cannot be read: {error!r}") from error


def _write_say(say: Say) -> Json:
    data: Json = {"code": say.code}
    if say.params:
        data["params"] = {name: _write_param(value) for name, value in say.params}
    if say.count is not None:
        data["count"] = say.count
    return data


def _read_say(data: Json) -> Say:
    params = tuple((_RENAMED.get(name, name), _read_param(value)) for name, value in data.get("params", {}).items())
    return Say(_RENAMED.get(data["code"], data["code"]), params, data.get("count"))


def _write_param(value: Param) -> object:
    match value:
        case str() | int():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Text():
            return _write_text(value)
        case Say():
            return _write_say(value)


def _read_param(data: Any) -> Param:  # noqa: ANN401 - JSON of several shapes
    match data:
        case str() | int():
            return data
        case {"decimal": text}:
            return Decimal(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"vi": _}:
            return _read_text(data)
        case _:
            return _read_say(data)


def _write_text(text: Text) -> Json:
    return {"vi": text.vi} if text.en is None else {"vi": text.vi, "en": text.en}


def _read_text(data: Json) -> Text:
    return Text(data["vi"], data.get("en"))


def _build() -> Converter:
    converter = Converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_unstructure_hook_func(lambda kind: kind is date, date.isoformat)
    converter.register_structure_hook_func(lambda kind: kind is date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(Say, _write_say)
    converter.register_structure_hook(Say, lambda value, _: _read_say(value))
    converter.register_unstructure_hook(Text, _write_text)
    converter.register_structure_hook(Text, lambda value, _: _read_text(value))
    converter.register_structure_hook_func(
        lambda kind: kind == Say | Text,
        lambda value, _: _read_say(value) if "code" in value else _read_text(value),
    )
    converter.register_unstructure_hook_func(
        lambda kind: kind == Say | Text,
        lambda value: _write_say(value) if isinstance(value, Say) else _write_text(value),
    )
    configure_tagged_union(Answer, converter, tag_name="type")
    converter.register_unstructure_hook_func(
        lambda kind: kind == Answer | None,
        lambda value: None if value is None else converter.unstructure(value, Answer),
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Answer | None,
        lambda value, _: None if value is None else converter.structure(value, Answer),  # type: ignore[arg-type]
    )
    for union in (Node, Event, Content):
        configure_tagged_union(union, converter, tag_name="type")
    return converter


_CONVERTER = _build()
