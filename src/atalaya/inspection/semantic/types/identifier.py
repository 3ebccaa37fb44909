"""Values that identify the row or another thing and mean nothing else."""

import re
from collections import Counter

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.digits import are_composed, are_padded
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.neighbours import are_fields
from atalaya.inspection.semantic.nouns import KINDS, REFERENCES, THINGS
from atalaya.inspection.semantic.shapes import NUMERIC, Form
from atalaya.inspection.semantic.types import code, title, url

_THINGS = (
    "transaction, invoice, case, contract, permit, license, licence, policy, account, purchase order, order, application, "
    "registration, project, file, ticket, certificate, voucher, record, document, docket, grant, award, tracking, parcel, "
    "serial, unit, meter, batch, lot, tag, catalog, accession, claim, complaint, request, incident, report, post, po"
)
"""Things whose number is an identifier."""
_COSAS = (
    "factura, contrato, expediente, proceso, resolucion, acuerdo, acta, boleta, licencia, permiso, placa, serie, registro, "
    "cuenta, orden de compra, solicitud, oficio, tramite, finca, partida, cheque, documento, convenio, proyecto, caso, "
    "denuncia, inscripcion, poliza, transaccion, guia, folio, recibo, adjudicacion, concurso, licitacion, certificado, "
    "expediente judicial, operacion, referencia, control, carnet, escritura"
)
NAMES = phrases(
    "station no, stn no, stn, sample no, site no, plot no, gene, entrez gene, ensembl, well no, "
    "id, ids, identifier, identificador, uuid, guid, uid, key, llave, folio, expediente, oid, fid, gid, "
    "objectid, object id, fnode, tnode, lpoly, rpoly, globalid, run id, identifiers, keys, references, "
    "pid, cid, eid, qid, rid, sid, tid, vid, nid, wid, uii, docno, regno, caseno, acctno, orderno, refno, idno, investment uii, "
    "reference, reference number, numero de referencia, post unique "
    "reference, unique reference, slug, rowid, userid, user id, codename, short name, machine name, "
    "productid, product id, nog, ocid, ref, pageid, worker id, "
    "isbn, issn, doi, placa, matricula, identificacion, identifiant, "
    "hostname, host name, host, pk, fk, primary key, repo, source repo, git repo, repo name, "
    "record id, hid, catid, dataset id, datasetid, pin, codigo escuela, "
    "codigo de escuela, codigo del establecimiento, codigo establecimiento, codigo snip, snip, sku, ruc establecimiento, "
    "barcode, isin, package id, revision id, owner org, school code, codigo modular, cct, urn, ukprn, ods code, "
    "organisation code, organization code, provider code, station code, station id, codigo estacion, "
    "hash id, tweet id, pmid, pmcid, orcid, ncbi, accession, iri, uri, identificador unico, unique id, unique identifier",
    ",".join(
        f"{thing} {number}"
        for thing in _THINGS.split(", ")
        for number in ("number", "no", "num", "nr", "id", "ref", "reference")
    ),
    ",".join(
        f"{number} {of}{thing}"
        for thing in _COSAS.split(", ")
        for number in ("numero", "no", "nro", "num", "n", "id")
        for of in ("", "de ", "del ")
    ),
)
WHOLE_NAMES = phrases("short name, machine name, name, nombre corto, iata, icao, symbol, ticker, username, login")
"""Names of what identifies where the values look like it."""
CODES = phrases("codigo, code, cod, clave, codigo unico")
"""Names of codes, which identify where they hardly repeat."""
VARIED = 0.7
CODES_VARIED = 0.9
_UUID = re.compile(r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;]{1,120}\Z")
_MIXED_SIGNS = re.compile(r"(?![-+]?[\d.,]+\Z)(?=.*\d)(?=.*[A-Za-z_/:-])[^\s,]+\Z|0\d+\Z")
_SLUG = re.compile(r"_?[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*\Z")
_JOINED = re.compile(r"_?[A-Za-z0-9]+[-_][A-Za-z0-9]|[a-z]+[A-Z][a-z]")
_PREFIXED = re.compile(r"(?!https?:)[a-z][\w.-]{0,24}:[^\s/\d;,][^\s;,:]*\Z|_:\S+\Z")
"""A name of a vocabulary or a blank node, as RDF writes them: `ex:dataset-1`, `_:b0`."""
JOINED, SYSTEM_JOINED = 0.5, 0.05
"""Share of slugs of more than one word, without which they are plain words."""
_STEM = re.compile(r"(\D*?)[ .#:_-]*\d+\Z")
_LEAST_VALUES = 3
_LEAST_RANDOM = 20
RANDOM_DIGITS = 0.3
"""Share of tokens of one length with a digit, from which they are drawn and no words."""
REFERRED = 0.6
"""Share of the values that an identifier of the table holds, in a column that refers to it."""
_LEAST_LENGTH = 2
KINDS_REPEAT = 5
"""Cells for each of a few numbers under a name of kinds, from which they are codes."""
CODES_MOST, CODES_REPEAT = 100, 10
"""Different numbers under a name that says code, and cells for each of them, beyond which they tell kinds and below which
single things."""
_NUMBERS = re.compile(r"(?=.*[^\W\d_])[^\s\d]*\d\S*(?:\s+\S*\d\S*)+\Z")
"""Several tokens with a digit in each of them, and a letter in one."""
_PATH = re.compile(r"\w[^\s/:.#]*(?:[/:.#]+[^\s/:.#]+){2,}\Z")
_LONG = 15.0
"""Mean length from which tokens of several parts, none of which stands twice, are names of things in a system."""


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """UUIDs; tokens under a name that says identifier, or that an identifier of the table holds; whole numbers under the
    name of a single thing; names of a vocabulary; codes that hardly repeat; tokens of letters and digits, slugs, and one
    word with numbers, that hardly repeat."""
    name = column.name
    refers = name.says(REFERENCES) >= HEAD
    named = refers or (name.says(NAMES) >= HEAD and not _numbers_kinds(column))
    if are_fields(column):
        return Fit(1.0, "table")
    if column.words > _MOST_WORDS:
        return _worded(column, refers or (named and name.says(title.NAMES) < HEAD))
    if are_composed(column):
        return Fit(1.0)
    if _UUID_LENGTHS[0] <= column.lengths <= _UUID_LENGTHS[1] and (fit := enough(column.fitting(_UUID.match))):
        return fit
    if not named and column.leading in _WORDED:
        return _numbered(column)
    tokens = column.fitting(_TOKEN.match)
    if tokens < 1 - TYPE.tolerance:
        return _worded(column, named)
    measured = column.of_forms(_MEASURED) >= 0.3 and not column.whole_numbers
    if (named and not measured) or _is_thing(column) or _refers(column):
        return Fit(tokens, "name" if named else "table")
    if name.says(KINDS) < HEAD and name.says(url.NAMES) < HEAD and (fit := enough(column.fitting(_PREFIXED.match))):
        return fit
    if (
        name.says(title.NAMES) >= HEAD
        and not (name.says(CODES) or name.says(_TITLES))
        and (fit := enough(column.fitting(_CODED.match)))
    ):
        return fit
    return None if measured else _varied(column, tokens)


