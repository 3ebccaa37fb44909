"""What lead and workers hand each other through shared storage.

    rounds/<observation>/units/<unit>.json           what is to be asked, and what is known of it
    rounds/<observation>/withdrawn.json              bytes that must not be kept again
    rounds/<observation>/parts/<stage>/<unit>…       what came
    archive/blobs/ab/<sha256>.zst                    bytes, before the part that refers to them

A part in the storage is whole, as on disk, and everything that it refers to is there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from atalaya.exceptions import StoreError
from atalaya.fetch.answers import Validator
from atalaya.rounds.fetching import Batch, Target
from atalaya.store.archive import Archive
from atalaya.store.depots import PIECE, Depot, copy, put, read
from atalaya.store.ledger import Ledger
from atalaya.store.parts import part_path, write_atomic
from atalaya.store.shelf import blob_name

ARCHIVE: Final = "archive"


@dataclass(frozen=True, slots=True)
class Order:
    """A unit as a worker gets it: the batch, and what an earlier round learned of its addresses."""

    batch: Batch
    validators: Mapping[str, Validator]


def archive_address(storage: str) -> str:
    """Where blobs lie in a shared storage."""
    return f"{storage.rstrip('/')}/{ARCHIVE}"


def write_order(depot: Depot, observation: str, order: Order) -> None:
    """Hand a unit to whoever takes it."""
    body = {
        "unit": order.batch.unit,
        "targets": [asdict(target) for target in order.batch.targets],
        "validators": {url: asdict(known) for url, known in order.validators.items()},
    }
    put(depot, _order_name(observation, order.batch.unit), json.dumps(body).encode())


def read_order(depot: Depot, observation: str, unit: str) -> Order:
    """A unit to do. Raises StoreError where it is not there or cannot be read."""
    try:
        body = json.loads(read(depot, _order_name(observation, unit)))
        targets = tuple(Target(**target) for target in body["targets"])
        validators = {url: Validator(**known) for url, known in body["validators"].items()}
        return Order(Batch(body["unit"], targets), validators)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"the unit {unit} of {observation} in {depot.address} cannot be read ({error}); observe with --resume"
        ) from error


def write_withdrawn(depot: Depot, observation: str, archive: Archive) -> None:
    """Hand on which bytes must not be kept again."""
    records = [
        record
        for path in sorted(archive.folder.glob("classes/??/*.json"))
        if (record := archive.shelf.class_record(path.stem)).get("class") == "withdrawn"
    ]
    put(depot, f"rounds/{observation}/withdrawn.json", json.dumps(records).encode())


def take_withdrawn(depot: Depot, observation: str, archive: Archive) -> None:
    """Let an archive know which bytes must not be kept again."""
    for record in json.loads(read(depot, f"rounds/{observation}/withdrawn.json")):
        body = json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        write_atomic(archive.shelf.class_path(str(record["sha256"])), [body])


def push_blobs(depot: Depot, archive: Archive, hashes: Iterable[str]) -> int:
    """Bring blobs that lie in the folder of an archive to the storage, those that are not there; gives how many."""
    pushed = 0
    for sha256 in sorted(set(hashes)):
        place = f"{ARCHIVE}/{blob_name(sha256)}"
        path = archive.shelf.path(sha256)
        if archive.class_of(sha256) == "withdrawn" or not path.exists() or depot.size(place) is not None:
            continue
        with path.open("rb") as source:
            depot.write(place, lambda target, source=source: copy(source, target))  # type: ignore[misc]
        pushed += 1
    return pushed


def push_part(depot: Depot, ledger: Ledger, observation: str, stage: str, unit: str) -> None:
    """Bring the part of a unit to the storage; what it refers to must be there."""
    path = part_path(ledger.folder, stage, unit)
    with path.open("rb") as source:
        depot.write(_part_name(observation, stage, path), lambda target: copy(source, target))


def pull_part(depot: Depot, ledger: Ledger, observation: str, stage: str, unit: str) -> bool:
    """Bring the part of a unit from the storage into a ledger; False where the storage has none."""
    path = part_path(ledger.folder, stage, unit)
    place = _part_name(observation, stage, path)
    if depot.size(place) is None:
        return False
    with _pieces(depot, place) as pieces:
        write_atomic(path, pieces)
    return True


def forget_round(depot: Depot, observation: str) -> None:
    """Remove what was handed over for a round; the blobs stay."""
    for name in list(depot.names(f"rounds/{observation}")):
        depot.remove(name)


@contextmanager
def _pieces(depot: Depot, name: str) -> Iterator[Iterator[bytes]]:
    with depot.open(name) as source:
        yield iter(lambda: source.read(PIECE), b"")


def _order_name(observation: str, unit: str) -> str:
    return f"rounds/{observation}/units/{quote(unit, safe='-_.')}.json"


def _part_name(observation: str, stage: str, path: Path) -> str:
    return f"rounds/{observation}/parts/{stage}/{path.name}"
