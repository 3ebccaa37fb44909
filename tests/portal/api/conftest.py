"""Addresses under which something is there, for tests of every kind of answer."""

import pytest
from django.utils.timezone import localdate

from atalaya.portal.observatory.models import (
    Archived,
    Dataset,
    Duty,
    Edition,
    Finding,
    Institution,
    Resource,
    Rule,
    Source,
    Topic,
    Vanished,
)
from tests.portal.conftest import ANNOUNCED


@pytest.fixture
def known(published_portal: str) -> dict[str, str]:
    """One of everything that addresses name."""
    dataset = Dataset.objects.order_by("id").first()
    return {
        "commitment": "1",
        "communique": ANNOUNCED["id"],
        "number": "1",
        "body": Institution.objects.order_by("id").first().slug,
        "published": "gasto",
        "slug": Institution.objects.order_by("id").first().slug,
        "dataset": dataset.id,
        "name": dataset.name,
        "resource": Resource.objects.order_by("id").first().id,
        "finding": Finding.objects.order_by("id").first().id,
        "rule": Rule.objects.order_by("id").first().id,
        "duty": Duty.objects.order_by("place").first().id,
        "day": localdate().isoformat(),
        "topic": Topic.objects.first().id,
        "international": "indekso",
        "lost": Vanished.objects.order_by("id").first().id,
        "source": Source.objects.order_by("id").first().id,
        "observation": "newest",
        "edition": Edition.objects.get(newest=True).observation,
        "part": Resource.objects.filter(dataset=dataset.id).first().id,
        "sha256": Archived.objects.filter(state="open").first().sha256,
    }
