"""A folder that Apache lists, with one record in ISO 19139 a file. Folders have no pages."""

from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Pages
from tests.harvest.exemplars.iso_record import record

URL = "https://datos.example/waf/"


def render(pages: Pages) -> Mapping[str, str]:
    """The listing, then the records."""
    items = [item for page in pages for item in page]
    names = [f"{place}.xml" for place in range(len(items))]
    rows = "".join(f'<tr><td><a href="{name}">{name}</a></td><td>2026-01-05 12:00</td></tr>\n' for name in names)
    listing = (
        "<!DOCTYPE HTML><html><head><title>Index of /waf</title></head><body><h1>Index of /waf</h1><table>"
        f'<tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td><a href="/">Parent Directory</a></td></tr>\n{rows}'
        "</table></body></html>"
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    files = {URL + name: head + record(item) for name, item in zip(names, items, strict=True)}
    return {URL: listing, **files}


EXEMPLAR = Exemplar(protocol="waf", url=URL, render=render)
