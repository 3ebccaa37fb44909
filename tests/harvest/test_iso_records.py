"""Metadata records: ISO 19139 as written by several tools, ISO 19115-3, FGDC CSDGM. The records here are invented."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Period
from atalaya.harvest.fields import Ledger
from atalaya.harvest.iso.languages import tag
from atalaya.harvest.iso.records import read_record, records

NAMESPACES = (
    'xmlns="http://www.isotc211.org/2005/gmd" xmlns:gmd="http://www.isotc211.org/2005/gmd" '
    'xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gmx="http://www.isotc211.org/2005/gmx" '
    'xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def text(value: str) -> str:
    return f"<gco:CharacterString>{value}</gco:CharacterString>"


def coded(name: str, value: str) -> str:
    return f'<{name} codeList="#{name}" codeListValue="{value}"/>'


def record(head: str = "", identification: str = "", tail: str = "", level: str | None = "dataset") -> str:
    """A record with these parts; `level` is its hierarchy level, None for none."""
    stated = "" if level is None else f"<hierarchyLevel>{coded('MD_ScopeCode', level)}</hierarchyLevel>"
    return f"""<MD_Metadata {NAMESPACES}><fileIdentifier>{text("r1")}</fileIdentifier>{head}{stated}
    <identificationInfo><MD_DataIdentification>{identification}</MD_DataIdentification></identificationInfo>{tail}
    </MD_Metadata>"""


def read(xml: str | bytes) -> tuple[Dataset | None, Ledger]:
    ledger = Ledger({})
    (element,) = records(fromstring(xml))
    return read_record(element, ledger, "record 1"), ledger


def dataset(*parts: str, **more: Any) -> Dataset:
    found, ledger = read(record(*parts, **more))
    assert found is not None
    assert not [use for use in ledger.fields if use.reading == "unread"]
    return found


def party(role: str, organisation: str = "", person: str = "Ana Pérez", mail: str = "ana@minfin.example") -> str:
    named = f"<organisationName>{text(organisation)}</organisationName>" if organisation else ""
    return f"""<CI_ResponsibleParty><individualName>{text(person)}</individualName>{named}<contactInfo><CI_Contact><address>
    <CI_Address><city>{text("Guatemala")}</city><electronicMailAddress>{text(mail)}</electronicMailAddress></CI_Address>
    </address></CI_Contact></contactInfo><role>{coded("CI_RoleCode", role)}</role></CI_ResponsibleParty>"""


@pytest.mark.parametrize(
    ("level", "what"),
    [
        ("dataset", None),
        ("series", None),
        ("nonGeographicDataset", None),
        ("005", None),
        (None, None),
        ("service", "describes a service, not a dataset"),
        ("014", "describes a service, not a dataset"),
        ("application", "describes software, not a dataset"),
        ("featureType", "describes a part of a dataset, not a dataset"),
        ("fieldSession", "describes equipment or a campaign, not a dataset"),
        ("document", "describes a catalogue or a document, not a dataset"),
    ],
)
def test_the_hierarchy_level_decides(level: str | None, what: str | None) -> None:
    found, ledger = read(record(level=level))
    assert (found is None) == (what is not None)
    assert [(problem.place, problem.reason) for problem in ledger.problems] == ([("record 1 r1", what)] if what else [])


def test_a_level_in_no_list_is_reported_and_read() -> None:
    found, ledger = read(record(level="interactiveMap"))
    assert found is not None
    assert "interactiveMap" in ledger.problems[0].reason


def test_a_service_identification_without_a_level_is_a_service() -> None:
    xml = record(level=None).replace("MD_DataIdentification", "srv:SV_ServiceIdentification")
    found, ledger = read(xml)
    assert found is None
    assert "service" in ledger.problems[0].reason


def test_texts_by_locale() -> None:
    head = f"""<language>{coded("LanguageCode", "spa")}</language>
    <locale><PT_Locale id="EN"><languageCode>{coded("LanguageCode", "eng")}</languageCode></PT_Locale></locale>
    <locale><PT_Locale id="L2"><languageCode>{coded("LanguageCode", "quc")}</languageCode></PT_Locale></locale>"""
    free = "".join(
        f'<textGroup><LocalisedCharacterString locale="{name}">{said}</LocalisedCharacterString></textGroup>'
        for name, said in (("#EN", "Budget"), ("#L2", "Puaq"), ("#locale-fre", "Budget de l'État"), ("#ES", "Otro"))
    )
    title = f'<title xsi:type="PT_FreeText_PropertyType">{text("Presupuesto")}<PT_FreeText>{free}</PT_FreeText></title>'
    found = dataset(head, f"<citation><CI_Citation>{title}</CI_Citation></citation>")
    assert found.title == {"es": "Presupuesto", "en": "Budget", "quc": "Puaq", "fr": "Budget de l'État"}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("spa", "es"), ("eng; USA", "en"), ("es", "es"), ("fre", "fr"), ("Español", ""), ("", ""), (None, "")],
)
def test_language_codes_become_tags(said: str | None, wanted: str) -> None:
    assert tag(said) == wanted


def date(value: str, kind: str, name: str = "Date") -> str:
    said = f"<gco:{name}>{value}</gco:{name}>"
    return f"<date><CI_Date><date>{said}</date><dateType>{coded('CI_DateTypeCode', kind)}</dateType></CI_Date></date>"


def test_dates_by_type_and_never_the_date_of_the_record() -> None:
    head = "<dateStamp><gco:Date>2030-01-01</gco:Date></dateStamp>"
    dates = (
        date("2001", "creation")
        + date("2012-05-01", "publication")
        + date("2011-01-01T00:00:00", "publication", "DateTime")
        + date("2013", "revision")
        + date("2014-02-03", "revision")
    )
    found = dataset(head, f"<citation><CI_Citation>{dates}</CI_Citation></citation>")
    assert (found.issued, found.modified) == ("2011-01-01T00:00:00", "2014-02-03")


def test_a_record_without_dates_has_none() -> None:
    found = dataset("<dateStamp><gco:Date>2030-01-01</gco:Date></dateStamp>")
    assert (found.issued, found.modified) == (None, None)


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (
            (
                f"<MD_LegalConstraints><useConstraints>{coded('MD_RestrictionCode', 'otherRestrictions')}</useConstraints>"
                '<otherConstraints><gmx:Anchor xlink:href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</gmx:Anchor>'
                "</otherConstraints></MD_LegalConstraints>"
            ),
            ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", None, None),
        ),
        (
            (
                f"<MD_LegalConstraints><accessConstraints>{coded('MD_RestrictionCode', 'otherRestrictions')}</accessConstraints>"
                f"<otherConstraints>{text('Sin restricciones de acceso')}</otherConstraints></MD_LegalConstraints>"
            ),
            (None, None, "Sin restricciones de acceso", None),
        ),
        (
            (
                f"<MD_LegalConstraints><accessConstraints>{coded('MD_RestrictionCode', 'restricted')}</accessConstraints>"
                "</MD_LegalConstraints>"
            ),
            (None, None, "restricted", None),
        ),
        (
            (
                f"<MD_Constraints><useLimitation>{text('Licencia: CC-BY-4.0')}</useLimitation>"
                f"<useLimitation>{text('No apto para navegación')}</useLimitation></MD_Constraints>"
            ),
            ("Licencia: CC-BY-4.0", None, None, "No apto para navegación"),
        ),
        (
            f"<MD_Constraints><useLimitation>{text('Solo consulta')}</useLimitation></MD_Constraints>",
            (None, None, None, "Solo consulta"),
        ),
        (
            (
                f"<MD_LegalConstraints><accessConstraints>{coded('MD_RestrictionCode', 'otherRestrictions')}</accessConstraints>"
                f"<useConstraints>{coded('MD_RestrictionCode', 'otherRestrictions')}</useConstraints>"
                '<otherConstraints><gmx:Anchor xlink:href="http://inspire.ec.europa.eu/metadata-codelist/'
                'LimitationsOnPublicAccess/noLimitations">sin límites</gmx:Anchor></otherConstraints>'
                f"<otherConstraints>{text('Licencia abierta')}</otherConstraints></MD_LegalConstraints>"
            ),
            (
                "Licencia abierta",
                None,
                "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations",
                None,
            ),
        ),
        (
            (
                f"<MD_LegalConstraints><useConstraints>{coded('MD_RestrictionCode', 'copyright')}</useConstraints>"
                "</MD_LegalConstraints>"
            ),
            (None, None, None, "copyright"),
        ),
    ],
)
def test_constraints(block: str, wanted: tuple[str | None, ...]) -> None:
    found = dataset("", f"<resourceConstraints>{block}</resourceConstraints>")
    assert (found.licence, found.licence_title, found.access_rights, found.rights) == wanted


def test_parties_by_role_and_never_a_person() -> None:
    points = "".join(
        f"<pointOfContact>{party(role, name)}</pointOfContact>"
        for role, name in (("pointOfContact", "DCT"), ("publisher", "IGN"), ("author", "INE"), ("owner", ""))
    )
    found = dataset("", points)
    assert found.publisher == Agent(name="IGN")
    assert found.creator == Agent(name="INE")
    assert found.contact == ContactPoint(has_name=True, has_email=True, email_domain="minfin.example")
    assert "Ana" not in repr(found)
    assert "ana@" not in repr(found)


def test_a_person_alone_is_no_publisher() -> None:
    found = dataset("", f"<pointOfContact>{party('pointOfContact')}</pointOfContact>")
    assert found.publisher is None
    assert found.contact == ContactPoint(has_name=True, has_email=True, email_domain="minfin.example")


def link(url: str, protocol: str = "", function: str = "", name: str = "") -> str:
    parts = [f"<linkage><URL>{url}</URL></linkage>"]
    parts += [f"<protocol>{text(protocol)}</protocol>"] if protocol else []
    parts += [f"<name>{name}</name>"] if name else []
    parts += [f"<function>{coded('CI_OnLineFunctionCode', function)}</function>"] if function else []
    return f"<onLine><CI_OnlineResource>{''.join(parts)}</CI_OnlineResource></onLine>"


def distribution_info(links: str, *formats: str) -> str:
    stated = "".join(
        f"<distributionFormat><MD_Format><name>{text(name)}</name><version>{text('1')}</version></MD_Format>"
        "</distributionFormat>"
        for name in formats
    )
    options = f"<transferOptions><MD_DigitalTransferOptions>{links}</MD_DigitalTransferOptions></transferOptions>"
    return f"<distributionInfo><MD_Distribution>{stated}{options}</MD_Distribution></distributionInfo>"


def test_links_are_distributions_and_take_the_format_that_is_theirs() -> None:
    links = (
        link("https://a.example/x.zip", "WWW:DOWNLOAD-1.0-http--download")
        + link("https://a.example/wms", "OGC:WMS", "download")
        + link("https://a.example/page", "WWW:LINK-1.0-http--link", "information")
        + link("https://a.example/y", "", "download", '<gmx:MimeFileType type="application/geopackage+sqlite3"/>')
        + link("https://a.example/z", "WWW:DOWNLOAD:text/csv")
        + link("mailto:ana@a.example", "WWW:LINK")
    )
    found, ledger = read(record("", "", distribution_info(links, "Shapefile")))
    assert found is not None
    assert [(item.access_url, item.download_url, item.format, item.media_type) for item in found.distributions] == [
        (None, "https://a.example/x.zip", "Shapefile", None),
        ("https://a.example/wms", None, "OGC:WMS", None),
        ("https://a.example/page", None, None, None),
        (None, "https://a.example/y", "Shapefile", "application/geopackage+sqlite3"),
        (None, "https://a.example/z", "Shapefile", "text/csv"),
    ]
    assert found.landing_page == "https://a.example/page"
    assert not any(item.derived for item in found.distributions)
    assert "mail address" in ledger.problems[0].reason


def test_one_link_alone_has_the_declared_format_whatever_its_protocol() -> None:
    found = dataset("", "", distribution_info(link("https://a.example/x", "WWW:LINK-1.0-http--link"), "CSV"))
    assert found.distributions[0].format == "CSV"


def test_several_formats_are_tied_to_no_link() -> None:
    links = link("https://a.example/x.zip", "WWW:DOWNLOAD") + link("https://a.example/y.zip", "WWW:DOWNLOAD")
    found, ledger = read(record("", "", distribution_info(links, "Shapefile", "GML")))
    assert found is not None
    assert [item.format for item in found.distributions] == [None, None]
    assert "several formats" in ledger.problems[0].reason


def test_keywords_themes_extent_and_the_rest() -> None:
    def words(kind: str, thesaurus: str, *said: str) -> str:
        named = f"<thesaurusName><CI_Citation><title>{text(thesaurus)}</title></CI_Citation></thesaurusName>"
        keywords = "".join(f"<keyword>{text(word)}</keyword>" for word in said)
        typed = f"<type>{coded('MD_KeywordTypeCode', kind)}</type>" if kind else ""
        return f"<descriptiveKeywords><MD_Keywords>{keywords}{typed}{named}</MD_Keywords></descriptiveKeywords>"

    box = "".join(
        f"<{name}><gco:Decimal>{side}</gco:Decimal></{name}>"
        for name, side in (
            ("westBoundLongitude", "-92.2"),
            ("eastBoundLongitude", "-88.2"),
            ("southBoundLatitude", "13.7"),
            ("northBoundLatitude", "17.8"),
        )
    )
    period = (
        "<gml:TimePeriod><gml:beginPosition>2010</gml:beginPosition>"
        '<gml:endPosition indeterminatePosition="now"/></gml:TimePeriod>'
    )
    found = dataset(
        "<dataSetURI><gco:CharacterString>https://a.example/d</gco:CharacterString></dataSetURI>",
        words("theme", "GEMET - INSPIRE themes, version 1.0", "Usos")
        + words("", "EU themes", "Suelo")
        + words("theme", "None", "libre")
        + words("place", "ISO 3166", "Guatemala")
        + f"""<topicCategory><MD_TopicCategoryCode>planningCadastre</MD_TopicCategoryCode></topicCategory>
        <language>{coded("LanguageCode", "spa")}</language>
        <resourceMaintenance><MD_MaintenanceInformation><maintenanceAndUpdateFrequency>
        {coded("MD_MaintenanceFrequencyCode", "annually")}</maintenanceAndUpdateFrequency></MD_MaintenanceInformation>
        </resourceMaintenance><extent><EX_Extent><description>{text("Guatemala")}</description>
        <geographicElement><EX_GeographicBoundingBox>{box}</EX_GeographicBoundingBox></geographicElement>
        <temporalElement><EX_TemporalExtent><extent>{period}</extent></EX_TemporalExtent></temporalElement>
        </EX_Extent></extent>""",
        f"""<dataQualityInfo><DQ_DataQuality><report><DQ_DomainConsistency><result><DQ_ConformanceResult><specification>
        <CI_Citation><title>{text("Reglamento 1089/2010")}</title></CI_Citation></specification>
        <pass><gco:Boolean>true</gco:Boolean></pass></DQ_ConformanceResult></result></DQ_DomainConsistency></report>
        <lineage><LI_Lineage><statement>{text("Historia")}</statement></LI_Lineage></lineage></DQ_DataQuality>
        </dataQualityInfo><referenceSystemInfo><MD_ReferenceSystem><referenceSystemIdentifier><RS_Identifier>
        <code>{text("4326")}</code><codeSpace>{text("EPSG")}</codeSpace></RS_Identifier></referenceSystemIdentifier>
        </MD_ReferenceSystem></referenceSystemInfo>""",
    )
    assert found.keywords == ("Usos", "Suelo", "libre", "Guatemala")
    assert found.themes == ("planningCadastre", "Usos", "Suelo")
    assert found.spatial == ("Guatemala", "-92.2,13.7,-88.2,17.8")
    assert found.temporal == (Period(start="2010", end="now"),)
    assert found.languages == ("spa",)
    assert found.frequency == "annually"
    assert found.conforms_to == ("EPSG:4326", "Reglamento 1089/2010")
    assert found.landing_page == "https://a.example/d"


THIRD = """<mdb:MD_Metadata xmlns:mdb="http://standards.iso.org/iso/19115/-3/mdb/2.0"
 xmlns:mcc="http://standards.iso.org/iso/19115/-3/mcc/1.0" xmlns:gco="http://standards.iso.org/iso/19115/-3/gco/1.0"
 xmlns:lan="http://standards.iso.org/iso/19115/-3/lan/1.0" xmlns:cit="http://standards.iso.org/iso/19115/-3/cit/2.0"
 xmlns:mri="http://standards.iso.org/iso/19115/-3/mri/1.0" xmlns:mrd="http://standards.iso.org/iso/19115/-3/mrd/1.0">
