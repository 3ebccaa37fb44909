"""What no schema can say of a pack: that references exist, ids are unique, dates agree, and its own examples hold."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from atalaya.catalogue.folding import fold
from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.calendar import knows_holidays_of
from atalaya.countries.communiques import check_communiques
from atalaya.countries.folding import acronym_of
from atalaya.countries.groups import groups_of
from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.international import check_international
from atalaya.countries.letters import check_letters
from atalaya.countries.pack import SITE, Duty, Law
from atalaya.countries.plans import check_plans
from atalaya.countries.problems import Path, Place, Problems
from atalaya.countries.registered_schemas import check_schemas
from atalaya.countries.topics import check_topics

T = TypeVar("T")


def cross_check(draft: Draft, problems: Problems, protocols: Collection[str] | None = None) -> None:
    """Report everything in the draft that contradicts itself, or an active source without one of the `protocols`."""
    for check in _CHECKS:
        check(draft, problems)
    if protocols is not None:
        _check_protocols(draft, protocols, problems)


def _unique(entries: Iterable[Entry[T]], key: Callable[[T], str], noun: str, problems: Problems) -> None:
    first: dict[str, Entry[T]] = {}
    for entry in entries:
        identity = key(entry.item)
        if identity in first:
            earlier = first[identity]
            line = earlier.place.mark(earlier.path)[0]
            where = f"{earlier.place.file}{f' line {line}' if line else ''}"
            problems.error(entry.place, entry.path, f"the {noun} {identity!r} stands twice", f"first in {where}")
        first.setdefault(identity, entry)


def _check_ids(draft: Draft, problems: Problems) -> None:
    _unique(draft.groups, lambda group: group.id, "group", problems)
    _unique(draft.institutions, lambda body: body.id, "institution", problems)
    _unique(draft.divisions, lambda division: division.code, "division", problems)
    _unique(draft.identifiers, lambda identifier: identifier.id, "identifier", problems)
    _unique(draft.identities, lambda identity: identity.id, "identity", problems)
    _unique(draft.duties, lambda duty: duty.id, "duty", problems)
    _unique(draft.deadlines, lambda deadline: deadline.id, "deadline", problems)
    _unique(
        draft.attribution,
        lambda rule: f"{rule.source or 'any source'}, {rule.match}, {fold(rule.publisher) or rule.publisher}",
        "attribution rule",
        problems,
    )


def _check_texts(draft: Draft, problems: Problems) -> None:
    """Every text exists in the languages of the country."""
    languages = draft.country.get("languages", ())

    def missing(text: Mapping[str, str], place: Place, path: Path, noun: str) -> None:
        for language in languages:
            if language not in text:
                problems.warning(place, path, f"the {noun} has no text in {language!r}", f"add `{language}:`")

    missing(draft.country.get("name", {}), draft.country_place, ("name",), "country's name")
    titled: list[Entry[Any]] = [*draft.groups, *draft.sources, *draft.identifiers, *draft.laws, *draft.classes]
    for entry in [*titled, *draft.updates]:
        missing(entry.item.title, entry.place, (*entry.path, "title"), "title")
    for duty in draft.duties:
        missing(duty.item.name, duty.place, (*duty.path, "name"), "name of the duty")


def _check_groups(draft: Draft, problems: Problems) -> None:
    headlines = [entry for entry in draft.groups if entry.item.headline]
    if len(headlines) != 1:
        what = f"{len(headlines)} groups are the headline; exactly one must be"
        path = headlines[1].path if headlines else ("groups",)
        problems.error(draft.country_place, path, what, "write `headline: true` on the group that the index is of")
    for trait in ("kinds", "branches"):
        claimed: dict[str, str] = {}
        for entry in draft.groups:
            for word in getattr(entry.item, trait):
                other = claimed.setdefault(word, entry.item.id)
                if other != entry.item.id:
                    what = f"{word!r} belongs to the groups {other!r} and {entry.item.id!r}"
                    problems.error(entry.place, (*entry.path, trait), what, "leave it in one")
                elif f"{trait}" in draft.country and word not in draft.country[trait]:
                    what = f"{word!r} is not among the {trait} of country.yml"
                    problems.error(entry.place, (*entry.path, trait), what, f"add it under `{trait}:` or correct it")
    groups = [entry.item for entry in draft.groups]
    for body in draft.institutions:
        if not groups_of(body.item, groups):
            what = f"{body.item.id} (kind {body.item.kind}, branch {body.item.branch}) is in no group"
            problems.warning(body.place, body.path, what, "name its kind or branch in a group of country.yml")


def _check_institutions(draft: Draft, problems: Problems) -> None:
    known = {entry.item.id for entry in draft.institutions}
    codes = {entry.item.code for entry in draft.divisions}
    for entry in draft.institutions:
        body, place, path = entry.item, entry.place, entry.path
        if body.parent is not None and "institutions" not in draft.incomplete and body.parent not in known:
            problems.error(place, (*path, "parent"), f"no institution has the slug {_slug(body.parent)!r}", _REFER)
        if body.division is not None and "divisions" not in draft.incomplete and body.division not in codes:
            what = f"no division has the code {body.division!r}"
            problems.error(place, (*path, "division"), what, "use a code of divisions.csv, in quotes")
        for field, words in (("kind", draft.country.get("kinds")), ("branch", draft.country.get("branches"))):
            value = getattr(body, field)
            if words is not None and value is not None and value not in words:
                plural = "kinds" if field == "kind" else "branches"
                what = f"the {field} {value!r} is not among the {plural} of country.yml"
                problems.error(place, (*path, field), what, f"add it under `{plural}:` or correct it")
        _check_validity(entry.place, entry.path, body.valid_from, body.valid_to, problems)
    _check_circles({e.item.id: e.item.parent for e in draft.institutions}, draft.institutions, "institution", problems)


def _check_validity(place: Place, path: Path, start: str | None, end: str | None, problems: Problems) -> None:
    sound = all(
        _real_day(text, place, (*path, name), problems) for name, text in (("valid_from", start), ("valid_to", end))
    )
    if sound and start is not None and end is not None and end < start:
        problems.error(place, (*path, "valid_to"), f"ends on {end}, before it begins on {start}", "correct one of them")


def _real_day(text: str | None, place: Place, path: Path, problems: Problems) -> bool:
    """Whether the text is a day that exists; `MM-DD` may name any day of a leap year."""
    if text is None:
        return True
    try:
        date.fromisoformat(text if len(text) > len("MM-DD") else f"2024-{text}")
    except ValueError:
        problems.error(place, path, f"{text} is no day of the calendar", "correct the date")
        return False
    return True


def _check_circles(
    parents: Mapping[str, str | None], entries: Iterable[Entry[Any]], noun: str, problems: Problems
) -> None:
    """No body is its own parent, directly or by way of others."""
    for entry in entries:
        identity = entry.item.id if hasattr(entry.item, "id") else entry.item.code
        walked: set[str] = set()
        parent = parents.get(identity)
        while parent is not None and parent != identity and parent not in walked:
            walked.add(parent)
            parent = parents.get(parent)
        if parent == identity:
            what = f"the {noun} {identity} lies inside itself"
            problems.error(entry.place, (*entry.path, "parent"), what, "correct its parent")


def _check_names(draft: Draft, problems: Problems) -> None:
    """Names, acronyms and domains that several institutions share cannot attribute a record alone."""
    named: dict[str, list[Entry[Any]]] = defaultdict(list)
    short: dict[str, list[Entry[Any]]] = defaultdict(list)
    hosts: dict[str, list[Entry[Any]]] = defaultdict(list)
    for entry in draft.institutions:
        body = entry.item
        named[fold(body.name)].append(entry)
        if body.acronym:
            short[acronym_of(body.acronym)].append(entry)
        for domain in dict.fromkeys(domain.removeprefix("www.") for domain in body.domains):
            hosts[domain].append(entry)
    for noun, key, gathered in (("name", "name", named), ("acronym", "acronym", short), ("domain", "domains", hosts)):
        for word, entries in gathered.items():
            if len(entries) > 1:
                ids = ", ".join(sorted(entry.item.id for entry in entries))
                what = f"the {noun} {word!r} belongs to {ids}"
                remedy = f"nothing is attributed by this {noun} alone; tell them apart if they are not one"
                problems.warning(entries[1].place, (*entries[1].path, key), what, remedy)


def _check_tiles(draft: Draft, problems: Problems) -> None:
    """No two divisions of one level have the same tile."""
    tiled = [entry for entry in draft.divisions if entry.item.row is not None]
    _unique(tiled, lambda each: f"row {each.row}, column {each.column} of level {each.level}", "tile", problems)


def _check_divisions(draft: Draft, problems: Problems) -> None:
    levels = {entry.item.code: entry.item.level for entry in draft.divisions}
    for entry in draft.divisions:
        division = entry.item
        if division.parent is None:
            continue
        if division.parent not in levels:
            problems.error(entry.place, (), f"no division has the code {division.parent!r}", "correct the parent")
        elif levels[division.parent] >= division.level:
            what = f"the parent {division.parent} is of level {levels[division.parent]}, not above {division.level}"
            problems.error(entry.place, (), what, "level 1 is the largest; a parent has a smaller number")
    _check_circles({e.item.code: e.item.parent for e in draft.divisions}, draft.divisions, "division", problems)
    declared = draft.country.get("municipal_institutions")
    if declared and "divisions" not in draft.incomplete and declared["level"] not in levels.values():
        what = f"divisions.csv has no division of level {declared['level']}"
        problems.error(draft.country_place, ("municipal_institutions", "level"), what, "correct the level")


def _check_sources(draft: Draft, problems: Problems) -> None:
    known = {entry.item.id for entry in draft.institutions}
    if not draft.sources and "sources" not in draft.incomplete:
        problems.warning(draft.country_place, (), "the pack has no source", "add one file for each in sources/")
    for entry in draft.sources:
        source, place = entry.item, entry.place
        named = [("institution", source.institution), *(("covers", covered) for covered in source.covers)]
        for key, owner in named:
            if owner is not None and "institutions" not in draft.incomplete and owner not in known:
                problems.error(place, (key,), f"no institution has the slug {_slug(owner)!r}", _REFER)
        if source.protocol == SITE and source.institution is None:
            problems.error(place, ("protocol",), "a web site has no institution", "add `institution:` with its slug")
        if source.state != "active" and not (source.reason or "").strip():
            problems.error(place, ("state",), f"the state {source.state!r} has no reason", "add `reason:`")
        if source.most is not None and source.least > source.most:
            what = f"least ({source.least}) is more than most ({source.most})"
            problems.error(place, ("least",), what, "correct one of them")
    for url, entries in _grouped(draft.sources, lambda source: source.url.rstrip("/")).items():
        for entry in entries[1:]:
            what = f"the address {url} is also that of {entries[0].item.id}"
            problems.warning(entry.place, ("url",), what, "keep one, or say in caveats why there are two")


def _check_protocols(draft: Draft, protocols: Collection[str], problems: Problems) -> None:
    for entry in draft.sources:
        source = entry.item
        if source.state == "active" and source.protocol not in protocols:
            what = f"no harvester reads the protocol {source.protocol!r}"
            remedy = f"use one of {', '.join(sorted(protocols))}, or `state: later` with its reason"
            problems.error(entry.place, ("protocol",), what, remedy)


def _grouped(entries: Iterable[Entry[T]], key: Callable[[T], str]) -> dict[str, list[Entry[T]]]:
    grouped: dict[str, list[Entry[T]]] = defaultdict(list)
    for entry in entries:
        grouped[key(entry.item)].append(entry)
    return grouped


def _check_attribution(draft: Draft, problems: Problems) -> None:
    bodies = {entry.item.id for entry in draft.institutions}
    sources = {entry.item.id for entry in draft.sources}
    for entry in draft.attribution:
        rule = entry.item
        if "institutions" not in draft.incomplete and rule.institution not in bodies:
            what = f"no institution has the slug {_slug(rule.institution)!r}"
            problems.error(entry.place, (*entry.path, "institution"), what, _REFER)
        if rule.source is not None and "sources" not in draft.incomplete and rule.source not in sources:
            what = f"no file sources/{_slug(rule.source)}.yml"
            problems.error(entry.place, (*entry.path, "source"), what, "name a source by its file, without .yml")
        if rule.match in ("folded", "contains") and not fold(rule.publisher):
            what = f"{rule.publisher!r} holds no letters or digits"
            problems.error(entry.place, (*entry.path, "publisher"), what, "use `match: exact`")


def _check_calendar(draft: Draft, problems: Problems) -> None:
    if draft.calendar is None:
        return
    rule, place = draft.calendar.item, draft.calendar.place
    if rule.holidays_country is not None and not knows_holidays_of(rule.holidays_country):
        what = f"the holidays package has no country {rule.holidays_country!r}"
        problems.error(place, ("holidays_country",), what, "use its code in capitals, or null and list days in `added`")
    for text in rule.added:
        _real_day(text, place, ("added", text), problems)
    for number, text in enumerate(rule.removed):
        _real_day(text, place, ("removed", number), problems)


def _check_identifiers(draft: Draft, problems: Problems) -> None:
    divisions = [entry.item for entry in draft.divisions]
    rules: dict[str, IdentifierRule] = {}
    for entry in draft.identifiers:
        try:
            rules[entry.item.id] = compile_identifier(entry.item, divisions)
        except ValueError as error:
            problems.error(entry.place, (*entry.path, "pattern"), str(error), "correct the pattern")
        if entry.item.id not in {vector.item.identifier for vector in draft.vectors}:
            what = f"the identifier {entry.item.id!r} has no vectors"
            problems.warning(entry.place, entry.path, what, "add values that it must accept and refuse")
    declared = {entry.item.id for entry in draft.identifiers}
    for vector in draft.vectors:
        _check_vector(vector, rules, declared, "identifiers" in draft.incomplete, problems)


def _check_vector(
    entry: Entry[Any], rules: Mapping[str, IdentifierRule], declared: set[str], incomplete: bool, problems: Problems
) -> None:
    vector = entry.item
    if vector.identifier not in declared and not incomplete:
        what = f"no identifier has the id {vector.identifier!r}"
        problems.error(entry.place, (entry.path[0], "identifier"), what, "use an id of identifiers.yml")
    rule = rules.get(vector.identifier)
    if rule is None:
        return
    verdict = rule.verdict(vector.value)
    if (verdict.valid, verdict.reason) != (vector.valid, vector.why):
        wanted = "valid" if vector.valid else f"refused for {vector.why}"
        got = "valid" if verdict.valid else f"refused for {verdict.reason}"
        what = f"{vector.value!r} should be {wanted} and is {got}"
        problems.error(entry.place, entry.path, what, f"correct the vector or the identifier {vector.identifier!r}")


def _check_duties(draft: Draft, problems: Problems) -> None:
    classes = {(entry.item.law, entry.item.id) for entry in draft.classes}
    updates = {(entry.item.law, entry.item.id) for entry in draft.updates}
    for entry in draft.duties:
        duty = entry.item
        for obliged in duty.obliged:
            if (duty.law, obliged) not in classes:
                what = f"no class has the id {obliged!r}"
                problems.error(entry.place, (*entry.path, "obliged"), what, "add it under `classes:` or correct it")
        if (duty.law, duty.update) not in updates:
            what = f"no update rule has the id {duty.update!r}"
            problems.error(entry.place, (*entry.path, "update"), what, "add it under `updates:` or correct it")
        _check_exceptions(draft, entry, problems)
        _check_validity(entry.place, entry.path, duty.valid_from, duty.valid_to, problems)
    for law in draft.laws:
        _real_day(law.item.in_force, law.place, ("in_force",), problems)
        _check_citation(draft, law, problems)
    for deadline in draft.deadlines:
        if (deadline.item.days is None) != (deadline.item.unit is None):
            what = f"the deadline {deadline.item.id} has days without a unit, or a unit without days"
            problems.error(deadline.place, deadline.path, what, "write both or neither")


def _check_exceptions(draft: Draft, entry: Entry[Duty], problems: Problems) -> None:
    """Kinds and repeated duties that are there, and words that are not for and against at once: one of them would never speak."""
    kinds = draft.country.get("kinds")
    for kind in entry.item.except_kinds:
        if kinds is not None and kind not in kinds:
            what = f"the kind {kind!r} is not among the kinds of country.yml"
            problems.error(entry.place, (*entry.path, "except_kinds"), what, "add it under `kinds:` or correct it")
    known = {each.item.id for each in draft.duties} - {entry.item.id}
    for repeated in entry.item.repeats:
        if repeated not in known:
            what = f"no other duty has the id {repeated!r}"
            problems.error(
                entry.place, (*entry.path, "repeats"), what, "use an id such as law-10-8: law, article, numeral"
            )
    evidence = entry.item.evidence
    spoken = {fold(word) for word in (*evidence.names, *evidence.words)}
    for word in evidence.against:
        if fold(word) in spoken:
            what = f"{word!r} speaks for the duty and against it"
            problems.error(entry.place, (*entry.path, "evidence", "against"), what, "leave it in one list")


def _check_citation(draft: Draft, law: Entry[Law], problems: Problems) -> None:
    default = law.item.citation.default_article
    if default is None:
        return
    articles = {entry.item.article for entry in draft.duties if entry.item.law == law.item.id}
    if articles and default not in articles:
        what = f"no duty is of the article {default!r}, which numerals alone belong to"
        problems.error(law.place, ("citation", "default_article"), what, f"use one of {', '.join(sorted(articles))}")


def _slug(identity: str) -> str:
    return identity.partition(":")[2]


_REFER = "use a slug of institutions/"

_CHECKS = (
    _check_ids,
    _check_texts,
    _check_groups,
    _check_institutions,
    _check_names,
    _check_divisions,
    _check_tiles,
    _check_sources,
    _check_attribution,
    _check_calendar,
    _check_identifiers,
    _check_duties,
    check_schemas,
    check_plans,
    check_communiques,
    check_letters,
    check_topics,
    check_international,
)
