"""Finds and reads country packs: files → schema → objects → cross-checks, with every problem gathered and told together."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from atalaya.countries import assembly
from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.communiques import add_communique, add_periods
from atalaya.countries.crosschecks import cross_check
from atalaya.countries.divisions import read_divisions
from atalaya.countries.documents import Document, read_yaml
from atalaya.countries.international import add_published_index
from atalaya.countries.letters import add_letters
from atalaya.countries.pack import CalendarRule, CountryPack
from atalaya.countries.plans import add_body, add_plan, add_session
from atalaya.countries.problems import PackProblem, Place, Problems, told
from atalaya.countries.registered_schemas import add_schema
from atalaya.countries.row_translations import read_translations
from atalaya.countries.schemas import conforms
from atalaya.countries.topics import add_topic
from atalaya.exceptions import CountryPackError


@dataclass(frozen=True, slots=True)
class Examination:
    """What reading a pack gave: the pack where no error stands against it, every problem, and how much there is of each."""

    pack: CountryPack | None
    problems: tuple[PackProblem, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: where it stands, its definition in the schema, how it is added, and what it holds."""

    pattern: str
    definition: str
    add: Callable[[Draft, Document, str], None]
    holds: str
    nulls: bool = False


_KINDS = (
    _Kind("institutions/*.yml", "institutions", lambda d, f, _: assembly.add_institutions(d, f), "institutions"),
    _Kind("sources/*.yml", "source", assembly.add_source, "sources"),
    _Kind("attribution.yml", "attribution", lambda d, f, _: assembly.add_attribution(d, f), "attribution"),
    _Kind("calendar.yml", "calendar", lambda d, f, _: assembly.add_calendar(d, f), "calendar"),
    _Kind("schedule.yml", "schedule", lambda d, f, _: assembly.add_schedule(d, f), "schedule"),
    _Kind("identifiers.yml", "identifiers", lambda d, f, _: assembly.add_identifiers(d, f), "identifiers", nulls=True),
    _Kind("identities.yml", "identities", lambda d, f, _: assembly.add_identities(d, f), "identities"),
    _Kind("identifier-vectors.yml", "identifier_vectors", lambda d, f, _: assembly.add_vectors(d, f), "vectors"),
    _Kind("duties/*.yml", "duties", assembly.add_duties, "duties"),
    _Kind("topics/*.yml", "topic", add_topic, "topics"),
    _Kind("international/*.yml", "published_index", add_published_index, "international"),
    _Kind("letters.yml", "letters", lambda d, f, _: add_letters(d, f), "letters"),
    _Kind("schemas/*.json", "table_schema", add_schema, "schemas"),
    _Kind("plans/*.yml", "plan", lambda d, f, _: add_plan(d, f), "plans"),
    _Kind("bodies/*.yml", "body", lambda d, f, _: add_body(d, f), "bodies"),
    _Kind("sessions/*.yml", "session", lambda d, f, _: add_session(d, f), "sessions"),
    _Kind("periods.yml", "periods", lambda d, f, _: add_periods(d, f), "periods"),
    _Kind("communiques/*.yml", "communique", lambda d, f, _: add_communique(d, f), "communiques"),
)


def packs_folder() -> Path:
    """The folder of the packs that come with Atalaya."""
    return Path(str(resources.files("atalaya"))) / "data" / "countries"


def known_packs() -> tuple[str, ...]:
    """Codes of the packs that come with Atalaya, sorted."""
    folders = packs_folder().iterdir() if packs_folder().is_dir() else ()
    return tuple(sorted(f.name for f in folders if (f / "country.yml").is_file() and not f.name.startswith("_")))


def find_pack(code_or_folder: str | Path) -> Path:
    """The folder of a pack: a code that comes with Atalaya first, else a folder. Raises CountryPackError."""
    if isinstance(code_or_folder, str) and code_or_folder in known_packs():
        return packs_folder() / code_or_folder
    folder = Path(code_or_folder)
    if (folder / "country.yml").is_file():
        return folder
    codes = ", ".join(known_packs()) or "none"
    if folder.is_dir():
        raise CountryPackError(f"the folder {folder} has no country.yml; name the folder that holds it")
    raise CountryPackError(f"no country {str(code_or_folder)!r}; name one of {codes}, or the folder of a pack")


def read_pack(folder: Path) -> CountryPack:
    """Read a pack. Raises CountryPackError that tells every error with its file, line and column."""
    examination = examine_pack(folder)
    if examination.pack is None:
        errors = [problem for problem in examination.problems if problem.severity == "error"]
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        raise CountryPackError(f"the country pack in {folder} has {count}:\n{told(errors)}")
    return examination.pack


def examine_pack(folder: Path, protocols: Collection[str] | None = None) -> Examination:
    """Read a pack and gather every problem. Raises CountryPackError only where there is no pack at all.

    `protocols` are those that harvesters read; where given, an active source must have one of them.
    """
    if not (folder / "country.yml").is_file():
        raise CountryPackError(f"the folder {folder} has no country.yml; name the folder that holds it")
    problems, draft = Problems(), Draft()
    country = _document(folder, folder / "country.yml", "country", problems)
    if country is not None:
        assembly.add_country(draft, country)
        _read_files(folder, draft, problems)
        assembly.add_municipal_institutions(draft)
        cross_check(draft, problems, protocols)
    pack = None if problems.any_error() else _pack(folder, draft)
    return Examination(pack, problems.all(), _counts(draft))


