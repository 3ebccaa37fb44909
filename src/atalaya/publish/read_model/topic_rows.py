"""The rows of thematic observatories."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from psycopg.types.json import Jsonb

from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values
from atalaya.publish.topics.judging import MET, UNKNOWN, UNMET, Observed
from atalaya.publish.topics.observing import observe_topics


def contents(newest: Newest) -> Iterator[tuple[str, Iterator[Values]]]:
    """The tables of the topics of the pack, observed once."""
    observed = observe_topics(newest.observation, newest.pack.topics)
    yield "topic", _topics(observed)
    yield "topic_wanted", _wanted(observed)
    yield "topic_match", _matches(observed)
    yield "topic_criterion", _criteria(observed)


def _topics(observed: Sequence[Observed]) -> Iterator[Values]:
    for place, each in enumerate(observed):
        topic = each.topic
        yield (
            topic.id,
            place,
            Jsonb(dict(topic.title)),
            Jsonb(dict(topic.question)),
            Jsonb([dict(text) for text in topic.basis]),
            Jsonb(list(topic.sources)),
            *(each.count(verdict) for verdict in (MET, UNMET, UNKNOWN)),
            sum(state == "found" for state in each.states.values()),
            len(topic.wanted),
        )


def _wanted(observed: Sequence[Observed]) -> Iterator[Values]:
    for each in observed:
        for place, wanted in enumerate(each.topic.wanted):
            yield (
                each.topic.id,
                wanted.id,
                place,
                Jsonb(dict(wanted.title)),
                list(wanted.institutions),
                Jsonb([list(group) for group in wanted.columns]),
                Jsonb([list(group) for group in wanted.words]),
                wanted.every,
                Jsonb(dict(wanted.note)),
                each.states[wanted.id],
            )


def _matches(observed: Sequence[Observed]) -> Iterator[Values]:
    for each in observed:
        for wanted, matches in each.matches.items():
            for place, match in enumerate(matches):
                said, columns = Jsonb([list(pair) for pair in match.said]), Jsonb(list(match.columns))
                yield (
                    each.topic.id, wanted, place, match.dataset, match.score, match.sure, said, columns, match.owner,
                )  # fmt: skip


def _criteria(observed: Sequence[Observed]) -> Iterator[Values]:
    for each in observed:
        for place, ruling in enumerate(each.rulings):
            criterion = ruling.criterion
            yield (
                each.topic.id,
                criterion.id,
                place,
                criterion.kind,
                Jsonb(dict(criterion.title)),
                criterion.share,
                ruling.verdict,
                Jsonb([asdict(item) for item in ruling.items]),
            )
