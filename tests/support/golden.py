"""Golden conversations: transcripts of inputs and screens, in the form the terminal prints.

Inputs stand behind `> `: plain text is typed; `[Có]` taps the choice with that label on the newest screen; `[Có @-2]`
taps it as it stood two screens before, and `ba @-1` was typed under the screen before; `{sticker}`, `{voice}`,
`{photo 300 kB}`, `{document a.pdf 30 MB}`, `{long 10000}` are sent, `{photo 300 kB} x10` ten times in a row;
`{outage}` is the service coming back. What others do is said in braces too: see `_HAPPENS`; `{new rules x.toml}` puts a
set in force, `{read as x.toml}` tells what the workbook was read as that was sent in, `{read as unsound}` what is wrong
with it. Everything else is what the person then sees.

Heading lines begin with `#`: `# role: officer commune` plays somebody with that role, `# difficult area: yes` where the
places are one, `# recognised: 83` where so many of each kind were recognised below a place that is assessed.
`# set: kinds.toml` plays under a set of tests/golden/sets, `# records: 83/112` with that share for whatever it counts,
`# hamlets: many` with more hamlets than fit on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.dialogs.effects import Effect, SendDocument, Show
from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Resumed, Typed, Unsupported, UploadRead
from bot.dialogs.facts import AssessmentState, Role, RoleKind
from bot.dialogs.screens import Param, Say, Screen
from bot.dialogs.session import Node, Question, ReadRules
from bot.handlers.terminal.render import lines
from bot.i18n import translator
from bot.scoring.model import CriteriaSet, Derived, DerivedRule
from bot.scoring.shipped import load_shipped, read_shipped
from tests.support import proposals
from tests.support.world import MANY_HAMLETS, PLACES, World
from tests.support.world import facts as facts_of

ON_EVERY_CHANNEL = ("channels", "unit_agency", "commune", "citizen_worker", "clan", "centre", "hamlet_first_year")
"""One of each kind of subject, played on every channel as it really is; no files, and nothing done by others."""

ROOT = Path(__file__).parent.parent / "golden"
FOLDER = ROOT / "conversations"
_TAP = re.compile(r"\[(?P<label>.+?)(?: @-(?P<before>\d+))?\]")
_BEFORE = re.compile(r"(?P<text>.+) @-(?P<before>\d+)")
_TIMES = re.compile(r"(?P<said>.+\}) x(?P<times>\d+)")
_FILE = re.compile(r"\{(?P<kind>photo|document)(?: (?P<name>\S+\.\w+))? (?P<size>\d+) (?P<unit>kB|MB)\}")
_UNITS = {"kB": 1000, "MB": 1_000_000}
_TYPES = {"pdf": "application/pdf", "exe": "application/x-msdownload", "jpg": "image/jpeg", "xlsx": ""}
_SET = re.compile(r"\{(?P<what>new rules|read as) (?P<name>\S+)\}")

_HAPPENS: Mapping[str, Callable[[World], None]] = {
    "{another phone}": World.take_another_phone,
    "{20 minutes later}": lambda world: world.wait(20),
    "{next year}": World.start_next_year,
    "{returned}": lambda world: world.review(AssessmentState.RETURNED),
    "{confirmed}": lambda world: world.review(AssessmentState.CONFIRMED),
    "{recognised}": lambda world: world.review(AssessmentState.RECOGNISED),
}
"""What happens without the person: nothing is shown until they say something."""


@dataclass(frozen=True)
class Golden:
    """One file: its heading lines and its inputs."""

    path: Path
    heading: tuple[str, ...]
    inputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name without ending."""
        return self.path.stem

    def setting(self, name: str) -> str:
        """What the heading says after '# name:'; empty when nothing."""
        start = f"# {name}: "
        return next((line.removeprefix(start) for line in self.heading if line.startswith(start)), "")


@dataclass
class Played:
    """What playing a golden conversation led to."""

    transcript: str = ""
    effects: list[Effect] = field(default_factory=list)
    nodes: set[type[Node]] = field(default_factory=set)
    asked: set[type] = field(default_factory=set)
    """The kinds of rule that were asked."""
    sets: set[str] = field(default_factory=set)
    """The sets that a sheet was filled in under."""
    read: set[str] = field(default_factory=set)
    """The sets that were read without assessing."""
    refused: set[Param] = field(default_factory=set)
    """Titles of sets that could not be scored by."""


def read(path: Path) -> Golden:
    """Read a golden conversation's heading and inputs."""
    text = path.read_text(encoding="utf-8").splitlines()
    heading = tuple(line for line in text[: next((n for n, x in enumerate(text) if x.startswith("> ")), 0)] if line)
    return Golden(path, heading, tuple(line[2:] for line in text if line.startswith("> ")))


