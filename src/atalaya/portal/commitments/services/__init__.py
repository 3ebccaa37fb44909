"""What changes plans, readings, comments and self-assessments: each a rule, a transaction, and an entry in the trail
that the database writes."""

from atalaya.portal.commitments.services.plans import begin, bring_in, import_tables
from atalaya.portal.commitments.services.readings import READABLE, Proof, Said, leads, read, read_many, voices, withdraw

__all__ = [
    "READABLE",
    "Proof",
    "Said",
    "begin",
    "bring_in",
    "import_tables",
    "leads",
    "read",
    "read_many",
    "voices",
    "withdraw",
]
