"""The country pack of the sample country: the files that a person would write by hand for a real one."""

from pathlib import Path

from atalaya.samples.facts import divisions_csv, shipped, texts, watched_topics
from atalaya.samples.families.table_values import IDENTITIES
from atalaya.samples.folder import write_bytes, write_yaml
from atalaya.samples.plan import CODE, CountryPlan, InstitutionPlan, SourcePlan
from atalaya.samples.sites.law import law_file, law_text, letters_text
from atalaya.samples.sites.plan import SitePlan

RATE = 200
"""Requests per second that the sample hosts allow: they are all on this machine."""

_SHIPPED = (
    ("bodies", "body.yml"),
    ("international", "international.yml"),
    ("plans", "plan.yml"),
    ("sessions", "session.yml"),
)
"""Folders of the pack, and the file of the sample country that is written into each as it is."""

_GROUPS: tuple[tuple[str, str, str, list[str], list[str], bool], ...] = (
    ("ejecutivo", "Organismo Ejecutivo de muestra", "Sample executive", ["executive"], [], True),
    ("autonomas", "Entidades autónomas de muestra", "Sample autonomous bodies", ["autonomous"], [], False),
    ("legislativo", "Organismo Legislativo de muestra", "Sample legislature", ["legislative"], [], False),
    ("municipalidades", "Municipalidades de muestra", "Sample municipalities", ["municipal"], ["municipality"], False),
)


def write_pack(folder: Path, country: CountryPlan, sites: tuple[SitePlan, ...] = ()) -> None:
    """Write the pack into `folder`.

    The law, with its letters, is that of the country that the words of the sites name, word for word.
    """
    homes = {site.institution.slug: site.home for site in sites}
    write_yaml(folder / "country.yml", _country(country, sites))
    write_bytes(folder / "duties" / law_file(), law_text().encode())
    write_bytes(folder / "letters.yml", letters_text().encode())
    for name, text in watched_topics().items():
        write_bytes(folder / "topics" / name, text.encode())
    for kind, name in _SHIPPED:
        write_bytes(folder / kind / name, shipped(name))
    write_bytes(folder / "divisions.csv", divisions_csv().encode())
    bodies = [_institution(plan, homes.get(plan.slug)) for plan in country.institutions]
    write_yaml(folder / "institutions" / "instituciones.yml", bodies)
    write_yaml(
        folder / "calendar.yml", {"weekend": [5, 6], "added": {"2026-01-02": "Feriado de muestra"}, "removed": []}
    )
    write_yaml(folder / "attribution.yml", _attribution(country))
    write_yaml(folder / "identities.yml", [dict(each) for each in IDENTITIES])
    for source in country.sources:
        write_yaml(folder / "sources" / f"{source.slug}.yml", _source(source))
    for site in sites:
        write_yaml(folder / "sources" / f"sitio-{site.institution.slug}.yml", _site_source(site))


def _country(country: CountryPlan, sites: tuple[SitePlan, ...]) -> dict[str, object]:
    hosts = {host.name: RATE for host in country.hosts()} | {site.host: RATE for site in sites}
    own = {
        resource.host.name: RATE
        for source in country.sources
        for dataset in source.datasets
        for resource in dataset.resources
    }
    rates = hosts | own
    return {
        "code": CODE,
        "name": dict(texts()["country"]),
        "languages": ["es"],
        "translated_into": {"art": {"es": "Lengua inventada de muestra", "en": "Invented sample language"}},
        "groups": [
            {"id": key, "title": {"es": es, "en": en}, "branches": branches, "kinds": kinds, "headline": headline}
            for key, es, en, branches, kinds, headline in _GROUPS
        ],
        "sample": True,
        "rates": {name: rates[name] for name in sorted(rates)},
    }


def _institution(plan: InstitutionPlan, site: str | None) -> dict[str, object]:
    return {
        "slug": plan.slug,
        "name": plan.name,
        "kind": plan.kind,
        "branch": plan.branch,
        "acronym": plan.acronym,
        "names": list(plan.variants[:1]),
        "site": site,
        "domains": [plan.domain],
        "division": plan.division,
        "parent": None,
        "valid_from": None,
        "valid_to": None,
        "verified": False,
        "sources": ["Institución inventada para la muestra"],
    }


def _attribution(country: CountryPlan) -> list[dict[str, str]]:
    """Rules for the second variant of every name: the first is among the institution's own names."""
    return [
        {"publisher": variant, "institution": plan.slug, "source": "nacional", "match": _match(variant)}
        for plan in country.institutions
        for variant in plan.variants[1:]
    ]


def _match(variant: str) -> str:
    """How a rule compares a variant: capitals without accents need folding, the rest shows every other way once."""
    if variant.isupper():
        return "folded"
    return "exact" if variant.endswith(")") else "contains"


def _source(source: SourcePlan) -> dict[str, object]:
    count = len(source.datasets)
    fields: dict[str, object] = {
        "title": {"es": source.title, "en": f"Sample catalogue {source.slug}"},
        "protocol": source.protocol,
        "url": source.url,
        "institution": source.institution,
        "covers": list(source.covers),
        "state": source.state,
        "reason": texts()["unreachable_reason"]["es"] if source.state == "unreachable" else None,
        "requests_per_second": RATE,
        "local": True,
        "least": 0 if count == 0 else count // 2,
        "most": None if count == 0 else 2 * count,
        "languages": ["es"],
    }
    return fields


def _site_source(site: SitePlan) -> dict[str, object]:
    """The web site of an institution as a source."""
    return {
        "title": {"es": f"Sitio de {site.institution.name}", "en": f"Sample web site {site.institution.slug}"},
        "protocol": "site",
        "url": site.home,
        "institution": site.institution.slug,
        "requests_per_second": RATE,
        "local": True,
        "least": 0,
        "languages": ["es"],
    }
