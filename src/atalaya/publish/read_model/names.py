"""Names of datasets and themes as addresses and other catalogues write them: small letters, digits and hyphens."""

import re
import unicodedata

from atalaya.catalogue.vocabularies.european import Table, look_up

LONGEST = 100
"""Characters of a name; CKAN allows 2 to 100 (`name_validator`)."""

MARK = 12
"""Characters of a dataset's identifier that end its name: 60 bits, so that among a million datasets two alike are as rare as
one in two million catalogues."""

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int = LONGEST) -> str:
    """A text as a name: without marks above letters, cut at a whole word where one ends; empty where nothing is left.

    >>> slug("Población por municipio (2024)")
    'poblacion-por-municipio-2024'
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    name = _OTHER.sub("-", folded).strip("-")
    if len(name) <= longest:
        return name
    return (name[:longest].rpartition("-")[0] or name[:longest]).strip("-")


def dataset_name(title: str, identifier: str) -> str:
    """The name of a dataset: its title, then the beginning of its identifier, which alone finds it again when the title changes.

    >>> dataset_name("Presupuesto", "k3j5m2qa7xw4zzzzzzzzzzzzzz")
    'presupuesto-k3j5m2qa7xw4'
    """
    mark = identifier[:MARK].casefold()
    return f"{slug(title, LONGEST - MARK - 1) or 'datos'}-{mark}"


def theme_name(theme: str) -> str:
    """The name of a theme: the code of a European data theme, however it is written, else what its words say or the end of its
    address; empty where nothing is left.

    >>> theme_name("http://publications.europa.eu/resource/authority/data-theme/HEAL"), theme_name("Mi ciudad")
    ('heal', 'mi-ciudad')
    """
    code = look_up(Table.THEME, theme).code
    return code.casefold().replace("_", "-") if code else slug(theme_title(theme))


def theme_title(theme: str) -> str:
    """A theme as people read it: its words, or the end of its address."""
    return re.split(r"[/#]", theme.rstrip("/#"))[-1] if "://" in theme else theme
