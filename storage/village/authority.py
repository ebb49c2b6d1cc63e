"""Who may do what where: checked again under lock, whatever the conversation let through."""

from __future__ import annotations

from bot.dialogs.facts import RoleKind
from storage.batch import Step


def require(step: Step, path: str, *kinds: RoleKind) -> None:
    """Hold that the person has one of these roles for a place or one above it.

    Args:
        path: of the place that is concerned.
        kinds: none given: village head.
    Raises: Conflict: they have not.
    """
    allowed = kinds or (RoleKind.VILLAGE_HEAD,)
    if not path or not any(role.kind in allowed and path.startswith(role.place.path) for role in step.record.roles):
        step.conflict(f"person {step.person_id} has no such role for {path or 'that place'}")