def goldens() -> Iterator[Golden]:
    """All golden conversations."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield read(path)


def play(golden: Golden) -> str:
    """Play the inputs through the pure conversation and return the whole transcript."""
    return perform(golden).transcript


def perform(golden: Golden) -> Played:
    """Play the inputs through the pure conversation, and note what was visited."""
    world = _world(golden)
    played = Played()
    seen: list[Screen] = []
    out = [*golden.heading, ""]
    for said in golden.inputs:
        out.append(f"> {said}")
        of_set = _SET.fullmatch(said)
        if said in _HAPPENS:
            _HAPPENS[said](world)
        elif of_set and of_set["what"] == "new rules":
            world.put_in_force(set_named(of_set["name"]))
        else:
            if of_set:
                _read_workbook(world, of_set["name"])
            repeated = _TIMES.fullmatch(said)
            for _ in range(int(repeated["times"]) if repeated else 1):
                effects = world.play(event_of(repeated["said"] if repeated else said, seen, world.session.locale))
                played.effects.extend(effects)
                seen.extend(effect.screen for effect in effects if isinstance(effect, Show))
            out.extend(_shown(effects, world))
            _note(played, world)
        out.append("")
    played.transcript = "\n".join(out)
    return played


def set_named(name: str) -> CriteriaSet:
    """Read a set of tests/golden/sets, or find a shipped one by its id."""
    path = ROOT / "sets" / name
    if path.suffix == ".toml":
        return read_shipped(name, path.read_bytes())
    return next(criteria for criteria in load_shipped() if criteria.id == name)


def _world(golden: Golden) -> World:
    named = golden.setting("set")
    world = World(facts_of(set_named(named) if named else None))
    if golden.setting("hamlets") == "many":
        world.places = MANY_HAMLETS
    if golden.setting("role"):
        kind, _, place = golden.setting("role").partition(" ")
        world.facts = replace(world.facts, roles=(Role(RoleKind(kind), PLACES[place]),))
    world.are_difficult = bool(golden.setting("difficult area"))
    world.recognised = int(golden.setting("recognised") or 0)
    if golden.setting("records"):
        part, _, whole = golden.setting("records").partition("/")
        computed = [i for each in world.sets for i in each.indicators if isinstance(i.rule, DerivedRule)]
        world.derived = {i.id: Derived(int(part), int(whole), world.facts.today) for i in computed}
    return world


def _read_workbook(world: World, name: str) -> None:
    """Let the workbook that was sent in be read: refused, unsound, or as a set of tests/golden/sets."""
    match name:
        case "refused":
            world.proposal = proposals.REFUSED
        case "unsound":
            world.proposal = proposals.UNSOUND
        case _:
            new = world.proposed = set_named(name)
            old = next(s for s in world.sets if (s.subject, s.group) == (new.subject, new.group))
            world.proposal = proposals.sound(old, new, world.facts.roles[0].place)


def _note(played: Played, world: World) -> None:
    node = world.session.node
    played.nodes.add(type(node))
    assessment = world.facts.assessment
    if assessment is not None:
        played.sets.add(assessment.criteria.id)
    if isinstance(node, ReadRules):
        played.read.add(node.set_id)
    for paragraph in world.screen.paragraphs if world.screen else ():
        if isinstance(paragraph.text, Say) and paragraph.text.code == "year.structure_only":
            played.refused.add(dict(paragraph.text.params)["title"])
    if isinstance(node, Question) and assessment is not None:
        indicator = assessment.criteria.indicator(node.indicator)
        assert indicator is not None
        played.asked.add(type(indicator.rule))


def _shown(effects: tuple[Effect, ...], world: World) -> Iterator[str]:
    words = translator(world.session.locale)
    for effect in effects:
        if isinstance(effect, Show):
            if effect.toast is not None:
                yield f"* {words.say(effect.toast)}"
            yield from lines(words.screen(effect.screen), words)
        elif isinstance(effect, SendDocument):
            yield f"→ {effect.kind.value}"


def event_of(said: str, seen: list[Screen], locale: str) -> Event:
    """Turn an input line into what happened."""
    revision = seen[-1].revision if seen else None
    if tap := _TAP.fullmatch(said):
        screen = seen[-1 - int(tap["before"] or 0)]
        words = translator(locale)
        for choice in screen.choices + screen.navigation:
            if words.say(choice.label) == tap["label"]:
                return Pressed(choice.id, screen.revision)
        on_screen = [words.say(c.label) for c in screen.choices + screen.navigation]
        raise AssertionError(f"{tap['label']!r} is not on the screen; there are {on_screen}")
    if file := _FILE.fullmatch(said):
        kind = FileKind(file["kind"])
        name = file["name"] or ""
        mime = "image/jpeg" if kind is FileKind.PHOTO else _TYPES[name.rpartition(".")[2]]
        return FileSent(FileRef("ref", kind, int(file["size"]) * _UNITS[file["unit"]], mime, name), seen=revision)
    if said.startswith("{read as "):
        return UploadRead(proposals.UPLOAD)
    if said == "{outage}":
        return Resumed("outage")
    if said.startswith("{long "):
        return Typed("x" * int(said[6:-1]), revision)
    if said.startswith("{"):
        return Unsupported(said[1:-1], revision)
    if before := _BEFORE.fullmatch(said):
        return Typed(before["text"], seen[-1 - int(before["before"])].revision)
    return Typed(said, revision)
