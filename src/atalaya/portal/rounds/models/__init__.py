"""The tables of rounds: the country that is observed, rounds, rechecks, and editions on their way to be published."""

from atalaya.portal.rounds.models.editions import Publication
from atalaya.portal.rounds.models.rechecks import Recheck
from atalaya.portal.rounds.models.rounds import Observed, Round

__all__ = ["Observed", "Publication", "Recheck", "Round"]
