"""What a country pack knows that tells columns: numbers with a check digit, divisions and institutions by name and
code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from atalaya.catalogue.folding import fold
from atalaya.countries.folding import acronym_of
from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.pack import ColumnIdentity, CountryPack, Division
from atalaya.inspection.defects.places import Places, places_of


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What is known of a country; empty where no pack is at hand. Build it once with `knowledge_of`.

    `places` are its divisions with what lies in what, `identities` the sums that it declares of columns. `as_of` is the day on
    which files are judged, None where nobody says. `names` and `codes` are those of divisions by level, the largest
    below the country being 1; names and
    institutions are folded.
    """

    personal: tuple[IdentifierRule, ...] = ()
    taxpayers: tuple[IdentifierRule, ...] = ()
    names: Mapping[int, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    institutions: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    places: Places | None = None
    identities: tuple[ColumnIdentity, ...] = ()
    as_of: date | None = None


NOTHING_KNOWN = Knowledge()


def knowledge_of(pack: CountryPack | None, as_of: date | None = None) -> Knowledge:
    """What a pack knows, made ready; nothing but the day where there is none."""
    if pack is None:
        return NOTHING_KNOWN if as_of is None else Knowledge(as_of=as_of)
    rules = [(each.personal, compile_identifier(each, pack.divisions)) for each in pack.identifiers]
    bodies = [form for body in pack.institutions for form in (body.name, *body.names)]
    acronyms = (acronym_of(body.acronym) for body in pack.institutions if body.acronym)
    return Knowledge(
        personal=tuple(rule for personal, rule in rules if personal),
        taxpayers=tuple(rule for personal, rule in rules if not personal),
        names=_by_level(pack.divisions, lambda each: (fold(each.name), *map(fold, each.names))),
        codes=_by_level(pack.divisions, lambda each: (each.code, each.code.lstrip("0"))),
        institutions=frozenset(map(fold, bodies)),
        acronyms=frozenset(acronyms),
        places=places_of(pack.divisions, pack.place_words) if pack.divisions else None,
        identities=pack.identities,
        as_of=as_of,
    )


def _by_level(divisions: Iterable[Division], forms: Callable[[Division], tuple[str, ...]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for each in divisions:
        found.setdefault(each.level, set()).update(forms(each))
    return {level: frozenset(names) for level, names in found.items()}