def _numbers_kinds(column: Seen) -> bool:
    """Few whole numbers that repeat over and over, under a name that speaks of kinds: the code of a sector, not its
    identifier."""
    few = column.distinct <= code.KINDS_MOST and column.variety * KINDS_REPEAT <= 1
    return few and column.name.says(KINDS) > 0 and column.whole_numbers


def _worded(column: Seen, named: bool) -> Fit | None:
    """Labels of several words, of which none stands twice under a name that says identifier, or that say to which other
    row they belong; one word with numbers."""
    refers = column.name.says(REFERENCES) >= HEAD
    if column.words > (_MOST_REFERENCES if refers else _MOST_LABELS) or column.answers:
        return None
    if refers or (named and column.variety >= CODES_VARIED):
        return Fit(column.variety, "name")
    if column.leading in _TEXTS:
        return None
    many = column.variety >= CODES_VARIED and len(column.values) >= _LEAST_RUNNING
    fit = enough(column.fitting(_NUMBERS.match), "varied") if many else None
    return fit or _numbered(column)


def _is_thing(column: Seen) -> bool:
    """Whole numbers, more than a few, under the name of a single thing."""
    return (
        column.name.says(THINGS) == WHOLE
        and column.leading in NUMERIC
        and column.whole_numbers
        and column.distinct > _FEW
        and min(column.numbers, default=-1) >= 0
    )


def _varied(column: Seen, tokens: float) -> Fit | None:
    """What identifies by its form, because it hardly repeats."""
    if column.name.says(CODES) >= HEAD and _are_many(column):
        return Fit(tokens, "name")
    if column.variety < VARIED or len(column.values) < _LEAST_VALUES:
        return None
    if column.name.says(CODES) >= HEAD and column.variety >= CODES_VARIED:
        return Fit(tokens, "name")
    if (
        column.variety < CODES_VARIED
        or (column.of_forms(NUMERIC) > 0.5 and not are_padded(column))
        or column.name.says(title.NAMES) >= HEAD > _plain(column)
    ):
        return None
    if are_padded(column):
        return Fit(1.0, "varied")
    if fit := enough(column.fitting(_MIXED_SIGNS.match), "varied"):
        return fit
    joined = SYSTEM_JOINED if _plain(column) == WHOLE and column.lowered else JOINED
    if column.some(_JOINED.match) >= joined and (fit := enough(column.fitting(_SLUG.match), "varied")):
        return fit
    if column.lengths >= _LONG and (fit := enough(column.fitting(_PATH.match), "varied")):
        return fit
    return Fit(tokens, "varied") if _is_drawn(column) else None


