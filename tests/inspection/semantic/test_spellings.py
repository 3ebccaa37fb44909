"""Columns of each type in spellings drawn at random, under names and in forms that other publishers use: a check that the
rules were not fitted to the recorded files. A draw is a whole column; each type must be told in every one of them."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.kinds import column_kind, text_kind
from atalaya.inspection.semantic.column import ColumnView
from atalaya.inspection.semantic.judging import judge

Column = tuple[str, list[str]]
Maker = Callable[[random.Random], Column]

ROWS = 40
GIVEN = [
    "Ana",
    "Luis",
    "María",
    "José",
    "Carmen",
    "Pedro",
    "Julia",
    "Miguel",
    "Laura",
    "Andrés",
    "Emma",
    "Thomas",
    "Sophie",
    "Paul",
    "Daniel",
    "Elena",
]
FAMILY = [
    "Tzoc",
    "Xiloj",
    "Barrientos",
    "Okafor",
    "Lindqvist",
    "Moreau",
    "Quispe",
    "Amado",
    "Whitfield",
    "Nakamura",
    "Hernández",
    "Bauer",
]
SYLLABLES = [
    "ba",
    "co",
    "de",
    "fi",
    "gu",
    "la",
    "me",
    "no",
    "pe",
    "ri",
    "sa",
    "to",
    "vu",
    "za",
    "mor",
    "tal",
    "ven",
    "qui",
    "lan",
    "dor",
]
STREETS = ("Calle", "Avenida", "Rua", "Street", "Road", "Callejón", "Boulevard")
WORDS = [
    "agua",
    "bosque",
    "salud",
    "censo",
    "red",
    "plan",
    "mapa",
    "niñez",
    "suelo",
    "clima",
    "vía",
    "escuela",
    "rural",
    "urbano",
    "obra",
    "vivienda",
]


def word(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4)))


def place(draw: random.Random) -> str:
    return draw.choice(("San ", "Santa ", "Puerto ", "")) + word(draw).capitalize()


def day(draw: random.Random) -> dt.date:
    return dt.date(1990, 1, 1) + dt.timedelta(days=draw.randint(0, 12_000))


def rows(make: Callable[[], object], least: int = 12) -> list[str]:
    return [str(make()) for _ in range(max(least, ROWS))]


def of(*names: str) -> Callable[[Callable[[random.Random], object]], Maker]:
    """A maker of columns under one of some names, from a maker of one cell."""

    def made(cell: Callable[[random.Random], object]) -> Maker:
        return lambda draw: (draw.choice(names), rows(lambda: cell(draw)))

    return made


def dates(draw: random.Random) -> Column:
    months = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
    form = draw.choice(("%d/%m/%Y", "%Y.%m.%d", "%d-%m-%y", "%Y%m%d", "words"))

    def cell() -> str:
        each = day(draw)
        return f"{each.day} de {months[each.month - 1]} de {each.year}" if form == "words" else each.strftime(form)

    return draw.choice(("Fecha de alta", "signed on date", "data de emissão", "Fec. nacimiento")), rows(cell)


def moments(draw: random.Random) -> Column:
    form = draw.choice(("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S+02:00"))

    def cell() -> str:
        return dt.datetime.combine(day(draw), dt.time(draw.randint(0, 23), draw.randint(0, 59))).strftime(form)

    return draw.choice(("", "registrado", "last seen", "ts")), rows(cell)


def running(draw: random.Random) -> Column:
    start = draw.choice((0, 1))
    return draw.choice(("#", "Nº", "Fila", "", "ranking", "puesto")), [
        str(start + n) for n in range(draw.randint(30, 90))
    ]


def listed(draw: random.Random) -> Column:
    sign = draw.choice((", ", "; ", " | "))
    cells = rows(lambda: sign.join(draw.sample(WORDS, draw.randint(2, 5))))
    return draw.choice(("Etiquetas", "subject keywords", "tags", "palavras-chave", "mots-clés")), cells


def json_lists(draw: random.Random) -> Column:
    cells = rows(lambda: "[" + ", ".join(f'"{each}"' for each in draw.sample(WORDS, draw.randint(1, 4))) + "]")
    return draw.choice(("temas", "topics", "x_9", "categorias")), cells


def sentences(draw: random.Random) -> Column:
    cells = rows(lambda: " ".join(draw.choice(WORDS) for _ in range(draw.randint(9, 25))).capitalize() + ".")
    return draw.choice(("", "Comentario final", "remarks", "observação", "campo 7")), cells


def kinds(draw: random.Random) -> Column:
    few = [word(draw).capitalize() for _ in range(draw.randint(2, 6))]
    name = draw.choice(("Tipo de trámite", "request status", "Modalidade", "catégorie", "campo 3", "clase de bien"))
    return name, rows(lambda: draw.choice(few))


def classification(draw: random.Random) -> Column:
    few = [f"{draw.choice('ABCDEFG')}{draw.randint(10, 99)}" for _ in range(draw.randint(3, 7))]
    numbers = [f"{draw.randint(1, 9)}.{draw.randint(1, 9)}.{draw.randint(1, 9)}" for _ in range(6)]
    few = draw.choice((few, numbers))
    return draw.choice(("Código CIIU", "activity code", "cod_sector", "diagnóstico", "clave programática")), rows(
        lambda: draw.choice(few)
    )


def coded(draw: random.Random) -> Column:
    most = draw.randint(3, 9)
    name = draw.choice(("tipo", "categoria", "cod_sector", "occupation", "estado civil"))
    return name, rows(lambda: draw.randint(1, most))


def keys(draw: random.Random) -> Column:
    prefix = word(draw).upper()[:3]
    names = ("No. de expediente", "case number", "ref", "registro", "Clave única", "permit no", "x7")
    return draw.choice(names), [f"{prefix}-{draw.randint(10_000, 99_999)}-{n}" for n in range(ROWS)]


def slugs(draw: random.Random) -> Column:
    made = {f"{word(draw)}-{word(draw)}-{n}" for n in range(ROWS)}
    return draw.choice(("slug", "name", "", "identificador")), sorted(made)


def things(draw: random.Random) -> Column:
    name = draw.choice(("patient", "Sujeto", "household", "customer id", "usuario", "Parent ID"))
    return name, rows(lambda: draw.randint(1, 4_000))


def hashes(draw: random.Random) -> Column:
    length = draw.choice((32, 40, 64))
    return draw.choice(("md5", "suma de verificación", "huella", "sha")), rows(
        lambda: "".join(draw.choice("0123456789abcdef") for _ in range(length))
    )


def pairs(draw: random.Random) -> Column:
    sign = draw.choice((", ", ";", " "))
    cells = rows(lambda: f"{draw.uniform(-60, 60):.5f}{sign}{draw.uniform(-170, 170):.5f}")
    return draw.choice(("", "posición", "geo", "where")), cells


def bodies(draw: random.Random) -> Column:
    starts = (
        "Ministerio de ",
        "Hospital ",
        "Universidad de ",
        "Empresa ",
        "Secretaria de ",
        "Council of ",
        "Instituto ",
    )
    return draw.choice(("entidad contratante", "Lead agency", "nombre", "fornecedor", "x")), rows(
        lambda: draw.choice(starts) + word(draw).capitalize()
    )


def persons(draw: random.Random) -> Column:
    order = draw.choice(("{g} {f}", "{f}, {g}", "{g} {g2} {f}"))

    def cell() -> str:
        return order.format(g=draw.choice(GIVEN), g2=draw.choice(GIVEN), f=draw.choice(FAMILY))

    return draw.choice(("Nombre completo", "contact person", "quién firma", "Nombre")), rows(cell)


def amounts(draw: random.Random) -> Column:
    sign = draw.choice(("Q ", "$", "€ ", "R$ ", "£"))
    return draw.choice(("", "a pagar", "x")), rows(lambda: f"{sign}{draw.uniform(1, 90_000):,.2f}")


def named_amounts(draw: random.Random) -> Column:
    names = (
        "Monto adjudicado",
        "unit price",
        "Valor contrato (USD)",
        "salário base",
        "Presupuesto vigente",
        "total cost",
    )
    return draw.choice(names), rows(lambda: f"{draw.uniform(10, 90_000):.2f}")


def shares(draw: random.Random) -> Column:
    sign = draw.choice((" %", "%"))
    return draw.choice(("", "avance físico", "growth")), rows(lambda: f"{draw.uniform(0, 100):.1f}{sign}")


def named_shares(draw: random.Random) -> Column:
    names = ("Porcentaje de avance", "% rural", "proporción de hogares", "percent urban")
    return draw.choice(names), rows(lambda: f"{draw.uniform(0, 100):.1f}")


def counts(draw: random.Random) -> Column:
    names = ("casos confirmados", "Número de alumnos", "visits", "hectáreas", "temperatura", "nascimentos", "viviendas")
    return draw.choice(names), rows(lambda: draw.randint(0, 90_000))


def truths(draw: random.Random) -> Column:
    pair = draw.choice((("Sí", "No"), ("verdadero", "falso"), ("yes", "no"), ("Sim", "Não"), ("Yes", "No", "Unknown")))
    return draw.choice(("aprobado", "has water", "campo", "¿Cumple?")), rows(lambda: draw.choice(pair))


def sexes(draw: random.Random) -> Column:
    pair = draw.choice((("Hombre", "Mujer"), ("male", "female"), ("Masculino", "Feminino")))
    return draw.choice(("sexo", "x", "Género")), rows(lambda: draw.choice(pair))


def places(draw: random.Random) -> Column:
    return draw.choice(("Municipio de residencia", "city", "comuna", "nombre del municipio", "Town")), rows(
        lambda: place(draw)
    )


def states(draw: random.Random) -> Column:
    known = [
        "Quetzaltenango",
        "Petén",
        "Zacapa",
        "Antioquia",
        "Jalisco",
        "Mendoza",
        "Bavaria",
        "Texas",
        "Cusco",
        "Chihuahua",
        "Oaxaca",
        "Izabal",
    ]
    return draw.choice(("", "Departamento", "provincia", "state")), rows(lambda: draw.choice(known))


def addresses(draw: random.Random) -> Column:
    return draw.choice(("Domicilio", "site address", "", "endereço")), rows(
        lambda: f"{draw.choice(STREETS)} {word(draw).capitalize()} {draw.randint(1, 400)}, {place(draw)}"
    )


MAKERS: dict[str, tuple[Maker, ...]] = {
    "date": (dates,),
    "datetime": (moments,),
    "time": (of("hora de cierre", "", "start")(lambda d: f"{d.randint(0, 23):02}:{d.randint(0, 59):02}"),),
    "year": (of("Año de construcción", "fiscal year", "exercício")(lambda d: d.randint(1985, 2024)),),
    "month": (of("mes de pago", "month")(lambda d: d.randint(1, 12)),),
    "weekday": (of("día", "x")(lambda d: d.choice(["lunes", "martes", "jueves", "sábado", "domingo"])),),
    "period": (of("periodo", "trimestre")(lambda d: f"{d.randint(2005, 2024)}-Q{d.randint(1, 4)}"),),
    "money": (amounts, named_amounts),
    "percentage": (shares, named_shares),
    "quantity": (counts,),
    "age": (of("Edad", "age at death", "edad de la madre")(lambda d: d.randint(0, 99)),),
    "latitude": (of("Latitud", "latitude (WGS84)")(lambda d: f"{d.uniform(13, 18):.6f}"),),
    "longitude": (of("Longitud", "decimal longitude")(lambda d: f"{d.uniform(-92, -88):.6f}"),),
    "coordinate_pair": (pairs,),
    "geometry": (of("", "forma")(lambda d: f"POLYGON (({d.uniform(0, 9):.2f} 1, 2 {d.uniform(0, 9):.2f}, 3 3, 0 1))"),),
    "projected_coordinate": (of("UTM_X", "Northing", "coord_y")(lambda d: f"{d.uniform(100_000, 900_000):.2f}"),),
    "url": (of("enlace", "", "homepage")(lambda d: f"https://{word(d)}.example/{word(d)}?n={d.randint(1, 99)}"),),
    "email": (of("", "correo", "contact")(lambda d: f"{word(d)}.{word(d)}@{word(d)}.example"),),
    "telephone": (
        of("Tel. oficina", "mobile", "teléfono 2")(lambda d: f"{d.randint(2000, 7999)}-{d.randint(1000, 9999)}"),
    ),
    "postal_address": (addresses,),
    "postal_code": (of("Código Postal", "zip", "CEP")(lambda d: f"{d.randint(1000, 99999):05}"),),
    "country": (
        of("", "país de destino", "country")(lambda d: d.choice(("Perú", "Chile", "France", "México", "Japan"))),
    ),
    "division": (states,),
    "division_code": (
        of("Código de municipio", "cod_depto", "county code")(lambda d: f"{d.randint(1, 22):02}{d.randint(1, 30):02}"),
    ),
    "municipality": (places,),
    "institution": (bodies,),
    "person_name": (persons,),
    "personal_id": (of("DPI", "cédula de identidad")(lambda d: d.randint(10**12, 10**13 - 1)),),
    "tax_id": (of("NIT del proveedor", "RUC")(lambda d: f"{d.randint(100_000, 99_999_999)}-{d.randint(0, 9)}"),),
    "identifier": (keys, slugs, things),
    "code": (classification, coded),
    "boolean": (truths,),
    "sex": (sexes,),
    "category": (kinds,),
    "keywords": (listed, json_lists),
    "free_text": (sentences,),
    "title": (
        of("Título", "nombre del proyecto", "product")(lambda d: f"{word(d).capitalize()} {d.choice(WORDS)} {word(d)}"),
    ),
    "file_format": (of("formato", "", "type")(lambda d: d.choice(("CSV", "XLSX", "PDF", "GeoJSON", "XML"))),),
    "file_name": (
        of("adjunto", "", "source file")(lambda d: f"{word(d)}_{d.randint(1, 99)}.{d.choice(('pdf', 'csv', 'zip'))}"),
    ),
    "file_size": (of("peso", "download")(lambda d: f"{d.uniform(1, 900):.1f} {d.choice(('KB', 'MB'))}"),),
    "licence": (of("uso", "", "licencia")(lambda d: d.choice(("CC-BY-4.0", "ODbL-1.0", "CC0-1.0"))),),
    "language": (of("idioma", "x")(lambda d: d.choice(("Español", "Inglés", "Francés", "Portugués"))),),
    "currency": (of("moneda", "x")(lambda d: d.choice(("GTQ", "USD", "EUR", "MXN"))),),
    "unit": (of("unidad de medida", "u. de medida")(lambda d: d.choice(("kg", "litros", "quintal", "m2", "caja"))),),
    "checksum": (hashes,),
    "ip_address": (
        of("", "client")(lambda d: f"{d.randint(1, 223)}.{d.randint(0, 255)}.{d.randint(0, 255)}.{d.randint(1, 254)}"),
    ),
    "ordinal": (running,),
    "json": (of("", "contacto")(lambda d: f'{{"nombre": "{word(d)}", "n": {d.randint(1, 9)}}}'),),
    "html": (of("", "resumen")(lambda d: f"<p>{word(d)} <b>{word(d)}</b></p>"),),
}
"""Type → makers of its columns."""

CASES = [(type_id, maker) for type_id, makers in MAKERS.items() for maker in makers]


@pytest.mark.parametrize(
    ("type_id", "maker"), CASES, ids=[f"{type_id}-{place}" for place, (type_id, _) in enumerate(CASES)]
)
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_columns_in_other_spellings(type_id: str, maker: Maker, seed: int) -> None:
    name, cells = maker(random.Random(seed))
    counts = Counter(cells)
    view = ColumnView(name, column_kind(Counter(map(text_kind, cells))), len(cells), len(counts), counts)
    assert judge([view])[0].type == type_id, (name, cells[:6])
