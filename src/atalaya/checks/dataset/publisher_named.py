"""The publisher is an institution with a name, and not the person or the program that filled in the form."""

import re
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.placeholders import says_nothing
from atalaya.checks.quotation import quote

LEAST_LETTERS = 2
"""Letters of a name: abbreviations of institutions have at least two."""

_PHRASES = """
    admin|administrador|administrator|administrador del portal|administrador del sistema|portal|portal admin|webmaster
    root|user|usuario|usuario 1|usuario publico|sysadmin|system|sistema|default|default organization|organizacion
    organization|organisation|organizacion por defecto|sin organizacion|no organization|none|null|ninguna|ninguno|n a|na
    institucion|institution|publisher|editor|publicador|autor|author|anonimo|anonymous|unknown|desconocido|desconhecido
    sin especificar|no especificado|no especificada|not specified|varios|varias instituciones|otros|otras|other|tbd
    datos abiertos|open data|portal de datos|portal de datos abiertos|open data portal|editor de datos|ckan admin
    ckan|harvest|harvester|api|informatica|soporte|soporte tecnico|it|claudius ptolomaeus|gobierno|government
"""
NOBODY = frozenset(phrase.strip() for line in _PHRASES.splitlines() for phrase in line.split("|")) - {""}
"""Folded names of accounts, roles and forms that name no institution."""

_BRACKETS = re.compile(r"\([^()]*\)")
_MAIL = re.compile(r"\S*@\S+\.\S+|…@\S+")
_MARK = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}|\d+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.|urn:)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}/?", re.IGNORECASE)
"""Addresses, and bare names of hosts, which portals write where nobody was named."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    publisher = case.dataset.publisher
    if publisher is None:
        return failed("missing")
    return _judge(publisher.name, publisher.native_id, publisher.uri)


@lru_cache(maxsize=4096)
def _judge(name: str | None, native_id: str | None, uri: str | None) -> Outcome:
    """A catalogue names few publishers many times."""
    written = (name or "").strip() or (native_id or "").strip()
    if not written or _MARK.fullmatch(written) or _ADDRESS.fullmatch(written):
        address = (uri or "").strip() or (written if _ADDRESS.fullmatch(written) else "")
        if address:
            return unknown("address_only")
        return failed("code") if written else failed("missing")
    if _MAIL.search(written):
        return failed("mail")
    folded = fold(_BRACKETS.sub(" ", written)) or fold(written)
    if folded in NOBODY or says_nothing(folded):
        return failed("nobody", name=quote(written))
    return (
        passed()
        if sum(letter.isalpha() for letter in folded) >= LEAST_LETTERS
        else failed("nobody", name=quote(written))
    )


CHECK = Check(
    id="publisher_named",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The publisher is an institution with a name",
    text="The record names the institution that publishes the data, and not an account (“admin”), the portal, an "
    "e-mail address or a code.",
    remedy="Write as publisher the official name of the institution. In most portals that is the organisation that "
    "the dataset belongs to.",
    effort=Effort.LOW,
    fields=("dataset.publisher", "dataset.publisher.name", "dataset.publisher.native_id", "dataset.publisher.uri"),
    reasons={
        "ok": "The publisher is named.",
        "missing": "Nobody is named as publisher.",
        "address_only": "The publisher is given by an address alone, and we do not know whose it is.",
        "code": "The publisher is given by a code alone.",
        "mail": "An e-mail address stands in place of the publisher's name.",
        "nobody": "“{name}” names no institution.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a ministry"),
        Example(
            dataset_case(publisher=Agent(native_id="ministerio-de-salud")), Verdict.PASS, "ok", "a name as identifier"
        ),
        Example(dataset_case(publisher=None), Verdict.FAIL, "missing", "nobody"),
        Example(dataset_case(publisher=Agent(name="Administrador")), Verdict.FAIL, "nobody", "an account"),
        Example(dataset_case(publisher=Agent(name="…@datos.example.org")), Verdict.FAIL, "mail", "an e-mail address"),
        Example(dataset_case(publisher=Agent(native_id="000123")), Verdict.FAIL, "code", "a number"),
        Example(
            dataset_case(publisher=Agent(uri="https://datos.example.org/org/7")),
            Verdict.UNKNOWN,
            "address_only",
            "an address without a name",
        ),
        Example(
            dataset_case(publisher=Agent(name="datos.example.org")),
            Verdict.UNKNOWN,
            "address_only",
            "the name of a host",
        ),
    ),
)
