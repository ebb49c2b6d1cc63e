"""Marks by which the catalogue tools find source texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence that counts; Vietnamese has one form, translations may have more."""

    one: str
    many: str


Message = str | Plural


def N_(text: str) -> str:  # noqa: N802 - the name that catalogue tools know
    """Mark a source text for the catalogues."""
    return text


def NN_(one: str, many: str) -> Plural:  # noqa: N802 - the name that catalogue tools know
    """Mark a counting source text for the catalogues; the parameter is `%(count)s`."""
    return Plural(one, many)
