"""Republished series: recognised by who published, where files and page lie, a source line or a code; never by a mention."""

from typing import Any

import pytest

from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.catalogue.vocabularies.international import organisations, republished


def dataset(title: str, *urls: str, publisher: str | None = None, creator: str | None = None, **more: Any) -> Dataset:
    return Dataset(
        title={"": title},
        description={"": more.pop("description", "")},
        publisher=Agent(name=publisher) if publisher else None,
        creator=Agent(name=creator) if creator else None,
        distributions=tuple(Distribution(download_url=url) for url in urls),
        **more,
    )


INE, MINFIN, MINEDUC = "Instituto Nacional de Estadística", "Ministerio de Finanzas Públicas", "Ministerio de Educación"


@pytest.mark.parametrize(
    ("case", "organisation", "how"),
    [
        (dataset("Población total", publisher="Banco Mundial"), "world_bank", "publisher"),
        (dataset("Population, total", creator="The World Bank"), "world_bank", "creator"),
        (dataset("Empleo", "https://api.worldbank.org/v2/x", "https://data.worldbank.org/y"), "world_bank", "files"),
        (dataset("Cultivos", description="Rendimiento por hectárea. Fuente: FAOSTAT, 2023."), "fao", "source_line"),
        (dataset("Mortalidad", description="*Source*: World Health Organization"), "who", "source_line"),
        (
            dataset(
                "Guatemala: economía y comercio - World Bank",
                "https://portal.example/guatemala.csv",
                "https://data.worldbank.org/country/guatemala",
            ),
            "world_bank",
            "title",
        ),
        (dataset("Población urbana (SP.URB.TOTL.IN.ZS)"), "world_bank", "code"),
        (dataset("Población", native_id="NY.GDP.PCAP.CD"), "world_bank", "code"),
        (dataset("Refugiados", publisher="UNHCR - The UN Refugee Agency"), "unhcr", "publisher"),
        (dataset("Crecimiento", publisher="Banco Mundial (WDI)"), "world_bank", "publisher"),
        (dataset("Growth", publisher="World Bank - World Development Indicators"), "world_bank", "publisher"),
        (dataset("Salud", publisher="OPS/OMS"), "paho", "publisher"),
        (dataset("Enfants", creator="Données de l'UNESCO"), "unesco", "creator"),
    ],
)
def test_recognised(case: Dataset, organisation: str, how: str) -> None:
    found = republished(case)
    assert found is not None
    assert (found.organisation, found.how) == (organisation, how)
    assert found.said


@pytest.mark.parametrize(
    ("description", "organisation"),
    [
        ("Source: World Bank - World Development Indicators", "world_bank"),
        ("Fuente de datos: Banco Mundial.", "world_bank"),
        ("Fuente: Datos del Banco Mundial", "world_bank"),
        ("<p>Serie anual.</p><p><strong>Source:</strong> World Bank</p>", "world_bank"),
        ("<table><tr><td>Fuente:</td><td>Banco&nbsp;Mundial</td></tr></table>", "world_bank"),
        ("**Fuente:** [Banco Mundial](https://datos.bancomundial.org)", "world_bank"),
        ("Esperanza de vida. Fuente: Banco Mundial (consultado en 2024)", "world_bank"),
        ("Source: World Bank, Doing Business 2020; Unit: days", "world_bank"),
        ("Source: https://data.worldbank.org/indicator/SP.POP.TOTL", "world_bank"),
        ("Fuente: Datos de la Organización Mundial de la Salud y UNICEF", "who"),
        ("Sources: UNICEF, WHO, World Bank", "unicef"),
        ("Fuente(s): UNESCO, Instituto de Estadística; Banco Mundial", "unesco"),
        ("Data source: ILOSTAT (ILO)", "ilo"),
        ("Fuente de información: CEPALSTAT, base de datos de la CEPAL", "eclac"),
        ("Source des données : Banque mondiale", "world_bank"),
        ("Source : Organisation internationale du travail, 2022", "ilo"),
        ("Fonte: Organização Mundial da Saúde", "who"),
        ("Fonte dos dados: Nações Unidas", "un"),
        ("Precios al consumidor – Fuente: FMI, Perspectivas de la economía mundial", "imf"),
        ("Fuente: United Nations, Department of Economic and Social Affairs, Population Division (2022)", "un"),
        ("Source: Our World in Data", "our_world_in_data"),
        ("Refugiados por país.\nFuente: ACNUR, Refugee Data Finder\nFrecuencia: anual", "unhcr"),
        ("Fuente: Banco Mundial e Instituto de Estadística de la UNESCO", "world_bank"),
    ],
)
def test_a_source_line_is_heard_however_it_is_written(description: str, organisation: str) -> None:
    found = republished(dataset("Serie", description=description, publisher=INE))
    assert found is not None
    assert (found.organisation, found.how) == (organisation, "source_line")


