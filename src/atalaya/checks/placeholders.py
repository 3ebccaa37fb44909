"""Texts that stand where nothing was written: what forms, templates and trials leave behind."""

import re

_PHRASES = """
    sin descripcion|descripcion|descripcion pendiente|descripcion del conjunto de datos|no description|description
    descripcion del dataset|sem descricao|pendiente|por definir|no disponible|n a|na|ninguna|ver archivo|ver recurso
    datos|sin titulo|titulo|titulo del conjunto de datos|untitled|untitled dataset|title|sem titulo|dataset|data set
    conjunto de datos|new dataset|nuevo conjunto de datos|nuevo dataset|mi dataset|my dataset|my first dataset|tbd|todo
    xxx|asdf|lorem ipsum|sin nombre|no title|name|nombre|data|dados|datos abiertos|open data
"""
EMPTY_PHRASES = frozenset(phrase.strip() for line in _PHRASES.splitlines() for phrase in line.split("|")) - {""}
"""Folded texts that stand where nothing was written, as templates and forms leave them."""

_FILLER = re.compile(r"lorem ipsum|claudius ptolomaeus")
# The second is the contact that a map server is delivered with; its descriptions are the factory's too.

_TRIAL = re.compile(
    r"(?:(?:un |una |a |mi |my |this is a )?"
    r"(?:(?:data ?set|conjunto de datos|datos|archivo|data|carga|titulo|title) )?(?:de |of )?)"
    r"(?:tests?|testing|pruebas?|teste|borrador|draft|demo)"
    r"(?: (?:data ?sets?|data|upload|carga|api|titulo|title))?(?: (?:\d+|[a-z]))?"
)


def says_nothing(folded: str) -> bool:
    """Whether a folded text is one that a form, a template or a trial left there.

    >>> says_nothing("dataset de prueba 2"), says_nothing("pruebas nacionales de lectura")
    (True, False)
    """
    return folded in EMPTY_PHRASES or _TRIAL.fullmatch(folded) is not None or _FILLER.search(folded) is not None
