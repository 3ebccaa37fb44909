"""Decisions: what people ruled (on attribution, on whose series a record is), with who, when and why.

Append-only; the latest ruling holds.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from atalaya.exceptions import StoreError
from atalaya.store.parts import canonical_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One ruling of a person. `subject` is what was ruled on, `ruling` the outcome, `who` a post and never a name."""

    kind: str
    subject: str
    ruling: dict[str, str | bool | None]
    who: str
    moment: str
    why: str

    @property
    def id(self) -> str:
        """The hash of the whole decision."""
        return hashlib.sha256(canonical_json(asdict(self)).encode()).hexdigest()[:26]


def _path(home: Path, country: str) -> Path:
    return home / "decisions" / f"{country}.jsonl"


def record(home: Path, country: str, decision: Decision) -> None:
    """Append a decision; it is on disk when this returns."""
    path = _path(home, country)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        stream.write((canonical_json(asdict(decision)) + "\n").encode())
        stream.flush()
        os.fsync(stream.fileno())


def decisions(home: Path, country: str, kind: str) -> tuple[Decision, ...]:
    """All decisions of a kind, oldest first. Raises StoreError naming the line that cannot be read."""
    path = _path(home, country)
    if not path.exists():
        return ()
    found = []
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            decision = Decision(**json.loads(line))
        except (ValueError, TypeError) as error:
            if number == len(lines):  # no line end: a write that died, never acknowledged
                continue
            raise StoreError(f"{path} line {number} is not a decision ({error}); mend or remove the line") from error
        if decision.kind == kind:
            found.append(decision)
    return tuple(found)