@pytest.mark.parametrize(
    ("page", "organisation"),
    [
        ("https://data.worldbank.org/indicator/SP.POP.TOTL?locations=GT", "world_bank"),
        ("https://datos.bancomundial.org/indicador/NY.GDP.MKTP.CD", "world_bank"),
        ("https://www.fao.org/faostat/es/#data/QCL", "fao"),
        ("https://www.who.int/data/gho/data/indicators/indicator-details/GHO/x", "who"),
        ("https://ec.europa.eu/eurostat/databrowser/view/nama_10_gdp", "eurostat"),
        ("https://statistics.cepal.org/portal/cepalstat/x", "eclac"),
    ],
)
def test_a_page_among_the_series_tells_whatever_file_lies_here(page: str, organisation: str) -> None:
    found = republished(dataset("Serie", "https://portal.example/serie.csv", landing_page=page))
    assert found is not None
    assert (found.organisation, found.how) == (organisation, "landing_page")


@pytest.mark.parametrize(
    "code",
    [
        "SP.POP.TOTL",
        "NY.GDP.PCAP.CD",
        "NY.GDP.PCAP.PP.KD",
        "SE.PRM.ENRR",
        "SE.PRM.ENRL.TC.ZS",
        "IT.NET.USER.ZS",
        "IT.CEL.SETS.P2",
        "SH.DYN.MORT",
        "SH.STA.MMRT.NE",
        "EG.ELC.ACCS.ZS",
        "EN.GHG.CO2.MT.CE.AR5",
        "SL.TLF.0714.SW.FE.ZS",
        "SL.TLF.ACTI.1524.FE.NE.ZS",
        "SI.DST.04TH.20",
        "SP.POP.0004.FE.5Y",
        "PA.NUS.PPP",
        "PA.NUS.PPP.05",
        "ER.H2O.FWTL.K3",
        "SP.M15.2024.FE.ZS",
        "DT.DOD.DECT.CD.CG",
    ],
)
def test_a_code_of_the_world_bank_tells_alone(code: str) -> None:
    found = republished(dataset("Serie", native_id=code, publisher=INE))
    assert found is not None
    assert (found.organisation, found.how, found.said) == ("world_bank", "code", code)


@pytest.mark.parametrize(
    "more",
    [
        {"keywords": ("Banco Mundial", "economía")},
        {"description": "One of the World Development Indicators of the World Bank."},
        {"publisher": "Banco Mundial, oficina de Guatemala"},
    ],
)
def test_a_code_that_is_not_listed_needs_the_name_beside_it(more: dict[str, Any]) -> None:
    assert republished(dataset("Serie", native_id="SH.XYZ.ABCD.ZS")) is None
    found = republished(dataset("Serie", native_id="sh.xyz.abcd.zs", **more))
    assert found is not None
    assert (found.organisation, found.how) == ("world_bank", "code")


@pytest.mark.parametrize(
    "title",
    [
        "Préstamos externos (BID)",
        "Donaciones recibidas - UNICEF",
        "Convenios ratificados: OIT",
        "Cuotas y aportes | OEA y ONU",
        "Proyectos en ejecución – Banco Mundial",
        "Cooperación técnica (PNUD)",
        "Alimentos entregados a escuelas - Programa Mundial de Alimentos",
        "Votaciones de Guatemala: Naciones Unidas",
        "External loans (World Bank)",
        "Prêts et dons - Banque africaine de développement",
        "Deuda pública con el FMI",
        "FAO",
    ],
)
def test_a_title_alone_proves_nothing(title: str) -> None:
    assert republished(dataset(title, "https://minfin.example/lista.xlsx", publisher=MINFIN)) is None
    assert republished(dataset(title, "https://minfin.example/a.xlsx", landing_page="https://minfin.example/d")) is None


