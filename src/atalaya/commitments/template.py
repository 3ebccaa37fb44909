"""The fields of a commitment and of a milestone in the order of the template, and what kind of value each holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the template. `kind`: `short` and `long` texts, `date`, `names`."""

    name: str
    kind: str
    title: str
    """In English, as a text to translate."""


COMMITMENT = (
    Field("title", "short", "Title"),
    Field("start", "date", "Start date"),
    Field("end", "date", "End date"),
    Field("lead", "names", "Lead institutions"),
    Field("responsible", "short", "Post of the person responsible"),
    Field("other_actors", "names", "Other actors involved"),
    Field("problem", "long", "What problem does it address?"),
    Field("commitment", "long", "What is the commitment?"),
    Field("contribution", "long", "How will it help to solve the problem?"),
    Field("ogp_relevance", "long", "Why is it relevant to the values of open government?"),
    Field("additional_information", "long", "Additional information"),
    Field("policy_areas", "names", "Policy areas"),
    Field("ogp_values", "names", "Values of open government"),
    Field("legal_basis", "names", "Legal basis"),
    Field("budget", "short", "Budget"),
    Field("funding", "short", "Source of funds"),
    Field("financing_risk", "long", "Risk of financing"),
    Field("coordination_risk", "long", "Risk of coordination"),
)
MILESTONE = (
    Field("text", "long", "Milestone"),
    Field("expected", "long", "Expected result"),
    Field("responsible", "names", "Responsible"),
    Field("start", "date", "Start date"),
    Field("end", "date", "End date"),
)
