"""What is refused before a round asks anything."""

from pathlib import Path
from typing import Any

import pytest

from atalaya.exceptions import SourceError
from atalaya.harvest.discovery import UNDISCOVERED
from atalaya.harvest.registry import PROTOCOLS


def test_a_protocol_that_nobody_reads_is_told_before_anything_is_asked(days: Any) -> None:
    days.declare("dos", protocol="fax")
    with pytest.raises(SourceError) as told:
        days.observe(0)
    assert str(Path("sources", "dos.yml")) in str(told.value)
    assert "no harvester reads the protocol 'fax'" in str(told.value)
    assert all(protocol.id in str(told.value) for protocol in PROTOCOLS)
    assert not (days.home / "observations").exists()
    assert not (days.home / "archive").exists()


@pytest.mark.parametrize("state", ["later", "unreachable"])
def test_a_source_that_is_not_read_may_name_any_protocol(state: str, days: Any) -> None:
    days.declare("dos", protocol="fax", state=state, reason="Nobody reads it yet.")
    rows = {row["source_id"]: row for row in days.observe(0).rows("sources")}
    assert (rows["zz:dos"]["state"], rows["zz:uno"]["state"]) == (state, "complete")


def test_a_protocol_that_is_not_known_is_found_out(days: Any) -> None:
    days.declare("dos", protocol=UNDISCOVERED)
    rows = {row["source_id"]: row for row in days.observe(0).rows("sources")}
    assert (rows["zz:dos"]["protocol"], rows["zz:dos"]["state"]) == ("datajson", "complete")
