"""The register of schemas of a pack: `schemas/<id>.json`, a Table Schema with who agreed on it and which duties it serves.

The descriptor is one that any tool of the standard reads; what it says beside the standard is under `agreement` and `duties`.
"""

import re
from collections.abc import Mapping

from atalaya.catalogue.descriptors import texts_of
from atalaya.catalogue.table_schema import TableSchema, read_table_schema
from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document
from atalaya.countries.pack import RegisteredSchema
from atalaya.countries.problems import Path, Place, Problems

OWN_KEYS = ("agreement", "duties")
"""Keys beside those of Table Schema."""
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def add_schema(draft: Draft, document: Document, stem: str) -> None:
    """`schemas/<id>.json`: a schema of the register; what is wrong with its fields is kept for the cross-checks."""
    value = document.value
    reading = read_table_schema(value, OWN_KEYS)
    draft.schema_problems += [(document.place, problem) for problem in reading.problems]
    agreement = value["agreement"]
    item = RegisteredSchema(
        id=f"{draft.code}:{stem}",
        title=_texts(draft, value, "title"),
        description=_texts(draft, value, "description"),
        version=value["version"],
        date=agreement["date"],
        state=agreement["state"],
        agreed_by=tuple(agreement.get("by", ())),
        sources=tuple(source["title"] for source in value["sources"]),
        duties=tuple(value.get("duties", ())),
        schema=reading.schema or TableSchema(fields=()),
        file=document.place.file,
    )
    draft.schemas.append(Entry(item, document.place, ()))


def _texts(draft: Draft, value: Mapping[str, object], key: str) -> dict[str, str]:
    """A text and its translations; the one without a language is in the first language of the country."""
    found = texts_of(value, key)
    first = draft.country["languages"][0]
    return {language or first: text for language, text in found.items()}


def check_schemas(draft: Draft, problems: Problems) -> None:
    """Fields that can be read, texts in every language of the country, duties that exist, and agreements that name somebody."""
    for place, problem in draft.schema_problems:
        report = problems.error if problem.severity == "error" else problems.warning
        report(place, _path(problem.place), f"{problem.place}: {problem.what}", problem.remedy)
    known = {duty.item.id for duty in draft.duties}
    for entry in draft.schemas:
        schema, place = entry.item, entry.place
        for duty in schema.duties:
            if duty not in known and "duties" not in draft.incomplete:
                problems.error(place, ("duties",), f"no duty has the id {duty!r}", "write <law>-<article>-<numeral>")
        if schema.state == "agreed" and not schema.agreed_by:
            problems.error(
                place, ("agreement",), "it is agreed by nobody", "name in `by` who agreed, or call it a proposal"
            )
        _check_texts(draft, schema, place, problems)


def _check_texts(draft: Draft, schema: RegisteredSchema, place: Place, problems: Problems) -> None:
    first, *others = draft.country.get("languages", ())
    for language in others:
        for key, text in (("title", schema.title), ("description", schema.description)):
            if language not in text:
                problems.warning(place, (key,), f"the {key} has no text in {language!r}", f"add `{key}@{language}`")
        for number, each in enumerate(schema.schema.fields):
            path: Path = ("fields", number)
            for key, text in (("title", each.title), ("description", each.description)):
                if "" not in text:
                    problems.warning(place, path, f"the field {each.name!r} has no {key} in {first!r}", f"add `{key}`")
                elif language not in text:
                    what = f"the field {each.name!r} has no {key} in {language!r}"
                    problems.warning(place, path, what, f"add `{key}@{language}`")


def _path(place: str) -> Path:
    """`fields[2].type` as keys and positions."""
    return tuple(int(number) if number else key for number, key in _STEP.findall(place))
