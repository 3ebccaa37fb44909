"""What a report may be about: one thing of the newest edition, by a word for its kind and its identifier."""

from collections.abc import Callable
from dataclasses import dataclass

from atalaya.portal.observatory.models import Dataset, Duty, Finding, Resource, Rule, Vanished
from atalaya.publish.words import Words

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing: `name` is kind and identifier, `place` the name of its page with the parts of its address."""

    name: str
    title: str
    institution: str
    place: tuple[str, ...]


def subject_of(name: str, say: Words) -> Subject | None:
    """The subject of this name, such as `conjunto:abc`; None where there is none."""
    kind, _, identifier = name[: LONGEST + 1].partition(":")
    find = _KINDS.get(kind)
    return find(identifier, say) if find and identifier and len(name) <= LONGEST else None


def _dataset(identifier: str, say: Words) -> Subject | None:
    found = Dataset.objects.filter(id=identifier).first()
    if found is None:
        return None
    return Subject(
        f"conjunto:{found.id}", say.clean(found.titles or found.title), found.institution or "", ("dataset", found.id)
    )


def _resource(identifier: str, say: Words) -> Subject | None:
    found = Resource.objects.filter(id=identifier).first()
    owner = Dataset.objects.filter(id=found.dataset).first() if found else None
    if found is None or owner is None:
        return None
    title = say.clean(found.title or found.url or found.id)
    return Subject(f"recurso:{found.id}", title, owner.institution or "", ("dataset", owner.id))


def _finding(identifier: str, say: Words) -> Subject | None:
    found = Finding.objects.filter(id=identifier).first()
    if found is None:
        return None
    rule = Rule.objects.filter(id=found.check_id).order_by("-version").first()
    title = say.clean(rule.title) if rule else found.check_id
    return Subject(f"hallazgo:{found.id}", title, found.institution or "", ("finding", found.id))


def _duty(identifier: str, say: Words) -> Subject | None:
    found = Duty.objects.filter(id=identifier).first()
    return Subject(f"obligacion:{found.id}", say.clean(found.name), "", ("duty", found.id)) if found else None


def _vanished(identifier: str, say: Words) -> Subject | None:
    found = Vanished.objects.filter(id=identifier).first()
    if found is None:
        return None
    title = say.clean(found.title or found.dataset_title or found.id)
    return Subject(f"desaparecido:{found.id}", title, found.institution or "", ("loss", found.id))


_KINDS: dict[str, Callable[[str, Words], Subject | None]] = {
    "conjunto": _dataset,
    "desaparecido": _vanished,
    "hallazgo": _finding,
    "obligacion": _duty,
    "recurso": _resource,
}
