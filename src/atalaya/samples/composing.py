"""Sound datasets and resources for every source: titles, dates, files and hosts, all chosen by the seed."""

import random
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from atalaya.samples.casting import NATIONAL_DATASETS, NATIONAL_OWNER, SLOTS
from atalaya.samples.facts import Topic, places, texts, topics
from atalaya.samples.frequencies import PROMISES
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import AS_OF, DatasetPlan, HostPlan, InstitutionPlan, ResourcePlan, SourcePlan

_YEARS = range(2019, 2026)
_PRIMARY = ("csv",) * 5 + ("csv_semicolon",) * 3 + ("csv_bom", "csv_preamble", "geojson", "json", "xlsx")
_EXTRA = ("xlsx", "xlsx", "xlsx", "json", "geojson", "xml", "zip_csv", "pdf", "pdf", "csv", "csv_semicolon", "png")
_EXEMPLARY = ("xlsx", "json", "xml", "csv_semicolon", "geojson")
_RHYTHMS = ("ANNUAL",) * 6 + ("MONTHLY",) * 6 + ("QUARTERLY",) * 4 + ("WEEKLY",) * 3 + ("DAILY",) * 4
_MOST_PLACES = 12
"""Most municipalities in a monthly table: 144 rows, a file of a few kilobytes."""


class Composer:
    """Makes datasets one after another; remembers titles so that none is given twice."""

    def __init__(self, rng: random.Random, institutions: tuple[InstitutionPlan, ...]) -> None:
        self._rng = rng
        self._institutions = {plan.slug: plan for plan in institutions}
        self._titles: set[str] = set()

    def fill(self, source: SourcePlan) -> SourcePlan:
        """The source with sound datasets."""
        if source.institution is None:
            return self._fill_national(source)
        slot = next(slot for slot in SLOTS if source.slug == f"{source.institution}-{slot.name}")
        owner = self._institutions[source.institution]
        datasets = [self._dataset(source, owner, owner.name) for _ in range(slot.datasets)]
        for code, positions in slot.habits:
            for place in range(len(datasets)) if positions is None else positions:
                datasets[place] = replace(datasets[place], marks=(*datasets[place].marks, code))
        return replace(source, datasets=tuple(datasets))

    def _fill_national(self, source: SourcePlan) -> SourcePlan:
        guests = [plan for plan in self._institutions.values() if plan.role == "guest"]
        others = [plan for plan in self._institutions.values() if plan.role in ("ckan", "rdfxml", "turtle", "tls")]
        strangers = texts()["unattributable"]
        datasets = []
        for number in range(NATIONAL_DATASETS):
            if number < len(strangers):
                owner, publisher, slug = self._institutions[NATIONAL_OWNER], strangers[number], None
            else:
                owner = (guests * 3 + others)[number % (3 * len(guests) + len(others))]
                publisher, slug = self._rng.choice((owner.name, *owner.variants)), owner.slug
            datasets.append(replace(self._dataset(source, owner, publisher), institution=slug))
        return replace(source, datasets=tuple(datasets))

    def _dataset(self, source: SourcePlan, owner: InstitutionPlan, publisher: str) -> DatasetPlan:
        rng = self._rng
        topic, divisions, place, year, title = self._subject(owner.sector)
        key = self._key()
        frequency = rng.choice(_RHYTHMS)
        changed = rng.random() < (0.85 if frequency == "DAILY" else 0.1)
        slug = f"muestra-{topic.id}-{key[:8]}"
        return DatasetPlan(
            key=key,
            slug=slug,
            source=source.slug,
            institution=owner.slug,
            publisher=publisher,
            domain=owner.domain,
            topic=topic.id,
            divisions=divisions,
            year=year,
            title=title,
            description=rng.choice(texts()["descriptions"]).format(subject=topic.subject, place=place, year=year),
            keywords=(*topic.keywords, "muestra"),
            theme=topic.theme,
            place=place,
            frequency=frequency,
            licence=rng.randrange(60),
            issued=datetime(year, 1 + rng.randrange(9), 1 + rng.randrange(28), 15, tzinfo=AS_OF[1].tzinfo),
            modified=self._dates(frequency, changed),
            resources=self._resources(source, slug, changed, exemplary=owner.role == "exemplary"),
        )

    def _subject(self, sector: str) -> tuple[Topic, tuple[str, ...], str, int, str]:
        rng = self._rng
        departments = [place for place in places().values() if place.level == 1]
        mine = [topic for topic in topics().values() if topic.sector == sector]
        while True:
            topic, year, department = rng.choice(mine), rng.choice(_YEARS), rng.choice(departments)
            inside = tuple(place.code for place in places().values() if place.parent == department.code)
            chosen = {
                "municipal": inside,
                "monthly": inside[:_MOST_PLACES],
                "national": tuple(place.code for place in departments),
            }[topic.shape]
            place = texts()["place_all"] if topic.shape == "national" else department.name
            title = texts()["title"].format(title=topic.title, place=place, year=year)
            if title not in self._titles:
                self._titles.add(title)
                return topic, chosen, place, year, title

    def _dates(self, frequency: str, changed: bool) -> tuple[datetime, datetime]:
        """Dates of last change well inside the promised period on both days."""
        rng = self._rng
        if frequency == "DAILY":
            hour = timedelta(hours=3 + rng.randrange(8))
            return AS_OF[1] - hour, AS_OF[2] - hour
        period = PROMISES[frequency].period
        first = (AS_OF[1] - period * rng.uniform(0.05, 0.5)).replace(microsecond=0)
        return first, AS_OF[2] - timedelta(hours=5) if changed else first

    def _resources(self, source: SourcePlan, slug: str, changed: bool, exemplary: bool) -> tuple[ResourcePlan, ...]:
        rng = self._rng
        primary = "csv" if exemplary else rng.choice(_PRIMARY)
        extras = rng.sample(_EXEMPLARY if exemplary else _EXTRA, rng.choice((1, 2, 2, 3, 3, 3)))
        return tuple(
            self._resource(source, slug, kind, number, changed, exemplary)
            for number, kind in enumerate((primary, *extras), start=1)
        )

    def _resource(
        self, source: SourcePlan, slug: str, kind: str, number: int, changed: bool, exemplary: bool
    ) -> ResourcePlan:
        rng = self._rng
        return ResourcePlan(
            key=self._key(),
            title=f"{texts()['resource_titles'][kind.split('_')[0]]} {number}",
            kind=kind,
            stem=f"{slug}-{number}.{KINDS[kind].extension}",
            host=self._host(source, exemplary),
            revisions=(1, 2) if changed else (1, 1),
            moved=not exemplary and rng.random() < 0.05,
        )

    def _host(self, source: SourcePlan, exemplary: bool) -> HostPlan:
        """Mostly the catalogue's own host, sometimes another; a host with a bad certificate or in plain only now and then."""
        odd = [host for host in source.files if host.certificate is not None or host.plain]
        even = [source.host, *(host for host in source.files if host not in odd)]
        if odd and not exemplary and self._rng.random() < 0.08 * len(odd):
            return self._rng.choice(odd)
        return self._rng.choice(even)

    def _key(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
