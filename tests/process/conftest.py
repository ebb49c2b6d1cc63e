from __future__ import annotations

import pytest

from bot.scoring.model import CriteriaSet, SubjectKind
from bot.scoring.shipped import load_shipped


@pytest.fixture(scope="session")
def family_set() -> CriteriaSet:
    """The shipped set for families."""
    return next(s for s in load_shipped() if s.subject is SubjectKind.HOUSEHOLD)