<mdb:metadataIdentifier><mcc:MD_Identifier><mcc:code><gco:CharacterString>m-3</gco:CharacterString></mcc:code>
<mcc:codeSpace><gco:CharacterString>urn:uuid</gco:CharacterString></mcc:codeSpace></mcc:MD_Identifier></mdb:metadataIdentifier>
<mdb:defaultLocale><lan:PT_Locale id="ES"><lan:language><lan:LanguageCode codeList="#l" codeListValue="spa"/></lan:language>
</lan:PT_Locale></mdb:defaultLocale>
<mdb:metadataScope><mdb:MD_MetadataScope><mdb:resourceScope><mcc:MD_ScopeCode codeList="#s" codeListValue="LEVEL"/>
</mdb:resourceScope></mdb:MD_MetadataScope></mdb:metadataScope>
<mdb:contact/><mdb:dateInfo><cit:CI_Date><cit:date><gco:DateTime>2030-01-01T00:00:00</gco:DateTime></cit:date>
<cit:dateType><cit:CI_DateTypeCode codeList="#d" codeListValue="revision"/></cit:dateType></cit:CI_Date></mdb:dateInfo>
<mdb:identificationInfo><mri:MD_DataIdentification><mri:citation><cit:CI_Citation>
<cit:title><gco:CharacterString>Cuencas</gco:CharacterString></cit:title>
<cit:date><cit:CI_Date><cit:date><gco:Date>2020-02-03</gco:Date></cit:date><cit:dateType>
<cit:CI_DateTypeCode codeList="#d" codeListValue="lastUpdate"/></cit:dateType></cit:CI_Date></cit:date>
</cit:CI_Citation></mri:citation><mri:abstract><gco:CharacterString>Resumen</gco:CharacterString></mri:abstract>
<mri:pointOfContact><cit:CI_Responsibility><cit:role><cit:CI_RoleCode codeList="#r" codeListValue="publisher"/></cit:role>
<cit:party><cit:CI_Organisation><cit:name><gco:CharacterString>INSIVUMEH</gco:CharacterString></cit:name><cit:individual>
<cit:CI_Individual><cit:name><gco:CharacterString>Ana Pérez</gco:CharacterString></cit:name><cit:contactInfo><cit:CI_Contact>
<cit:address><cit:CI_Address><cit:electronicMailAddress><gco:CharacterString>ana@insivumeh.example</gco:CharacterString>
</cit:electronicMailAddress></cit:CI_Address></cit:address></cit:CI_Contact></cit:contactInfo></cit:CI_Individual>
</cit:individual></cit:CI_Organisation></cit:party></cit:CI_Responsibility></mri:pointOfContact>
<mri:defaultLocale><lan:PT_Locale><lan:language><lan:LanguageCode codeList="#l" codeListValue="spa"/></lan:language>
</lan:PT_Locale></mri:defaultLocale></mri:MD_DataIdentification></mdb:identificationInfo>
<mdb:distributionInfo><mrd:MD_Distribution><mrd:distributionFormat><mrd:MD_Format><mrd:formatSpecificationCitation>
<cit:CI_Citation><cit:title><gco:CharacterString>GeoPackage</gco:CharacterString></cit:title></cit:CI_Citation>
</mrd:formatSpecificationCitation></mrd:MD_Format></mrd:distributionFormat><mrd:transferOptions>
<mrd:MD_DigitalTransferOptions><mrd:onLine><cit:CI_OnlineResource><cit:linkage>
<gco:CharacterString>https://a.example/c.gpkg</gco:CharacterString></cit:linkage><cit:function>
<cit:CI_OnLineFunctionCode codeList="#f" codeListValue="download"/></cit:function></cit:CI_OnlineResource></mrd:onLine>
</mrd:MD_DigitalTransferOptions></mrd:transferOptions></mrd:MD_Distribution></mdb:distributionInfo>
<mdb:resourceLineage/></mdb:MD_Metadata>"""
"""After the encoding of ISO 19115-3: https://schemas.isotc211.org/19115/-3/ ."""


