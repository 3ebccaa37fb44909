"""One host is never asked faster than declared, seen from the host, whoever asks."""

from pathlib import Path

import pytest

from benchmarks.arrivals import arrivals, fullest, run_together
from benchmarks.fetching import write_catalogue, write_files
from benchmarks.loopback import serving_files

RATE, COUNT = 10.0, 12


@pytest.mark.parametrize(
    ("moments", "most"),
    [([], 0), ([5.0], 1), ([0, 0.5, 1.0, 1.1, 3.0], 3), ([3.0, 0, 1.0, 2.0], 2), ([1.0, 1.0, 1.0], 3)],
)
def test_the_fullest_window_is_found(moments: list[float], most: int) -> None:
    assert fullest(moments) == most


def test_a_round_and_clients_of_other_names_keep_the_pace_of_an_address_together(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    names = write_files(tmp_path / "files", COUNT)
    home = str(tmp_path / "home")
    with serving_files(tmp_path / "files") as server:
        urls = write_catalogue(tmp_path / "files", server, names)
        elsewhere = [url.replace("127.0.0.1", "uno.example") for url in urls]
        run_together(
            [
                ["round", home, f"{RATE}", str(COUNT), server.origin(0)],
                ["client", home, f"{RATE}", str(COUNT), *elsewhere],
            ]
        )
        found = arrivals(server)
    assert set(found) == {"127.0.0.1", "uno.example"}
    moments = [moment for each in found.values() for moment in each]
    assert len(moments) >= 2 * COUNT
    assert fullest(moments) <= RATE + 1
