from __future__ import annotations

import pytest


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden conversations are rewritten rather than compared."""
    return bool(request.config.getoption("--rewrite-golden"))
