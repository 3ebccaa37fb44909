"""How kinds, sectors, states and rules are called, in English; the gettext catalogue of the app has the Spanish."""

from collections.abc import Mapping

from atalaya.commitments.compliance import DUE_SOON, MET, NOT_MET, UNKNOWN
from atalaya.commitments.membership import NOT_BOUND

KINDS: Mapping[str, str] = {
    "technical_table": "Technical table",
    "users_committee": "Users' committee",
    "innovators_table": "Public innovators' table",
    "inter_institutional": "Inter-institutional committee",
    "other": "Another body",
}
SECTORS: Mapping[str, str] = {
    "government": "Public institutions",
    "civil_society": "Civil society",
    "academia": "Academia",
    "private": "Private sector",
    "international": "International bodies",
    "other": "Others",
}
SEATS: Mapping[str, str] = {"member": "Member", "observer": "Observer"}
ENDS: Mapping[str, str] = {
    "withdrew": "withdrew",
    "term_ended": "its term ended",
    "replaced": "was replaced",
    "removed": "was removed",
}
QUORUMS: Mapping[str, str] = {
    "": "Not stated",
    "more_than_half": "More than half of the members",
    "two_thirds": "Two thirds of the members",
    "all": "All members",
    "count": "A number of members",
}
ATTENDANCES: Mapping[str, str] = {"present": "present", "excused": "excused", "absent": "absent"}
STANDINGS: Mapping[str, str] = {
    MET: "up to date",
    NOT_MET: "overdue",
    DUE_SOON: "due soon",
    UNKNOWN: "not known",
    NOT_BOUND: "binds no more",
}
TONES: Mapping[str, str] = {
    MET: "good",
    NOT_MET: "bad",
    "held": "good",
    "cancelled": "bad",
    "done": "good",
    "approved": "good",
    "agreed": "good",
}
STANDARD_KINDS: Mapping[str, str] = {"schema": "Schema of a table", "template": "Template of a document"}
ALL = (STANDARD_KINDS, KINDS, SECTORS, SEATS, ENDS, QUORUMS, ATTENDANCES, STANDINGS)
