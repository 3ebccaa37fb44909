"""The list of a folder's files, as web servers write it, in place of a file."""

from atalaya.inspection.soft_failures.kind import Kind, heading, markup, title

NAME = (
    r"(?:index of|directory listing(?: for| of)?|directory of|indice de|listado (?:del? )?directorio|contenido de)"
    r"(?: .{0,200})?"
)

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
        markup(2, r"\[to parent directory\]|<address>(?:apache|nginx|lighttpd|litespeed)"),
    ),
    least=4,
    long=True,
    examples=(
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
        "<title>Index of industrial production</title><body><h1>Industrial production</h1><p>Monthly data.</p></body>",
    ),
)