def test_iso_19115_3() -> None:
    found, ledger = read(THIRD.replace("LEVEL", "dataset"))
    assert found is not None
    assert (found.native_id, found.title, found.description) == ("m-3", {"es": "Cuencas"}, {"es": "Resumen"})
    assert (found.issued, found.modified) == (None, "2020-02-03")
    assert found.publisher == Agent(name="INSIVUMEH")
    assert found.contact == ContactPoint(has_name=True, has_email=True, email_domain="insivumeh.example")
    assert found.languages == ("spa",)
    (item,) = found.distributions
    assert (item.download_url, item.format) == ("https://a.example/c.gpkg", "GeoPackage")
    assert "Ana" not in repr(found)
    assert not [use for use in ledger.fields if use.reading == "unread"]


def test_a_service_in_iso_19115_3_is_no_dataset() -> None:
    found, ledger = read(THIRD.replace("LEVEL", "service"))
    assert found is None
    assert ledger.problems[0].place == "record 1 m-3"


FGDC = """<metadata><idinfo><citation><citeinfo><origin>Ana Pérez</origin><pubdate>20200203</pubdate><title>Suelos</title>
<onlink>https://a.example/suelos</onlink></citeinfo></citation><descript><abstract>Resumen</abstract></descript>
<timeperd><timeinfo><rngdates><begdate>2010</begdate><enddate>Present</enddate></rngdates></timeinfo></timeperd>
<status><update>Annually</update></status><spdom><bounding><westbc>-92</westbc><eastbc>-88</eastbc><northbc>18</northbc>
<southbc>13</southbc></bounding></spdom><keywords><theme><themekt>None</themekt><themekey>suelo</themekey></theme>
<theme><themekt>ISO 19115 Topic Category</themekt><themekey>geoscientificInformation</themekey></theme></keywords>
<accconst>None</accconst><useconst>CC BY</useconst><ptcontac><cntinfo><cntperp><cntper>Ana Pérez</cntper>
<cntorg>MAGA</cntorg></cntperp><cntemail>ana@maga.example</cntemail></cntinfo></ptcontac></idinfo>DISTINFO
<metainfo><metd>20300101</metd></metainfo><novel><thing>x</thing></novel></metadata>"""


