"""Words that tell names of bodies: institutions, companies, schools, hospitals."""

import re
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.inspection.kinds import words

_WORDS = words(
    """
    academia academy administracion administration agence agencia agency airlines airways alcaldia army asamblea
    asociacion assembly associacao associates association authority autoridad ayuntamiento banco bank banque
    biblioteca bibliotheque board bureau cabinet caja camara center centre centro chamber charity church cia
    clinic clinica colegio college comercial comision comissao comite command commission committee communaute
    compania company comunidad confederacion congreso congress conseil consejo conselho constructora consulado
    consulate consultants consulting consultores contraloria cooperativa cooperative coordenacao coordinacion
    coordinadora corp corporacion corporation corte council councils court defensoria departamento departement
    department dept diputacion direccion direction directorate diretoria distribuidora division ecole editorial
    ejercito embajada embassy empresa ente enterprises entidad escola escuela facultad faculty farmaceutica
    farmacia federacion federal federation fiscalia fondation fondo force foundation fund fundacao fundacion
    gabinete gerencia gmbh gobernacion gobierno government governo group groupe grupo holdings hospital
    hospitals hotel iglesia inc incorporated industrias industries infirmary institucion institut institute
    institution instituto insurance intendencia inversiones juzgado laboratorios library liceo limited llc llp
    logistics ltd ltda lycee mairie mancomunidad ministere ministerio ministro ministry municipalidad musee
    museo museu museum mutual nacional national network ngo nhs observatorio observatory office oficina
    ombudsman ong organisation organismo organizacao organizacion organization parlamento parliament parroquia
    partido partnership party plc police policia prefeitura presidencia presidency press pro procuraduria
    provincial publishing red regie registrar registro registry reitoria republic republica restaurant sarl sas
    school secretaria secretariat seguros senado senate service services servicios shop sindicato sociedad
    societe society solutions srl store subsecretaria superintendencia surgery syndicat systemes systems
    taskforce telecom telecommunications transport transportes tribunal tribunals trust unidad union unit
    universidad universidade universite university viceministerio
    """
)
_ALONE = words(
    """
    center centre centro charity comercial comunidad court direction division editorial federal group grupo
    hotel nacional national network party press real red registro restaurant service services servicios shop
    solutions store systems transport transportes unidad union unit
    """
)
"""Words that say something of bodies only beside another such word."""
_FORMS = ("s a", "s a de c v", "s r l", "s a s", "y cia", "co", "t a", "sa de cv", "s l", "e i r l", "sa")
_LAST = frozenset(form.split()[-1] for form in _FORMS)
BODY_WORDS = _WORDS | _LAST
"""Words of which every name of a body has one."""


@lru_cache(maxsize=32_768)
def names_a_body(folded: str) -> bool:
    """Whether a folded text has words of names of bodies.

    >>> names_a_body("ministerio de salud publica"), names_a_body("centro"), names_a_body("libros de texto s a")
    (True, False, True)
    """
    told = folded.split()
    if not _WORDS.isdisjoint(told):
        found = _WORDS.intersection(told)
        if found - _ALONE or len(found) > 1:
            return len(told) > 1 or bool(found - _ALONE)
    return len(told) > 1 and told[-1] in _LAST and any(folded.endswith(f" {form}") for form in _FORMS)


_GOVERNING = (
    "city of ", "county of ", "town of ", "village of ", "township of ", "borough of ", "municipality of ", "state of ",
    "province of ", "government of ", "ciudad de ", "municipio de ", "provincia de ", "estado de ", "ville de ", "commune de ",
    "mairie de ", "cidade de ", "gobierno de ", "alcaldia de ",
)  # fmt: skip
_GOVERNED = re.compile(r"\b(?:county|city|township|borough|parish|metropole|metropolitan)\b")


def governs(text: str) -> bool:
    """Whether a text is a place that stands for its government where somebody made something.

    >>> governs("Ville de Paris"), governs("Wilkin County"), governs("Paris")
    (True, True, False)
    """
    told = fold(text[:120])
    return told.startswith(_GOVERNING) or _GOVERNED.search(told) is not None


def is_body(text: str) -> bool:
    """Whether a text reads as the name of a body."""
    return names_a_body(fold(text[:120]))
