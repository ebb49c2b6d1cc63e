"""How a step is put together: go somewhere new, or stay and say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogs.effects import Effect, Show, ShowAgain
from bot.dialogs.facts import Facts
from bot.dialogs.screens import Paragraph, Say, Screen, Tone
from bot.dialogs.session import Node, Session


@dataclass(frozen=True, slots=True)
class Step:
    """What one event led to."""

    session: Session
    effects: tuple[Effect, ...]
    after: Facts
    """The facts as they are once the effects are applied."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that changes nothing, and why.

    `is_final`: it was understood and is wrong (5 of 3), so nobody else need try to read it.
    """

    why: Say
    is_final: bool = False


Draw = Callable[[Session, Facts], Screen]


@dataclass(frozen=True, slots=True)
class Moves:
    """Builds steps; holds the function that draws any node, which the parts of the conversation cannot import."""

    draw: Draw

    def go(
        self,
        session: Session,
        node: Node,
        facts: Facts,
        *,
        done: Say | None = None,
        notice: Say | None = None,
        effects: tuple[Effect, ...] = (),
    ) -> Step:
        """Move to a node; whatever was on any screen before is stale from now on.

        Args:
            facts: as they are after `effects`.
            done: what has been recorded, said on top of the new screen.
        """
        moved = replace(session, node=node, revision=session.revision + 1)
        return Step(moved, (*effects, Show(self._with(self.draw(moved, facts), done, notice))), facts)

    def lead(
        self,
        session: Session,
        node: Node,
        facts: Facts,
        *,
        done: Say | None = None,
        notice: Say | None = None,
        effects: tuple[Effect, ...] = (),
    ) -> Step:
        """Move to a node that is drawn only after the commit, from facts loaded for it.

        For rooms whose screens are made of many records: nothing need be guessed of what the effects will leave.
        """
        moved = replace(session, node=node, revision=session.revision + 1)
        return Step(moved, (*effects, ShowAgain(done, notice)), facts)

    def stay(
        self,
        session: Session,
        facts: Facts,
        notice: Say | tuple[Paragraph, ...] | None = None,
        *,
        done: Say | None = None,
        toast: Say | None = None,
        effects: tuple[Effect, ...] = (),
    ) -> Step:
        """Show the current screen again, with something said on top; nothing became stale."""
        screen = self.draw(session, facts)
        if isinstance(notice, tuple):
            screen = replace(screen, paragraphs=notice + screen.paragraphs)
        else:
            screen = self._with(screen, done, notice)
        return Step(session, (*effects, Show(screen, toast)), facts)

    @staticmethod
    def _with(screen: Screen, done: Say | None, notice: Say | None) -> Screen:
        top = []
        if done is not None:
            top.append(Paragraph(done, Tone.DONE))
        if notice is not None:
            top.append(Paragraph(notice, Tone.NOTICE))
        return replace(screen, paragraphs=(*top, *screen.paragraphs)) if top else screen