def test_fgdc() -> None:
    found, ledger = read(FGDC.replace("DISTINFO", ""))
    assert found is not None
    assert (found.native_id, found.title, found.issued, found.modified) == (None, {"": "Suelos"}, "20200203", None)
    assert found.temporal == (Period(start="2010", end="Present"),)
    assert found.spatial == ("-92,13,-88,18",)
    assert (found.keywords, found.themes) == (("suelo", "geoscientificInformation"), ("geoscientificInformation",))
    assert (found.licence, found.access_rights, found.frequency) == ("CC BY", "None", "Annually")
    assert found.publisher == Agent(name="MAGA")
    assert found.contact == ContactPoint(has_name=True, has_email=True, email_domain="maga.example")
    assert [item.url for item in found.distributions] == ["https://a.example/suelos"]
    assert "Ana" not in repr(found)
    assert [use.path for use in ledger.fields if use.reading == "unread"] == ["novel.thing"]


def test_fgdc_network_resources_go_before_links_of_the_citation() -> None:
    forms = "".join(
        f"<digform><digtinfo><formname>{name}</formname></digtinfo><digtopt><onlinopt><computer><networka>"
        f"<networkr>https://a.example/{name}</networkr></networka></computer></onlinopt></digtopt></digform>"
        for name in ("shp", "gml")
    )
    found, _ = read(FGDC.replace("DISTINFO", f"<distinfo><stdorder>{forms}</stdorder></distinfo>"))
    assert found is not None
    assert [(item.url, item.format) for item in found.distributions] == [
        ("https://a.example/shp", "shp"),
        ("https://a.example/gml", "gml"),
    ]


