"""The address of a repository and the requests made of it, as OAI-PMH 2.0 builds them.

Specification: https://www.openarchives.org/OAI/openarchivesprotocol.html, sections 3.1 (requests) and 3.5 (flow control).
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_ARGUMENTS = ("verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken")
_SELECTION = ("set", "from", "until")


@dataclass(frozen=True, slots=True)
class Request:
    """A repository as a source declares it: its base address, other query parts that it needs, and the arguments given."""

    base: str
    kept: tuple[tuple[str, str], ...]
    arguments: tuple[tuple[str, str], ...]

    def argument(self, name: str) -> str | None:
        """The value of an argument; None where it is not given or blank."""
        return next((value for key, value in self.arguments if key == name and value.strip()), None)

    def formats(self) -> str:
        """Asks which formats of metadata the repository gives."""
        return self._ask(("verb", "ListMetadataFormats"))

    def records(self, prefix: str) -> str:
        """Asks for all records in a format, within the set and the dates that the source declares."""
        selection = [(name, value) for name in _SELECTION if (value := self.argument(name)) is not None]
        return self._ask(("verb", "ListRecords"), ("metadataPrefix", prefix), *selection)

    def resumed(self, token: str) -> str:
        """Asks for the rest of a list; a token stands alone, because it holds all other arguments."""
        return self._ask(("verb", "ListRecords"), ("resumptionToken", token))

    def _ask(self, *arguments: tuple[str, str]) -> str:
        query = urlencode([*self.kept, *arguments], quote_via=quote)
        return f"{self.base}?{query}"


def read_request(url: str) -> Request:
    """The repository that an address names, with or without arguments of the protocol.

    >>> read_request("https://a.example/oai?verb=Identify").formats()
    'https://a.example/oai?verb=ListMetadataFormats'
    >>> read_request("https://a.example/index.php?page=oai&verb=ListRecords&metadataPrefix=oai_dc&set=d").records("oai_dc")
    'https://a.example/index.php?page=oai&verb=ListRecords&metadataPrefix=oai_dc&set=d'
    """
    try:
        parts = urlsplit(url.strip())
        said = parse_qsl(parts.query, keep_blank_values=True)
        base = urlunsplit(parts._replace(query="", fragment=""))
    except ValueError:
        return Request(url, (), ())
    kept = tuple(pair for pair in said if pair[0] not in _ARGUMENTS)
    return Request(base, kept, tuple(pair for pair in said if pair[0] in _ARGUMENTS))
