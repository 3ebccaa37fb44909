"""Argentina's national metadata profile: the catalogue of a node as `data.json` or as its workbook of sheets (`catalog.xlsx`).

Both documents say the same (Andino serves both), so the workbook is first put gathered as the JSON would be. Beside what every
`data.json` has, national themes, labels of own themes and what datasets inherit from their catalogue are read, and each
departure from the profile is listed as a problem although its record is read.

Specification: https://datosgobar.github.io/paquete-apertura-datos/perfil-metadatos (versions 1.0 to 1.2).
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.datajson import read_value
from atalaya.harvest.datajson_ar_departures import departures
from atalaya.harvest.datajson_ar_records import IGNORED_FIELDS, read_catalogue_fields, read_dataset
from atalaya.harvest.datajson_ar_workbook import is_workbook, parse_workbook
from atalaya.harvest.fields import Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

LOOKED_AT = 200
"""Datasets that are looked at for signs of the profile."""

_FOREIGN = ("accessLevel", "bureauCode", "programCode")
"""Fields of datasets that DCAT-US requires; CKAN writes the first into catalogues of the profile too."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a catalogue of the profile, JSON or workbook. Nothing is raised for what the source does."""
    return await harvest_pages(PROTOCOL.id, source, get, read_visit)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no catalogue of the profile; None where it is one."""
    if is_workbook(visit.body):
        found = parse_workbook(visit, Ledger({}))
        return found if isinstance(found, Refusal) else None
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    if shows_profile(parsed[0]):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: no field of Argentina's metadata profile")


def places(first: Visit) -> tuple[Place, ...]:
    """The two documents that Andino serves at the root of the host: `data.json`, then `catalog.xlsx`.

    Andino is a CKAN with this profile. Its `data.json` tells frequencies, national themes and own themes by their taxonomy under
    the names of the profile, where the action API has extras at most; so CKAN declares itself outdone by this protocol.
    """
    root = values.root(first.url)
    return tuple(Place(root + name) for name in ("data.json", "catalog.xlsx"))


def shows_profile(value: object) -> bool:
    """Whether a JSON value is a catalogue of the profile: it lists datasets and has fields that no other profile has.

    `superThemeTaxonomy` or a `superTheme` says so alone. A list of own themes and described columns say so gathered, where
    nothing says that it is a catalogue of DCAT-US.
    """
    listed = value.get("dataset") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(listed, list | dict):
        return False
    items = [listed] if isinstance(listed, dict) else listed[:LOOKED_AT]
    datasets = [item for item in items if isinstance(item, dict)]
    if "superThemeTaxonomy" in value or any("superTheme" in item for item in datasets):
        return True
    if "conformsTo" in value or any(name in item for item in datasets for name in _FOREIGN):
        return False
    return _lists_themes(value.get("themeTaxonomy")) and any(map(_describes_columns, datasets))


def _lists_themes(themes: object) -> bool:
    return isinstance(themes, list) and any(isinstance(item, dict) and "id" in item for item in themes)


def _describes_columns(dataset: Mapping[str, object]) -> bool:
    """Whether a distribution has `field`, a list of objects with a title."""
    distributions = dataset.get("distribution")
    for item in distributions if isinstance(distributions, list) else []:
        fields = item.get("field") if isinstance(item, dict) else None
        if isinstance(fields, list) and any(isinstance(field, dict) and "title" in field for field in fields):
            return True
    return False


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of one document. Every item of its list becomes a dataset or a problem."""
    ledger = Ledger(IGNORED_FIELDS)
    if is_workbook(visit.body):
        found = parse_workbook(visit, ledger)
        if isinstance(found, Refusal):
            return found
        value: object = found
    else:
        parsed = parse_json(visit)
        if isinstance(parsed, Refusal):
            return parsed
        value, note = parsed
        if note is not None:
            ledger.problem(visit.url, note)
    if not isinstance(value, dict) or "dataset" not in value:
        return read_value(value, visit, ledger)
    rest, general = read_catalogue_fields(value, ledger)
    reading = read_value(rest, visit, ledger, partial(read_dataset, general))
    if isinstance(reading, Refusal):
        return reading
    return replace(reading, problems=(*reading.problems, *departures(value)))


PROTOCOL = Protocol(
    id="datajson_ar",
    title={"en": "Argentina's metadata profile", "es": "Perfil Nacional de Metadatos de Argentina"},
    description={
        "en": "A catalogue of Argentina's metadata profile, as data.json or as its workbook, checked against the profile.",
        "es": "Un catálogo del perfil de metadatos de Argentina, como data.json o como planilla, revisado según el perfil.",
    },
    documentation="https://datosgobar.github.io/paquete-apertura-datos/perfil-metadatos",
    harvest=harvest,
    claims=claims,
    places=places,
)