def test_documents_of_other_protocols_hold_no_record_of_their_own() -> None:
    wrapped = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{record()}</ListRecords></OAI-PMH>'
    assert records(fromstring(wrapped)) == []
    assert records(fromstring("<metadata><title>x</title></metadata>")) == []
    answer = f'<csw:GetRecordByIdResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">{record()}</csw:GetRecordByIdResponse>'
    assert len(records(fromstring(answer))) == 1


def test_nothing_is_expected_of_a_record() -> None:
    for xml in (
        f"<MD_Metadata {NAMESPACES}/>",
        "<metadata><idinfo/></metadata>",
        f"<gmi:MI_Metadata xmlns:gmi='x' {NAMESPACES}/>",
    ):
        found, _ = read(xml)
        assert found == Dataset()


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "links", "publisher"),
    [
        (
            "iso_2_waf_valid_iso1.xml",
            1,
            "U.S. EPA Office of Environmental Information (OEI) - Office of Information Analysis",
        ),
        ("iso_2_waf_valid_iso2.xml", 4, "Office for Coastal Management"),
        ("waf_USGSHydroCached.xml", 3, "USGS - National Geospatial Technical Operations Center (NGTOC)"),
    ],
)
def test_recorded_records_leave_nothing_unread(name: str, links: int, publisher: str, corpora: Path) -> None:
    found, ledger = read((corpora / "catalogues" / "waf_iso" / name).read_bytes())
    assert found is not None
    assert len(found.distributions) == links
    assert found.publisher is not None
    assert (found.publisher.name or "").startswith(publisher)
    assert not [use for use in ledger.fields if use.reading == "unread"]
