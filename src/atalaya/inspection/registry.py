"""Which reader reads which format. One line a format; a format without a line is recognised and hashed, not read."""

from collections.abc import Mapping

from atalaya.inspection.archives import read_rar, read_seven_zip, read_tar, read_zip
from atalaya.inspection.compressed import read_bzip2, read_gzip, read_xz, read_zstd
from atalaya.inspection.databases import read_parquet, read_sqlite
from atalaya.inspection.dbase import read_dbf
from atalaya.inspection.delimited import read_delimited
from atalaya.inspection.documents import read_as_bytes, read_doc, read_pdf
from atalaya.inspection.excel_xml import read_excel_xml
from atalaya.inspection.fixed_width import read_fixed_width
from atalaya.inspection.json_text import read_json, read_json_lines
from atalaya.inspection.markup import read_xml
from atalaya.inspection.material import Reader
from atalaya.inspection.pages import read_html
from atalaya.inspection.plain import read_plain
from atalaya.inspection.shapefiles import read_shp
from atalaya.inspection.spreadsheets import read_spreadsheet
from atalaya.inspection.statistics import read_statistics
from atalaya.inspection.word_processing import read_word_processing

READERS: Mapping[str, Reader] = {
    "atom": read_xml,
    "bzip2": read_bzip2,
    "csv": read_delimited,
    "csw": read_xml,
    "data_package": read_zip,
    "dbf": read_dbf,
    "doc": read_doc,
    "docx": read_word_processing,
    "excel_xml": read_excel_xml,
    "file_geodatabase": read_zip,
    "fixed_width": read_fixed_width,
    "fods": read_xml,
    "fodt": read_xml,
    "geojson": read_json,
    "gml": read_xml,
    "gpkg": read_sqlite,
    "gpx": read_xml,
    "gtfs": read_zip,
    "gzip": read_gzip,
    "html": read_html,
    "ipynb": read_json,
    "iso19139": read_xml,
    "json": read_json,
    "json_error": read_json,
    "jsonl": read_json_lines,
    "jsonld": read_json,
    "kml": read_xml,
    "kmz": read_zip,
    "odp": read_word_processing,
    "ods": read_spreadsheet,
    "odt": read_word_processing,
    "ogc_exception": read_xml,
    "parquet": read_parquet,
    "pdf": read_pdf,
    "pptx": read_word_processing,
    "qgs": read_xml,
    "rar": read_rar,
    "rdf_xml": read_xml,
    "rdfa": read_html,
    "rss": read_xml,
    "sas": read_statistics,
    "sas_transport": read_statistics,
    "sdmx": read_xml,
    "seven_zip": read_seven_zip,
    "shapefile": read_zip,
    "shp": read_shp,
    "sparql_results": read_xml,
    "spss": read_statistics,
    "spss_portable": read_statistics,
    "sqlite": read_sqlite,
    "stata": read_statistics,
    "svg": read_xml,
    "tar": read_tar,
    "topojson": read_json,
    "tsv": read_delimited,
    "wcs": read_xml,
    "wfs": read_xml,
    "wms": read_xml,
    "wmts": read_xml,
    "wps": read_xml,
    "wsdl_document": read_xml,
    "xbrl": read_xml,
    "xls": read_spreadsheet,
    "xlsb": read_spreadsheet,
    "xlsm": read_spreadsheet,
    "xlsx": read_spreadsheet,
    "xml": read_xml,
    "xsd": read_xml,
    "xslt": read_xml,
    "xz": read_xz,
    "zip": read_zip,
    "zstd": read_zstd,
}


def reader_of(format_id: str | None, is_text: bool) -> Reader:
    """The reader of a format; texts without one are hashed by lines, other files by bytes."""
    found = READERS.get(format_id or "")
    if found is not None:
        return found
    return read_plain if is_text else read_as_bytes
