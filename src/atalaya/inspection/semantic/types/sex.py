"""Sex or gender of persons."""

from atalaya.inspection.kinds import words
from atalaya.inspection.semantic.column import Seen, folded
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases("sexo, sex, genero, gender, sexe, genre, identidad de genero, identidad genero, sexo victima")
SEXES = words(
    "hombre hombres mujer mujeres masculino femenino masculina femenina male female man woman men women "
    "varon varones feminino homem homens mulher "
    "mulheres homme femme hommes femmes masculin feminin nino nina ninos ninas boys girls boy girl macho "
    "hembra males females"
)
SHORT = words(
    "m f h x i u 1 2 9 0 masc fem otro other ambos both total todos nb trans desconocido unknown "
    "indeterminado no ignorado lgbti"
)
_MOST_DIFFERENT = 14
NAMED_LEAST = 0.5


def _starts_with_sex(text: str) -> bool:
    told = folded(text).split()
    return bool(told) and (told[0] in SEXES or told[0] in SHORT)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Words for the sexes; letters and numbers where the name says sex."""
    if column.distinct > _MOST_DIFFERENT:
        return None
    if column.name.says(NAMES):
        share = column.fitting(_starts_with_sex)
        if share >= NAMED_LEAST:
            return Fit(share, "name")
    return enough(column.among(SEXES), "known")


TYPE = SemanticType(
    id="sex",
    version=1,
    title="Sex or gender",
    text="Sex or gender by words, or by letters and numbers under a name that says so; up to {tolerated} % may differ.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.INTEGER, Form.CODE}),
    rule=rule,
    words=lambda _: SEXES,
    names=NAMES,
    examples=(
        Example("categoría", ("Hombre", "Mujer"), True, "words"),
        Example("sexo", ("M", "F"), True, "letters under a name that tells"),
        Example("turno", ("M", "V"), False, "letters under another name"),
    ),
)
