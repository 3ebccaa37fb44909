"""Where the defects go: quotas of every defect, the worst institution first, never the exemplary one."""

import random
from collections.abc import Callable
from dataclasses import replace

from atalaya.samples.casting import SECOND_LEVEL
from atalaya.samples.defects.datasets import DATASET_DEFECTS, DatasetDefect, overdue
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.deliveries import Defect
from atalaya.samples.families.family import DatasetMark, ResourceMark
from atalaya.samples.families.registry import DATASET_MARKS, RESOURCE_MARKS, is_aside
from atalaya.samples.plan import ALWAYS, AS_OF, CountryPlan, DatasetPlan, HostPlan, ResourcePlan, SourcePlan

_WORST_RESOURCES = 0.5
"""Share of the worst institution's resources that are made defective."""

_APPEARING, _VANISHING = 4, 3
"""Datasets listed only on the second day, and only on the first."""

Place = tuple[int, int]
"""Position of a dataset: its source, and its place in it."""


class Planter:
    """Holds the datasets while defects are planted in them; every choice comes from the seed."""

    def __init__(self, rng: random.Random, country: CountryPlan) -> None:
        self._rng = rng
        self._country = country
        self._roles = {plan.slug: plan.role for plan in country.institutions}
        self._datasets = {
            (number, place): dataset
            for number, source in enumerate(country.sources)
            for place, dataset in enumerate(source.datasets)
        }
        self._hosts = 0

    def plant(self) -> CountryPlan:
        """The country with its defects."""
        self._move_days()
        for defect in DATASET_DEFECTS.values():
            self._plant_datasets(defect)
        self._spoil_worst()
        for resource_defect in RESOURCE_DEFECTS.values():
            self._plant_resources(resource_defect)
        for mark in DATASET_MARKS.values():
            self._mark_datasets(mark)
        for resource_mark in RESOURCE_MARKS.values():
            self._mark_resources(resource_mark)
        sources = tuple(
            replace(source, datasets=tuple(self._datasets[number, place] for place in range(len(source.datasets))))
            for number, source in enumerate(self._country.sources)
        )
        return replace(self._country, sources=sources)

    def _source(self, place: Place) -> SourcePlan:
        return self._country.sources[place[0]]

    def _role(self, place: Place) -> str:
        return self._roles.get(self._datasets[place].institution or "", "stranger")

    def _places(self, fit: Callable[[Place, DatasetPlan], bool]) -> list[Place]:
        """Places of datasets that fit, the worst institution's first, otherwise in an order of the seed's."""
        found = [
            place
            for place, dataset in self._datasets.items()
            if self._role(place) != "exemplary" and not is_aside(dataset.marks) and fit(place, dataset)
        ]
        self._rng.shuffle(found)
        return sorted(found, key=lambda place: self._role(place) != "worst")

    def _move_days(self) -> None:
        free = self._places(lambda place, dataset: self._role(place) != "worst" and not dataset.marks)
        coming, rest = free[:_APPEARING], free[_APPEARING:]
        # One of a source at most vanishes: a catalogue that loses more than a fifth at once is held.
        going = list({place[0]: place for place in reversed(rest)}.values())[-_VANISHING:]
        for days, places in (((2,), coming), ((1,), going)):
            for place in places:
                self._datasets[place] = replace(self._datasets[place], days=days)

    def _plant_datasets(self, defect: DatasetDefect) -> None:
        def fits(place: Place, dataset: DatasetPlan) -> bool:
            free = dataset.defect is None and not defect.aspects & touched(dataset)
            return free and dataset.days == (1, 2) and self._source(place).writer in defect.writers

        places = self._places(fits)
        if defect.daily:
            places = [place for place in places if self._role(place) != "worst"]
        if defect.twin:
            places = [place for place in places if self._siblings(place)]
        worst = [place for place in places if self._role(place) == "worst"][:1]
        others = [place for place in places if self._role(place) != "worst"]
        # In their order in the catalogue, so that no dataset repeats one that itself comes to repeat another.
        for place in sorted([*worst, *others][: defect.quota]):
            self._datasets[place] = self._changed(place, defect)

    def _changed(self, place: Place, defect: DatasetDefect) -> DatasetPlan:
        dataset = replace(self._datasets[place], defect=defect.code)
        if defect.stale:
            late = overdue(dataset, AS_OF[1])
            still = tuple(replace(resource, revisions=(1, 1)) for resource in dataset.resources)
            dataset = replace(dataset, modified=(late, late), resources=still)
        if defect.daily:
            dates = tuple(AS_OF[day].replace(hour=6) for day in (1, 2))
            still = tuple(replace(resource, revisions=(1, 1)) for resource in dataset.resources)
            dataset = replace(dataset, frequency="DAILY", modified=(dates[0], dates[1]), resources=still)
        if defect.empty:
            dataset = replace(dataset, resources=())
        if defect.twin:
            dataset = replace(dataset, twin=self._rng.choice(self._siblings(place)))
        return dataset

    def _siblings(self, place: Place) -> list[str]:
        """Keys of the earlier datasets of the same source that repeat nobody and are listed on both days."""
        earlier = [self._datasets[place[0], number] for number in range(place[1])]
        return [item.key for item in earlier if item.twin is None and item.days == ALWAYS]

    def _spoil_worst(self) -> None:
        """Give the worst institution's remaining datasets and most of its resources some defect."""
        codes = sorted(code for code, item in DATASET_DEFECTS.items() if not (item.daily or item.twin or item.empty))
        for place in self._places(lambda place, _dataset: self._role(place) == "worst"):
            if self._datasets[place].defect is None:
                self._datasets[place] = self._changed(place, DATASET_DEFECTS[self._rng.choice(codes)])
            for number, resource in enumerate(self._datasets[place].resources):
                if self._rng.random() < _WORST_RESOURCES:
                    fitting = [item for item in RESOURCE_DEFECTS.values() if self._free(resource, item)]
                    if fitting:
                        self._spoil(place, number, self._rng.choice(fitting))

    def _plant_resources(self, defect: Defect) -> None:
        def fits(_place: Place, dataset: DatasetPlan) -> bool:
            steady = dataset.days == (1, 2) and dataset.defect != "frozen"
            return steady and any(self._free(item, defect) for item in dataset.resources)

        places = [place for place in self._places(fits) if self._role(place) != "worst"]
        for place in places[: defect.quota]:
            numbers = [n for n, item in enumerate(self._datasets[place].resources) if self._free(item, defect)]
            self._spoil(place, self._rng.choice(numbers), defect)

    def _mark_datasets(self, mark: DatasetMark) -> None:
        """Mark datasets that are listed on both days and that nothing has touched in the same aspects, the least marked first."""

        def fits(place: Place, dataset: DatasetPlan) -> bool:
            source = self._source(place)
            steady = dataset.days == ALWAYS and source.writer in mark.writers
            return steady and not mark.aspects & touched(dataset) and mark.fits(dataset, source)

        places = sorted(self._places(fits), key=lambda place: len(self._datasets[place].marks))
        for place in places[: mark.quota]:
            dataset = mark.replan(self._datasets[place])
            self._datasets[place] = replace(dataset, marks=(*dataset.marks, mark.code))

    def _mark_resources(self, mark: ResourceMark) -> None:
        """Mark resources without a defect, the least marked first, one in a dataset."""

        def free(resource: ResourcePlan) -> bool:
            known = frozenset[str]().union(*(RESOURCE_MARKS[code].aspects for code in resource.marks))
            sound = resource.defects == (None, None) and resource.host.certificate is None and not resource.moved
            return (
                sound
                and resource.kind in mark.kinds
                and not (mark.secure and resource.host.plain)
                and not mark.aspects & known
            )

        def fits(place: Place, dataset: DatasetPlan) -> bool:
            source = self._source(place)
            steady = dataset.days == ALWAYS and source.writer in mark.writers and dataset.defect != "frozen"
            apart = not mark.aspects & touched(dataset) and mark.fits(dataset, source)
            return steady and apart and any(free(item) for item in dataset.resources)

        marked = {
            place: sum(len(item.marks) for item in dataset.resources) for place, dataset in self._datasets.items()
        }
        for place in sorted(self._places(fits), key=lambda place: marked[place])[: mark.quota]:
            dataset = self._datasets[place]
            number = min(
                (n for n, item in enumerate(dataset.resources) if free(item)),
                key=lambda n: len(dataset.resources[n].marks),
            )
            resource = mark.replan(dataset.resources[number])
            host = resource.host if mark.own_host is None else self._own_host(mark.own_host)
            changed = replace(resource, marks=(*resource.marks, mark.code), host=host)
            resources = (*dataset.resources[:number], changed, *dataset.resources[number + 1 :])
            self._datasets[place] = replace(dataset, resources=resources)

    def _free(self, resource: ResourcePlan, defect: Defect) -> bool:
        """Whether a resource can take a defect: sound so far, of a fitting kind, on a sound host."""
        return (
            resource.defects == (None, None)
            and resource.kind in defect.kinds
            and resource.host.certificate is None
            and not resource.moved
        )

    def _spoil(self, place: Place, number: int, defect: Defect) -> None:
        dataset = self._datasets[place]
        resource = dataset.resources[number]
        span = self._rng.choice(((1, 2),) * 6 + ((1,), (2,)))
        days = (1, 2) if defect.bytes_seen or defect.steady else span
        codes = (defect.code if 1 in days else None, defect.code if 2 in days else None)
        host = resource.host if defect.own_host is None else self._own_host(defect.own_host)
        spoiled = replace(resource, defects=codes, host=host, moved=False)
        resources = (*dataset.resources[:number], spoiled, *dataset.resources[number + 1 :])
        self._datasets[place] = replace(dataset, resources=resources)

    def _own_host(self, name: str) -> HostPlan:
        self._hosts += 1
        return HostPlan(name=f"{name}-{self._hosts}.{SECOND_LEVEL}")


def touched(dataset: DatasetPlan) -> frozenset[str]:
    """The aspects of a dataset that its defect and its marks touch."""
    own = frozenset[str]() if dataset.defect is None else DATASET_DEFECTS[dataset.defect].aspects
    return own.union(*(DATASET_MARKS[code].aspects for code in dataset.marks))
