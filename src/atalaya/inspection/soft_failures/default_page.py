"""The page that a freshly installed server shows: nobody put anything there."""

from atalaya.inspection.soft_failures.kind import Kind, heading, text, title
from atalaya.inspection.soft_failures.page import PageFacts

NAME = (
    r"(?:apache2? )?(?:ubuntu |debian |centos )?(?:default page|apache2 (?:ubuntu|debian) default page)(?: it works)?|"
    r"apache2 (?:ubuntu|debian) default page|welcome to (?:nginx|centos|openresty|caddy|tengine|xampp|jboss|wildfly|"
    r"glassfish)(?: .{0,60})?|"
    r"iis ?(?:\d|windows(?: server)?)(?: .{0,20})?|(?:http server )?test page(?: (?:for|powered by) .{0,80})?|"
    r"apache http server test page(?: .{0,60})?|caddy works|web server s default page|default (?:web ?site|"
    r"parallels plesk|plesk|server|cpanel)"
    r"(?: .{0,20})?page|(?:apache )?tomcat \d[\d ]*|it works|"
    r"(?:su|tu|your) (?:alojamiento|hosting|sitio|dominio|site|domain|website|new website) (?:web )?(?:ya )?(?:esta|is) (?:now )?"
    r"(?:listo|activo|ready|active|online|live)"
)


def _structure(page: PageFacts) -> int:
    return -2 if page.links > 40 else 0


KIND = Kind(
    id="default_page",
    signs=(
        title(3, NAME),
        heading(3, NAME),
        text(
            2,
            r"successfully installed (?:tomcat|and working)|this is the default (?:welcome )?page|"
            r"web server is (?:successfully )?"
            r"(?:installed|working)|the server software is running|congratulations|"
            r"pagina (?:predeterminada|por defecto) de (?:su|tu|este|el) |public_html|"
            r"sorry .{0,20}this site is (?:currently )?not available",
        ),
    ),
    least=3,
    structure=_structure,
    examples=(
        "<title>Bienvenido</title><body><h1>Tu sitio web está activo</h1><p>Suba sus archivos a public_html.</p></body>",
        "<title>Apache2 Ubuntu Default Page: It works</title><body><p>This is the default welcome page.</p></body>",
        "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>",
        "<title>IIS Windows Server</title><body><a href='http://go.microsoft.com/'><img src='iisstart.png'></a></body>",
        "<html><body><h1>It works!</h1></body></html>",
        (
            "<title>Apache Tomcat/9.0.31</title><body><h2>If you're seeing this, you've successfully installed "
            "Tomcat.</h2></body>"
        ),
    ),
    others=(
        "<title>Su voto está listo</title><body><h1>Su voto está listo</h1><p>Consulte la mesa que le toca.</p></body>",
        "<title>Welcome to the open data portal</title><body><h1>Welcome</h1></body>",
        "<title>Test results by page</title><body><h1>How it works</h1></body>",
    ),
)