@pytest.mark.parametrize(
    "description",
    [
        "Proyectos con apoyo de UNICEF y el Banco Mundial.",
        "Fuente: Ministerio de Finanzas con datos del Banco Mundial.",
        "Fuente de financiamiento: BID",
        "Fuente: Préstamo BID 2242/OC-GU",
        "Fuente: INE, con apoyo técnico del Banco Mundial",
        "Fuente: INE y ONU",
        "Fuente: Naciones Unidas, INE",
        "Sources: INE; UN Population Division",
        "Fuente: Banco Mundial y Banco de Guatemala",
        "Fuente: UNICEF / MSPAS, encuesta nacional de salud materno infantil",
        "Fuente: Elaboración propia con base en datos de la CEPAL",
        "Fuente: Registro Nacional de las Personas\nFuente: Banco Mundial",
        "<b>Fuente:</b> Ministerio de Salud, según clasificación de la OMS",
        "Indicador ODS 3.2.1, metodología de la OMS. Fuente: www.ine.gob.example",
        "Source: Ministry of Health, using WHO standards",
        "Source : Ministère des finances et Banque mondiale",
        "Fonte: Ministério da Saúde e OMS",
        "Organismo financiador: Banco Mundial. Unidad ejecutora: MINFIN",
        "Convenio firmado con la OIT en 2019. Fuente: Ministerio de Trabajo",
        "El recurso: Banco Mundial y otros cooperantes",
        "Donaciones en especie de la OPS durante la pandemia",
        "Estadísticas elaboradas con apoyo de UNFPA y el PNUD",
    ],
)
def test_a_national_source_or_a_mention_is_no_series_of_others(description: str) -> None:
    assert republished(dataset("Serie", "https://ine.example/a.csv", description=description, publisher=INE)) is None


@pytest.mark.parametrize(
    "native_id",
    [
        "IT.SEG.RED.01",
        "SE.EDU.2024",
        "SE.PRM.2024",
        "SE.PRM.MATR.2024",
        "SE.TER.01",
        "SP.POP.2024",
        "AG.LND.AGRI.01",
        "SH.HOS.CAMA.ZS",
        "SE.SEC",
        "IC.REG",
        "NY.GDP.PER CAPITA",
        "MS.DIR.PERS",
        "DC.REG.PUBL",
        "A.B.C",
        "minfin.presupuesto.2024",
        "se.prm.enrr",
        "XX.POP.TOTL",
        "SP.POP.TOTL.2024",
    ],
)
def test_an_identifier_of_their_own_is_no_code_of_the_world_bank(native_id: str) -> None:
    assert republished(dataset("Archivo", native_id=native_id, publisher=MINEDUC)) is None


@pytest.mark.parametrize(
    "case",
    [
        dataset("Préstamos del Banco Mundial", publisher=MINFIN),
        dataset("Población", "https://ine.example/a.csv", "https://ine.example/b.csv", "https://data.worldbank.org/c"),
        dataset("Proyectos", "https://minfin.example/a.csv", "https://data.worldbank.org/c"),
        dataset("Préstamos - BID", "https://minfin.example/a.csv", "https://www.iadb.org/es/project/GU-L1"),
        dataset("Préstamos", "https://minfin.example/a.csv", landing_page="https://projects.worldbank.org/P1"),
        dataset("Población (SP.POP.TOTL)", description="Proyección propia. Fuente: Instituto Nacional de Estadística"),
        dataset(
            "Población", description="Fuente: INE", landing_page="https://data.worldbank.org/indicator/SP.POP.TOTL"
        ),
        dataset("Inventario", native_id="SE.EDU.2024", keywords=("Banco Mundial",)),
        dataset("Registro de OMS", publisher="Ministerio de Salud"),
        dataset("Convenios", publisher="Unidad ejecutora BID"),
        dataset("Proyectos", publisher="Ministerio de Finanzas - Banco Mundial"),
        dataset("Ahorro", publisher="FAO (Fondo de Ayuda Obrera)"),
        dataset("Becas", publisher="Unidos por la educación"),
        dataset("Datos", publisher="Portal de datos abiertos"),
        Dataset(),
    ],
)
def test_a_mention_proves_nothing(case: Dataset) -> None:
    assert republished(case) is None


def test_where_the_publisher_is_known_the_other_evidence_is_still_heard() -> None:
    named = dataset("Población", publisher="UNICEF")
    assert republished(named, agents=False) is None
    at_home = dataset("Población", "https://api.worldbank.org/v2/x", publisher="UNICEF")
    found = republished(at_home, agents=False)
    assert found is not None
    assert (found.organisation, found.how) == ("world_bank", "files")


def test_the_ids_of_the_table_are_told() -> None:
    assert list(organisations()) == sorted(set(organisations()))
    assert "world_bank" in organisations()
