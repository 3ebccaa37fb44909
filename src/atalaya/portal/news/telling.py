"""Tells followers what communiqués were published, by looking: a scheduled one is published when its hour has come."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from atalaya.portal.news.models import Communique
from atalaya.portal.news.states import WITHDRAWN
from atalaya.portal.post import services as post

RECENT = timedelta(days=3)
"""How long after its hour a communiqué is news: longer than workers rest, and no archive comes at the first start."""


def tell_published() -> int:
    """Tell each communiqué that was published lately, once, to followers of all of them and of its institution.

    One that was withdrawn meanwhile is not told. Gives how many are new.
    """
    now = timezone.now()
    lately = Communique.objects.public(now).exclude(state=WITHDRAWN).filter(published__gte=now - RECENT)
    told = 0
    for each in lately.order_by("published", "pk"):
        values = {"title": each.title, "link": reverse("es:communique", args=(each.slug,))}
        also = (f"institucion:{each.issuer}",)
        told += post.tell(
            "comunicados:todos", "communique", values, each.published.date(), also=also, once=f"communique:{each.pk}"
        )
    return told
