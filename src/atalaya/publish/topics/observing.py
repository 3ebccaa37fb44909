"""Topics observed over a sealed observation."""

from collections.abc import Sequence

from atalaya.countries.observed import Topic
from atalaya.history.read import Sealed
from atalaya.publish.topics.facts import dataset_facts, unread_sources
from atalaya.publish.topics.judging import Observed, observe_topic
from atalaya.publish.topics.matching import Shelf


def observe_topics(observation: Sealed, topics: Sequence[Topic]) -> list[Observed]:
    """Each topic with what there is of it and how it stands, in their order."""
    if not topics:
        return []
    checks = {check for topic in topics for criterion in topic.criteria for check in criterion.checks}
    shelf = Shelf(dataset_facts(observation, checks))
    unread, year = unread_sources(observation), int(observation.manifest.as_of[:4])
    return [observe_topic(topic, shelf, unread, year) for topic in topics]
