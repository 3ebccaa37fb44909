"""Files of statistical programs: SPSS, Stata and SAS, with what their variables and codes mean as tables beside the data."""

from collections.abc import Mapping
from dataclasses import replace

from atalaya.inspection.child import read_with
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import gather

_READERS: Mapping[str, str] = {
    "sas": "sas",
    "sas_transport": "sas_transport",
    "spss": "spss",
    "spss_portable": "spss_portable",
    "stata": "stata",
}


def read_statistics(material: Material) -> Findings:
    """The data as one table; variables and values with their labels as two more, where the file states them."""
    found = read_with(_READERS[material.sniffed.format or ""], material)
    read = gather(found.profiles)
    encoding = found.facts.get("encoding")
    return replace(read, encoding=str(encoding) if encoding else None, defects=(*found.defects, *read.defects))
