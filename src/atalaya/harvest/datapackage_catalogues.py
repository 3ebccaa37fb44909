"""What a JSON document of Frictionless Data is: a package, a resource, or a catalogue, and which packages it lists or names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atalaya.harvest import values
from atalaya.harvest.bodies import join
from atalaya.harvest.fields import IGNORED, MAPPED, Entry, Ledger
from atalaya.harvest.visits import Refusal, Visit, landed

SAMPLE = 50
"""Items of a list that are looked at to tell what it lists."""

_LISTS = ("packages", "datapackages", "dataPackages", "datasets")
"""Names of the list of packages in an index; `datasets` is that of Frictionless catalogues."""
_REFERENCES = ("package", "datapackage", "datapackage_url", "descriptor", "descriptor_url", "path", "url", "href")
"""Names under which an item of a list holds or names its package."""
_PACKAGE_WORDS = frozenset(
    {
        "name",
        "title",
        "id",
        "profile",
        "$schema",
        "licenses",
        "license",
        "description",
        "homepage",
        "datapackage_version",
    }
)
_RESOURCE_WORDS = frozenset({"schema", "profile", "$schema", "mediatype", "dialect", "bytes", "licenses"})
_CKAN_WORDS = frozenset({"owner_org", "metadata_created", "num_resources", "license_title", "creator_user_id", "state"})
_PACKAGE_PROFILES = ("data-package", "datapackage.json")
_CATALOGUE_PROFILES = ("catalog",)


@dataclass(frozen=True, slots=True)
class Found:
    """What a document holds: packages that stand in it, and addresses of others. `is_catalogue`: it lists packages."""

    packages: tuple[Mapping[str, object], ...]
    addresses: tuple[str, ...]
    ledger: Ledger
    is_catalogue: bool


def is_datapackage(value: object) -> bool:
    """Whether a JSON value is a package, a resource or a list of either, by what only these have."""
    if isinstance(value, list):
        items = value[:SAMPLE]
        return bool(items) and sum(_is_listed(item) for item in items) * 2 > len(items)
    if not isinstance(value, dict):
        return False
    if is_package(value) or _is_resource(value) or _is_catalogue(value):
        return True
    listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    if listed:
        return is_datapackage(listed)
    return _is_index(value)


def is_package(value: object) -> bool:
    """Whether a JSON value is a package: resources with a path, data or address, and none of the marks of CKAN."""
    if not isinstance(value, dict) or not isinstance(value.get("resources"), list) or _CKAN_WORDS & set(value):
        return False
    resources = [item for item in value["resources"] if isinstance(item, dict)]
    if not resources:
        return _has_profile(value, _PACKAGE_PROFILES)
    if any("package_id" in item for item in resources):
        return False
    has_content = any({"path", "data", "url"} & set(item) for item in resources)
    return has_content and (bool(_PACKAGE_WORDS & set(value)) or any("name" in item for item in resources))


def look(value: object, visit: Visit, ledger: Ledger) -> Found | Refusal:
    """What a document holds, or why it holds nothing of the kind."""
    if isinstance(value, list):
        if value and not any(_is_listed(item) for item in value):
            return Refusal("no_datasets", f"{landed(visit)} holds a list of something other than packages")
        return _listing(value, "[]", visit, ledger)
    if not isinstance(value, dict):
        return Refusal("no_datasets", f"{landed(visit)} holds one {type(value).__name__}, not a package")
    name = next((key for key in _LISTS if isinstance(value.get(key), list)), None)
    listed = [] if name is None else value[name]
    if name is not None and "resources" not in value and (not listed or any(_is_listed(item) for item in listed)):
        return _catalogue(value, name, visit, ledger)
    if _is_catalogue(value):
        return _catalogue(value, "resources", visit, ledger)
    if is_package(value):
        return Found((value,), (), ledger, False)
    if _is_resource(value):
        return Found((_alone(value),), (), ledger, False)
    if _is_index(value):
        packages = tuple({"name": key, **package} for key, package in value.items() if isinstance(package, dict))
        return Found(packages, (), ledger, True)
    error = values.word(value.get("message")) or values.word(value.get("error"))
    if error is not None:
        return Refusal("error_object", f"{landed(visit)}: {' '.join(error.split())[:200]}")
    names = ", ".join(values.clean(str(key))[:40] for key in list(value)[:5])
    return Refusal("no_datasets", f"{landed(visit)}: an object that is no package (its fields: {names or 'none'})")


def _catalogue(value: Mapping[str, object], name: str, visit: Visit, ledger: Ledger) -> Found:
    catalogue = Entry(value, "catalogue", ledger)
    listed = catalogue.take(name)
    catalogue.close()
    return _listing(listed if isinstance(listed, list) else [], f"catalogue.{name}[]", visit, ledger)


def _listing(items: list[object], path: str, visit: Visit, ledger: Ledger) -> Found:
    """The packages of a list: those that stand in it, and the addresses of those it names."""
    packages: list[Mapping[str, object]] = []
    addresses: dict[str, None] = {}
    for place, item in enumerate(items):
        inner = _inner(item, path, ledger)
        if isinstance(inner, Mapping):
            packages.append(inner)
            continue
        address = None if inner is None else join(visit.answer.final_url or visit.url, inner)
        if address is None or not values.is_web(address):
            ledger.problem(f"{path}[{place}]".replace("[][", "["), "neither a package nor the address of one")
        elif address in addresses:
            ledger.problem(address, "listed a second time; read once")
        else:
            addresses[address] = None
    return Found(tuple(packages), tuple(addresses), ledger, True)


def _inner(item: object, path: str, ledger: Ledger) -> Mapping[str, object] | str | None:
    """The package of one item of a list: itself, the object it holds, or the address that it names."""
    if isinstance(item, str):
        ledger.use(path, MAPPED)
        return item.strip() or None
    if not isinstance(item, dict):
        return None
    if is_package(item):
        return item
    key = next((name for name in _REFERENCES if not values.is_blank(item.get(name))), None)
    held = None if key is None else item[key]
    if key in ("path", "url") and _is_resource(item) and not _points_at_package(item):
        return _alone(item)
    for name in item:
        ledger.use(f"{path}.{values.clean(name)[:120]}", MAPPED if name == key else IGNORED)
    return held if isinstance(held, dict) else values.word(held)


def _alone(resource: Mapping[str, object]) -> Mapping[str, object]:
    """A resource that stands alone, as the package of itself."""
    kept = ("name", "title", "description", "licenses", "sources", "languages")
    return {**{name: resource[name] for name in kept if name in resource}, "resources": [resource]}


def _is_catalogue(value: Mapping[str, object]) -> bool:
    """Whether a package is a catalogue: it says so, or each of its resources is a package or points at one."""
    resources = value.get("resources")
    if not isinstance(resources, list):
        return False
    if _has_profile(value, _CATALOGUE_PROFILES):
        return True
    items = [item for item in resources if isinstance(item, dict)]
    return bool(items) and all(is_package(item) or _points_at_package(item) for item in items)


def _is_index(value: Mapping[str, object]) -> bool:
    return bool(value) and all(is_package(item) for item in value.values())


def _is_resource(value: object) -> bool:
    """Whether an object is one data resource: a name, a path or data, and what only resources say."""
    if not isinstance(value, dict) or "resources" in value or not {"path", "data"} & set(value):
        return False
    return "name" in value and bool(_RESOURCE_WORDS & set(value) or {"encoding", "format"} <= set(value))


def _is_listed(item: object) -> bool:
    """Whether an item of a list is a package, a resource, or points at a package."""
    if isinstance(item, str):
        return item.strip().lower().endswith("datapackage.json")
    if not isinstance(item, dict):
        return False
    return is_package(item) or is_package(item.get("package")) or _points_at_package(item) or _is_resource(item)


def _points_at_package(item: Mapping[str, object]) -> bool:
    """Whether an object names the descriptor of a package."""
    named = list(_texts(item, _REFERENCES))
    if any(text.lower().partition("?")[0].endswith("datapackage.json") for text in named):
        return True
    profile = (values.word(item.get("profile")) or "").lower()
    return bool(named) and profile.endswith("data-package")


def _texts(item: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    return (text for name in names if (text := values.word(item.get(name))) is not None)


def _has_profile(value: Mapping[str, object], marks: tuple[str, ...]) -> bool:
    said = " ".join(text.lower() for text in _texts(value, ("profile", "$schema")))
    return any(mark in said for mark in marks)
