"""A page on which a map service tells why it did not draw, where an exception in XML was due."""

from atalaya.inspection.soft_failures.kind import Kind, text, title

KIND = Kind(
    id="map_exception",
    signs=(
        title(3, r"(?:mapserver|geoserver|mapguide|qgis server) (?:message|error|exception|mensaje)"),
        text(
            3,
            r"^ms(?:loadmap|wms|wfs|cgi|drawmap|query|evalu|process|ows)\w{0,30} ?\w|^(?:loadmap|mapserv) .{0,40}error",
        ),
    ),
    least=3,
    whole=True,
    examples=(
        "<HTML><HEAD><TITLE>MapServer Message</TITLE></HEAD><BODY>msDrawMap(): Image handling error. </BODY></HTML>",
    ),
    others=("<title>MapServer</title><body><h1>MapServer</h1><p>Capas de ríos y caminos.</p></body>",),
)
