"""Answers of institutions, made for tests as they are made on the pages."""

from itertools import count
from typing import Any

from atalaya.portal.observatory.models import Finding
from atalaya.portal.reviews import ruling, services
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.services import Said
from atalaya.portal.reviews.things import Thing, finding_thing
from atalaya.publish.words import words

REASON = "El archivo se revisó de nuevo y no tiene la falta que se dice."
WHY = "Se descargó el archivo y se comparó con la regla."
URL = "https://uno.example/acta.pdf"

_NEXT = count()


def say() -> Any:
    return words("es", "zz", "portal", "reviews")


def a_finding(institution: str = "zz:uno") -> Thing:
    """A finding of an institution that no other call gave; after the last one they come again."""
    rows = list(Finding.objects.filter(institution=institution).order_by("id").values_list("id", flat=True))
    thing = finding_thing(rows[next(_NEXT) % len(rows)], say())
    assert thing is not None
    return thing


def drafted(focal: Any, thing: Thing | None = None, **said: Any) -> Reply:
    return services.dispute(focal, thing or a_finding(), Said(**{"text": REASON, "url": URL, **said}))


def disputed(focal: Any, thing: Thing | None = None) -> Reply:
    return services.step(focal, drafted(focal, thing), "send")


def ruled(focal: Any, first: Any, second: Any, outcome: str = "unknown", thing: Thing | None = None) -> Reply:
    proposed = ruling.propose(first, disputed(focal, thing), outcome, WHY)
    return ruling.confirm(second, proposed, "zz")
