"""A record of the FGDC Content Standard for Digital Geospatial Metadata (CSDGM) as a dataset.

Element names: https://www.fgdc.gov/metadata/csdgm-graphical/index.htm . A date is kept as written (`20181128`).
"""

from collections.abc import Mapping

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.elements import Node

_PERSON = "persons, posts and addresses; only presence and domain of contacts are kept"
_RECORD = "describes the record, not the dataset"
_CONTENT = "describes the inside of the data, which are inspected themselves"
_DRAWING = "projections and grids; places are read by name and box"
_QUALITY = "lineage and quality in prose; measured nowhere yet"
_PROSE = "prose beside the abstract"
_RELATION = "relates the dataset to others or to pictures of it; measured nowhere yet"
_ORDER = "orders on media, liability and fees; links are read"

_GROUPS: Mapping[str, str] = {
    _PERSON: "cntinfo citeinfo.origin",
    _RECORD: "metainfo",
    _CONTENT: "eainfo spdoinfo",
    _DRAWING: "spref spdom.dsgpoly spdom.lboundng descgeog.type",
    _QUALITY: "dataqual",
    _PROSE: "purpose supplinf datacred native logic status.progress timeperd.current citeinfo.geoform citeinfo.pubinfo.pubplace",
    _RELATION: "browse crossref lworkcit citeinfo.serinfo citeinfo.othercit tool taxonomy secinfo",
    _ORDER: "resdesc distliab custom techpreq availabl stdorder.nondig stdorder.ordering stdorder.turnarnd offoptn "
    "digtinfo.formvern digtinfo.formverd digtinfo.formspec digtinfo.formcont digtinfo.filedec digtinfo.transize "
    "onlinopt.accinstr onlinopt.oncomp computer.dialinst distinfo.stdorder.fees themekt placekt stratkt tempkt",
}

IGNORED_FGDC: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Ends of element paths with no use here, with the reason."""

_NO_VOCABULARY = frozenset({"", "none", "n/a", "unknown", "user-defined", "local"})


def read_fgdc(record: Node) -> Dataset:
    """The dataset that a record describes. CSDGM has no identifier of its own; who asks for the record has its address."""
    info = record.node("idinfo") or record
    citation = info.node("citation", "citeinfo") or info
    title = citation.word("title")
    abstract = info.word("descript", "abstract")
    links = citation.words("onlink")
    return Dataset(
        native_id=record.word("metainfo", "datsetid") or record.word("idinfo", "datsetid"),
        title={} if title is None else {"": title},
        description={} if abstract is None else {"": abstract},
        keywords=_keywords(info),
        themes=_themes(info),
        publisher=_publisher(record, citation),
        contact=_contact(record, info),
        licence=info.word("useconst"),
        access_rights=info.word("accconst"),
        issued=citation.word("pubdate"),
        version=citation.word("edition"),
        frequency=info.word("status", "update"),
        spatial=_spatial(info),
        temporal=_temporal(info),
        landing_page=next((url for url in links if values.is_web(url)), None),
        distributions=_distributions(record)
        or tuple(Distribution(access_url=url) for url in links if values.is_web(url)),
    )


def _keywords(info: Node) -> tuple[str, ...]:
    groups = (("theme", "themekey"), ("place", "placekey"), ("stratum", "stratkey"), ("temporal", "tempkey"))
    return tuple(dict.fromkeys(word for group, key in groups for word in info.words("keywords", group, key)))


def _themes(info: Node) -> tuple[str, ...]:
    """Theme keywords of a vocabulary with a name."""
    found: list[str] = []
    for group in info.nodes("keywords", "theme"):
        if (group.word("themekt") or "").strip().lower() not in _NO_VOCABULARY:
            found.extend(group.words("themekey"))
    return tuple(dict.fromkeys(found))


def _publisher(record: Node, citation: Node) -> Agent | None:
    """The publisher, else the organisation that distributes the data, else that of the point of contact."""
    name = (
        citation.word("pubinfo", "publish")
        or record.word("distinfo", "distrib", "cntinfo", "cntorgp|cntperp", "cntorg")
        or record.word("idinfo", "ptcontac", "cntinfo", "cntorgp|cntperp", "cntorg")
    )
    return None if name is None else Agent(name=name)


def _contact(record: Node, info: Node) -> ContactPoint | None:
    """The point of contact, else the distributor, else who wrote the record."""
    for place in (info.node("ptcontac"), record.node("distinfo", "distrib"), record.node("metainfo", "metc")):
        if place is None:
            continue
        names = place.words("cntinfo", "cntorgp|cntperp", "cntorg|cntper")
        mails = place.words("cntinfo", "cntemail")
        found = values.contact(["named" if names else None], mails)
        if found is not None:
            return found
    return None


def _spatial(info: Node) -> tuple[str, ...]:
    """Places by description, then boxes as `west,south,east,north`."""
    places = [*info.words("spdom", "descgeog", "geogname|descgeog"), *info.words("spdom", "descgeog")]
    boxes = []
    for box in info.nodes("spdom", "bounding"):
        sides = [box.word(name) for name in ("westbc", "southbc", "eastbc", "northbc")]
        boxes.extend([",".join(side for side in sides if side)] if all(sides) else [])
    return tuple(dict.fromkeys([*places, *boxes]))


def _temporal(info: Node) -> tuple[Period, ...]:
    """Ranges and single dates of the data; a list of single dates is kept one by one."""
    found = []
    for time in info.nodes("timeperd", "timeinfo"):
        for span in time.nodes("rngdates"):
            found.append(Period(start=span.word("begdate"), end=span.word("enddate")))
            span.words("begtime|endtime")
        for day in [*time.nodes("sngdate"), *time.nodes("mdattim", "sngdate")]:
            said = day.word("caldate")
            day.words("time")
            found.append(Period(start=said, end=said))
    return tuple(dict.fromkeys(item for item in found if item != Period()))


def _distributions(record: Node) -> tuple[Distribution, ...]:
    """Every network resource of every digital form (`networkr`); its form names the format.

    A record without any has the links of its citation (`onlink`) instead, where CSDGM says that the data are.
    """
    read = []
    for form in record.nodes("distinfo", "stdorder", "digform"):
        name = form.word("digtinfo", "formname")
        for url in form.words("digtopt", "onlinopt", "computer", "networka", "networkr"):
            if values.is_mail(url):
                record.tree.ledger.unreadable("distinfo.stdorder.digform.digtopt.onlinopt", "a mail address, no link")
            else:
                read.append(Distribution(access_url=url, format=name))
    return tuple(read)
