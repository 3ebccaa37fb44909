"""Topics of a pack, one file each, and of third parties who bring a file of their own."""

from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import Any

from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document, read_yaml
from atalaya.countries.observed import Criterion, Groups, Topic, Wanted
from atalaya.countries.pack import CountryPack
from atalaya.countries.problems import PackProblem, Path, Place, Problems
from atalaya.countries.schemas import conforms

KEYS = {"columns": "columns", "years": "years", "checks": "checks"}
"""The key that only a criterion of this kind has. One of the kind `columns` without it means those of what is wanted."""


def add_topic(draft: Draft, document: Document, stem: str) -> None:
    """`topics/<id>.yml`: one topic."""
    draft.topics.append(Entry(_topic(document.value, stem, draft.code), document.place, ()))


def check_topics(draft: Draft, problems: Problems) -> None:
    """Ids that are there once, institutions that exist, and criteria that say what they need."""
    bodies = None if "institutions" in draft.incomplete else {entry.item.id for entry in draft.institutions}
    for entry in draft.topics:
        _check(entry.item, entry.place, bodies, draft.country.get("languages", ()), problems)


def read_topic(file: File, pack: CountryPack) -> tuple[Topic | None, tuple[PackProblem, ...]]:
    """A topic in a file of its own, with every problem; None where an error stands against it."""
    problems = Problems()
    document = read_yaml(file, file.name, problems)
    if document is None or not conforms(document, "topic", problems):
        return None, problems.all()
    topic = _topic(document.value, file.stem, pack.code)
    _check(topic, document.place, {body.id for body in pack.institutions}, pack.languages, problems)
    return (None if problems.any_error() else topic), problems.all()


def _topic(value: Mapping[str, Any], identity: str, country: str) -> Topic:
    return Topic(
        id=identity,
        title=value["title"],
        question=value["question"],
        basis=tuple(value.get("basis") or ()),
        sources=tuple(value.get("sources") or ()),
        wanted=tuple(
            Wanted(
                id=each["id"],
                title=each["title"],
                words=_groups(each["words"]),
                institutions=tuple(f"{country}:{slug}" for slug in each.get("institutions", ())),
                against=tuple(each.get("against", ())),
                columns=_groups(each.get("columns", ())),
                every=each.get("every"),
                note=each.get("note", {}),
            )
            for each in value["wanted"]
        ),
        criteria=tuple(
            Criterion(
                id=each["id"],
                title=each["title"],
                kind=each["kind"],
                of=tuple(each.get("of", ())),
                columns=_groups(each.get("columns", ())),
                years=each.get("years"),
                checks=tuple(each.get("checks", ())),
                share=float(each.get("share", 1.0)),
            )
            for each in value["criteria"]
        ),
    )


def _groups(value: Any) -> Groups:
    return tuple(tuple(group) for group in value)


def _check(topic: Topic, place: Place, bodies: set[str] | None, languages: Any, problems: Problems) -> None:
    kinds: tuple[tuple[str, Sequence[Wanted | Criterion]], ...] = (
        ("wanted", topic.wanted),
        ("criteria", topic.criteria),
    )
    for kind, items in kinds:
        seen: set[str] = set()
        for number, item in enumerate(items):
            if item.id in seen:
                problems.error(place, (kind, number), f"the id {item.id!r} stands twice", "give each an id of its own")
            seen.add(item.id)
            for language in languages:
                if language not in item.title:
                    what = f"the title has no text in {language!r}"
                    problems.warning(place, (kind, number, "title"), what, f"add `{language}:`")
    for number, wanted in enumerate(topic.wanted):
        for one in wanted.institutions:
            if bodies is not None and one not in bodies:
                what = f"no institution has the slug {one.partition(':')[2]!r}"
                problems.error(place, ("wanted", number, "institutions"), what, "use a slug of the register")
    known = {wanted.id for wanted in topic.wanted}
    for number, criterion in enumerate(topic.criteria):
        _check_criterion(criterion, place, ("criteria", number), known, problems)


def _check_criterion(criterion: Criterion, place: Place, path: Path, known: set[str], problems: Problems) -> None:
    for one in criterion.of:
        if one not in known:
            problems.error(
                place, (*path, "of"), f"nothing wanted has the id {one!r}", f"use one of {', '.join(sorted(known))}"
            )
    needed = KEYS.get(criterion.kind, "columns")
    if needed != "columns" and not getattr(criterion, needed):
        what = f"a criterion of the kind {criterion.kind!r} lacks `{needed}`"
        problems.error(place, path, what, f"add `{needed}:`")
    for kind, key in KEYS.items():
        if kind != criterion.kind and getattr(criterion, key):
            problems.error(
                place, path, f"`{key}` says nothing in a criterion of the kind {criterion.kind!r}", f"drop `{key}`"
            )
