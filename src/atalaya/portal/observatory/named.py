"""Institutions as addresses name them, and as people look for them."""

from collections.abc import Sequence

from django.http import Http404

from atalaya.countries.folding import words
from atalaya.portal.observatory.models import Institution, Score

LONGEST = 100
"""Characters of a search that are looked at."""


def institution_or_404(slug: str) -> Institution:
    """The institution of an address; 404 where the register has no such body."""
    found: Institution | None = Institution.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def looked_for(wanted: str, most: int) -> list[Institution]:
    """Institutions of which each wanted word begins a word of the name or the acronym, by name; none for no word."""
    asked = words(wanted[:LONGEST])
    if not asked:
        return []
    return [each for each in Institution.objects.all() if _bears(each, asked)][:most]


def _bears(institution: Institution, asked: Sequence[str]) -> bool:
    known = words(f"{institution.name} {institution.acronym or ''}")
    return all(any(word.startswith(each) for word in known) for each in asked)


def whole_score(edition: object, unit: str) -> Score | None:
    """The figure of the whole index of a unit in an edition."""
    found: Score | None = Score.objects.filter(
        observation=edition.observation,  # type: ignore[attr-defined]
        methodology=edition.methodology,  # type: ignore[attr-defined]
        unit=unit,
        node="index",
    ).first()
    return found
