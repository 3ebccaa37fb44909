"""What institutions say where they publish nothing."""

import pytest

from atalaya.duties.justifications import LONGEST_TEXT, StatementKind, statement_of
from atalaya.duties.wording import Wording, load_wording

SPANISH = load_wording(("es",))
ENGLISH = load_wording(("en",))


@pytest.mark.parametrize(
    "text",
    [
        "NO APLICA",
        "No aplica a esta institución.",
        "Numeral 16: no es aplicable a esta Secretaría",
        "Este numeral no le es aplicable a la entidad",
        "La institución no cuenta con fideicomisos",
        "No se cuenta con contratos de arrendamiento",
        "Esta entidad no administra fideicomisos constituidos con fondos públicos",
        "La Secretaría no otorga becas ni subsidios",
        "No existen concesiones ni usufructos",
        "No corresponde a esta institución publicar esta información",
    ],
)
def test_what_does_not_apply_is_told(text: str) -> None:
    found = statement_of(text, SPANISH)
    assert found is not None
    assert found.kind is StatementKind.NOT_APPLICABLE


@pytest.mark.parametrize(
    "text",
    [
        "No se han realizado viajes en el período",
        "Durante el mes de enero de 2024 no se realizaron compras directas",
        "En el presente mes no hubo modificaciones presupuestarias",
        "No se efectuaron viajes internacionales",
        "Sin movimiento",
        "A la fecha no se han suscrito contratos",
        "Durante el período no se cuenta con contratos de mantenimiento",
        "No se reportan viajes",
        "No hay información que reportar",
    ],
)
def test_that_nothing_happened_is_no_matter_of_applicability(text: str) -> None:
    found = statement_of(text, SPANISH)
    assert found is not None
    assert found.kind is StatementKind.NOTHING_TO_REPORT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Numeral 16. Concesiones",
        "Aplica / No aplica",
        "Si no aplica, escriba cero",
        "En caso de no tener correo, deje en blanco",
        "No hay comentarios",
        "La página no existe: no se han encontrado resultados",
        "Listado de viajes nacionales",
        "Noaplica",
    ],
)
def test_forms_messages_and_titles_state_nothing(text: str) -> None:
    assert statement_of(text, SPANISH) is None


def test_the_sentence_is_kept_with_its_share_of_the_text() -> None:
    found = statement_of("Numeral 21. Fideicomisos. No aplica a esta institución. Fecha: 2024", SPANISH)
    assert found is not None
    assert found.said == "No aplica a esta institución."
    assert found.share == pytest.approx(5 / 10)


def test_a_long_text_is_read_to_its_limit_only() -> None:
    assert statement_of("x " * LONGEST_TEXT + ". No aplica.", SPANISH) is None


def test_languages_are_data() -> None:
    found = statement_of("This duty is not applicable to the agency.", ENGLISH)
    assert found is not None
    assert found.kind is StatementKind.NOT_APPLICABLE
    found = statement_of("No purchases were made this month", ENGLISH)
    assert found is not None
    assert found.kind is StatementKind.NOTHING_TO_REPORT
    assert statement_of("No aplica", Wording()) is None
