"""Matching of mentions to the duties of the first country's law, and of an invented law of an invented country."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import examine_pack, find_pack
from atalaya.duties.matching import ASK, Matcher, compile_matcher, match, match_all, ranked
from atalaya.duties.mentions import DocumentContent, Mention, MentionKind, Place

ZZ = Path(__file__).resolve().parent.parent / "fixtures" / "countries" / "zz"


def pack(folder: Path) -> CountryPack:
    found = examine_pack(folder).pack
    assert found is not None
    return found


INVENTED = compile_matcher(pack(ZZ))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_matcher(pack(find_pack("gt")))


def mention(
    text: str,
    *,
    kind: MentionKind = MentionKind.DOCUMENT,
    url: str = "https://www.example.org/",
    path: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
    page_title: str = "",
    place: Place = Place.ELSEWHERE,
    content: DocumentContent | None = None,
) -> Mention:
    return Mention(
        id="m1",
        source_id="gt:site",
        kind=kind,
        url=url,
        page_url="https://www.example.org/",
        text=text,
        path=path,
        headings=headings,
        page_title=page_title,
        place=place,
        content=content,
    )


def best(given: Mention, matcher: Matcher, obliged: frozenset[str] | None = None) -> str | None:
    found = match(given, matcher, obliged)
    return found[0].duty_id.removeprefix("laip-") if found else None


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Numeral 8. Ejecución presupuestaria", "10-8"),
        ("EJECUCION PRESUPUESTARIA MENSUAL", "10-8"),
        ("ejec. presup. enero 2023", "10-8"),
        ("Organigrama General 2024", "10-1"),
        ("Direcciones y telefonos", "10-2"),
        ("Directorio de Empleados Enero 2024", "10-3"),
        ("Nómina renglón 029", "10-4"),
        ("POA 2023", "10-5"),
        ("Manual de Normas y Procedimientos", "10-6"),
        ("Modificaciones presupuestarias marzo", "10-7"),
        ("Depósitos constituidos con fondos públicos", "10-9"),
        ("Cotización y licitación para programas de salud y educación", "10-10"),
        ("Plan Anual de Compras PAC 2024", "10-11"),
        ("Viajes nacionales e internacionales", "10-12"),
        ("Invenatrio de bienes", "10-13"),
        ("InventarioDeBienes", "10-13"),
        ("Contratos de Mantenimiento", "10-14"),
        ("Padrón de beneficiarios", "10-15"),
        ("Concesiones y usufructos", "10-16"),
        ("Empresas Precalificadas", "10-17"),
        ("Listado de obras 2023", "10-18"),
        ("Arrendamientos", "10-19"),
        ("Eventos de licitación", "10-20"),
        ("Fideicomisos", "10-21"),
        ("Compras de baja cuantía", "10-22"),
        ("Informes de auditoría", "10-23"),
        ("Funcionamiento y finalidad del archivo", "10-26"),
        ("Indice de información reservada", "10-27"),
        ("Pertenencia sociolinguistica", "10-28"),
        ("Otra información de utilidad", "10-29"),
        ("Artículo 11 Numeral 2 Asesores", "11-2"),
        ("Presupuesto por bloque legislativo", "13-1"),
        ("Estatutos", "14-4"),
    ],
)
def test_names_and_citations_find_their_duty(text: str, duty: str, matcher: Matcher) -> None:
    assert best(mention(text), matcher) == duty


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Noticias",
            "Contáctenos",
            "Facebook",
            "Iniciar sesión",
            "Inicio",
            "Artículo 10",
            "Numerales 1 al 29",
            "Página 8",
        ),
        *(
            "Información pública de oficio",
            "Ministra inaugura obra en Petén",
            "Semana 12",
            "",
            "...",
            "2024",
            "Descargar",
        ),
    ],
)
def test_what_is_about_no_duty_matches_nothing(text: str, matcher: Matcher) -> None:
    assert match(mention(text), matcher) == ()


@pytest.mark.parametrize(
    ("text", "path", "headings", "duty"),
    [
        ("Enero 2024", (), ("Numeral 8",), "10-8"),
        ("Descargar PDF", (), ("Art. 10 Numeral 12 Viajes",), "10-12"),
        ("Ver", ("Transparencia", "Inventario"), (), "10-13"),
        ("2023", ("UIP", "Numeral 22"), ("Compras Directas",), "10-22"),
        ("Edificio central", ("Numeral 19 Arrendamientos",), (), "10-19"),
        ("Numeral 2", ("Ley de Acceso", "Artículo 11"), (), "11-2"),
        ("Numeral 6", ("Artículo 12",), (), "12-6"),
        ("8", ("LAIP", "Artículo 10"), (), "10-8"),
        ("Vehículos", ("Numeral 13",), (), "10-13"),
        ("Vehículos", ("Numeral 14",), (), "10-14"),
        ("Compras directas", ("Numeral 8",), (), "10-22"),
        ("Facebook", ("Transparencia", "Numeral 8"), (), None),
        ("Inicio", (), ("Numeral 8",), None),
        ("Ver más", ("Noticias",), ("Ministro inaugura obra",), None),
    ],
)
def test_what_stands_around_a_silent_text_counts(
    text: str, path: tuple[str, ...], headings: tuple[str, ...], duty: str | None, matcher: Matcher
) -> None:
    assert best(mention(text, path=path, headings=headings), matcher) == duty


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Numeral 9. Ejecución presupuestaria", "10-8", "10-9"),
        ("Numeral 13 - Viajes nacionales", "10-12", "10-13"),
        ("Numeral 5 Manuales de procedimientos", "10-6", "10-5"),
    ],
)
def test_words_win_over_a_wrong_number_and_the_reasons_tell(
    text: str, right: str, wrong: str, matcher: Matcher
) -> None:
    found = {each.duty_id.removeprefix("laip-"): each for each in ranked(mention(text), matcher)}
    assert best(mention(text), matcher) == right
    assert found[right].reasons[0].rule == "text.name"
    assert any(reason.rule == "text.numeral_disputed" for reason in found[wrong].reasons)


def test_the_content_speaks_where_the_link_is_silent(matcher: Matcher) -> None:
    title = DocumentContent(title="Inventario general de bienes muebles", opening="Unidad de Inventarios")
    assert best(mention("Descargar", content=title), matcher) == "10-13"
    table = DocumentContent(tables=(("No.", "Nombre", "Puesto", "Salario base", "Bonos", "Renglón"),))
    assert best(mention("Ver", content=table), matcher) == "10-4"
    assert best(mention("Ver", url="https://www.example.org/archivos/CompraDirecta-enero-2024.pdf"), matcher) == "10-22"


def test_a_mislabelled_document_goes_where_its_table_says(matcher: Matcher) -> None:
    columns = (("Destino", "Objetivo del viaje", "Viáticos", "Boleto aéreo", "Nombre"),)
    content = DocumentContent(title="Listado de viajes al interior", tables=columns)
    assert best(mention("Numeral 13", content=content), matcher) == "10-12"


def test_of_two_duties_that_know_a_word_the_one_named_by_it_is_meant(matcher: Matcher) -> None:
    # Transfers are a detail of the budget (10-7, which comes first in the law) and the subject of 10-15.
    first, second = ranked(mention("las transferencias"), matcher)[:2]
    assert (first.duty_id, second.duty_id) == ("laip-10-15", "laip-10-7")


def test_duties_that_do_not_oblige_are_left_out(matcher: Matcher) -> None:
    judicial = frozenset({"laip-10-12", "laip-12-5", "laip-12-6"})
    assert best(mention("Listado de asesores"), matcher, judicial) == "12-5"
    assert best(mention("Delegaciones al exterior"), matcher, judicial) == "12-6"
    assert match(mention("Fideicomisos"), matcher, judicial) == ()
    assert match(mention("Artículo 11 numeral 2"), matcher, judicial) == ()
    assert {found.duty_id for found in ranked(mention("Viajes y delegaciones"), matcher, judicial)} <= judicial


def test_a_doubt_is_left_to_people(matcher: Matcher) -> None:
    certain = match(mention("Numeral 8. Ejecución presupuestaria"), matcher)[0]
    assert certain.sure
    assert certain.score > 0.95
    between = match(mention("Misión y visión"), matcher)
    assert {each.duty_id for each in between[:2]} == {"laip-10-5", "laip-14-6"}
    assert not between[0].sure
    assert not any(each.sure for each in between[1:])


def test_several_numerals_in_one_text_are_all_matched(matcher: Matcher) -> None:
    found = match(mention("Artículo 10 numerales 10, 11, 20 y 22"), matcher)
    assert {each.duty_id for each in found} == {"laip-10-10", "laip-10-11", "laip-10-20", "laip-10-22"}


def test_weak_numbers_count_more_in_the_section_of_the_law(matcher: Matcher) -> None:
    outside = ranked(mention("8."), matcher)[0].score
    inside = ranked(mention("8.", place=Place.SECTION), matcher)[0].score
    assert outside < ASK < inside


def test_periods_come_with_the_match(matcher: Matcher) -> None:
    own = match(mention("Ejecución presupuestaria enero 2024"), matcher)[0]
    assert [str(period) for period in own.periods] == ["2024-01"]
    around = match(mention("Enero", headings=("Numeral 8", "Año 2023")), matcher)[0]
    assert [str(period) for period in around.periods] == ["2023-01"]
    file = match(mention("Descargar", headings=("Numeral 8",), url="https://x.example/a/ejec-feb-2022.pdf"), matcher)[0]
    assert [str(period) for period in file.periods] == ["2022-02"]


def test_reasons_add_up_to_the_score(matcher: Matcher) -> None:
    for told in (mention("Viáticos", path=("Numeral 12 Viajes",)), mention("Ver", headings=("Inventario",))):
        for each in ranked(told, matcher):
            total = sum(reason.points for reason in each.reasons)
            assert each.score == pytest.approx(1 / (1 + math.exp(2.0 - total)), abs=0.002)


def test_the_order_of_mentions_changes_nothing(matcher: Matcher) -> None:
    told = [mention(text, path=("Numeral 8",)) for text in ("Enero", "Viajes", "Noticias", "Enero", "Renglón 029")]
    forward = [found for _, found in match_all(told, matcher)]
    fresh = compile_matcher(pack(find_pack("gt")))
    backward = [match(each, fresh) for each in reversed(told)]
    assert forward == backward[::-1]


def test_a_second_law_is_data_only() -> None:
    """An invented language, numerals that are letters, and the numeral before its article."""

    def found(text: str, **more: tuple[str, ...]) -> str | None:
        matches = match(mention(text, **more), INVENTED)
        return matches[0].duty_id if matches else None

    assert found("Litero b de artikolo 3") == "malfermo-3-b"
    assert found("Art. 3 lit. a") == "malfermo-3-a"
    assert found("FINANCA PLANO") == "malfermo-3-a"
    assert found("salajroj 2024") == "malfermo-3-b"
    assert found("2024", headings=("Litero a",)) == "malfermo-3-a"
    assert found("Litero c de artikolo 3") is None
    assert found("a") is None


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=3), st.text(max_size=40))
def test_no_text_breaks_the_matching(text: str, around: list[str], tail: str) -> None:
    told = mention(text, path=tuple(around), headings=tuple(around[:1]), url=f"https://x.example/{tail}")
    for each in ranked(told, INVENTED):
        assert 0 <= each.score <= 1
