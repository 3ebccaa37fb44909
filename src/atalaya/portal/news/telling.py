"""Tells those who follow an institution, a plan, a commitment or a technical table that something was announced about it."""

from collections.abc import Iterator

from django.urls import reverse

from atalaya.news.communique import COMMITMENT, INSTITUTION, MILESTONE, PLAN, SESSION
from atalaya.portal.meetings.models import Session
from atalaya.portal.news.models import About, Communique
from atalaya.portal.post import services as post

ALL = "comunicados:todos"
"""What is followed by who wants to hear of every communiqué."""


def tell_published(row: Communique) -> None:
    """A communiqué became public, which is told once: in the transaction in which that is written down."""
    assert row.published is not None
    issuer = f"institucion:{row.issuer}"
    others = dict.fromkeys(subject for each in row.about.all() for subject in _followed(each))
    values = {"title": row.title, "link": reverse("es:communique", args=(row.slug,))}
    also = (ALL, *(each for each in others if each != issuer))
    post.tell(issuer, "communique", values, row.published.date(), also=also, once=f"communique:{row.pk}")


def _followed(about: About) -> Iterator[str]:
    """What people follow, by the names that it has there."""
    if about.kind == INSTITUTION:
        yield f"institucion:{about.key}"
    elif about.kind == SESSION:
        session = Session.objects.filter(pk=about.key).first()
        if session is not None and session.plan is not None:
            yield f"mesa:{session.plan}"
    elif about.kind in (PLAN, COMMITMENT, MILESTONE):
        plan, *rest = about.key.split("/")
        yield f"plan:{plan}"
        if rest:
            yield f"compromiso:{plan}-{rest[0]}"
