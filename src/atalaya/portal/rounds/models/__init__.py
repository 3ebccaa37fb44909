"""The tables of rounds: the country that is observed, rounds, rechecks, editions on their way to be published,
and methodologies that are tried."""

from atalaya.portal.rounds.models.editions import Publication
from atalaya.portal.rounds.models.rechecks import Recheck
from atalaya.portal.rounds.models.rounds import Observed, Round
from atalaya.portal.rounds.models.trials import Trial

__all__ = ["Observed", "Publication", "Recheck", "Round", "Trial"]
