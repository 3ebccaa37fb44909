"""The tables of the read model as Django sees them. They are made by `publish.read_model`, never by a migration."""

from atalaya.portal.observatory.models.base import Published
from atalaya.portal.observatory.models.catalogue import Change, Dataset, Resource, Theme
from atalaya.portal.observatory.models.duties import Duty, DutyVerdict
from atalaya.portal.observatory.models.editions import Edition, UnitGroup
from atalaya.portal.observatory.models.findings import Finding, Rule
from atalaya.portal.observatory.models.institutions import Institution, Source
from atalaya.portal.observatory.models.letters import Letter
from atalaya.portal.observatory.models.scores import Gain, Score
from atalaya.portal.observatory.models.vanished import Vanished

__all__ = [
    "Change",
    "Dataset",
    "Duty",
    "DutyVerdict",
    "Edition",
    "Finding",
    "Gain",
    "Institution",
    "Letter",
    "Published",
    "Resource",
    "Rule",
    "Score",
    "Source",
    "Theme",
    "UnitGroup",
    "Vanished",
]
