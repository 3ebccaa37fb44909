"""Who may have a dataset, as its record declares it."""

from enum import StrEnum
from functools import cache
from importlib import resources

from atalaya.catalogue.folding import fold
from atalaya.yamls import load_yaml


class AccessRights(StrEnum):
    """`unstated` where nothing is said, `unrecognised` where what is said is in no table."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    NON_PUBLIC = "non_public"
    UNSTATED = "unstated"
    UNRECOGNISED = "unrecognised"


@cache
def _words() -> dict[str, AccessRights]:
    table = resources.files("atalaya").joinpath("data", "vocabularies", "access_rights.yml")
    rows = load_yaml(table.read_text(encoding="utf-8"))["access_rights"]
    return {fold(word): AccessRights(row["id"]) for row in rows for word in (row["id"], *row["words"])}


def read_access_rights(text: str | None) -> AccessRights:
    """The declared access rights: a code, a URI that ends in one, or a word.

    >>> read_access_rights("http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC").value
    'non_public'
    """
    written = (text or "").strip()
    if not fold(written):
        return AccessRights.UNSTATED
    last = written.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    words = _words()
    return words.get(fold(written)) or words.get(fold(last)) or AccessRights.UNRECOGNISED
