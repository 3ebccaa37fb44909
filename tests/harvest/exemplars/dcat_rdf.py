"""A DCAT catalogue in Turtle, in Hydra pages."""

from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/catalog.ttl"
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


def render(pages: Pages) -> Mapping[str, tuple[int, bytes, Mapping[str, str]]]:
    """One Turtle document a page."""
    urls = [URL, *(f"{URL}?page={number}" for number in range(2, len(pages) + 1))]
    total = sum(len(items) for items in pages)
    answers = {}
    for place, items in enumerate(pages):
        following = f" ; hydra:next <{urls[place + 1]}>" if place + 1 < len(urls) else ""
        paging = f"<{urls[place]}> a hydra:PagedCollection ; hydra:totalItems {total}{following} .\n"
        text = PREFIXES + paging + "<https://datos.example/> a dcat:Catalog .\n" + "".join(map(_dataset, items))
        answers[urls[place]] = (200, text.encode(), {"content-type": "text/turtle"})
    return answers


def _dataset(item: Item) -> str:
    subject = f"<https://datos.example/dataset/{item.id}>"
    modified = f'; dct:modified "{item.modified}"' if item.modified is not None else ""
    files = [f"{subject[:-1]}/{place}>" for place in range(len(item.urls))]
    named = f" ; dcat:distribution {', '.join(files)}" if files else ""
    said = f'dct:identifier "{item.id}" ; dct:title "{item.title}" {modified}{named}'
    lines = [f"<https://datos.example/> dcat:dataset {subject} .\n{subject} a dcat:Dataset ; {said} .\n"]
    pairs = zip(files, item.urls, strict=True)
    lines += [f"{file} a dcat:Distribution ; dcat:downloadURL <{url}> .\n" for file, url in pairs]
    return "".join(lines)


EXEMPLAR = Exemplar(protocol="dcat_rdf", url=URL, render=render, paged=True)
