"""The two days as replays: what every host of the sample country answers on each."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from atalaya.catalogue.records import Dataset
from atalaya.samples.catalogues import ckan, datajson, jsonld, rdfxml, turtle
from atalaya.samples.catalogues.documents import Document
from atalaya.samples.defects.sources import SOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.families.registry import RESOURCE_MARKS
from atalaya.samples.folder import write_bytes, write_yaml
from atalaya.samples.handing import deliver
from atalaya.samples.plan import AS_OF, DAYS, CountryPlan, DatasetPlan, HostPlan, ResourcePlan, SourcePlan
from atalaya.samples.records import listed_records, resource_url
from atalaya.samples.sites.plan import SitePlan
from atalaya.samples.sites.writing import write_site

_ROWS_CAP = 1000
_MOVED_STATUS = 302
Route = dict[str, object]


class ReplayWriter:
    """Writes the replay of one day; files go into a folder that the days share, named by what they hold."""

    def __init__(self, folder: Path, country: CountryPlan, day: int) -> None:
        self._folder = folder
        self._country = country
        self._day = day
        self._routes: list[Route] = []
        self._services: list[dict[str, object]] = []
        self._no_dns: set[str] = set()
        self._refused: set[str] = set()

    def write(self, sites: tuple[SitePlan, ...] = ()) -> int:
        """Write the catalogues, the files, the sites and `replay.yml`; gives the number of routes."""
        for source in self._country.sources:
            self._source(source)
        for site in sites:
            self._site(site)
        tls = [
            {"origin": host.origin, "certificate": host.certificate}
            for host in self._country.hosts()
            if host.certificate is not None
        ]
        routes = {str(route["url"]): route for route in reversed(self._routes)}  # one resource may be listed twice
        content = {
            "format": 1,
            "root": "..",
            "routes": [routes[url] for url in sorted(routes)],
            "services": self._services,
            "tls": tls,
            "dns_failures": sorted(self._no_dns),
            "refused": sorted(self._refused),
        }
        write_yaml(self._folder / f"day-{self._day}" / "replay.yml", content)
        return len(routes)

    def _site(self, site: SitePlan) -> None:
        service, routes = write_site(self._folder, site)
        if service is not None:
            self._services.append(service)
        self._routes += routes
        if site.outage == "no_dns":
            self._no_dns.add(site.host)
        elif site.outage == "refused":
            self._refused.add(f"https://{site.host}")

    def _source(self, source: SourcePlan) -> None:
        outage = None if source.defect is None else SOURCE_DEFECTS[source.defect].outage
        if source.state == "unreachable" or outage == "no_dns":
            self._no_dns.add(source.host.name)
        elif outage == "refused":
            self._refused.add(source.host.origin)
        else:
            self._catalogue(source, outage)
        for dataset in source.listed(self._day):
            for resource in dataset.resources:
                self._resource(source, dataset, resource)

    def _catalogue(self, source: SourcePlan, outage: str | None) -> None:
        records = tuple(item.dataset for item in listed_records(source, self._day))
        if source.writer == "ckan":
            self._packages(source, records, outage)
            return
        for number, document in enumerate(_documents(source, records), start=1):
            suffix = urlsplit(document.url).path.rsplit(".", 1)[-1]
            path = f"catalogues/day-{self._day}/{source.slug}-{number}.{suffix}"
            write_bytes(self._folder / path, document.body)
            headers = {"Content-Type": document.media_type}
            self._routes.append(
                {"url": document.url, "file": path, "headers": headers, **self._validators(source.host, False)}
            )

    def _packages(self, source: SourcePlan, records: tuple[Dataset, ...], outage: str | None) -> None:
        path = f"catalogues/day-{self._day}/{source.slug}.jsonl"
        write_bytes(self._folder / path, ckan.package_lines(records))
        service: dict[str, object] = {
            "kind": "ckan",
            "base": source.host.origin,
            "packages": path,
            "rows_cap": _ROWS_CAP,
            "validators": "none",
        }
        if outage is not None:
            service["fail"] = {"package_search": 500, "package_list": 503, "current_package_list_with_resources": 500}
        self._services.append(service)

    def _validators(self, host: HostPlan, still: bool) -> Route:
        if host.validators == "etag":
            return {"validators": "etag"}
        if host.validators == "last_modified":
            moment = AS_OF[1 if still else self._day].replace(hour=4)
            return {"validators": "last_modified", "last_modified": moment.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        return {}

    def _resource(self, source: SourcePlan, dataset: DatasetPlan, resource: ResourcePlan) -> None:
        answer = deliver(dataset, resource, self._day)
        if answer.host_state == "no_dns":
            self._no_dns.add(resource.host.name)
            return
        if answer.host_state == "refused":
            self._refused.add(resource.host.origin)
            return
        url = resource_url(source, dataset, resource)
        for target in _led_over(resource, url):
            self._routes.append({"url": url, "text": "", "status": _MOVED_STATUS, "headers": {"Location": target}})
            url = target
        if answer.robots is not None:
            self._routes.append({"url": f"{resource.host.origin}/robots.txt", "text": answer.robots})
        still = deliver(dataset, resource, 1) == answer
        self._routes.append(self._route(url, answer, resource, still))

    def _route(self, url: str, answer: Delivery, resource: ResourcePlan, still: bool) -> Route:
        digest = hashlib.sha256(answer.body).hexdigest()[:12]
        stem, _, extension = resource.stem.rpartition(".")
        path = f"files/{stem}-{digest}.{extension}"
        write_bytes(self._folder / path, answer.body)
        route: Route = {"url": url, "file": path}
        if answer.status != 200:
            route["status"] = answer.status
        route["headers"] = {"Content-Type": answer.served_type, **answer.headers}
        if answer.status == 200 and answer.fault == "none":
            route |= self._validators(resource.host, still)
        if answer.fault != "none":
            route["fault"] = answer.fault
        if answer.delay:
            route["delay"] = answer.delay
        return route


def _led_over(resource: ResourcePlan, url: str) -> tuple[str, ...]:
    """The addresses that a published one is redirected over, the file at the last."""
    moved = (f"{resource.host.origin}/movidos/{resource.stem}",) if resource.moved else ()
    return (*moved, *(target for mark in resource.marks for target in RESOURCE_MARKS[mark].hops(url)))


def _documents(source: SourcePlan, records: tuple[Dataset, ...]) -> tuple[Document, ...]:
    if source.writer == "datajson":
        return datajson.catalogue(source.url, records, source.defect == "record_broken")
    writers = {"jsonld": jsonld.catalogue, "rdfxml": rdfxml.catalogue, "turtle": turtle.catalogue}
    return writers[source.writer](source.url, source.title, records)


def write_replays(folder: Path, country: CountryPlan, sites: tuple[SitePlan, ...] = ()) -> Iterator[int]:
    """Write both days; gives the number of routes of each."""
    for day in DAYS:
        yield ReplayWriter(folder, country, day).write(sites)