def _read_files(folder: Path, draft: Draft, problems: Problems) -> None:
    read = {"country.yml", "divisions.csv", "README.md"}
    if (folder / "divisions.csv").is_file():
        rows = read_divisions(folder / "divisions.csv", "divisions.csv", problems)
        draft.divisions += [Entry(division, place, ()) for division, place in rows or ()]
        if rows is None:
            draft.incomplete.add("divisions")
    for file in sorted(folder.glob("translations/*.csv")):
        read.add(_name(folder, file))
        if file.stem not in draft.country.get("translated_into", {}):
            what = f"is in {file.stem!r}, which country.yml does not name"
            problems.error(Place(_name(folder, file)), (), what, "add the language under `translated_into:`")
        draft.translations += read_translations(file, _name(folder, file), problems)
    for kind in _KINDS:
        for file in sorted(folder.glob(kind.pattern)):
            if file.name.startswith("."):
                continue
            read.add(_name(folder, file))
            document = _document(folder, file, kind.definition, problems, kind.nulls)
            if document is None:
                draft.incomplete.add(kind.holds)
            else:
                kind.add(draft, document, file.stem)
    for file in _files(folder):
        if _name(folder, file) not in read:
            remedy = "name it .yml in the folder of its kind, or take it out of the pack"
            problems.warning(Place(_name(folder, file)), (), "is not read", remedy)


def _document(folder: Path, file: Path, definition: str, problems: Problems, nulls: bool = False) -> Document | None:
    """A file that conforms to its definition; null stands for unknown and is read as absent unless `nulls` mean more."""
    document = read_yaml(file, _name(folder, file), problems)
    if document is None:
        return None
    if not nulls:
        document = replace(document, value=_without_nulls(document.value))
    if definition == "institutions" and isinstance(document.value, dict):
        definition = "institution"
    return document if conforms(document, definition, problems) else None


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value


def _files(folder: Path) -> list[Path]:
    """Every file of a pack, in path order; hidden ones are no part of it."""
    files = [f for f in folder.rglob("*") if f.is_file()]
    shown = [f for f in files if not any(part.startswith(".") for part in f.relative_to(folder).parts)]
    return sorted(shown, key=lambda f: f.relative_to(folder).parts)


def _name(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def pack_sha256(folder: Path) -> str:
    """The hash of a pack: names, lengths and bytes of all its files, in path order."""
    digest = hashlib.sha256()
    for file in _files(folder):
        body = file.read_bytes()
        digest.update(f"{_name(folder, file)}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()


def _pack(folder: Path, draft: Draft) -> CountryPack:
    country = draft.country
    return CountryPack(
        code=draft.code,
        name=country["name"],
        languages=tuple(country["languages"]),
        folder=folder,
        sha256=pack_sha256(folder),
        groups=tuple(entry.item for entry in draft.groups),
        institutions=tuple(entry.item for entry in draft.institutions),
        divisions=tuple(entry.item for entry in draft.divisions),
        sources=tuple(entry.item for entry in draft.sources),
        attribution=tuple(entry.item for entry in draft.attribution),
        identifiers=tuple(entry.item for entry in draft.identifiers),
        identities=tuple(entry.item for entry in draft.identities),
        duties=tuple(entry.item for entry in draft.duties),
        schemas=tuple(entry.item for entry in draft.schemas),
        plans=tuple(sorted((entry.item for entry in draft.plans), key=lambda plan: plan.number)),
        bodies=tuple(sorted((entry.item for entry in draft.bodies), key=lambda body: body.id)),
        sessions=tuple(sorted((entry.item for entry in draft.sessions), key=lambda session: session.on)),
        communiques=tuple(sorted((e.item for e in draft.communiques), key=lambda each: (each.on, each.id))),
        periods=tuple(sorted((entry.item for entry in draft.periods), key=lambda period: period.since)),
        topics=tuple(entry.item for entry in draft.topics),
        international=tuple(entry.item for entry in draft.international),
        translated_into=country.get("translated_into", {}),
        translations=tuple(draft.translations),
        letters=tuple(entry.item for entry in draft.letters),
        calendar=draft.calendar.item if draft.calendar else CalendarRule(),
        schedule=draft.schedule,
        sample=country.get("sample", False),
        rates=country.get("rates", {}),
        stop_words=tuple(country.get("stop_words", ())),
        closing_words=tuple(country.get("closing_words", ())),
        unit_words=tuple(country.get("unit_words", ())),
        other_body_words=tuple(country.get("other_body_words", ())),
        subordinate_kinds=tuple(country.get("subordinate_kinds", ())),
        abbreviations=country.get("abbreviations", {}),
        place_words=tuple(country.get("place_words", ())),
        kind_titles=country.get("kinds", {}),
        branch_titles=country.get("branches", {}),
        identifier_vectors=tuple(entry.item for entry in draft.vectors),
        laws=tuple(entry.item for entry in draft.laws),
        obliged_classes=tuple(entry.item for entry in draft.classes),
        update_rules=tuple(entry.item for entry in draft.updates),
        deadlines=tuple(entry.item for entry in draft.deadlines),
    )


def _counts(draft: Draft) -> dict[str, int]:
    kinds = ("groups", "institutions", "divisions", "sources", "attribution", "identifiers", "vectors", "laws")
    more = ("duties", "deadlines", "schemas", "plans", "bodies", "sessions", "letters", "topics", "international")
    last = ("communiques", "periods")
    return {kind: len(getattr(draft, kind)) for kind in (*kinds, *more, *last)}
