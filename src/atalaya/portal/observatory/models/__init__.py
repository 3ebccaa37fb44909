"""The tables of the read model as Django sees them. They are made by `publish.read_model`, never by a migration."""

from atalaya.portal.observatory.models.archive import Archived, ResourceColumn, Version
from atalaya.portal.observatory.models.calendars import Bound, Division, Due, Expected, Seat
from atalaya.portal.observatory.models.catalogue import Change, Dataset, Facet, Resource, Theme
from atalaya.portal.observatory.models.duties import Duty, DutyVerdict
from atalaya.portal.observatory.models.editions import Edition, UnitGroup
from atalaya.portal.observatory.models.findings import Finding, Rule
from atalaya.portal.observatory.models.institutions import Institution, Source
from atalaya.portal.observatory.models.international import International, InternationalValue
from atalaya.portal.observatory.models.languages import Language, Translation
from atalaya.portal.observatory.models.letters import Letter
from atalaya.portal.observatory.models.moves import Link, Moved, MovedFinding
from atalaya.portal.observatory.models.plans import Explained, Likely, Measure, Mendable, Plan, Step
from atalaya.portal.observatory.models.published import Published
from atalaya.portal.observatory.models.scores import Gain, Movement, Score, Standing
from atalaya.portal.observatory.models.search import Entry, Word
from atalaya.portal.observatory.models.tiles import Tile
from atalaya.portal.observatory.models.topics import Topic, TopicCriterion, TopicMatch, TopicWanted
from atalaya.portal.observatory.models.vanished import Vanished

__all__ = [
    "Archived",
    "Bound",
    "Change",
    "Dataset",
    "Division",
    "Due",
    "Duty",
    "DutyVerdict",
    "Edition",
    "Entry",
    "Expected",
    "Explained",
    "Facet",
    "Finding",
    "Gain",
    "Institution",
    "International",
    "InternationalValue",
    "Language",
    "Letter",
    "Likely",
    "Link",
    "Measure",
    "Mendable",
    "Moved",
    "MovedFinding",
    "Movement",
    "Plan",
    "Published",
    "Resource",
    "ResourceColumn",
    "Rule",
    "Score",
    "Seat",
    "Source",
    "Standing",
    "Step",
    "Theme",
    "Tile",
    "Topic",
    "TopicCriterion",
    "TopicMatch",
    "TopicWanted",
    "Translation",
    "UnitGroup",
    "Vanished",
    "Version",
    "Word",
]
