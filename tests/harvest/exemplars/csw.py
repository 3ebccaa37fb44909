"""A CSW 2.0.2 that answers GetRecords in ISO 19139, two records at once, and its capabilities."""

from collections.abc import Mapping
from urllib.parse import urlencode

from tests.harvest.exemplars.exemplar import Exemplar, Pages
from tests.harvest.exemplars.iso_record import record

URL = "https://datos.example/csw"
PAGE_SIZE = 2
GMD = "http://www.isotc211.org/2005/gmd"
CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows"
  xmlns:xlink="http://www.w3.org/1999/xlink" version="2.0.2"><ows:OperationsMetadata><ows:Operation name="GetRecords">
<ows:DCP><ows:HTTP><ows:Get xlink:href="{URL}"/></ows:HTTP></ows:DCP>
<ows:Parameter name="outputSchema"><ows:Value>http://www.opengis.net/cat/csw/2.0.2</ows:Value><ows:Value>{GMD}</ows:Value>
</ows:Parameter></ows:Operation></ows:OperationsMetadata></csw:Capabilities>"""


def address(start: int) -> str:
    """The address of GetRecords from a record on."""
    said = {
        "service": "CSW",
        "version": "2.0.2",
        "request": "GetRecords",
        "typeNames": "csw:Record",
        "elementSetName": "full",
        "resultType": "results",
        "outputSchema": GMD,
        "startPosition": start,
        "maxRecords": PAGE_SIZE,
    }
    return f"{URL}?{urlencode(said)}"


def render(pages: Pages) -> Mapping[str, str]:
    """One answer of GetRecords a page, then what is asked before them."""
    total = sum(len(items) for items in pages)
    answers = {}
    start = 1
    for items in pages:
        following = start + len(items)
        numbers = f'numberOfRecordsMatched="{total}" numberOfRecordsReturned="{len(items)}"'
        numbers += f' nextRecord="{following if following <= total else 0}"'
        answers[address(start)] = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
            f"<csw:SearchResults {numbers}>{''.join(map(record, items))}</csw:SearchResults></csw:GetRecordsResponse>"
        )
        start = following if items else start + PAGE_SIZE
    answers[f"{URL}?service=CSW&request=GetCapabilities"] = CAPABILITIES
    return answers


EXEMPLAR = Exemplar(protocol="csw", url=URL, render=render, paged=True, page_size=PAGE_SIZE)
