"""Death of the process at any moment: the resumed round has the same content as one that was never interrupted."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from atalaya.replay.server import serving, write_resolve
from tests.patience import PATIENCE

STAGES = ("harvest", "fetch", "inspect", "check", "seal")
COUNTRY = Callable[..., tuple[Path, Path]]


def test_a_round_killed_anywhere_and_resumed_gives_the_same_content(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    driver = Path(__file__).with_name("dying_rounds.py")
    with serving(replay) as served:
        resolve = tmp_path / "resolve.json"
        write_resolve(served, resolve)
        command = [sys.executable, str(driver), str(pack), str(resolve), str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    whole = found.pop("none")["hashes"]
    assert "failed" not in whole
    assert len(found) >= 25
    for moment, result in found.items():
        assert result["killed"], f"{moment} was never reached"
        assert result["hashes"] == whole, moment
    assert all(count >= 5 for count in Counter(moment.partition(":")[0] for moment in found).values())
    assert {moment.partition(":")[0] for moment in found} == set(STAGES)
