"""The last good copy of resources: the newest bytes of each that an observation got and that were not a page in their place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from atalaya.checks.contents import HIDDEN
from atalaya.history.read import Sealed

GENUINE = "answer_genuine"
"""The check that tells a resource from a page that stands in its place."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes that were once got of a resource: on which day, how many, their hash and what of them is kept (`whole`, `ends`).

    `kind` is the class of the bytes in the archive when they were seen (`public`, `restricted`, `withdrawn`).
    """

    day: str
    sha256: str
    size: int
    kept: str
    kind: str
    media_type: str | None = None


def last_copies(
    observations: Sequence[Sealed], resources: Iterable[str], formers: Mapping[str, str] | None = None
) -> dict[str, Copy]:
    """Resource id → its last good copy, out of observations given oldest first; those without any are left out.

    `formers`: identifier of a resource → the one that it had before; copies got under earlier ones count as well.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for resource in resources:
        for name in _names(resource, formers or {}):
            names[name].append(resource)
    found: dict[str, Copy] = {}
    for observation in reversed(observations):
        wanted = {name: [id_ for id_ in ids if id_ not in found] for name, ids in names.items()}
        open_ = {name for name, ids in wanted.items() if ids}
        if not open_:
            break
        copies = _copies(observation, open_)
        found |= {id_: copy for name, copy in copies.items() for id_ in wanted[name]}
    return found


def _names(resource: str, formers: Mapping[str, str]) -> Iterator[str]:
    """A resource's identifier and the ones before it; a circle ends where it began."""
    seen: set[str] = set()
    name: str | None = resource
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        name = formers.get(name)


def _copies(observation: Sealed, resources: set[str]) -> dict[str, Copy]:
    among = "resource_id IN (SELECT unnest(?::VARCHAR[]))"
    ids = sorted(resources)
    good = f"{among} AND sha256 IS NOT NULL AND failure IS NULL AND status BETWEEN 200 AND 299"
    columns = ("resource_id", "sha256", "size", "kept", "media_type")
    rows = list(observation.rows("probes", good, [ids], columns))
    if not rows:
        return {}
    hidden = ", ".join(f"'{kind}'" for kind in sorted(HIDDEN))
    pages = f"check_id = '{GENUINE}' AND (verdict = 'fail' OR (verdict = 'unknown' AND reason IN ({hidden})))"
    about = f"{pages} AND subject_id IN (SELECT unnest(?::VARCHAR[]))"
    not_genuine = {str(subject) for (subject,) in observation.values("outcomes", ("subject_id",), about, [ids])}
    hashes = sorted({str(row["sha256"]) for row in rows})
    kinds = observation.values("blobs", ("sha256", "class"), "sha256 IN (SELECT unnest(?::VARCHAR[]))", [hashes])
    kind_of = {str(sha256): str(kind) for sha256, kind in kinds}
    day = observation.manifest.as_of[:10]
    return {
        str(row["resource_id"]): Copy(
            day=day,
            sha256=str(row["sha256"]),
            size=int(str(row["size"] or 0)),
            kept=str(row["kept"] or "whole"),
            kind=kind_of.get(str(row["sha256"]), "public"),
            media_type=str(row["media_type"]) if row["media_type"] else None,
        )
        for row in rows
        if str(row["resource_id"]) not in not_genuine
    }
