"""Texts that name an institution by its unit, an abbreviation, a misspelling or a short name; and texts that must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.loosely import unit_forms
from atalaya.countries.matching import index_names, match_institutions
from atalaya.countries.pack import CountryPack
from atalaya.countries.parts import is_slug, split, stretches
from atalaya.countries.short_names import short_names
from atalaya.countries.spelling import build_spelling, corrected, mended, spelled_out, within


def named(text: str, pack: CountryPack) -> tuple[str | None, str]:
    """The one institution that a text names, by slug, and how; None where it names nobody or several."""
    matches = match_institutions(text, index_names(pack))
    best = [match for match in matches if match.named and match.score == matches[0].score]
    return (best[0].institution.id.partition(":")[2], best[0].how) if len(best) == 1 else (None, "")


@pytest.mark.parametrize(
    ("text", "slug", "how"),
    [
        ("Min. pri Fin. kaj Impostoj", "mpf", "spelled_out"),
        ("Ministerio pri Finacoj kaj Impostoj", "mpf", "misspelled"),
        ("Ministerio pri Financoj", "mpf", "short_name"),
        ("Buĝeta Direkcio - MPFI", "mpf", "part_of"),
        ("Direkcio de Buĝeto, Ministerio pri Financoj kaj Impostoj", "mpf", "part_of"),
        ("Direkcio de Buĝeto de la Ministerio pri Financoj kaj Impostoj", "mpf", "part_of"),
        ("Direkcio de Buĝeto de MPFI", "mpf", "part_of"),
        ("direkcio-de-bugeto-mpfi", "mpf", "part_of"),
        ("MPFI Direkcio de Buĝeto", "mpf", "part_of"),
        ("Ministerio pri Financoj kaj Impostoj / BUDG", "mpf", "part_of"),
        ("MPFI, Sindikato de Ĉefurbo", None, ""),
        ("Sindikato de la Ministerio pri Financoj kaj Impostoj", None, ""),
        ("Ministerio pri Financoj kaj Impostoj, Hungary", None, ""),
        ("Banco Mundial / MPFI", None, ""),
        ("MPFI kaj ŜB", None, ""),
        ("Urbodomo de Novurbo, Direkcio", None, ""),
        ("Direkcio", None, ""),
    ],
)
def test_loose_ways(zz: CountryPack, text: str, slug: str | None, how: str) -> None:
    assert named(text, zz) == (slug, how)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Unidad de Acceso a la Información Pública del MSPAS", "mspas"),
        ("Dirección General de Presupuesto, Ministerio de Finanzas Públicas", "minfin"),
        ("Min. de Agricultura, Ganadería y Alimentación", "maga"),
        ("Ministerio de EducaciÃ³n", "mineduc"),
        ("Unidad de Información - GobernaciÃ³n Departamental de Zacapa", "gobernacion-zacapa"),
        ("Ministerio de Ambiente y Recurzos Naturales", "marn"),
        ("Ministerio de la Defensa", "mindef"),
        ("Policía Nacional Civil", "mingob"),
        ("INSIVUMEH, Ministerio de Comunicaciones, Infraestructura y Vivienda", "insivumeh"),
        ("Gobernación Departamental de Zacapa, Ministerio de Gobernación", "gobernacion-zacapa"),
        ("Alcaldía Municipal de San Pedro Carchá", "municipalidad-1609"),
        ("Municipalidad de San Lorenzo, departamento de San Marcos", "municipalidad-1229"),
        ("Municipalidad de Mixco, Petén", None),
        ("MINFIN y SEGEPLAN", None),
        ("Gobernación Departamental de Zacapa, Zacapa", "gobernacion-zacapa"),
        ("Instituto Nacional de Estad\ufffdstica", "ine"),
        ("Ministerio de Educación, Honduras", None),
        ("Ministerio de Salud de Costa Rica", None),
        ("Sindicato de Trabajadores del Ministerio de Salud Pública y Asistencia Social", None),
        ("Asociación de Jubilados, IGSS", None),
        ("PNUD - MINFIN", None),
        ("Registro de la Propiedad de Nicaragua", None),
        ("Comisión Presidencial", None),
        ("Departamento de Guatemala", None),
    ],
)
def test_publishers_of_guatemala(gt: CountryPack, text: str, slug: str | None) -> None:
    assert named(text, gt)[0] == slug


@pytest.mark.parametrize(
    "text",
    [
        "Secretaría General",
        "Registro Nacional",
        "Fondo de Desarrollo",
        "Consejo Nacional de Áreas",
        "Ministerio de Educación, Ciencia y Tecnología",
        "Ministerio de Economía, Fomento y Turismo",
        "Secretaría Privada",
        "Secretaría Técnica",
        "Secretaría de Bienestar",
        "Secretaría de Obras",
        "Secretaría de Seguridad",
        "Registro de Información",
        "Registro General",
        "Comisión Nacional de Energía",
        "Oficina Nacional de Servicio",
        "Contraloría General",
        "Procuraduría General",
        "Tribunal Supremo",
        "Instituto Nacional de Administración",
        "Ministerio de Desarrollo",
        "Ministerio de Relaciones",
        "Agencia Nacional",
        "Ministerio de Educación, Cultura y Deportes",
        "Ministerio de Agricultura, Ganadería y Pesca",
        "Ministerio de Agricultura, Pesca y Alimentación",
        "Ministerio de Trabajo, Empleo y Seguridad Social",
        "Ministerio de Economía, Planificación y Desarrollo",
        "Ministerio de Economía, Comercio y Empresa",
        "Ministerio de Ambiente, Agua y Transición Ecológica",
        "Ministerio de Cultura, Artes y Patrimonio",
        "Ministerio de Desarrollo Social, Familia y Vejez",
        "Ministerio de Relaciones Exteriores, Comercio Internacional y Culto",
        "Instituto Nacional de Estadística, Geografía e Informática",
        "Superintendencia de Bancos, Seguros y Pensiones",
        "Secretaría Nacional de Ciencia, Tecnología e Innovación",
        "Contraloría General de Cuentas, Bienes y Deuda",
        "Consejo Nacional de la Juventud, Niñez y Deporte",
        "MINISTERIO DE EDUCACIÓN, CIENCIA Y TECNOLOGÍA",
        "Min. de Economía, Fomento y Turismo",
        "Unidad de Informática, Ministerio de Educación, Ciencia y Tecnología",
        "Dirección de Cultura del Ministerio de Educación, Ciencia y Tecnología",
        "ministerio-de-economia-fomento-y-turismo",
        "Ministry of Economy, Trade and Industry",
        "Unidad de Prensa, Sindicato del MSPAS",
        "INE CHILE",
        "PNC El Salvador",
        "MINEDUC PNC",
        "MINEDUC-SEGEPLAN",
        "MSPAS-UNICEF",
        "MINFIN-ICEFI",
        "CONGRESO LOCAL",
    ],
)
def test_what_any_body_or_another_country_s_may_be_called_names_nobody(gt: CountryPack, text: str) -> None:
    assert [match for match in match_institutions(text, index_names(gt)) if match.named] == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("MINEDUC-DIGEBI", "mineduc"),
        ("MSPAS_SIGSA", "mspas"),
        ("MSPAS SIGSA", "mspas"),
        ("MAGA-DIPLAN", "maga"),
        ("PNC", "mingob"),
        ("P.N.C.", "mingob"),
        ("Policía Nacional Civil (PNC)", "mingob"),
        ("policia-nacional-civil-pnc", "mingob"),
        ("DIGEDUCA", "mineduc"),
        ("COVIAL, Guatemala", "civ"),
        ("mineduc-digebi", "mineduc"),
        ("MSPAS-SIGSA Guatemala", "mspas"),
        ("Ministerio de Cultura", "mcd"),
        ("Secretaría de Planificación", "segeplan"),
        ("Consejo Nacional de Atención al Migrante", "conamigua"),
        ("Secretaría contra la Violencia Sexual", "svet"),
        ("Instituto Nacional de Sismología", "insivumeh"),
        ("Ministerio de Educación, Viceministerio Técnico", "mineduc"),
        ("Ministerio de Educación, Planificación Educativa", "mineduc"),
        ("Ministerio de Educación (Ciencia y Tecnología)", "mineduc"),
        ("Ministerio de Educación - Ciencia y Tecnología", "mineduc"),
        ("Ministerio de Economía, departamento de San Marcos", "mineco"),
        ("MINISTERIO DE EDUCACION, DIGEBI", "mineduc"),
        ("Ministerio de Salud, HGSJDD", "mspas"),
        ("Ministerio de Economía, 2024", "mineco"),
        ("Dirección de Planificación del Ministerio de Agricultura, Ganadería y Alimentación / UIP", "maga"),
    ],
)
def test_units_acronyms_and_short_names(gt: CountryPack, text: str, slug: str) -> None:
    assert [match.institution.id for match in match_institutions(text, index_names(gt)) if match.named] == [
        f"gt:{slug}"
    ]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Ministry of Roads and Ports"], {"ministry roads"}),
        (["Ministry of Public Works"], set()),
        (["General Secretariat of the Crown"], set()),
        (["Ministry of Roads and Ports", "Fund of Roads and Rails", "Office of Roads and Inns"], set()),
        (
            ["Ministry of Defence National", "Institute National", "Bank National"],
            {"ministry defence"},
        ),
    ],
)
def test_short_names(names: list[str], short: set[str]) -> None:
    pairs = short_names([(str(place), name) for place, name in enumerate(names)], {"of", "and", "the"})
    assert {" ".join(words) for words, _ in pairs} == short


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("Policía Nacional Civil (PNC)", ("Policía Nacional Civil", "PNC")),
        ("Tesorería Nacional", ("Tesorería Nacional", None)),
        ("Hospital (antiguo)", ("Hospital (antiguo)", None)),
    ],
)
def test_a_unit_may_carry_its_acronym(written: str, forms: tuple[str, str | None]) -> None:
    assert unit_forms(written) == forms


@given(st.text(max_size=40))
def test_reading_harms_nothing(text: str) -> None:
    spelling = build_spelling({"min": "ministerio"}, ["Ministerio de Finanzas"], ["dirección"])
    assert isinstance(mended(text), str)
    assert spelled_out(text, spelling) == spelled_out(spelled_out(text, spelling), spelling)
    assert len(corrected(text, spelling)) <= 6
    assert all(0 <= piece.first <= piece.last < len(split(text)) for piece in stretches(text))
    assert is_slug(text) in (True, False)


@given(st.text(alphabet="abcd", max_size=7), st.text(alphabet="abcd", max_size=7))
def test_distance_is_symmetric_and_grows(one: str, other: str) -> None:
    assert within(one, other, 0) == (one == other)
    assert within(one, other, 1) == within(other, one, 1)
    assert within(one, other, 2) or not within(one, other, 1)
