"""What a country pack brings to the tables of people: only what they do not hold yet, since what they hold is people's own.

Import it once Django is set up.
"""

import json
from collections.abc import Mapping

from atalaya.countries.pack import CountryPack
from atalaya.portal.commitments import services as commitments
from atalaya.portal.meetings.services import bodies, standards
from atalaya.portal.news import services as news
from atalaya.portal.rounds import services as rounds


def begin(pack: CountryPack) -> None:
    """Bring in plans, bodies with their sessions, agreed schemas and communiqués, and say which country rounds are of."""
    commitments.begin(pack.plans)
    bodies.begin(pack.bodies, pack.sessions)
    standards.begin((schema.id.partition(":")[2], _descriptor(pack, schema.file)) for schema in pack.schemas)
    news.begin(pack.communiques, pack.periods)
    rounds.declare(pack)


def _descriptor(pack: CountryPack, file: str) -> Mapping[str, object]:
    """The descriptor of a schema of a pack, as it stands in its file."""
    found: Mapping[str, object] = json.loads((pack.folder / file).read_text(encoding="utf-8"))
    return found
