"""Who plays what: the roles of the eighteen institutions and the sources that they publish in, chosen by the seed."""

import random
from dataclasses import dataclass, replace

from atalaya.samples.defects.sources import OUTAGES
from atalaya.samples.facts import institutions, places
from atalaya.samples.plan import HostPlan, InstitutionPlan, SourcePlan

SECOND_LEVEL = "muestra.example"
"""Domain of the sample country: `.example` is reserved and never resolves (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A source to be filled: the form of its catalogue, how many datasets it lists, and what is wrong with it."""

    name: str
    protocol: str
    writer: str
    datasets: int
    defect: str | None = None
    state: str = "active"
    certificate: str | None = None
    habits: tuple[tuple[str, tuple[int, ...] | None], ...] = ()
    """Marks that its datasets are cast with: the code, and the places of those that bear it (None: all)."""


_HABITS = (
    ("dates_stamped", None),
    ("identifier_renumbered", None),
    ("series_of_others", (0, 1)),
    ("title_repeated", (2,)),
)
"""Every bad habit of a catalogue at once (`families.keeping`)."""

SLOTS = (
    Slot(name="ckan", protocol="ckan", writer="ckan", datasets=16),
    Slot(name="datajson", protocol="datajson", writer="datajson", datasets=14),
    Slot(name="datajson-b", protocol="datajson", writer="datajson", datasets=9, defect="record_broken"),
    Slot(name="rdfxml", protocol="dcat_rdf", writer="rdfxml", datasets=12),
    Slot(name="turtle", protocol="dcat_rdf", writer="turtle", datasets=10),
    Slot(name="jsonld", protocol="dcat_rdf", writer="jsonld", datasets=15),
    Slot(
        name="tls",
        protocol="datajson",
        writer="datajson",
        datasets=6,
        certificate="expired",
        habits=(("identifier_renumbered", None),),
    ),
    Slot(
        name="habits-a",
        protocol="datajson",
        writer="datajson",
        datasets=6,
        certificate="self_signed",
        habits=_HABITS,
    ),
    Slot(name="habits-b", protocol="ckan", writer="ckan", datasets=6, certificate="wrong_host", habits=_HABITS),
    Slot(name="habits-c", protocol="dcat_rdf", writer="jsonld", datasets=6, habits=_HABITS),
    Slot(
        name="renumbered",
        protocol="dcat_rdf",
        writer="rdfxml",
        datasets=5,
        habits=(("identifier_renumbered", None),),
    ),
    Slot(name="down", protocol="ckan", writer="ckan", datasets=0, defect="down"),
    Slot(
        name="unreachable",
        protocol="ckan",
        writer="ckan",
        datasets=0,
        state="unreachable",
    ),
)
"""Sources of one institution each; the national catalogue comes beside them."""

NATIONAL_DATASETS = 40
NATIONAL_OWNER = "gobierno-abierto"
_SOUND = ("ckan", "datajson", "rdfxml", "turtle", "jsonld")
_PREFIXES = ("datos", "catalogo", "datosabiertos", "abiertos")
_VALIDATORS = ("etag", "last_modified", "none")


def cast_country(rng: random.Random) -> tuple[tuple[InstitutionPlan, ...], tuple[SourcePlan, ...]]:
    """The institutions with their roles, and the sources without datasets yet; the national catalogue comes first."""
    slugs = [row["slug"] for row in institutions() if row["slug"] != NATIONAL_OWNER]
    rng.shuffle(slugs)
    owners = dict(zip((slot.name for slot in SLOTS), slugs, strict=False))
    exemplary, worst = rng.sample(_SOUND, 2)
    silent = slugs[len(SLOTS)]
    roles = {owner: slot for slot, owner in owners.items()}
    roles |= {owners[exemplary]: "exemplary", owners[worst]: "worst", silent: "silent"}
    plans = tuple(_institution(row, roles.get(row["slug"], "guest"), rng) for row in institutions())
    sources = (_national(rng), *(_source(slot, owners[slot.name], rng) for slot in SLOTS))
    return plans, _validated(sources, rng)


def _institution(row: dict[str, str], role: str, rng: random.Random) -> InstitutionPlan:
    municipalities = [place.code for place in places().values() if place.level == 2]
    upper = row["name"].upper().translate(str.maketrans("ÁÉÍÓÚ", "AEIOU"))
    variants = (upper, f"{row['acronym']} (muestra)", f"{row['name']} - Unidad de Datos")
    return InstitutionPlan(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        branch=row["branch"],
        acronym=row["acronym"],
        sector=row["sector"],
        role=role,
        domain=f"{row['slug']}.{SECOND_LEVEL}",
        division=rng.choice(municipalities) if row["kind"] == "municipality" else None,
        variants=tuple(rng.sample(variants, 2)),
    )


def _national(rng: random.Random) -> SourcePlan:
    name = rng.choice(("datos", "catalogo", "portal"))
    return SourcePlan(
        slug="nacional",
        title="Catálogo nacional de muestra",
        protocol="ckan",
        writer="ckan",
        host=HostPlan(name=f"{name}.{SECOND_LEVEL}"),
        institution=None,
        files=(
            HostPlan(name=f"archivos.{SECOND_LEVEL}"),
            HostPlan(name=f"descargas.{SECOND_LEVEL}", plain=True),
            HostPlan(name=f"espejo.{SECOND_LEVEL}", certificate="self_signed"),
        ),
    )


def _source(slot: Slot, owner: str, rng: random.Random) -> SourcePlan:
    domain = f"{owner}.{SECOND_LEVEL}"
    prefix = rng.choice(_PREFIXES)
    files: tuple[HostPlan, ...] = (HostPlan(name=f"archivos.{domain}"),)
    if slot.name == "ckan":
        files += (HostPlan(name=f"respaldo.{domain}", certificate="wrong_host"),)
    if slot.name == "datajson":
        files += (HostPlan(name=f"publico.{domain}", plain=True),)
    return SourcePlan(
        slug=f"{owner}-{slot.name}",
        title=f"Catálogo de muestra de {owner}",
        protocol=slot.protocol,
        writer=slot.writer,
        host=HostPlan(name=f"{prefix}.{domain}", certificate=slot.certificate),
        institution=owner,
        state=slot.state,
        defect=rng.choice(OUTAGES) if slot.defect == "down" else slot.defect,
        files=() if slot.datasets == 0 or (slot.certificate is not None and slot.habits != _HABITS) else files,
    )


def _validated(sources: tuple[SourcePlan, ...], rng: random.Random) -> tuple[SourcePlan, ...]:
    """Give every host its way of answering conditional requests, each way to about a third of them."""
    start = rng.randrange(len(_VALIDATORS))
    count = start
    named = []
    for source in sources:
        hosts = []
        for host in (source.host, *source.files):
            hosts.append(replace(host, validators=_VALIDATORS[count % len(_VALIDATORS)]))
            count += 1
        named.append(replace(source, host=hosts[0], files=tuple(hosts[1:])))
    return tuple(named)
