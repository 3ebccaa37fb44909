"""The list of a folder's files, as web servers write it, in place of a file."""

import re

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, title
from atalaya.inspection.soft_failures.page import PageFacts

NAME = (
    r"(?:index of|directory listing(?: for| of)?|directory of|directory|indice de|listado (?:del? )?directorio|contenido de)"
    r"(?: .{0,200})?"
)

_LISTS = re.compile(
    r"(?:index of|listing(?: for| of)?:?|directory(?: of)?:?|(?:í|i|&iacute;)ndice de|director(?:io|y)|contenido de) ?/|"
    r"\.\./[\"']|"
    r"parent directory|\?c=[nmsd]|directorio (?:padre|superior)|\[[^\]<]{0,20}director|"
    r"<a href=[\"'](\w[^\"'<>/]{1,120})[\"']>\s?\1<"
)
"""What only lists of files have: a path after their name, a way to the folder above, links named as their files."""


def _structure(page: PageFacts) -> int:
    return 0 if _LISTS.search(page.markup) else -4


KIND = Kind(
    id="directory_listing",
    signs=(
        title(2, NAME),
        heading(2, NAME),
        markup(
            2,
            r"\?c=[nmsd](?:;|&amp;|&)o=[ad]|parent directory|<a href=[\"\']\.\./[\"\']>|\[to parent directory\]|"
            r"directorio (?:padre|superior)",
        ),
        markup(
            4,
            r"<hr>\s{0,20}<pre><a href=[\"'][^\"'<>]{0,300}[\"']>\[[^\]<]{0,20}(?:director|diret|r(?:é|"
            r"&eacute;)pertoire)[^\]<]{0,20}\]",
        ),
        markup(2, r"\[to parent directory\]|<address>(?:apache|nginx|lighttpd|litespeed)"),
    ),
    least=4,
    structure=_structure,
    long=True,
    examples=(
        (
            "<html><title>x.example - /notas/</title><body><H1>x.example - /notas/</H1><hr>\n<pre><A HREF='/'>[Al directorio "
            "principal]"
            "</A><br> <A HREF='/a.xls'>a.xls</A></pre></body></html>"
        ),
        (
            "<html><head><title>Index of /datos</title></head><body><h1>Index of /datos</h1><pre><a href='?C=N;O=D'>Name</a> "
            "<a href='/'>Parent Directory</a> <a href='a.csv'>a.csv</a></pre></body></html>"
        ),
        (
            "<html><head><title>Index of /2024/</title></head><body><h1>Index of /2024/</h1><hr><pre><a href='../'>../</a></pre>"
            "</body></html>"
        ),
        (
            "<html><head><title>x.example - /datos/</title></head><body><H1>x.example - /datos/</H1><hr><pre><A HREF='/'>"
            "[To Parent Directory]</A><br></pre></body></html>"
        ),
        "<title>Directory listing for /</title><body><h1>Directory listing for /</h1><ul><li><a href='a.csv'>a</a></body>",
    ),
    others=(
        "<title>Directory of schools</title><body><h1>Directory of schools</h1><p>Names and telephone numbers.</p></body>",
        "<title>Index of industrial production</title><body><h1>Industrial production</h1><p>Monthly data.</p></body>",
    ),
)
