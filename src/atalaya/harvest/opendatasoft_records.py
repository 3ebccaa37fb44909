"""One dataset of an OpenDataSoft portal, as a record: from version 2, from version 1.0, or from a row of the export.

Declared links are the files of `attachments` and `alternative_exports` that have an address of the web. The portal keeps most
of them under an internal address (`odsfile://…`); where those are downloaded, and where the records are exported, is said by
rules of the portal and by no answer, so these links are derived.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.fields import IGNORED, Entry, Ledger
from atalaya.harvest.opendatasoft_api import Api
from atalaya.harvest.opendatasoft_fields import IGNORED_TEMPLATES

_HOLDERS = ("metas", "basic_metas", "interop_metas")
_BOX = ("westbound_longitude", "southbound_latitude", "eastbound_longitude", "northbound_latitude")


@dataclass(frozen=True, slots=True)
class Described:
    """A dataset with its metadata by template. `flat` tells that lists are written as one text, as in a table."""

    entry: Entry
    templates: Mapping[str, Entry] = field(default_factory=dict)
    flat: bool = False

    def template(self, name: str) -> Entry:
        """A template, empty where the dataset has none of that name."""
        return self.templates.get(name) or Entry({}, name, self.entry.ledger)

    @property
    def interoperable(self) -> list[Entry]:
        """DCAT and its national profiles, the plain one first."""
        return [entry for name, entry in sorted(self.templates.items()) if name == "dcat" or name.startswith("dcat_ap")]

    def close(self) -> None:
        """Count what nothing took."""
        for entry in (self.entry, *self.templates.values()):
            entry.close()


def described(entry: Entry) -> Described:
    """A dataset as JSON has it: templates below `metas` in version 2; the default one there and others beside it in 1.0."""
    templates: dict[str, Entry] = {}
    for holder in _HOLDERS:
        metas = entry.entry(holder)
        if metas is None:
            continue
        plain = holder == "metas" and not isinstance(metas.value.get("default"), dict)
        for name in [] if plain else list(metas.value):
            inner = None if name in IGNORED_TEMPLATES else metas.entry(name)
            if inner is not None and templates.setdefault(name, inner) is not inner:
                inner.close()
        if plain:
            templates["default"] = metas
        else:
            metas.close()
    return Described(entry, templates)


def described_row(row: Mapping[str, object], ledger: Ledger) -> Described:
    """A dataset as a row of the export: columns `dcat.created`, with or without the name of the default template."""
    groups: dict[str, dict[str, object]] = {"": {}}
    for name, cell in row.items():
        template, dot, inner = name.rpartition(".")
        if template in IGNORED_TEMPLATES:
            ledger.use(name, IGNORED)
        else:
            groups.setdefault(template if dot else "", {})[inner] = cell
    own = ("datasetid", "dataset_id", "dataset_uid", "has_records", "features", "data_visible")
    entry = Entry({name: groups[""].pop(name) for name in own if name in groups[""]}, "", ledger)
    if "default" not in groups:
        return Described(entry, {_name(name): Entry(cells, name, ledger) for name, cells in groups.items()}, flat=True)
    for name, cell in groups.pop("").items():
        groups["default"].setdefault(name, cell)
    return Described(entry, {name: Entry(cells, name, ledger) for name, cells in groups.items()}, flat=True)


def _name(template: str) -> str:
    return template or "default"


def read_dataset(found: Described, api: Api, place: str) -> Dataset:
    """One dataset. What cannot be used is counted in its ledger; `place` names it in problems of its items."""
    default, dcat, inspire = found.template("default"), found.template("dcat"), found.template("inspire")
    native_id = found.entry.word("dataset_id", "datasetid")
    keywords, languages = default.words("keyword"), default.words("language")
    dataset = Dataset(
        native_id=native_id,
        title=default.text("title"),
        description=default.text("description"),
        keywords=_parts(keywords) if found.flat else keywords,
        themes=default.words("theme"),
        publisher=_publisher(default),
        contact=_contact(dcat, inspire),
        licence=_either(default.word("license"), _first(found, "license")),
        licence_url=default.url("license_url"),
        access_rights=_first(found, "accessrights", "accessRights", "access_rights"),
        rights=_first(found, "rights"),
        issued=dcat.word("issued"),
        modified=_either(default.word("modified"), dcat.word("modified")),
        frequency=_either(dcat.word("accrualperiodicity"), default.word("update_frequency")),
        spatial=_spatial(default, dcat, inspire),
        temporal=_temporal(dcat),
        languages=_parts(languages) if found.flat else languages,
        landing_page=_origin(default),
        conforms_to=dcat.words("conforms_to", "conformsto", "conformsTo"),
        distributions=(
            *_files(found.entry, api, native_id, place),
            *_exports(found.entry, default, api, native_id, place),
        ),
    )
    found.close()
    return dataset


def _first(found: Described, *names: str) -> str | None:
    """The first text that DCAT or one of its national profiles says under these names."""
    return _either(*(entry.word(*names) for entry in found.interoperable))


def _either(*said: str | None) -> str | None:
    """The first text; all of them are asked for, so that each counts as read."""
    return next((text for text in said if text is not None), None)


def _parts(texts: tuple[str, ...]) -> tuple[str, ...]:
    """A list that the export wrote as one text, with commas by default. Themes have commas of their own and stay whole."""
    if len(texts) != 1:
        return texts
    mark = ";" if ";" in texts[0] else ","
    return tuple(dict.fromkeys(part.strip() for part in texts[0].split(mark) if part.strip()))


def _publisher(default: Entry) -> Agent | None:
    name = default.word("publisher")
    return None if name is None else Agent(name=name)


def _contact(dcat: Entry, inspire: Entry) -> ContactPoint | None:
    names = [dcat.word("contact_name"), inspire.word("contact_individual_name"), inspire.word("contact_position")]
    return values.contact(names, [dcat.word("contact_email"), inspire.word("contact_email")])


def _spatial(default: Entry, dcat: Entry, inspire: Entry) -> tuple[str, ...]:
    """Names and codes of places; the drawn area or the box only where neither says the place."""
    named = (*dcat.words("spatial"), *default.words("territory"), *default.words("geographic_reference"))
    area = values.unwrap(default.take("geographic_area", "bbox"))
    box = [inspire.word(f"extend_bounding_box_{side}") for side in _BOX]
    drawn = [json.dumps(area, sort_keys=True, separators=(",", ":"))] if isinstance(area, dict) and area else []
    drawn += [",".join(side for side in box if side)] if all(box) else []
    return tuple(dict.fromkeys(named or drawn))


def _temporal(dcat: Entry) -> tuple[Period, ...]:
    start = dcat.word("temporal_coverage_start", "temporal_coverage_start_date", "temporal_start")
    end = dcat.word("temporal_coverage_end", "temporal_coverage_end_date", "temporal_end")
    stated = [Period(start=start, end=end), *(values.period(text) for text in dcat.words("temporal"))]
    return tuple(dict.fromkeys(item for item in stated if item != Period()))


def _origin(default: Entry) -> str | None:
    """Where a dataset that was federated from another portal comes from: its page there."""
    address, name = default.word("source_domain_address"), default.word("source_dataset")
    if address is None or name is None:
        return None
    page = f"{values.root(address if '://' in address else f'https://{address}')}explore/dataset/{quote(name)}/"
    return page if values.is_web(page) else None


def _files(entry: Entry, api: Api, native_id: str | None, place: str) -> Iterator[Distribution]:
    """The files that people added: as they were uploaded (alternative exports) or beside the data (attachments)."""
    for kind in ("attachments", "alternative_exports"):
        listed = entry.take(kind)
        if not isinstance(listed, list):
            listed = [] if values.is_blank(listed) else [listed]
        for number, item in enumerate(listed):
            if not isinstance(item, dict):
                entry.ledger.problem(f"{place} {kind}[{number}]", f"{type(item).__name__} instead of an object")
                continue
            yield _file(Entry(item, f"{entry.at(kind)}[]", entry.ledger), api, native_id, kind)


def _file(file: Entry, api: Api, native_id: str | None, kind: str) -> Distribution:
    file_id, stated = file.word("id", "attachment_uid", "export_uid"), file.url("url", "href")
    declared = stated is not None and values.is_web(stated)
    given = stated if declared else api.file(native_id, kind, file_id) if native_id and file_id else None
    distribution = Distribution(
        native_id=file_id,
        title=file.text("title", "name"),
        description=file.text("description"),
        download_url=given,
        format=file.word("format"),
        media_type=file.word("mimetype", "mime-type", "mime_type"),
        byte_size=file.size("size", "filesize"),
        derived=not declared,
    )
    file.close()
    return distribution


def _exports(entry: Entry, default: Entry, api: Api, native_id: str | None, place: str) -> Iterator[Distribution]:
    """The exports of the records, where there are records that the public may see."""
    features = entry.words("features")
    counted = values.byte_size(default.take("records_count"))
    said, visible = entry.take("has_records"), entry.take("data_visible")
    filled = bool(counted) if values.is_blank(said) else str(said).lower() == "true"
    if not filled or native_id is None:
        return
    if str(visible).lower() == "false":
        entry.ledger.problem(place, "its records are not visible to the public, so no export is derived")
        return
    for name, url in api.exports(native_id, "geo" in features):
        yield Distribution(download_url=url, format=name, derived=True)
