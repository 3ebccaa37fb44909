"""The packages of one CKAN source as they come in from several actions, each once, with what is missing."""

from collections.abc import Iterable

from atalaya.catalogue.records import Dataset
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.ckan_fields import IGNORED_FIELDS
from atalaya.harvest.ckan_packages import read_packages
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Ledger
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest
from atalaya.harvest.visits import Refusal, Trail

_ENVELOPE = {
    "count": MAPPED,
    "results": MAPPED,
    "packages": MAPPED,
    "sort": IGNORED,
    "facets": IGNORED,
    "search_facets": IGNORED,
    "expanded": IGNORED,
}
"""Fields around the packages in an answer of `package_search`; facets and sort order repeat the question."""


class Gathering:
    """The packages of one source, gathered from several actions, each package once."""

    def __init__(self, source: Source, trail: Trail) -> None:
        self.source = source
        self.trail = trail
        self.ledger = Ledger(IGNORED_FIELDS)
        self.items = 0
        self.distinct = 0
        self.refused = 0
        self.total: int | None = None
        self.trouble: Refusal | None = None
        self._datasets: list[Dataset] = []
        self._seen: set[str] = set()

    def add(self, packages: Iterable[object]) -> int:
        """Read packages; one that was seen before becomes a problem. Gives how many were new."""
        fresh = 0
        for package in packages:
            place = self.items
            self.items += 1
            keys = package_keys(package)
            if keys and keys[0] in self._seen:
                self.ledger.problem(f"packages[{place}] {keys[0]}", "given a second time; read once")
                continue
            fresh += 1
            self._seen.update(keys)
            self._datasets.extend(read_packages([package], self.ledger, place))
        self.distinct += fresh
        return fresh

    def has(self, name: str) -> bool:
        """Whether a package of this id or name was seen."""
        return name in self._seen

    def envelope(self, result: object) -> None:
        """Count the fields around the packages."""
        if isinstance(result, dict):
            for key in result:
                self.ledger.use(f"result.{values.clean(key)[:120]}", _ENVELOPE.get(key, UNREAD))

    def missing(self) -> int:
        """How many of the declared packages were neither read nor refused by name."""
        return 0 if self.total is None else max(0, self.total - self.distinct - self.refused)

    def worry(self, refusal: Refusal) -> None:
        """Remember the first thing that makes this harvest less than complete."""
        self.trouble = self.trouble or refusal

    def harvest(self, protocol: str) -> Harvest:
        """What was gathered, with the state that it earns."""
        for url, note in dict.fromkeys(self.trail.notes):
            self.ledger.problem(url, note)
        state = COMPLETE if self.trouble is None else PARTIAL if self.items else FAILED
        return Harvest(
            source_id=self.source.id,
            protocol=protocol,
            state=state,
            reason=None if self.trouble is None else self.trouble.reason,
            detail=None if self.trouble is None else self.trouble.detail,
            datasets=tuple(self._datasets),
            fields=self.ledger.fields,
            problems=self.ledger.problems,
            declared_total=self.total,
            pages=tuple(self.trail.pages),
        )


def package_keys(package: object) -> list[str]:
    """What a package answers to: its id, then its name."""
    if isinstance(package, list) and len(package) == 1:
        package = package[0]
    if not isinstance(package, dict):
        return []
    return [key for name in ("id", "name") if (key := values.word(package.get(name))) is not None]


def packages_in(result: object) -> list[object] | None:
    """The packages in a result: a list, a list of lists (DKAN), `results`, `packages`, or one package; None if none of these."""
    if isinstance(result, list):
        nested = [item for part in result for item in (part if isinstance(part, list) else [part])]
        return nested if not nested or any(isinstance(item, dict) for item in nested) else None
    if isinstance(result, dict):
        for key in ("results", "packages"):
            listed = result.get(key)
            if isinstance(listed, list):
                return list(listed)
        if "resources" in result or "title" in result:
            return [result]
    return None
