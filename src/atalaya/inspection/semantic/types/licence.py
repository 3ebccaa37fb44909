"""Licences by name, identifier or address."""

import re

from atalaya.catalogue.vocabularies.licences import Conformance, read_licence
from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "license, licence, licencia, licenca, licences, licenses, licencias, license id, license url, license "
    "title, licenseurl, licenciamiento, terms of use, condiciones de uso"
)
UNNAMED_LEAST = 0.8
_OTHER_CC = re.compile(r"CC (?!BY|0|ZERO|NC|SA|ND|PDM)", re.IGNORECASE)
"""Two letters that shorten other things too, as the communautés de communes of France."""
_MOST_DIFFERENT = 300
_MOST_WORDS = 12
_CLUES = words(
    "cc cc0 cc4 ccby licence license licences licenses licencia licencias licenca licencas lizenz open odc odbl pddl "
    "ogl gpl lgpl agpl mit apache bsd domain dominio domaine commons libre libres lov nlod iodl dl psi "
    "creativecommons pd gfdl isc mpl eupl etalab termos terminos terms condiciones condicoes copyright rights "
    "derechos notspecified cczero publicdomain cecill kogl"
)
"""Words of which licences and terms hold one: without any in all the values none of them is read."""


def _is_licence(text: str) -> bool:
    if _OTHER_CC.match(text):
        return False
    read = read_licence(text[:300])
    return read.id is not None and read.conformance is not Conformance.MISSING


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """A name that says so over anything but numbers and truth values; or known licences whatever the name, where
    they repeat."""
    if column.name.says(NAMES) >= HEAD and column.lengths >= 2:
        return Fit(column.some(_is_licence), "name")
    if column.distinct > _MOST_DIFFERENT or column.words > _MOST_WORDS or _CLUES.isdisjoint(column.tokens):
        return None
    share = column.fitting(_is_licence)
    return Fit(share, "known") if share >= UNNAMED_LEAST else None


TYPE = SemanticType(
    id="licence",
    version=2,
    title="Licence",
    text="Licences by name, identifier or address: a column that is called so, or one of which at least {least} "
    "% are known licences.",
    forms=frozenset({Form.WEB, Form.WORD, Form.WORDS, Form.CODE, Form.MIXED, Form.TEXT, Form.MARKUP}),
    rule=rule,
    thresholds={"least": round(100 * UNNAMED_LEAST)},
    examples=(
        Example("license_id", ("odc-odbl", "cc-by"), True, "identifiers"),
        Example(
            "license", ("<p>Open Database License</p>", "<div>No warranty.</div>"), True, "terms in marked-up text"
        ),
        Example("uso", ("CC-BY-4.0", "CC0-1.0", "ODbL-1.0"), True, "known licences under any name"),
        Example("acceso", ("público", "restringido"), False, "levels of access"),
    ),
)
