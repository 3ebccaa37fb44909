"""What belongs to no dataset: keywords, licences, and the state of the site."""

from typing import Any

from django.db.models import Count

from atalaya.catalogue.vocabularies.licences import Conformance, read_licence
from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.dicts import Json, tag_dict
from atalaya.portal.api.ckan.faults import NotFoundError
from atalaya.portal.observatory.models import Dataset, Facet
from atalaya.version import __version__

TAGS = 100_000
LICENCES = 1_000
CKAN_VERSION = "2.12.0"
"""The release whose answers these have the shape of."""

_DEFINITION = {Conformance.OPEN: "approved", Conformance.NOT_OPEN: "rejected"}


def tag_list(asked: Asked) -> list[Any]:
    """All keywords in alphabetical order. query: only those that hold this text; all_fields: as objects; vocabulary_id: there are
    no vocabularies, so none is found."""
    if vocabulary := asked.arguments.text("vocabulary_id"):
        raise NotFoundError(f"there is no vocabulary `{vocabulary[:60]}`; leave vocabulary_id out for all keywords")
    words = Facet.objects.filter(name="keyword").order_by().values_list("value", flat=True)
    wanted = asked.arguments.text("query").strip().casefold()
    found = sorted(word for word in words if wanted in word.casefold())[:TAGS]
    return [tag_dict(word) for word in found] if asked.arguments.truth("all_fields") else found


def tag_show(asked: Asked) -> Json:
    """One keyword. id: its text; include_datasets is not read: package_search with `fq=tags:"…"` has them, in pages."""
    word = asked.arguments.needed("id")
    if not Dataset.objects.filter(keywords__contains=[word]).exists():
        raise NotFoundError("no dataset has this keyword; tag_list has all")
    return tag_dict(word)


def license_list(_asked: Asked) -> list[Json]:
    """The licences that datasets state, the most frequent first, as they write them, each judged by the Open Definition."""
    said = Dataset.objects.exclude(licence_id=None).order_by().values("licence_id", "licence_title", "licence_url")
    found: dict[str, Json] = {}
    for row in said.annotate(count=Count("id")).order_by("-count", "licence_id", "licence_title", "licence_url"):
        if row["licence_id"] not in found and len(found) < LICENCES:
            found[row["licence_id"]] = _licence(row["licence_id"], row["licence_title"], row["licence_url"])
    return list(found.values())


def status_show(asked: Asked) -> Json:
    """What this site is: its title, its address, and the release of CKAN whose answers it gives."""
    names = asked.edition.names
    country = str(names.get("es") or next(iter(names.values()), ""))
    return {
        "site_title": f"Atalaya · {country}",
        "site_description": f"Atalaya {__version__}, {asked.edition.observation}",
        "site_url": asked.site,
        "error_emails_to": "",
        "locale_default": "es",
        "extensions": [],
        "ckan_version": CKAN_VERSION,
    }


def _licence(identifier: str, title: str | None, url: str | None) -> Json:
    reading = read_licence(identifier, title, url)
    return {
        "domain_content": "False",
        "id": identifier,
        "domain_data": "False",
        "domain_software": "False",
        "family": "",
        "is_generic": str(reading.id is None),
        "od_conformance": _DEFINITION.get(reading.conformance, "not reviewed"),
        "osd_conformance": "not reviewed",
        "maintainer": "",
        "status": "active",
        "url": url or (identifier if "://" in identifier else ""),
        "title": title or identifier,
    }
