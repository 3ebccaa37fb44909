"""Turns the documents of a pack, already held against the schema, into the objects of `countries.pack`, with their places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from atalaya.catalogue.descriptors import DescriptorProblem
from atalaya.commitments.bodies import Body
from atalaya.commitments.plan import Plan
from atalaya.commitments.sessions import Session
from atalaya.countries.documents import Document
from atalaya.countries.observed import PublishedIndex, Topic
from atalaya.countries.pack import (
    AttributionRule,
    CalendarRule,
    Citation,
    ColumnIdentity,
    Deadline,
    Division,
    Duty,
    DutyEvidence,
    Group,
    Identifier,
    IdentifierVector,
    Institution,
    Law,
    Letter,
    ObligedClass,
    RegisteredSchema,
    Source,
    UpdateRule,
)
from atalaya.countries.problems import Path, Place
from atalaya.countries.row_translations import RowTranslation
from atalaya.countries.schedule import ScheduleRule
from atalaya.news.communique import Communique, Period

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """An object of the pack and where it was written."""

    item: T
    place: Place
    path: Path


@dataclass(slots=True)
class Draft:
    """A pack while it is read. `incomplete` names the kinds of which a file could not be read: they refute no reference."""

    code: str = ""
    country: Mapping[str, Any] = field(default_factory=dict)
    country_place: Place = field(default_factory=lambda: Place("country.yml"))
    groups: list[Entry[Group]] = field(default_factory=list)
    institutions: list[Entry[Institution]] = field(default_factory=list)
    divisions: list[Entry[Division]] = field(default_factory=list)
    sources: list[Entry[Source]] = field(default_factory=list)
    attribution: list[Entry[AttributionRule]] = field(default_factory=list)
    identifiers: list[Entry[Identifier]] = field(default_factory=list)
    identities: list[Entry[ColumnIdentity]] = field(default_factory=list)
    vectors: list[Entry[IdentifierVector]] = field(default_factory=list)
    laws: list[Entry[Law]] = field(default_factory=list)
    classes: list[Entry[ObligedClass]] = field(default_factory=list)
    updates: list[Entry[UpdateRule]] = field(default_factory=list)
    duties: list[Entry[Duty]] = field(default_factory=list)
    deadlines: list[Entry[Deadline]] = field(default_factory=list)
    topics: list[Entry[Topic]] = field(default_factory=list)
    international: list[Entry[PublishedIndex]] = field(default_factory=list)
    translations: list[RowTranslation] = field(default_factory=list)
    letters: list[Entry[Letter]] = field(default_factory=list)
    schemas: list[Entry[RegisteredSchema]] = field(default_factory=list)
    plans: list[Entry[Plan]] = field(default_factory=list)
    bodies: list[Entry[Body]] = field(default_factory=list)
    sessions: list[Entry[Session]] = field(default_factory=list)
    communiques: list[Entry[Communique]] = field(default_factory=list)
    periods: list[Entry[Period]] = field(default_factory=list)
    unreadable: list[tuple[Place, str]] = field(default_factory=list)
    """What the schema lets pass and still cannot be read, such as a day that no month has."""
    schema_problems: list[tuple[Place, DescriptorProblem]] = field(default_factory=list)
    calendar: Entry[CalendarRule] | None = None
    schedule: ScheduleRule = field(default_factory=ScheduleRule)
    incomplete: set[str] = field(default_factory=set)


def add_country(draft: Draft, document: Document) -> None:
    """`country.yml`: code, names, languages, groups."""
    value = document.value
    draft.code, draft.country, draft.country_place = value["code"], value, document.place
    for number, group in enumerate(value["groups"]):
        item = Group(
            id=group["id"],
            title=group["title"],
            branches=tuple(group.get("branches", ())),
            kinds=tuple(group.get("kinds", ())),
            headline=group.get("headline", False),
        )
        draft.groups.append(Entry(item, document.place, ("groups", number)))


def add_institutions(draft: Draft, document: Document) -> None:
    """`institutions/*.yml`: a list of bodies, or one body alone."""
    alone = isinstance(document.value, dict)
    for number, body in enumerate([document.value] if alone else document.value):
        item = Institution(
            id=f"{draft.code}:{body['slug']}",
            name=body["name"].strip(),
            kind=body["kind"],
            branch=body.get("branch"),
            acronym=body.get("acronym"),
            names=tuple(body.get("names", ())),
            units=tuple(body.get("units", ())),
            site=body.get("site"),
            domains=tuple(body.get("domains", ())),
            division=body.get("division"),
            parent=_id(draft, body.get("parent")),
            valid_from=body.get("valid_from"),
            valid_to=body.get("valid_to"),
            verified=body.get("verified", False),
            sources=tuple(body.get("sources", ())),
            note=body.get("note"),
        )
        draft.institutions.append(Entry(item, document.place, () if alone else (number,)))


def add_municipal_institutions(draft: Draft) -> None:
    """One institution for every division of the declared level; equal names are told apart by the larger division."""
    declared = draft.country.get("municipal_institutions")
    if declared is None:
        return
    outer = {entry.item.code: entry.item.name for entry in draft.divisions}
    chosen = [entry.item for entry in draft.divisions if entry.item.level == declared["level"]]
    common = Counter(division.name for division in chosen)
    for division in chosen:
        names = [_filled(declared["name"], division.code, form) for form in (division.name, *division.names)]
        larger = outer.get(division.parent or "")
        qualified = [f"{name}, {larger}" for name in names] if larger else []
        name = qualified[0] if qualified and common[division.name] > 1 else names[0]
        item = Institution(
            id=f"{draft.code}:{_filled(declared['slug'], division.code, division.name)}",
            name=name,
            kind=declared["kind"],
            branch=declared.get("branch"),
            names=tuple(form for form in dict.fromkeys([*names, *qualified]) if form != name),
            division=division.code,
        )
        draft.institutions.append(Entry(item, draft.country_place, ("municipal_institutions",)))


def add_source(draft: Draft, document: Document, stem: str) -> None:
    """`sources/<id>.yml`: one place where institutions publish."""
    value = dict(document.value)
    value["institution"] = _id(draft, value.get("institution"))
    value["covers"] = tuple(f"{draft.code}:{slug}" for slug in value.get("covers", ()))
    value["caveats"] = tuple(value.get("caveats", ()))
    value["languages"] = tuple(value.get("languages", draft.country.get("languages", ())))
    draft.sources.append(Entry(Source(id=f"{draft.code}:{stem}", **value), document.place, ()))


def add_attribution(draft: Draft, document: Document) -> None:
    """`attribution.yml`: publisher texts and the institutions they mean."""
    for number, rule in enumerate(document.value):
        item = AttributionRule(
            publisher=rule["publisher"],
            institution=f"{draft.code}:{rule['institution']}",
            source=_id(draft, rule.get("source")),
            match=rule.get("match", "exact"),
        )
        draft.attribution.append(Entry(item, document.place, (number,)))


def add_identifiers(draft: Draft, document: Document) -> None:
    """`identifiers.yml`: identifiers with check digits, as data."""
    for number, declared in enumerate(document.value):
        item = Identifier(
            id=declared["id"],
            title=declared["title"],
            pattern=declared["pattern"],
            rule={key: declared[key] for key in ("strip", "upper", "checks", "lookups") if key in declared},
            personal=declared.get("personal", False),
        )
        draft.identifiers.append(Entry(item, document.place, (number,)))


def add_identities(draft: Draft, document: Document) -> None:
    """`identities.yml`: columns that add up."""
    for number, declared in enumerate(document.value):
        parts = tuple(map(tuple, declared["parts"]))
        item = ColumnIdentity(id=declared["id"], total=tuple(declared["total"]), parts=parts)
        draft.identities.append(Entry(item, document.place, (number,)))


def add_vectors(draft: Draft, document: Document) -> None:
    """`identifier-vectors.yml`: values that the rules must accept or refuse."""
    for number, group in enumerate(document.value):
        name = group["identifier"]
        for place, value in enumerate(group.get("valid", ())):
            item = IdentifierVector(identifier=name, value=value, valid=True)
            draft.vectors.append(Entry(item, document.place, (number, "valid", place)))
        for place, refused in enumerate(group.get("invalid", ())):
            item = IdentifierVector(identifier=name, value=refused["value"], valid=False, why=refused["why"])
            draft.vectors.append(Entry(item, document.place, (number, "invalid", place)))


def add_calendar(draft: Draft, document: Document) -> None:
    """`calendar.yml`: holidays and weekends."""
    value = document.value
    item = CalendarRule(
        holidays_country=value.get("holidays_country"),
        weekend=tuple(value.get("weekend", (5, 6))),
        added=value.get("added", {}),
        removed=tuple(value.get("removed", ())),
    )
    draft.calendar = Entry(item, document.place, ())


def add_schedule(draft: Draft, document: Document) -> None:
    """`schedule.yml`: how often the country is observed, and how its editions are published."""
    value = {name: said for name, said in document.value.items() if said is not None}
    if "look_days" in value:
        least, most = value["look_days"] = tuple(value["look_days"])
        if least > most:
            what = f"look_days [{least}, {most}] begins with the greater number; write the fewest days first"
            draft.unreadable.append((document.place, what))
    draft.schedule = ScheduleRule(**value)


def add_duties(draft: Draft, document: Document, stem: str) -> None:
    """`duties/<law>.yml`: a law, whom it obliges, how often, to what, and its deadlines."""
    value, place = document.value, document.place
    law = Law(
        id=stem,
        title=value["title"],
        reference=value.get("reference"),
        in_force=value.get("in_force"),
        note=value.get("note"),
        sources=tuple(value.get("sources", ())),
        citation=_citation(value.get("citation", {})),
    )
    draft.laws.append(Entry(law, place, ()))
    for key, declared in value["classes"].items():
        lists = {name: tuple(declared.get(name, ())) for name in ("branches", "kinds")}
        everyone = declared.get("everyone", False)
        obliged = ObligedClass(id=key, law=stem, title=declared["title"], everyone=everyone, **lists)
        draft.classes.append(Entry(obliged, place, ("classes", key)))
    for key, declared in value["updates"].items():
        draft.updates.append(Entry(UpdateRule(id=key, law=stem, **declared), place, ("updates", key)))
    for number, declared in enumerate(value["duties"]):
        duty = Duty(
            id=f"{stem}-{declared['article']}-{declared['numeral']}",
            law=stem,
            article=declared["article"],
            numeral=declared["numeral"],
            name=declared["name"],
            obliged=tuple(declared["obliged"]),
            update=declared["update"],
            paraphrase=declared.get("paraphrase", {}),
            except_kinds=tuple(declared.get("except_kinds", ())),
            repeats=tuple(declared.get("repeats", ())),
            openness=declared.get("openness", "any"),
            valid_from=declared.get("valid_from"),
            valid_to=declared.get("valid_to"),
            evidence=_evidence(declared.get("evidence", {})),
        )
        draft.duties.append(Entry(duty, place, ("duties", number)))
    for number, declared in enumerate(value.get("deadlines", ())):
        identity = f"{stem}-{declared['id']}"
        deadline = Deadline(**{**declared, "id": identity, "law": stem})
        draft.deadlines.append(Entry(deadline, place, ("deadlines", number)))


def _citation(declared: Mapping[str, Any]) -> Citation:
    return Citation(
        article=tuple(declared.get("article", ())),
        numeral=tuple(declared.get("numeral", ())),
        marks=tuple(declared.get("marks", ())),
        default_article=declared.get("default_article"),
        forms=tuple(declared.get("forms", ("digits",))),
        law=tuple(declared.get("law", ())),
    )


def _evidence(declared: Mapping[str, Any]) -> DutyEvidence:
    return DutyEvidence(
        names=tuple(declared.get("names", ())),
        words=tuple(declared.get("words", ())),
        against=tuple(declared.get("against", ())),
        columns=tuple(map(tuple, declared.get("columns", ()))),
        documents=tuple(declared.get("documents", ())),
        period=declared.get("period"),
    )


def _id(draft: Draft, slug: str | None) -> str | None:
    return None if slug is None else f"{draft.code}:{slug}"


def _filled(template: str, code: str, name: str) -> str:
    return template.replace("{code}", code.lower()).replace("{name}", name)
