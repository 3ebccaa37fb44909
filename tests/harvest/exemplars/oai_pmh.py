"""A repository that gives Dublin Core, in lists with a resumption token."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://repositorio.datos.example/oai"
_FORMATS = """<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>
<schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>
<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>"""


def render(pages: Pages) -> Mapping[str, str]:
    """The lists in their order, then the formats and the error that the base address answers."""
    total = sum(len(items) for items in pages)
    urls = [f"{URL}?verb=ListRecords&metadataPrefix=oai_dc"]
    urls += [f"{URL}?verb=ListRecords&resumptionToken=page-{place}" for place in range(2, len(pages) + 1)]
    answers = {}
    start = 0
    for place, items in enumerate(pages):
        token = f"page-{place + 2}" if place + 1 < len(pages) else ""
        answers[urls[place]] = _envelope(_records(items, token, total, start))
        start += len(items)
    if not total:
        answers[urls[0]] = _envelope('<error code="noRecordsMatch"/>')
    answers[f"{URL}?verb=ListMetadataFormats"] = _envelope(_FORMATS)
    answers[URL] = _envelope('<error code="badVerb">No verb was given</error>')
    return answers


def _records(items: Sequence[Item], token: str, total: int, start: int) -> str:
    records = "".join(_record(item) for item in items)
    size = f'<resumptionToken completeListSize="{total}" cursor="{start}">{token}</resumptionToken>'
    return f"<ListRecords>{records}{size}</ListRecords>"


def _record(item: Item) -> str:
    elements = [("title", item.title), ("type", "Dataset"), *(("identifier", url) for url in item.urls)]
    inside = "".join(f"<dc:{name}>{escape(said)}</dc:{name}>" for name, said in elements)
    date = "" if item.modified is None else item.modified
    return (
        f"<record><header><identifier>{item.id}</identifier><datestamp>{date}</datestamp></header><metadata>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</oai_dc:dc></metadata></record>'
    )


def _envelope(inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-01-05T00:00:00Z</responseDate><request>{URL}</request>{inside}</OAI-PMH>"
    )


EXEMPLAR = Exemplar(protocol="oai_pmh", url=URL, render=render, paged=True, declared=False)
