"""Values that identify the row or another thing and mean nothing else."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "id, ids, identifier, identificador, uuid, guid, uid, key, llave, folio, expediente, oid, fid, gid, "
    "objectid, object id, fnode, tnode, lpoly, rpoly, globalid, "
    "reference, reference number, transaction number, transaction no, numero de referencia, post unique "
    "reference, unique reference, slug, rowid, userid, user id, "
    "productid, product id, invoice number, numero de factura, factura, nog, numero de contrato, contract "
    "number, numero de proceso, ocid, ref, pageid, worker id, "
    "isbn, issn, doi, serial number, placa, matricula, numero de serie, identificacion, identifiant, "
    "reference no, record id, hid, catid, dataset id, datasetid, "
    "case number, numero de expediente, permit number, license number, parcel id, pin, codigo escuela, "
    "codigo de escuela, codigo del establecimiento, codigo establecimiento, codigo snip, snip, sku, "
    "barcode, isin, package id, revision id, owner org"
)
CODES = phrases("codigo, code, cod, clave, codigo unico")
"""Names of codes, which identify where they hardly repeat."""
VARIED = 0.7
CODES_VARIED = 0.9
_UUID = re.compile(r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;]{1,120}\Z")
_MEASURED = NUMERIC - {Form.INTEGER}
_MIXED_SIGNS = re.compile(r"(?=.*\d)(?=.*[A-Za-z_/:-])[^\s,]+\Z|0\d+\Z")
_LEAST_VALUES = 3


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """UUIDs; tokens under a name that says identifier; codes that hardly repeat; tokens of letters and digits that
    hardly repeat."""
    if fit := enough(column.fitting(_UUID.match)):
        return fit
    tokens = column.fitting(_TOKEN.match)
    if column.name.says(NAMES) >= HEAD and tokens >= 1 - TYPE.tolerance:
        return Fit(tokens, "name")
    if column.variety < VARIED or len(column.values) < _LEAST_VALUES:
        return None
    if column.name.says(CODES) >= HEAD and column.variety >= CODES_VARIED:
        return enough(tokens, "name")
    if column.of_forms(_MEASURED) > 0.5:
        return None
    mixed = column.fitting(_MIXED_SIGNS.match)
    return Fit(mixed, "varied") if column.variety >= CODES_VARIED and mixed >= 1 - TYPE.tolerance else None


TYPE = SemanticType(
    id="identifier",
    version=1,
    title="Identifier",
    text="Values that identify the row or another thing: UUIDs, tokens under a name that says so, codes of "
    "which {codes} % are different, and tokens of letters and digits as varied.",
    forms=frozenset(set(Form) - {Form.TEXT, Form.STRUCTURE, Form.MARKUP, Form.PERCENT, Form.AMOUNT, Form.BOUND}),
    rule=rule,
    thresholds={"codes": round(100 * CODES_VARIED)},
    examples=(
        Example("CODIGO", ("19-01-0078-46", "19-01-0143-46", "19-01-0170-46"), True, "codes that never repeat"),
        Example("id", ("1", "2", "2"), True, "a name that tells"),
        Example("", ("0e507866-4b0e-42f8-a166-6cee2c1b0a11", "12248425-6636-41de-b837-4c6b1f0a2b33"), True, "UUIDs"),
        Example(
            "código de partida", ("011", "011", "022", "011", "022", "022", "011", "022"), False, "codes that repeat"
        ),
    ),
)
