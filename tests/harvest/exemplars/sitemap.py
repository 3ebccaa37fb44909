"""A sitemap that names pages with datasets in JSON-LD."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.harvest.exemplars.exemplar import Exemplar, Pages
from tests.harvest.exemplars.schema_org import page

ROOT = "https://datos.example"
URL = f"{ROOT}/sitemap.xml"


def render(pages: Pages) -> Mapping[str, str]:
    """The sitemap, then its pages from the last to the first, so that the second entry is a later page."""
    urls = [f"{ROOT}/dataset/grupo-{number}" for number in range(1, len(pages) + 1)]
    entries = "".join(f"<url><loc>{escape(url)}</loc><lastmod>2026-01-05</lastmod></url>" for url in urls)
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )
    answers = {URL: sitemap}
    for url, items in reversed(list(zip(urls, pages, strict=True))):
        answers[url] = page(list(items))
    return answers


EXEMPLAR = Exemplar(protocol="sitemap", url=URL, render=render, paged=True)
