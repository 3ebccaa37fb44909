"""Whether a name is evidently that of a body, where a field may as well hold a person, and persons are never kept.

In Spanish, Portuguese and French the noun that says what a body is comes first (`Instituto Nacional de …`); in English it comes
last (`… Agency`) or before `of` (`Department of …`). A name with a part that says neither is no evidence: the part may be a
person. A name that goes on with a person's, without any mark between them, cannot be told. What is refused here was written by
a person or by a body whose name does not say so; both are left out.
"""

import re

from atalaya.catalogue.folding import fold

_FIRST_WORDS = """
    academia administracion administration agence agencia alcaldia archivo arquivo asamblea asociacion assembleia
    assemblee associacao association autoridad autoridade autorite ayuntamiento banco banque biblioteca bibliotheque
    cabildo camara centro centre chambre colegio comision comissao comite commission communaute commune companhia
    comunidad concejo congreso congresso conseil consejeria consejo conselho consorcio contraloria controladoria
    coordenacao coordinacion corporacion corte cour defensoria delegacion delegacia departamento departement
    diputacion direccion direcao diretoria direction distrito ejercito empresa entidad escola escuela estado facultad
    faculdade fiscalia fondo fundacao fundacion fondation fundo gabinete gerencia gobernacion gobierno gouvernement
    governo hospital inspeccion institut institutos instituto instituicao institucion institution intendencia jefatura
    junta juzgado laboratorio laboratoire mairie mancomunidad metropole ministere ministerio ministerios municipalidad
    municipalidade municipalite municipio musee museo museu nucleo observatoire observatorio oficina organismo
    organisation organizacao organizacion orgao policia bank poder prefectura prefecture prefeitura presidencia
    procuradoria procuraduria programa provincia region reitoria registro rectorado senado secretaria secretariado
    secretariat service servicio servico sindicatura sistema sociedad sociedade societe subdireccion subsecretaria
    superintendencia tesoreria tribunal tribunales unidad unidade universidad universidade universite vicepresidencia
"""
_FIRST = frozenset(_FIRST_WORDS.split())
"""Nouns of bodies that come first, folded. No titles of persons: `ministro` and `director` are none."""
_CLOSING_WORDS = """
    administration agency archives association authority board bureau center centre chamber commission committee
    corporation council department directorate foundation fund government inspectorate institute institution
    laboratory library ministry municipality museum observatory office organisation organization parliament registry
    secretariat senate service services statistics survey treasury tribunal university
"""
_CLOSING = frozenset(_CLOSING_WORDS.split())
"""English nouns that close the name of a body, or open what `of`, `for` or `on` goes on."""
_QUALIFIERS_WORDS = """
    a as central city county das dos e el electoral estatal excma excmo federal general h hon honorable i il ilustre l
    la las le les los lower metropolitan municipal nacional nacionales national o os provincial public publico real
    regional royal state sub superior suprema supremo the u united upper us s world
"""
_QUALIFIERS = frozenset(_QUALIFIERS_WORDS.split())
"""Words that may stand before the noun and say nothing of persons."""
_LINKS_WORDS = """
    a al and au aux d da das de del des do dos du e el em en et for la las le les los of on para por y
"""
_LINKS = frozenset(_LINKS_WORDS.split())
_ADJECTIVES_WORDS = """
    academica administrativa central constitucional distrital ejecutiva electoral estadual executiva general geral
    interamericana interamericano mundial municipal nacional suprema superior tecnica
"""
_ADJECTIVES = frozenset(_ADJECTIVES_WORDS.split())
_DOUBTFUL = frozenset({"bank", "banco", "camara", "corte", "secretaria", "subsecretaria"})
"""Nouns that are a surname or a person's post too; a link or an adjective of bodies must follow: `Secretaria de Salud`."""
_STATES = frozenset(
    {
        "costa rica",
        "el salvador",
        "estados unidos",
        "new zealand",
        "puerto rico",
        "reino unido",
        "republica dominicana",
        "united kingdom",
        "united states",
    }
)
_PARTS = re.compile(r"\s+[-–—|/]+\s+|\s*[;:|\n(\[]\s*|\s*[)\]]\s*")
_PLACE = re.compile(r"^([^.,]{3,40})\.\s+(?=\S)")
_ACRONYM = re.compile(r"^[A-ZÁÉÍÓÚÑÇ0-9][A-ZÁÉÍÓÚÑÇ0-9./&-]{1,14}$")
_WORDS_BEFORE = 4
"""Words before the noun that closes an English name; the longest common ones have three (`National Ocean Survey Office`)."""


def is_organisation(name: str) -> bool:
    """Whether a name is evidently that of a body, in every one of its parts.

    >>> is_organisation("Instituto Nacional de Estadística (INE)"), is_organisation("Pérez, Ana (Ministerio de Salud)")
    (True, False)
    >>> is_organisation("Ana Pérez - Ministerio de Salud"), is_organisation("Ministro Juan Pérez")
    (False, False)
    """
    if "@" in name:
        return False
    parts = [part for part in _PARTS.split(name.strip()) if part.strip()]
    evident = [_is_body(part) for part in parts]
    return any(evident) and all(
        said or _ACRONYM.match(part.strip()) is not None for part, said in zip(parts, evident, strict=True)
    )


def _is_body(part: str) -> bool:
    """Whether one part of a name is that of a body; the commas in it may list subjects, and no persons."""
    place = _PLACE.match(part)
    if place is not None and _is_place(place[1]):
        part = part[place.end() :]
    first, *others = part.split(",")
    words = fold(first).split()
    if others and len(words) == 1:
        return False  # a surname, as in `Cámara, Ana`
    return _begins(words) and not any(_may_be_person(other) for other in others)


def _is_place(said: str) -> bool:
    """Whether a text before a full stop may be the country or town of a body: `Ruritania. Ministry of Health`."""
    folded = fold(said)
    return len(folded.split()) == 1 or folded in _STATES


def _begins(words: list[str]) -> bool:
    """Whether the words begin with a noun of a body, or close with an English one."""
    bare = list(words)
    while bare and bare[0] in _QUALIFIERS:
        del bare[0]
    if not bare:
        return False
    if bare == ["bank"]:
        return len(words) > 1  # World Bank, Central Bank
    if bare[0] in _DOUBTFUL:
        return len(bare) > 1 and (bare[1] in _LINKS or bare[1] in _ADJECTIVES)
    if bare[0] in _FIRST or bare[0] in _CLOSING:
        return True
    if bare[-1] in _CLOSING:
        return len(bare) <= _WORDS_BEFORE + 1 and "of" not in bare
    return len(bare) > 2 and bare[1] in _CLOSING and bare[2] in ("of", "for", "on")


def _may_be_person(said: str) -> bool:
    """Whether a text after a comma is two to four words in capitals without a link, as names of persons are."""
    words = said.split()
    capitals = [word for word in words if word[:1].isupper()]
    plain = not any(fold(word) in _LINKS and word.islower() for word in words)
    return 2 <= len(words) <= 4 and len(capitals) == len(words) and plain and not _begins(fold(said).split())
