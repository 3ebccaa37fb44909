"""The rows of what was published once and is there no more."""

from collections.abc import Iterator, Sequence

from psycopg.types.json import Jsonb

from atalaya.history.read import Sealed
from atalaya.history.vanished import vanished
from atalaya.publish.read_model.values import TITLE, Values
from atalaya.publish.words import clean


def losses(observations: Sequence[Sealed]) -> Iterator[Values]:
    """Every dataset and resource that was lost, moved or returned; `alone`: it is not told with its dataset."""
    found = vanished(observations)
    datasets = {loss.about.id for loss in found if loss.about.level == "dataset"}
    for loss in found:
        about, copy = loss.about, loss.copy
        yield (
            about.id,
            about.level,
            loss.state.value,
            clean(about.title, TITLE),
            about.record_id,
            clean(about.record_title, TITLE),
            about.level == "dataset" or about.record_id not in datasets,
            about.institution_id,
            about.source_id,
            about.url,
            loss.last_seen,
            loss.since,
            loss.back,
            loss.reason,
            Jsonb(dict(loss.facts)),
            loss.successor,
            *(
                (copy.day, copy.sha256, copy.size, copy.kept, copy.kind == "public", copy.media_type)
                if copy
                else [None] * 6
            ),
        )
