"""Maps: the features of every format as rows with their geometry; sets of files put together and what lacks in them told."""

import sqlite3
import struct
from collections.abc import Callable, Mapping
from contextlib import closing

import pytest

from atalaya.inspection.findings import Geometry, Inspection
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.shapefiles import codec_of, system_of
from tests.inspection.test_databases import dbf

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
UTM = 'PROJCS["WGS_1984_UTM_Zone_15N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],UNIT["Meter",1.0]]'


def shp(points: int, stated: int | None = None) -> bytes:
    """A geometry file of points; `stated` is the length that its header claims, in bytes."""
    records = b"".join(struct.pack(">ii", n + 1, 10) + struct.pack("<idd", 1, -90.5, 14.0 + n) for n in range(points))
    size = 100 + len(records) if stated is None else stated
    head = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<ii", 1000, 1) + bytes(64)
    return head + records


def codes(inspection: Inspection) -> list[tuple[str, str]]:
    return [(defect.code, defect.place) for defect in inspection.defects]


def test_shapefile_is_one_table_with_its_places(zip_of: ZipOf) -> None:
    rows = [("Cobán", 1), ("Petén", 2)]
    members = {"m/a.shp": shp(2), "m/a.shx": shp(2), "m/a.dbf": dbf(rows, "cp850", 0), "m/a.prj": UTM, "m/a.cpg": "850"}
    inspection = inspect_bytes(zip_of(members), url="a.zip")
    assert inspection.format == "shapefile"
    (table,) = inspection.tables
    assert (table.rows, table.geometry) == (2, Geometry(column="", kind="POINT", crs="EPSG:32615"))
    assert inspection.encoding == "ibm850"
    assert codes(inspection) == []
    assert [member.path for member in inspection.members] == list(members)


def test_the_code_page_beside_the_table_rules_over_its_driver(zip_of: ZipOf) -> None:
    table = dbf([("Peñíscola", 1), ("Ávila", 2)], "cp1252", 0x02)
    told = inspect_bytes(zip_of({"a.shp": shp(2), "a.shx": b"x", "a.dbf": table, "a.prj": UTM, "a.cpg": "ANSI 1252"}))
    alone = inspect_bytes(zip_of({"a.shp": shp(2), "a.shx": b"x", "a.dbf": table, "a.prj": UTM}))
    assert (told.encoding, alone.encoding) == ("cp1252", "ibm850")


def test_what_describes_a_shapefile_is_no_table_of_its_own(zip_of: ZipOf) -> None:
    described = "<?xml version='1.0'?><m><attr><n>a</n></attr><attr><n>b</n></attr></m>"
    parts = {"a.shp": shp(1), "a.shx": b"x", "a.dbf": dbf([("Flores", 1)], "cp850", 2), "a.prj": UTM}
    inspection = inspect_bytes(zip_of({**parts, "a.shp.xml": described}))
    assert [table.rows for table in inspection.tables] == [1]


@pytest.mark.parametrize("lacking", ["shp", "shx", "dbf", "prj"])
def test_what_lacks_in_a_shapefile_is_told(zip_of: ZipOf, lacking: str) -> None:
    parts: dict[str, bytes | str] = {"shp": shp(1), "shx": shp(1), "dbf": dbf([("Flores", 1)], "cp850", 2), "prj": UTM}
    inspection = inspect_bytes(zip_of({f"lugares.{part}": data for part, data in parts.items() if part != lacking}))
    place = "lugares.dbf" if lacking == "shp" else "lugares.shp"
    assert codes(inspection) == [("missing_part", place)]
    assert f".{lacking} " in inspection.defects[0].detail


def test_shapefile_whose_parts_disagree(zip_of: ZipOf) -> None:
    data = zip_of({"a.shp": shp(3), "a.shx": b"x", "a.dbf": dbf([("Flores", 1)], "cp850", 2), "a.prj": UTM})
    assert codes(inspect_bytes(data)) == [("parts_disagree", "a.dbf")]


def test_geometry_alone_is_counted_and_lacks_its_attributes() -> None:
    inspection = inspect_bytes(shp(4))
    assert [(table.rows, table.columns) for table in inspection.tables] == [(4, ())]
    assert codes(inspection) == [("missing_part", "file")]


def test_geometry_that_ends_too_early() -> None:
    assert ("truncated", "file") in codes(inspect_bytes(shp(4)[:-9]))
    assert ("truncated", "file") in codes(inspect_bytes(shp(2, stated=900)))


@pytest.mark.parametrize(
    ("text", "codec"),
    [("UTF-8", "utf-8"), ("1252", "cp1252"), ("ANSI 1252", "cp1252"), ("OEM 850", "cp850"), ("88591", "iso8859-1"),
     ("ISO 8859-1", "iso8859-1"), ("65001", "utf-8"), ("nada", None), ("", None)],
)  # fmt: skip
def test_code_page_files(text: str, codec: str | None) -> None:
    assert codec_of(text) == codec


@pytest.mark.parametrize(
    ("text", "system"),
    [
        (UTM, "EPSG:32615"),
        ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]', "EPSG:4326"),
        ('PROJCS["GTM",GEOGCS["x",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","9999"]]', "EPSG:9999"),
        ('PROJCS["Local de prueba",GEOGCS["x",AUTHORITY["EPSG","4326"]],UNIT["m",1]]', "Local de prueba"),
        ("ninguno", None),
    ],
)
def test_projection_files(text: str, system: str | None) -> None:
    assert system_of(text) == system


