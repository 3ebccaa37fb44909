"""The graph that queries are asked of: made once for each edition and each name of this site, by whoever asks first."""

import fcntl
import hashlib
import shutil
import time
from pathlib import Path

import pyoxigraph as ox
from django.conf import settings

from atalaya.portal.api.dcat.federation import add_datasets
from atalaya.portal.api.dcat.graph import Graph
from atalaya.portal.api.dcat.own import add_own, catalogue_of
from atalaya.portal.api.dcat.views import FEDERATION, OBSERVATORY
from atalaya.portal.observatory.models import Dataset, Edition
from atalaya.version import __version__

BATCH = 200
WAIT = 2.0
"""Seconds that somebody waits for another who makes the graph, which takes a second for every 2,000 datasets."""


class Unready(Exception):
    """Another request is making the graph, and it takes longer than anybody waits."""


def graph_of(edition: Edition, site: str) -> Path:
    """The folder of the graph, made where it is not there. Raises Unready."""
    folder = Path(settings.ATALAYA_HOME) / "graphs"
    mark = f"{edition.manifest_sha256}|{edition.loaded.timestamp()}|{__version__}"
    group = hashlib.sha256(mark.encode()).hexdigest()[:16]
    path = folder / group / hashlib.sha256(site.encode()).hexdigest()[:16]
    if path.is_dir():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + WAIT
    with (folder / "lock").open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    raise Unready from None
                time.sleep(0.1)
        if not path.is_dir():
            _make(path, edition, site)
            _forget_others(folder, group)
    return path


def _make(path: Path, edition: Edition, site: str) -> None:
    unfinished = path.with_name(f".{path.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(unfinished))
    publisher = ox.NamedNode(f"{site}/")
    federation, own = ox.NamedNode(f"{site}/datos/"), ox.NamedNode(f"{site}/datos-abiertos/")
    graph = Graph()
    catalogue_of(graph, federation, publisher, edition, *FEDERATION)
    catalogue_of(graph, own, publisher, edition, *OBSERVATORY)
    add_own(graph, site, own, publisher, edition)
    _add(store, graph)
    identifiers = list(Dataset.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(identifiers), BATCH):
        some = identifiers[start : start + BATCH]
        graph = Graph()
        add_datasets(graph, site, federation, list(Dataset.objects.defer("words").filter(id__in=some).order_by("id")))
        _add(store, graph)
    store.flush()
    del store
    unfinished.replace(path)


def _add(store: ox.Store, graph: Graph) -> None:
    store.bulk_extend([ox.Quad(each.subject, each.predicate, each.object) for each in graph])


def _forget_others(folder: Path, group: str) -> None:
    """Graphs of earlier editions; a query that still reads one has its files open."""
    for other in folder.iterdir():
        if other.is_dir() and other.name != group:
            shutil.rmtree(other, ignore_errors=True)
