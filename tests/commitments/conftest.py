"""Plans of the country that comes with Atalaya, and small invented ones."""

import pytest

from atalaya.commitments.plan import Plan
from atalaya.commitments.sessions import Session
from atalaya.countries.reader import find_pack, read_pack


@pytest.fixture(scope="session")
def plans() -> dict[int, Plan]:
    """The plans of the pack by number."""
    return {plan.number: plan for plan in read_pack(find_pack("gt")).plans}


@pytest.fixture(scope="session")
def sessions() -> tuple[Session, ...]:
    """The sessions of the pack."""
    return read_pack(find_pack("gt")).sessions