def _are_many(column: Seen) -> bool:
    """More different whole numbers than a classification has under a name that says nothing more, few cells for each."""
    return (
        column.distinct > CODES_MOST
        and column.variety * CODES_REPEAT > 1
        and column.whole_numbers
        and not column.name.says(code.ABBREVIATIONS)
    )


def _plain(column: Seen) -> int:
    """How much the name says that short names are meant, which title names of systems as well as things."""
    return column.name.says(WHOLE_NAMES)


def _numbered(column: Seen) -> Fit | None:
    """One word and a number each, as `Dim. 1`, `Dim. 2`, none of them twice."""
    if column.variety < CODES_VARIED or len(column.values) < _LEAST_RUNNING:
        return None
    stems = Counter(found[1] for value in column.values if (found := _STEM.match(value)))
    return enough(max(stems.values(), default=0) / len(column.values), "varied")


_LEAST_RUNNING = 5


def _is_drawn(column: Seen) -> bool:
    """Tokens of one length, many of them with digits among letters; or very short ones in capitals."""
    lengths = set(map(len, column.values))
    if len(column.values) < _LEAST_RUNNING or max(lengths) - min(lengths) > 1:
        return False
    if max(lengths) <= _SHORT:
        return column.fitting(_CAPITALS.match) >= 1 - TYPE.tolerance
    return len(column.values) >= _LEAST_RANDOM and len(lengths) == 1 and column.some(_DIGIT.search) >= RANDOM_DIGITS


_TITLES = phrases("title, titles, titulo, titulos, titre, titres")
_UUID_LENGTHS = (30.0, 40.0)
_MOST_LABELS, _MOST_REFERENCES = 8.0, 30.0
_CODED = re.compile(r"(?![-+]?[\d.,]+\Z)(?=\S*\d)(?=\S*[A-Za-z])[^\s,]{2,24}\Z")
_MOST_WORDS = 1.6
"""Mean number of words above which values are no tokens, but for a word and a number."""
_TEXTS = frozenset({Form.TEXT, Form.WORDS})
_MEASURED = NUMERIC - {Form.INTEGER}
_SHORT = 4
_CAPITALS = re.compile(r"[A-Z0-9]{2,}\Z")
_WORDED = frozenset({Form.WORDS, Form.MIXED, Form.TEXT})
_FEW = 12
_DIGIT = re.compile(r"\d")


def _refers(column: Seen) -> bool:
    """Whether the values stand in a column of the table that a name says to be an identifier."""
    if column.leading not in _REFERRING or max(map(len, column.values)) < _LEAST_LENGTH:
        return False
    for other in column.table:
        if (
            other is column
            or other.name.says(NAMES) < HEAD
            or other.variety < CODES_VARIED
            or other.view.distinct is None
        ):
            continue
        if column.view.distinct is None or column.distinct > other.distinct or _is_small(other):
            continue
        if column.fitting(other.view.values.__contains__) >= REFERRED and other.view.whole:
            return True
    return False


def _is_small(column: Seen) -> bool:
    """Whether an identifier is a running number, which any count of few may hold by chance."""
    return bool(column.numbers) and max(column.numbers) <= 10 * column.distinct


_REFERRING = frozenset({Form.INTEGER, Form.CODE, Form.WORD})

TYPE = SemanticType(
    id="identifier",
    version=3,
    title="Identifier",
    text="Values that identify the row or another thing: UUIDs, tokens under a name that says so or says to which row "
    "they belong, whole numbers under the name of a single thing, long ones of one length that begin alike, codes "
    "of which {codes} % are different or more than {many} whole numbers under a name that says no more than code, "
    "tokens of letters and digits, slugs, paths and numbered words as varied, names of the fields of a data set, "
    "and values that such a column of the table holds.",
    forms=frozenset(set(Form) - {Form.STRUCTURE, Form.MARKUP, Form.PERCENT, Form.AMOUNT, Form.BOUND}),
    rule=rule,
    thresholds={"codes": round(100 * CODES_VARIED), "many": CODES_MOST},
    examples=(
        Example("CODIGO", ("19-01-0078-46", "19-01-0143-46", "19-01-0170-46"), True, "codes that never repeat"),
        Example("id", ("1", "2", "2"), True, "a name that tells"),
        Example("", ("0e507866-4b0e-42f8-a166-6cee2c1b0a11", "12248425-6636-41de-b837-4c6b1f0a2b33"), True, "UUIDs"),
        Example(
            "código de partida", ("011", "011", "022", "011", "022", "022", "011", "022"), False, "codes that repeat"
        ),
    ),
)