def geopackage() -> bytes:
    point = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, -90.5, 14.6)
    ring = struct.pack("<BIII", 1, 3, 1, 4) + struct.pack("<8d", 0, 0, 1, 0, 1, 1, 0, 0)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "PRAGMA application_id = 1196444487;"
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INT, organization TEXT, organization_coordsys_id INT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INT);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES (7, 'EPSG', 4326);"
            "INSERT INTO gpkg_geometry_columns VALUES ('lugares', 'geom', 'GEOMETRY', 7);"
            "CREATE TABLE lugares (nombre TEXT, geom BLOB);"
            "CREATE TABLE notas (a TEXT, foto BLOB);"
            "CREATE VIEW grandes AS SELECT nombre FROM lugares WHERE nombre LIKE 'C%';"
        )
        rows = [("Cobán", point), ("Petén", b"GP\0\1" + struct.pack("<i", 4326) + ring), ("nada", b"GP\0"), ("x", None)]
        connection.executemany("INSERT INTO lugares VALUES (?, ?)", rows)
        connection.execute("INSERT INTO notas VALUES ('n', x'00ff')")
        return connection.serialize()


def test_geopackage_names_its_layers_and_their_reference_system() -> None:
    inspection = inspect_bytes(geopackage())
    assert (inspection.format, codes(inspection)) == ("gpkg", [])
    shown = {table.name: (table.rows, table.geometry, "a view" in table.reason) for table in inspection.tables}
    geometry = Geometry(column="geom", kind="GEOMETRY", crs="EPSG:4326")
    assert shown == {"lugares": (4, geometry, False), "notas": (1, None, False), "grandes": (1, None, True)}


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Mapa</name>
<Folder><name>Norte</name>
<Placemark id="p1"><name>Cobán</name><styleUrl>#s</styleUrl><ExtendedData><Data name="casos"><displayName>Casos</displayName>
<value>3</value></Data></ExtendedData><Point><coordinates>-90.4,15.5</coordinates></Point></Placemark></Folder>
<Placemark><name>Ruta</name><ExtendedData><SchemaData><SimpleData name="casos">4</SimpleData></SchemaData></ExtendedData>
<LineString><coordinates>-90,15 -91,16</coordinates></LineString></Placemark></Document></kml>"""


def test_placemarks_are_rows() -> None:
    (table,) = inspect_bytes(KML.encode()).tables
    assert table.geometry == Geometry(column="geometry", kind="GEOMETRY", crs="EPSG:4326")
    filled = {column.name: (column.kind, column.filled) for column in table.columns}
    assert filled == {
        "folder": ("text", 1), "id": ("text", 1), "name": ("text", 2), "casos": ("integer", 2), "geometry": ("text", 2),
    }  # fmt: skip


def test_kmz_is_read_like_what_it_holds(zip_of: ZipOf) -> None:
    inspection = inspect_bytes(zip_of({"doc.kml": KML}))
    assert (inspection.format, [table.rows for table in inspection.tables]) == ("kmz", [2])


GML = """<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml"
 xmlns:a="http://a.example"><gml:boundedBy><gml:Box><gml:coordinates>0,0 1,1</gml:coordinates></gml:Box></gml:boundedBy>
<gml:featureMember><a:lugar gml:id="l.1"><a:nombre>Flores</a:nombre><a:casos>2</a:casos><a:geom>
<gml:Point srsName="urn:ogc:def:crs:EPSG::32615"><gml:pos>1 2</gml:pos></gml:Point></a:geom></a:lugar></gml:featureMember>
<gml:featureMember><a:lugar gml:id="l.2"><a:nombre>Cobán</a:nombre><a:casos>5</a:casos></a:lugar></gml:featureMember>
</wfs:FeatureCollection>"""


def test_features_of_gml_are_rows() -> None:
    inspection = inspect_bytes(GML.encode())
    (table,) = inspection.tables
    assert (inspection.format, table.name, table.rows) == ("gml", "lugar", 2)
    assert table.geometry == Geometry(column="geometry", kind="POINT", crs="EPSG:32615")
    assert [(column.name, column.filled) for column in table.columns] == [
        ("id", 2), ("nombre", 2), ("casos", 2), ("geometry", 1),
    ]  # fmt: skip


def test_points_of_gpx_are_rows() -> None:
    text = (
        '<?xml version="1.0"?><gpx version="1.1"><trk><name>Vuelta</name><trkseg><trkpt lat="14.6" lon="-90.5"><ele>1500</ele>'
        '</trkpt><trkpt lat="14.7" lon="-90.4"><ele>1510</ele></trkpt></trkseg></trk></gpx>'
    )
    (table,) = inspect_bytes(text.encode()).tables
    assert (table.name, [column.name for column in table.columns]) == ("trk/trkseg/trkpt", ["lat", "lon", "ele"])


def test_features_of_geojson_have_a_geometry(feature_collection: bytes) -> None:
    (table,) = inspect_bytes(feature_collection).tables
    assert table.geometry == Geometry(column="geometry", kind="POINT", crs="EPSG:4326")
    old = feature_collection.replace(
        b'{"type"', b'{"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32615"}}, "type"', 1
    )
    assert [table.geometry.crs for table in inspect_bytes(old).tables if table.geometry] == ["EPSG:32615"]


def test_objects_of_topojson_are_tables_of_their_properties() -> None:
    text = """{"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {"munis": {"type": "GeometryCollection", "geometries": [
      {"type": "Polygon", "id": 101, "arcs": [[0]], "properties": {"nombre": "Cobán"}},
      {"type": "MultiPolygon", "id": 102, "arcs": [[[0]]], "properties": {"nombre": "Lanquín"}}]}}}"""
    (table,) = inspect_bytes(text.encode()).tables
    assert (table.name, table.rows, table.geometry) == ("munis", 2, Geometry(column="geometry", kind="GEOMETRY"))
    assert [column.name for column in table.columns] == ["id", "nombre", "geometry"]
