"""An invented plan that a test may change as it likes."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

import pytest
import yaml
from django.db import transaction

from atalaya.commitments.documents import plan_of
from atalaya.commitments.plan import Plan as PlanValue
from atalaya.portal.commitments.services import bring_in


@pytest.fixture
def plan(published_portal: str) -> Iterator[PlanValue]:
    """The invented plan under another number; everything that a test does to it is undone."""
    text = (resources.files("atalaya") / "data" / "samples" / "plan.yml").read_text(encoding="utf-8")
    value = replace(plan_of(yaml.safe_load(text)), number=7)
    with transaction.atomic():
        bring_in(None, value)
        yield value
        transaction.set_rollback(True)
